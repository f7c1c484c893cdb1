/* SPDX-License-Identifier: MIT
 * test_residual.c - weights for what another model misses. */
#include "model/residual.h"

#include <criterion/criterion.h>
#include <math.h>

enum { TEXTS = 60, FEATURES = 3 };

/* Every text holds feature 0; even ones, which are positive, feature 1, odd ones feature 2.
 * The hash of a feature is its number + 1. */
static void build(ef_counts *counts)
{
    ef_text_features texts[TEXTS];
    uint64_t hashes[2 * TEXTS];
    uint8_t repeats[2 * TEXTS];
    for (size_t i = 0; i < TEXTS; i++) {
        texts[i] = (ef_text_features){ .first = 2 * i,
                                       .count = 2,
                                       .label = i % 2 == 0 ? EF_POSITIVE : EF_NEGATIVE,
                                       .part = (uint8_t)(i % 6 < 2 ? 2 : 0),
                                       .weight = EF_WHOLE_WEIGHT };
        hashes[2 * i] = 1;
        hashes[2 * i + 1] = 2 + i % 2;
        repeats[2 * i] = repeats[2 * i + 1] = 1;
    }
    cr_assert_eq(ef_counts_build(counts, texts, TEXTS, hashes, repeats, 4, NULL), EF_OK);
}

static size_t number_of(const ef_counts *counts, uint64_t hash)
{
    size_t at = 0;
    while (counts->features[at] != hash)
        at++;
    return at;
}

static void train(const ef_counts *counts, float offset, ef_parts left_out,
                  float weights[FEATURES])
{
    ef_residual_text texts[TEXTS];
    float raw[FEATURES + 1];
    for (size_t i = 0; i < TEXTS; i++) {
        float side = i % 2 == 0 ? 1 : -1;
        texts[i] = (ef_residual_text){ offset * side, side };
    }
    cr_assert_eq(ef_residual_train(counts, texts, left_out, raw, NULL), EF_OK);
    for (size_t i = 0; i < FEATURES; i++)
        weights[i] = raw[number_of(counts, i + 1)];
}

Test(residual, learns_the_features_that_tell_sides_apart)
{
    ef_counts counts;
    float weights[FEATURES];
    build(&counts);
    train(&counts, 0, EF_NO_PART, weights);
    cr_assert_lt(fabsf(weights[0]), 0.05f);
    cr_assert_gt(weights[1], 2);
    cr_assert_lt(weights[2], -2);
    cr_assert_lt(fabsf(weights[1] + weights[2]), 0.1f);
    ef_counts_release(&counts);
}

Test(residual, adds_little_to_what_is_known_already)
{
    ef_counts counts;
    float unknown[FEATURES], known[FEATURES];
    build(&counts);
    train(&counts, 0, EF_NO_PART, unknown);
    train(&counts, 8, EF_NO_PART, known);
    cr_assert_lt(known[1], unknown[1] / 4);
    cr_assert_geq(known[1], 0);
    ef_counts_release(&counts);
}

Test(residual, corrects_what_is_known_wrongly)
{
    ef_counts counts;
    float wrong[FEATURES], unknown[FEATURES];
    build(&counts);
    train(&counts, 0, EF_NO_PART, unknown);
    train(&counts, -3, EF_NO_PART, wrong);
    cr_assert_gt(wrong[1], unknown[1]);
    ef_counts_release(&counts);
}

Test(residual, learns_nothing_from_parts_that_are_left_out)
{
    ef_counts counts;
    float weights[FEATURES];
    build(&counts);
    train(&counts, 0, EF_BOTH_PARTS(0) | EF_BOTH_PARTS(1), weights);
    for (size_t i = 0; i < FEATURES; i++)
        cr_assert_eq(weights[i], 0);
    ef_counts_release(&counts);
}
