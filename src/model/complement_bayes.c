/* SPDX-License-Identifier: MIT
 * model/complement_bayes.c - a feature speaks for a class as far as it is rare in all
 * others.
 *
 * After Rennie, Shih, Teevan and Karger, "Tackling the Poor Assumptions of Naive Bayes Text
 * Classifiers" (ICML 2003): the share of a feature among the features of all texts that are
 * not of a class, smoothed by one each, is estimated from more text than the class itself
 * has, and from about as much for a small class as for a large one:
 *
 *     weight of feature f for class c = -ln( (n of f outside c + 1) / (n outside c + F) )
 *
 * with F features. A feature counts once a text. A model holds differences of classes, so
 * what the paper divides each class's weights by is left to the blend. */
#include "model/classifier.h"

#include <math.h>
#include <string.h>

static const double SMOOTHING = 1.0, UNITS_PER_NAT = 16;

typedef struct masses {
    double of[EF_CLASSES]; /* in texts */
} masses;

/* Sums a feature's row over parts that are not left out; only over families that know
 * neutral texts if that is asked for. */
static masses add_row(const ef_counts *counts, size_t feature, ef_parts left_out,
                      bool only_with_neutral)
{
    masses m = { { 0 } };
    for (size_t part = 0; part < counts->parts; part++) {
        if ((left_out >> part & 1) ||
            (only_with_neutral && !ef_counts_has_neutral(counts, part / 2)))
            continue;
        for (unsigned label = 0; label < EF_CLASSES; label++)
            m.of[label] +=
                (double)ef_counts_of(counts, feature, part, label) / EF_WHOLE_WEIGHT;
    }
    return m;
}

static masses add_all(const ef_counts *counts, ef_parts left_out, bool only_with_neutral)
{
    masses all = { { 0 } };
    for (size_t i = 0; i < counts->count; i++) {
        masses row = add_row(counts, i, left_out, only_with_neutral);
        for (unsigned label = 0; label < EF_CLASSES; label++)
            all.of[label] += row.of[label];
    }
    return all;
}

static double weight_for(const masses *row, const masses *all, unsigned label,
                         size_t features)
{
    double in = SMOOTHING, whole = SMOOTHING * (double)features;
    for (unsigned other = 0; other < EF_CLASSES; other++) {
        in += other == label ? 0 : row->of[other];
        whole += other == label ? 0 : all->of[other];
    }
    return -log(in / whole);
}

static ef_status train(const ef_counts *counts, ef_parts left_out,
                       ef_float_weights *weights, ef_error *error)
{
    (void)error; /* nothing here can fail */
    masses all = add_all(counts, left_out, false), some = add_all(counts, left_out, true);
    bool has_sides = all.of[EF_NEGATIVE] > 0 && all.of[EF_POSITIVE] > 0;
    bool has_neutral = has_sides && some.of[EF_NEUTRAL] > 0;
    for (size_t i = 0; i < counts->count; i++) {
        masses row = add_row(counts, i, left_out, false);
        double w[EF_CLASSES];
        for (unsigned label = 0; label < EF_CLASSES; label++)
            w[label] = weight_for(&row, &all, label, counts->count) * UNITS_PER_NAT;
        weights->polarity[i] = (float)(has_sides ? w[EF_POSITIVE] - w[EF_NEGATIVE] : 0);
        row = add_row(counts, i, left_out, true);
        for (unsigned label = 0; label < EF_CLASSES; label++)
            w[label] = weight_for(&row, &some, label, counts->count) * UNITS_PER_NAT;
        double others = (w[EF_NEGATIVE] + w[EF_POSITIVE]) / 2;
        weights->neutrality[i] = (float)(has_neutral ? w[EF_NEUTRAL] - others : 0);
    }
    return EF_OK;
}

const ef_classifier ef_classifier_complement_bayes = {
    .name = "complement-bayes",
    .summary = "how rare words are in all other classes: quick, for uneven classes",
    .train = train,
};
