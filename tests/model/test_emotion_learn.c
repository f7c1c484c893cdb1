/* SPDX-License-Identifier: MIT
 * test_emotion_learn.c - weights of emotions from texts made by hand. */
#include "model/emotion_learn.h"

#include <criterion/criterion.h>
#include <stdlib.h>

#include "kernels/kernels.h"

enum { NONE = 1, ANGER = 2, JOY = 1 << 4, ALL = 127 };
#define GRR UINT64_C(0xAAAA000000000001)
#define YAY UINT64_C(0xBBBB000000000002)
#define THE UINT64_C(0xCCCC000000000003)
enum { TEXTS = 60 };

/* Sixty texts of two families: "the grr" is angry, "the yay" is joyful, "the" is nothing.
 * The second family knows anger and joy only. */
static void build(ef_counts *counts, ef_mood moods[TEXTS])
{
    ef_text_features texts[TEXTS];
    uint64_t hashes[2 * TEXTS];
    uint8_t repeats[2 * TEXTS];
    memset(repeats, 1, sizeof repeats);
    size_t at = 0;
    for (size_t i = 0; i < TEXTS; i++) {
        unsigned kind = (unsigned)(i % 3), family = i >= TEXTS / 2;
        kind = family == 1 && kind == 0 ? 1 : kind;
        texts[i] = (ef_text_features){ .first = at,
                                       .count = kind == 0 ? 1 : 2,
                                       .part = (uint8_t)(2 * family),
                                       .weight = 100 };
        if (kind > 0)
            hashes[at++] = kind == 1 ? GRR : YAY;
        hashes[at++] = THE;
        moods[i] = (ef_mood){ kind == 0   ? NONE
                              : kind == 1 ? ANGER
                                          : JOY,
                              family == 0 ? NONE | ANGER | JOY : ANGER | JOY };
    }
    cr_assert_eq(ef_counts_build(counts, texts, TEXTS, hashes, repeats, 4, NULL), EF_OK);
}

static size_t number_of(const ef_counts *counts, uint64_t feature)
{
    size_t at = 0;
    while (at < counts->count && counts->features[at] != feature)
        at++;
    cr_assert_lt(at, counts->count);
    return at;
}

Test(emotion_learn, finds_the_words_that_speak_for_an_emotion)
{
    ef_counts counts;
    ef_mood moods[TEXTS];
    float weights[3][EF_FELT], again[3][EF_FELT];
    build(&counts, moods);
    cr_assert_eq(ef_emotion_learn(&counts, moods, EF_NO_PART, weights, NULL), EF_OK);
    size_t grr = number_of(&counts, GRR), yay = number_of(&counts, YAY);
    cr_assert_gt(weights[grr][0], 0.5); /* anger */
    cr_assert_gt(weights[yay][3], 0.5); /* joy */
    cr_assert_lt(weights[yay][0], weights[grr][0]);
    cr_assert_eq(weights[grr][2], 0); /* fear is no choice of either family */
    cr_assert_eq(ef_emotion_learn(&counts, moods, EF_NO_PART, again, NULL), EF_OK);
    cr_assert_eq(memcmp(weights, again, sizeof weights), 0);
    ef_counts_release(&counts);
}

Test(emotion_learn, learns_nothing_from_parts_left_out)
{
    ef_counts counts;
    ef_mood moods[TEXTS];
    float weights[3][EF_FELT];
    build(&counts, moods);
    cr_assert_eq(ef_emotion_learn(&counts, moods, EF_BOTH_PARTS(0) | EF_BOTH_PARTS(1),
                                  weights, NULL),
                 EF_OK);
    for (int i = 0; i < 3; i++)
        for (int k = 0; k < EF_FELT; k++)
            cr_assert_eq(weights[i][k], 0);
    ef_counts_release(&counts);
}

Test(emotion_learn, keeps_what_matters_more_where_two_want_a_slot)
{
    ef_counts counts;
    ef_mood moods[TEXTS];
    float weights[3][EF_FELT] = { { 0 } };
    ef_emotion_slot placed[3], slots[2];
    static uint64_t filter[(1 << EF_EMOTION_FILTER_BITS) / 64];
    size_t kept;
    build(&counts, moods);
    size_t grr = number_of(&counts, GRR), the = number_of(&counts, THE);
    weights[grr][0] = 3.0f; /* GRR and THE end in 1 and want the same of two slots */
    weights[the][0] = 1.0f;
    cr_assert_eq(
        ef_emotion_place(&counts, (const float(*)[EF_FELT])weights, 1, placed, &kept, NULL),
        EF_OK);
    cr_assert_eq(kept, 1); /* YAY weighs nothing */
    cr_assert_eq(placed[grr].weights[0], 3 * EF_EMOTION_UNIT);
    cr_assert_eq(placed[the].print, 0);
    ef_emotion_fill(&counts, placed, 1, slots, filter);
    const ef_gram_tables tables = { .felt_slots = slots, .felt_bits = 1 };
    const uint64_t both[] = { GRR, THE };
    int64_t sums[EF_FELT] = { 0 };
    cr_assert_eq(ef_emotion_may_hold(filter, GRR), 1);
    ef_kernels_at(0)->feel(&tables, both, 2, sums);
    cr_assert_eq(sums[0], 3 * EF_EMOTION_UNIT); /* THE's own weight is not there */
    ef_counts_release(&counts);
}
