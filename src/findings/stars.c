/* SPDX-License-Identifier: MIT
 * findings/stars.c - the stars themselves, and stars and text side by side.
 *
 * Scales of up to five stars are stars; what stands on other scales is a rating. */
#include "findings/clusters.h"
#include "findings/findings.h"

#include <math.h>

#ifdef __clang__
#pragma STDC FP_CONTRACT OFF
#endif

enum { MOST_STARS = 5, NEGATIVE = 0, POSITIVE = 2 };

static const ef_titled stars_title = { "stars", "Mean stars", "sum of stars / n",
                                       EF_UNIT_MEAN };
static const ef_titled rating_title = { "rating", "Mean rating", "sum of ratings / n",
                                        EF_UNIT_MEAN };
static const ef_titled agrees_title = {
    "agreement", "Text agrees with the stars",
    "text and stars on one side / n with stars of a side", EF_UNIT_SHARE
};
static const ef_titled balanced_title = {
    "balanced_accuracy", "Text against the stars",
    "mean of the shares found of negative and of positive stars", EF_UNIT_SHARE
};
static const ef_titled share_titles[MOST_STARS + 1] = {
    { "stars_0", "0 stars", "answers of 0 / n", EF_UNIT_SHARE },
    { "stars_1", "1 star", "answers of 1 / n", EF_UNIT_SHARE },
    { "stars_2", "2 stars", "answers of 2 / n", EF_UNIT_SHARE },
    { "stars_3", "3 stars", "answers of 3 / n", EF_UNIT_SHARE },
    { "stars_4", "4 stars", "answers of 4 / n", EF_UNIT_SHARE },
    { "stars_5", "5 stars", "answers of 5 / n", EF_UNIT_SHARE }
};

static bool are_stars(const ef_shown_scale *scale)
{
    return (scale->low == 0 || scale->low == 1) && scale->high == MOST_STARS;
}

/* The mean of all ratings, each brought to the scale that most are on. */
static bool find_mean(ef_making *making)
{
    const ef_shown_scale *scale = &making->scale;
    const ef_titled *title = are_stars(scale) ? &stars_title : &rating_title;
    ef_mood mood = ef_whole_mood(&making->tally->whole);
    ef_spread spread = ef_spread_of(making->tally, EF_MEASURE_OF_RATING, EF_SIDES);
    double half = (scale->high - scale->low) / 2, middle = scale->low + half;
    ef_figure figure = ef_figure_mean(title, &spread, half / EF_UNIT);
    double mean = (double)mood.rating / (double)mood.rated * half / EF_UNIT;
    figure.low =
        middle + mean + (figure.low - figure.value); /* the spread may be a sample's */
    figure.high = middle + mean + (figure.high - figure.value);
    figure.value = middle + mean;
    figure.n = mood.rated;
    figure.deff = making->deffs.rating;
    return ef_figures_add(&making->findings->survey, figure);
}

/* Only answers that were given on this scale. */
static bool find_shares(ef_making *making)
{
    const ef_sums *answers = &making->tally->rated.answers;
    int64_t low = (int64_t)making->scale.low, counts[MOST_STARS + 1] = { 0 }, n = 0;
    size_t at = 0;
    uint64_t hash;
    for (const int64_t *entry; (entry = ef_sums_next(answers, &at, &hash)) != NULL;) {
        int64_t value = entry[2] / EF_ANSWER_UNIT;
        if (entry[0] != low * EF_ANSWER_UNIT || entry[1] != MOST_STARS * EF_ANSWER_UNIT)
            continue;
        for (int side = 0; side < EF_SIDES; side++) {
            n += entry[3 + side];
            if (entry[2] % EF_ANSWER_UNIT == 0 && value >= 0 && value <= MOST_STARS)
                counts[value] += entry[3 + side];
        }
    }
    for (int64_t stars = low; stars <= MOST_STARS; stars++)
        if (!ef_figures_add(&making->findings->star_shares,
                            ef_figure_share(&share_titles[stars], counts[stars], n,
                                            making->deffs.rating)))
            return false;
    return true;
}

static void find_agreement(ef_making *making)
{
    const ef_rated *rated = &making->tally->rated;
    ef_agreement *agreement = &making->findings->agreement;
    int64_t rows[3] = { 0 };
    memcpy(agreement->table, rated->table, sizeof agreement->table);
    for (int stars = 0; stars < 3; stars++)
        for (int label = 0; label < 3; label++)
            rows[stars] += rated->table[stars][label];
    int64_t negative = rated->table[NEGATIVE][NEGATIVE];
    int64_t positive = rated->table[POSITIVE][POSITIVE],
            n = rows[NEGATIVE] + rows[POSITIVE];
    agreement->agrees =
        ef_figure_share(&agrees_title, negative + positive, n, making->deffs.rating);
    agreement->balanced = ef_figure_none(&balanced_title, n);
    if (rows[NEGATIVE] > 0 && rows[POSITIVE] > 0)
        agreement->balanced.value = ((double)negative / (double)rows[NEGATIVE] +
                                     (double)positive / (double)rows[POSITIVE]) /
                                    2;
}

static bool find_partings(ef_making *making)
{
    const ef_rated *rated = &making->tally->rated;
    ef_agreement *agreement = &making->findings->agreement;
    double *ratings = ef_arena_alloc(making->arena, EF_KEPT_PARTINGS * sizeof *ratings);
    agreement->parts =
        ef_arena_alloc(making->arena, EF_KEPT_PARTINGS * sizeof *agreement->parts);
    if (ratings == NULL || agreement->parts == NULL)
        return false;
    agreement->part_ratings = ratings;
    for (size_t i = 0; i < rated->parting_count; i++) {
        const ef_parting *parting = &rated->partings[i];
        ef_quote *quote = &agreement->parts[i];
        *quote = (ef_quote){
            .text = ef_making_keep(making, (ef_slice){ parting->text, parting->text_size }),
            .id = ef_making_keep(making, (ef_slice){ parting->id, parting->id_size }),
            .time_ms = ef_making_local_ms(making, parting->time_ms),
            .label = parting->label,
            .score = parting->score
        };
        ratings[i] = (double)parting->answer.value / EF_ANSWER_UNIT;
        if (quote->text.data == NULL || quote->id.data == NULL)
            return false;
    }
    agreement->part_count = rated->parting_count;
    return true;
}

bool ef_find_stars(ef_making *making)
{
    if (!making->findings->has_ratings)
        return true;
    find_agreement(making);
    return find_mean(making) && (!are_stars(&making->scale) || find_shares(making)) &&
           find_partings(making);
}
