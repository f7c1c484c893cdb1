/* SPDX-License-Identifier: MIT
 * model/sides.c - two sets of texts that a classifier tells apart. */
#include "model/sides.h"

#include <math.h>
#include <string.h>

/* SHARE_LIMIT keeps the few texts of a small class from shouting; SMOOTHING is in texts. */
static const double SHARE_LIMIT = 8.0, SMOOTHING = 1.0;

static bool is_in(ef_parts set, size_t part)
{
    return set >> part & 1;
}

/* How many texts of a class a family has in parts that are not left out. */
static double mass(const ef_counts *counts, size_t family, unsigned label,
                   ef_parts left_out)
{
    uint64_t sum = 0;
    for (size_t part = 2 * family; part < 2 * family + 2 && part < counts->parts; part++)
        if (!is_in(left_out, part))
            sum += counts->totals[part][label];
    return (double)sum / EF_WHOLE_WEIGHT;
}

static void share_out(ef_sides *sides, size_t family, unsigned label, ef_parts left_out,
                      double share)
{
    for (size_t part = 2 * family; part < 2 * family + 2; part++)
        sides->share[part][label] = is_in(left_out, part) ? 0 : share;
}

/* Scales the shares so that the texts of both sides together count as many as they are:
 * the smoothing keeps its meaning. */
static void scale(ef_sides *sides, const ef_counts *counts)
{
    double texts = 0, weighed = 0;
    for (size_t part = 0; part < counts->parts; part++)
        for (unsigned label = 0; label < EF_CLASSES; label++)
            if (sides->share[part][label] != 0) {
                double n = (double)counts->totals[part][label] / EF_WHOLE_WEIGHT;
                texts += n;
                weighed += n * fabs(sides->share[part][label]);
            }
    double factor = weighed > 0 ? texts / weighed : 0;
    for (size_t part = 0; part < counts->parts; part++)
        for (unsigned label = 0; label < EF_CLASSES; label++) {
            double share = sides->share[part][label] * factor;
            sides->share[part][label] = fmax(-SHARE_LIMIT, fmin(SHARE_LIMIT, share));
        }
}

void ef_sides_polarity(ef_sides *sides, const ef_counts *counts, ef_parts left_out)
{
    memset(sides, 0, sizeof *sides);
    for (size_t family = 0; 2 * family < counts->parts; family++) {
        double negative = mass(counts, family, EF_NEGATIVE, left_out);
        double positive = mass(counts, family, EF_POSITIVE, left_out);
        if (negative == 0 || positive == 0)
            continue;
        double weight = sqrt(negative + positive);
        share_out(sides, family, EF_NEGATIVE, left_out, -weight / negative);
        share_out(sides, family, EF_POSITIVE, left_out, weight / positive);
    }
    scale(sides, counts);
}

void ef_sides_neutrality(ef_sides *sides, const ef_counts *counts, ef_parts left_out)
{
    memset(sides, 0, sizeof *sides);
    for (size_t family = 0; 2 * family < counts->parts; family++) {
        double n[EF_CLASSES];
        for (unsigned label = 0; label < EF_CLASSES; label++)
            n[label] = mass(counts, family, label, left_out);
        if (n[EF_NEGATIVE] == 0 || n[EF_NEUTRAL] == 0 || n[EF_POSITIVE] == 0)
            continue;
        double weight = sqrt(n[0] + n[1] + n[2]);
        share_out(sides, family, EF_NEGATIVE, left_out, -weight / n[EF_NEGATIVE] / 2);
        share_out(sides, family, EF_NEUTRAL, left_out, weight / n[EF_NEUTRAL]);
        share_out(sides, family, EF_POSITIVE, left_out, -weight / n[EF_POSITIVE] / 2);
    }
    scale(sides, counts);
}

bool ef_sides_differ(const ef_sides *sides)
{
    bool has_one = false, has_other = false;
    for (size_t part = 0; part < EF_PART_LIMIT; part++)
        for (unsigned label = 0; label < EF_CLASSES; label++) {
            has_one |= sides->share[part][label] > 0;
            has_other |= sides->share[part][label] < 0;
        }
    return has_one && has_other;
}

/* Sums what lies on either side: of a feature's row of counts, or of the totals. */
static void add_up(const ef_sides *sides, const ef_counts *counts, const uint32_t *row,
                   double sums[2])
{
    sums[0] = sums[1] = 0;
    for (size_t part = 0; part < counts->parts; part++)
        for (unsigned label = 0; label < EF_CLASSES; label++) {
            double n = row == NULL ? (double)counts->totals[part][label]
                                   : (double)row[part * EF_CLASSES + label];
            double weighed = n * sides->share[part][label] / EF_WHOLE_WEIGHT;
            sums[weighed < 0] += fabs(weighed);
        }
}

void ef_sides_log_ratios(const ef_sides *sides, const ef_counts *counts, float *ratios)
{
    double all[2], in[2];
    add_up(sides, counts, NULL, all);
    double offset = log((all[1] + 2 * SMOOTHING) / (all[0] + 2 * SMOOTHING));
    for (size_t i = 0; i < counts->count; i++) {
        add_up(sides, counts, counts->table + i * counts->parts * EF_CLASSES, in);
        ratios[i] = (float)(log((in[0] + SMOOTHING) / (in[1] + SMOOTHING)) + offset);
    }
}
