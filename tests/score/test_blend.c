/* SPDX-License-Identifier: MIT
 * test_blend.c - evidence into probabilities. */
#include <criterion/criterion.h>

#include "earful/scorer.h"
#include "score/blend.h"

static ef_blend_weights weights_of(int32_t polarity, int32_t neutrality)
{
    ef_blend_weights weights = { 0 };
    for (int bin = 0; bin < EF_BLEND_BINS; bin++) {
        weights.polarity[bin][EF_BLEND_INPUTS] = polarity;
        weights.neutrality[bin][EF_BLEND_INPUTS] = neutrality;
    }
    return weights;
}

Test(blend, probabilities_sum_to_one_whatever_the_logits)
{
    ef_totals totals = { .words = 5 };
    for (int32_t a = -2000; a <= 2000; a += 37)
        for (int32_t n = -2000; n <= 2000; n += 41) {
            ef_blend_weights weights = weights_of(a, n);
            int32_t p[3];
            ef_blend_probabilities(&weights, &totals, p);
            cr_assert_eq(p[0] + p[1] + p[2], EF_UNIT);
            cr_assert(p[0] >= 0 && p[1] >= 0 && p[2] >= 0);
        }
}

Test(blend, equal_logits_are_a_third_each)
{
    ef_blend_weights weights = weights_of(0, 0);
    ef_totals totals = { .words = 5 };
    int32_t p[3];
    ef_blend_probabilities(&weights, &totals, p);
    cr_assert_eq(p[0], 3333);
    cr_assert_eq(p[1], 3334);
    cr_assert_eq(p[2], 3333);
}

Test(blend, known_logits_give_known_probabilities)
{
    /* a = 1.9989, n = 0: e^.99945 : 1 : e^-.99945 = .6651 : .2448 : .0901 */
    ef_blend_weights weights = weights_of(131, 0); /* 131 * 1000 / 65536 */
    ef_totals totals = { .words = 5 };
    int32_t p[3];
    ef_blend_probabilities(&weights, &totals, p);
    cr_assert_eq(p[2], 6651);
    cr_assert_eq(p[1], 2448);
    cr_assert_eq(p[0], 901);
}

Test(blend, inputs_stay_bounded_for_the_largest_texts)
{
    ef_totals totals = { .lexicon = INT32_MAX, .positive = INT32_MAX, .negative = INT32_MAX,
                         .hits = INT32_MAX, .polarity = INT32_MAX, .neutrality = -INT32_MAX,
                         .known = INT32_MAX, .words = INT32_MAX, .exclamations = INT32_MAX,
                         .questions = INT32_MAX, .sentences = INT32_MAX };
    int32_t inputs[EF_BLEND_INPUTS + 1];
    ef_blend_inputs(&totals, inputs);
    for (int i = 0; i <= EF_BLEND_INPUTS; i++)
        cr_assert(inputs[i] >= -2000 && inputs[i] <= 2000, "input %d", i);
}

Test(blend, bins_cover_every_length_in_order)
{
    cr_assert_eq(ef_blend_bin(0), 0);
    cr_assert_eq(ef_blend_bin(INT64_MAX), EF_BLEND_BINS - 1);
    for (int64_t words = 1; words < 1000; words++)
        cr_assert_geq(ef_blend_bin(words), ef_blend_bin(words - 1));
}
