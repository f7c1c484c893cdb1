/* SPDX-License-Identifier: MIT
 * test_coverage.c - what is new in a text, and what a label of it would tell of others. */
#include "review/coverage.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>

static ef_text_words words_of(const char *text)
{
    ef_text_words words;
    ef_text_words_find(&words, ef_slice_of(text));
    return words;
}

static ef_coverage *sampled(const char *const *texts)
{
    ef_coverage *coverage = calloc(1, sizeof *coverage);
    cr_assert_not_null(coverage);
    for (; *texts != NULL; texts++) {
        ef_text_words words = words_of(*texts);
        ef_coverage_sample(coverage, &words);
    }
    return coverage;
}

Test(coverage, takes_words_once_whatever_their_case)
{
    ef_text_words one = words_of("The lid, the LID; \xc3\xa9t\xc3\xa9!"),
                  two = words_of("lid the \xc3\xa9t\xc3\xa9");
    cr_assert_eq(one.count, 3);
    cr_assert_eq(two.count, 3);
    cr_assert_arr_eq(one.slots, two.slots, 3 * sizeof *one.slots);
    cr_assert_eq(words_of("").count, 0);
    cr_assert_eq(words_of(" ,;. ").count, 0);
}

Test(coverage, bounds_the_words_of_a_long_text)
{
    static char text[EF_COVERAGE_WORDS * 40];
    for (int i = 0; i < EF_COVERAGE_WORDS * 4; i++)
        snprintf(text + strlen(text), 10, "w%d ", i);
    cr_assert_leq(words_of(text).count, EF_COVERAGE_WORDS);
    cr_assert_gt(words_of(text).count, EF_COVERAGE_WORDS * 9 / 10);
}

Test(coverage, finds_less_news_in_what_was_asked_before)
{
    static const char *const sample[] = { "the lid leaks", "the lamp flickers", NULL };
    ef_coverage *coverage = sampled(sample);
    ef_text_words lid = words_of("the lid leaks"), lamp = words_of("the lamp flickers");
    cr_assert_eq(ef_coverage_novelty(coverage, &lid), 1);
    ef_coverage_ask(coverage, &lid);
    cr_assert_lt(ef_coverage_novelty(coverage, &lid), 0.51);
    cr_assert_gt(ef_coverage_novelty(coverage, &lamp), 0.7);
    free(coverage);
}

Test(coverage, reaches_further_with_words_that_many_texts_share)
{
    static const char *const sample[] = { "lid leaks", "lid leaks", "lid leaks",
                                          "odd zebra", NULL };
    ef_coverage *coverage = sampled(sample);
    ef_text_words lid = words_of("lid leaks"), odd = words_of("odd zebra");
    double before = ef_coverage_reach(coverage, &lid);
    cr_assert_gt(before, 0);
    cr_assert_eq(ef_coverage_reach(coverage, &odd), 0);
    ef_coverage_ask(coverage, &lid);
    cr_assert_lt(ef_coverage_reach(coverage, &lid), before / 2);
    free(coverage);
}
