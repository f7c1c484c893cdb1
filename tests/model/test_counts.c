/* SPDX-License-Identifier: MIT
 * test_counts.c - texts as features, counted by class and family. */
#include "model/counts.h"

#include <criterion/criterion.h>
#include <stdlib.h>

enum { A = 0x11, B = 0x2222, RARE = 0x333333 };

/* Four texts of two families: a word of three texts, one of four, one of two. */
static const uint64_t hashes[] = { A, B, A, B, RARE, A, B, B, RARE };
static const uint8_t repeats[] = { 1, 2, 1, 1, 1, 3, 1, 1, 9 };
static const ef_text_features texts[] = {
    { 0, 2, EF_NEGATIVE, 0, 100 },
    { 2, 3, EF_POSITIVE, 0, 100 },
    { 5, 2, EF_POSITIVE, 2, 50 },
    { 7, 2, EF_NEUTRAL, 2, 100 },
};

static size_t find(const ef_counts *counts, uint64_t hash)
{
    size_t at = 0;
    while (at < counts->count && counts->features[at] != hash)
        at++;
    return at;
}

Test(counts, counts_each_class_of_each_family_by_weight)
{
    ef_counts counts;
    cr_assert_eq(ef_counts_build(&counts, texts, 4, hashes, repeats, 4, NULL), EF_OK);
    size_t a = find(&counts, A);
    cr_assert_eq(counts.texts_with[a], 3);
    cr_assert_eq(ef_counts_of(&counts, a, 0, EF_NEGATIVE), 100);
    cr_assert_eq(ef_counts_of(&counts, a, 0, EF_POSITIVE), 100);
    cr_assert_eq(ef_counts_of(&counts, a, 2, EF_POSITIVE), 50);
    cr_assert_eq(ef_counts_of(&counts, a, 2, EF_NEUTRAL), 0);
    cr_assert_eq(counts.totals[2][EF_POSITIVE], 50);
    cr_assert(ef_counts_has_neutral(&counts, 1));
    cr_assert_not(ef_counts_has_neutral(&counts, 0));
    ef_counts_release(&counts);
}

Test(counts, forgets_what_fewer_than_three_texts_hold)
{
    ef_counts counts;
    cr_assert_eq(ef_counts_build(&counts, texts, 4, hashes, repeats, 4, NULL), EF_OK);
    cr_assert_eq(counts.count, 2);
    cr_assert_eq(find(&counts, RARE), 2);
    cr_assert_eq(counts.texts[1].count, 2);
    cr_assert_eq(counts.texts[3].count, 1);
    ef_counts_release(&counts);
}

Test(counts, numbers_features_by_falling_number_of_texts)
{
    ef_counts counts;
    cr_assert_eq(ef_counts_build(&counts, texts, 4, hashes, repeats, 4, NULL), EF_OK);
    cr_assert_eq(counts.features[0], B);
    cr_assert_eq(counts.features[1], A);
    uint64_t first = counts.texts[2].first;
    cr_assert_eq(counts.ids[first], 1);
    cr_assert_eq(counts.repeats[first], 3);
    ef_counts_release(&counts);
}

Test(counts, takes_no_texts_at_all)
{
    ef_counts counts;
    cr_assert_eq(ef_counts_build(&counts, NULL, 0, NULL, NULL, 1, NULL), EF_OK);
    cr_assert_eq(counts.count, 0);
    ef_counts_release(&counts);
}

Test(counts, finds_the_same_frequent_hashes_as_a_plain_search)
{
    enum { N = 20000, RANGE = 7000 };
    uint64_t *list = malloc(N * sizeof *list), state = 1;
    static uint32_t times[RANGE];
    for (size_t i = 0; i < N; i++) {
        state = state * UINT64_C(6364136223846793005) + 1442695040888963407;
        uint64_t value = (state >> 33) % RANGE;
        times[value]++;
        list[i] = value * UINT64_C(0x9E3779B97F4A7C15);
    }
    uint64_t *found;
    uint32_t *found_in;
    size_t count, expected = 0;
    cr_assert_eq(ef_frequent_hashes(list, N, 3, &found, &found_in, &count, NULL), EF_OK);
    for (size_t i = 0; i < RANGE; i++)
        expected += times[i] >= 3;
    cr_assert_eq(count, expected);
    for (size_t i = 0; i < count; i++) {
        cr_assert(i == 0 || found[i - 1] < found[i]);
        uint64_t value =
            found[i] * UINT64_C(0xF1DE83E19937733D); /* the inverse, mod 2^64 */
        cr_assert_lt(value, RANGE);
        cr_assert_eq(found_in[i], times[value]);
    }
    free(list);
    free(found);
    free(found_in);
}
