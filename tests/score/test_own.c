/* SPDX-License-Identifier: MIT
 * test_own.c - an own model's evidence, added to what the model says. */
#include "score/own.h"

#include <criterion/criterion.h>
#include <stdlib.h>

static const ef_totals some = {
    .own_polarity = 80, .own_neutrality = -40, .own_known = 25, .words = 24
};

Test(own, leaves_logits_alone_without_coefficients)
{
    ef_own_blend nothing = { { 0 }, { 0 } };
    int32_t polarity = 123456, neutrality = -65432;
    ef_own_shift(&nothing, &some, &polarity, &neutrality);
    cr_assert_eq(polarity, 123456);
    cr_assert_eq(neutrality, -65432);
}

/* 80 units over 8 a logit and the root of 25 are 2 logits, give or take the rounding of the
 * unit; half of 48 words is 24. */
Test(own, makes_inputs_of_evidence_worked_by_hand)
{
    int32_t inputs[EF_OWN_INPUTS + 1];
    ef_own_inputs(&some, -65536, 32768, inputs);
    cr_assert_eq(inputs[0], -1000);
    cr_assert_eq(inputs[1], 500);
    cr_assert_eq(inputs[2], 1000);
    cr_assert_eq(inputs[3], 2000);
    cr_assert_eq(inputs[4], -1000);
    cr_assert_eq(inputs[5], 2000);
    cr_assert_eq(inputs[6], 500);
    cr_assert_eq(inputs[EF_OWN_INPUTS], 1000);
}

Test(own, stays_within_bounds_whatever_the_evidence)
{
    ef_own_blend wild;
    for (int i = 0; i <= EF_OWN_INPUTS; i++) {
        wild.polarity[i] = INT32_MAX;
        wild.neutrality[i] = INT32_MIN;
    }
    ef_totals huge = { .own_polarity = INT64_C(1) << 40, .own_known = 1, .words = 1 << 30 };
    int32_t polarity = 12 * 65536, neutrality = -12 * 65536, p[3];
    ef_own_shift(&wild, &huge, &polarity, &neutrality);
    cr_assert_eq(polarity, 12 * 65536);
    cr_assert_eq(neutrality, -12 * 65536);
    ef_blend_of_logits(polarity, neutrality, p);
    cr_assert_eq(p[0] + p[1] + p[2], 10000);
}

Test(own, chooses_the_class_that_weighs_most)
{
    const int32_t p[3] = { 3000, 1000, 6000 }, tie[3] = { 4000, 2000, 4000 };
    const ef_class_weights even = { { 1000, 1000, 1000 } }, bold = { { 2500, 1000, 1000 } };
    cr_assert_eq(ef_class_of(p, NULL), 2);
    cr_assert_eq(ef_class_of(p, &even), 2);
    cr_assert_eq(ef_class_of(p, &bold), 0);
    cr_assert_eq(ef_class_of(tie, NULL), 1, "what is as good as bad is neutral");
}
