/* SPDX-License-Identifier: MIT
 * test_quantize.c - who gets a slot. */
#include "model/quantize.h"

#include <criterion/criterion.h>
#include <stdlib.h>

/* Four features of a table of 16 slots: the first two want the same one. */
static uint64_t features[] = { UINT64_C(0x00aa000000000003), UINT64_C(0xbb00000000000013),
                               UINT64_C(0x0000000000000004), UINT64_C(0xcc00000000000005) };
static uint32_t texts_with[] = { 100, 4, 9, 9 };
static const ef_counts counts = { .count = 4,
                                  .features = features,
                                  .texts_with = texts_with };

Test(quantize, gives_a_slot_to_the_feature_that_matters_more)
{
    float polarity[] = { 2, 9, 400, 0.2f }, neutrality[] = { 0, 0, -400, -0.4f };
    ef_float_weights weights = { polarity, neutrality };
    ef_weight placed[4], slots[16];
    uint64_t kept;
    cr_assert_eq(ef_weights_place(&counts, &weights, 4, placed, &kept, NULL), EF_OK);
    cr_assert_eq(kept, 2);
    cr_assert_eq(placed[0].polarity, 2); /* 2 * sqrt(100) beats 9 * sqrt(4) */
    cr_assert_eq(placed[1].print, 0);
    cr_assert_eq(placed[2].polarity, 127);
    cr_assert_eq(placed[2].neutrality, -127);
    cr_assert_eq(placed[2].print, 1);
    cr_assert_eq(placed[3].print, 0); /* rounds to nothing */
    ef_weights_fill(&counts, placed, 4, slots);
    cr_assert_eq(slots[3].print, 0x00aa);
    cr_assert_eq(slots[4].neutrality, -127);
    cr_assert_eq(slots[5].print, 0);
}

Test(quantize, lets_a_later_feature_push_an_earlier_one_out)
{
    float polarity[] = { 2, 11, 0, 0 }, neutrality[] = { 0, 0, 0, 0 };
    ef_float_weights weights = { polarity, neutrality };
    ef_weight placed[4];
    uint64_t kept;
    cr_assert_eq(ef_weights_place(&counts, &weights, 4, placed, &kept, NULL), EF_OK);
    cr_assert_eq(kept, 1);
    cr_assert_eq(placed[0].print, 0);
    cr_assert_eq(placed[1].polarity, 11);
}
