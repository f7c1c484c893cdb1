/* SPDX-License-Identifier: MIT
 * test_complement_bayes.c - weights from counts worked out by hand. */
#include "model/classifier.h"

#include <criterion/criterion.h>
#include <math.h>

enum { GOOD = 0x100, BAD = 0x200, BOX = 0x300, WORDS = 3 };

static void add(ef_text_features *texts, uint64_t *hashes, size_t *count, unsigned label,
                uint64_t first, uint64_t second)
{
    size_t at = *count;
    texts[at] = (ef_text_features){ 2 * at, 2, (uint8_t)label, 0, EF_WHOLE_WEIGHT };
    hashes[2 * at] = first;
    hashes[2 * at + 1] = second;
    ++*count;
}

/* Six texts that praise and hold GOOD and BOX, three that do not and hold BAD and BOX, and
 * `neutral` ones with BOX and GOOD: two features a text. */
static void build(ef_counts *counts, size_t neutral)
{
    ef_text_features texts[16];
    uint64_t hashes[32];
    uint8_t repeats[32];
    size_t count = 0;
    memset(repeats, 1, sizeof repeats);
    for (int i = 0; i < 6; i++)
        add(texts, hashes, &count, EF_POSITIVE, GOOD, BOX);
    for (int i = 0; i < 3; i++)
        add(texts, hashes, &count, EF_NEGATIVE, BAD, BOX);
    for (size_t i = 0; i < neutral; i++)
        add(texts, hashes, &count, EF_NEUTRAL, GOOD, BOX);
    cr_assert_eq(ef_counts_build(counts, texts, count, hashes, repeats, 2, NULL), EF_OK);
    cr_assert_eq(counts->count, WORDS);
}

static size_t find(const ef_counts *counts, uint64_t hash)
{
    size_t at = 0;
    while (counts->features[at] != hash)
        at++;
    return at;
}

static void train(const ef_counts *counts, float polarity[WORDS], float neutrality[WORDS])
{
    ef_float_weights w = { polarity, neutrality };
    const ef_classifier *c = ef_classifier_named("complement-bayes");
    cr_assert_not_null(c);
    cr_assert_eq(c->train(counts, EF_NO_PART, &w, NULL), EF_OK);
}

/* Outside of praise stand three BAD and three BOX, outside of the rest six GOOD and six
 * BOX; with one more for each of three features 9 and 15. */
Test(complement_bayes, weighs_a_word_by_its_share_outside_a_class)
{
    ef_counts counts;
    float polarity[WORDS], neutrality[WORDS];
    build(&counts, 0);
    train(&counts, polarity, neutrality);
    double good = -log(1.0 / 9) + log(7.0 / 15), bad = -log(4.0 / 9) + log(1.0 / 15);
    double box = -log(4.0 / 9) + log(7.0 / 15);
    cr_assert_float_eq(polarity[find(&counts, GOOD)], 16 * good, 1e-3);
    cr_assert_float_eq(polarity[find(&counts, BAD)], 16 * bad, 1e-3);
    cr_assert_float_eq(polarity[find(&counts, BOX)], 16 * box, 1e-3);
    for (size_t i = 0; i < WORDS; i++)
        cr_assert_eq(neutrality[i], 0);
    ef_counts_release(&counts);
}

/* With four neutral texts: outside of neutral 6 GOOD, 3 BAD, 9 BOX of 18 + 3; outside of
 * praise 4, 3, 7 of 14 + 3; outside of the rest 10, 0, 10 of 20 + 3. */
Test(complement_bayes, compares_neutral_with_the_mean_of_the_other_two)
{
    ef_counts counts;
    float polarity[WORDS], neutrality[WORDS];
    build(&counts, 4);
    train(&counts, polarity, neutrality);
    double neutral = -log(4.0 / 21), praise = -log(4.0 / 17), rest = -log(1.0 / 23);
    cr_assert_float_eq(polarity[find(&counts, BAD)], 16 * (praise - rest), 1e-3);
    cr_assert_float_eq(neutrality[find(&counts, BAD)], 16 * (neutral - (praise + rest) / 2),
                       1e-3);
    ef_counts_release(&counts);
}

Test(complement_bayes, says_nothing_where_a_side_is_missing)
{
    ef_counts counts;
    float polarity[WORDS], neutrality[WORDS];
    ef_float_weights w = { polarity, neutrality };
    build(&counts, 0);
    cr_assert_eq(
        ef_classifier_named("complement-bayes")->train(&counts, EF_BOTH_PARTS(0), &w, NULL),
        EF_OK);
    for (size_t i = 0; i < WORDS; i++)
        cr_assert_eq(polarity[i], 0);
    ef_counts_release(&counts);
}
