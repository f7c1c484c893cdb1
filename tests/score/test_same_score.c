/* SPDX-License-Identifier: MIT
 * test_same_score.c - a text has one score, whatever was scored before and stands around.
 */
#include <criterion/criterion.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "earful/earful.h"

static const char *const texts[] = {
    "I love it.",
    "I love it",
    "not bad at all",
    "The box was broken, but they sent another one. Great service!",
    "Is it any good? No.",
    "never again :(",
    "👍👍",
    "3/10",
    "They lost it again. Brilliant.",
    "I want my money back",
    "soooo goooood",
    "Das ist ein sehr gutes Buch und ich mag es",
    "line one is fine\nline two is awful",
    "a",
    "???",
};
enum { TEXTS = sizeof texts / sizeof *texts, ROOM = 256 };
static const char *const tails[] = { "",     "\n", "\r\n", " ",    "  \t ",
                                     "\n\n", "\r", " \n ", "\v\f", "\t\r\n" };
enum { TAILS = sizeof tails / sizeof *tails };

static ef_engine *engine;

static void start(void)
{
    cr_assert_eq(ef_engine_new(&engine, NULL, NULL), EF_OK);
}

static void stop(void)
{
    ef_engine_free(engine);
}

TestSuite(same_score, .init = start, .fini = stop);

static ef_score score_of(ef_scratch *scratch, const char *text)
{
    ef_score score;
    cr_assert_eq(ef_score_text(engine, scratch, ef_slice_of(text), &score, NULL), EF_OK);
    return score;
}

static ef_score alone(const char *text)
{
    ef_scratch *scratch;
    cr_assert_eq(ef_scratch_new(&scratch, NULL), EF_OK);
    ef_score score = score_of(scratch, text);
    ef_scratch_free(scratch);
    return score;
}

/* Field by field: structs have holes. */
static bool is_same(const ef_score *a, const ef_score *b)
{
    return a->label == b->label && a->language == b->language && a->score == b->score &&
           a->p_negative == b->p_negative && a->p_neutral == b->p_neutral &&
           a->p_positive == b->p_positive && a->confidence == b->confidence &&
           a->mixed == b->mixed && a->needs_review == b->needs_review &&
           a->sentences == b->sentences && a->lowest == b->lowest &&
           a->highest == b->highest && a->emotion == b->emotion &&
           a->emotion_p == b->emotion_p && a->signals == b->signals &&
           a->coverage == b->coverage && a->words == b->words;
}

Test(same_score, with_any_blanks_and_line_ends_behind)
{
    for (size_t i = 0; i < TEXTS; i++) {
        ef_score want = alone(texts[i]);
        for (size_t k = 0; k < TAILS; k++) {
            char text[ROOM];
            snprintf(text, sizeof text, "%s%s", texts[i], tails[k]);
            ef_score got = alone(text);
            cr_assert(is_same(&got, &want), "text %zu with tail %zu", i, k);
        }
    }
}

Test(same_score, with_line_ends_of_any_system_inside)
{
    ef_score want = alone("It was late.\nIt was broken\nI want a refund\n");
    ef_score got = alone("It was late.\r\nIt was broken\r\nI want a refund\r\n");
    cr_assert(is_same(&got, &want));
}

Test(same_score, whatever_the_scratch_was_used_for_before)
{
    ef_scratch *scratch;
    size_t size = 200000;
    char *large = malloc(size + 1);
    cr_assert_eq(ef_scratch_new(&scratch, NULL), EF_OK);
    for (size_t i = 0; i < size; i++)
        large[i] = "What an awful day! Is it? No. "[i % 30];
    large[size] = '\0';
    for (size_t i = 0; i < TEXTS; i++)
        for (size_t k = 0; k < TEXTS; k++) {
            ef_score want = alone(texts[i]);
            score_of(scratch, k % 5 == 0 ? large : texts[k]);
            ef_score got = score_of(scratch, texts[i]);
            cr_assert(is_same(&got, &want), "text %zu behind text %zu", i, k);
        }
    free(large);
    ef_scratch_free(scratch);
}

static void *score_all(void *wanted)
{
    const ef_score *want = wanted;
    static char differs;
    ef_scratch *scratch;
    if (ef_scratch_new(&scratch, NULL) != EF_OK)
        return &differs;
    void *result = NULL;
    for (int round = 0; round < 50; round++)
        for (size_t i = 0; i < TEXTS; i++) {
            ef_score got = score_of(scratch, texts[i]);
            if (!is_same(&got, &want[i]))
                result = &differs;
        }
    ef_scratch_free(scratch);
    return result;
}

Test(same_score, in_threads_that_share_an_engine)
{
    enum { THREADS = 4 };
    pthread_t threads[THREADS];
    ef_score want[TEXTS];
    for (size_t i = 0; i < TEXTS; i++)
        want[i] = alone(texts[i]);
    for (int t = 0; t < THREADS; t++)
        cr_assert_eq(pthread_create(&threads[t], NULL, score_all, want), 0);
    for (int t = 0; t < THREADS; t++) {
        void *result = want;
        pthread_join(threads[t], &result);
        cr_assert_null(result, "a thread got another score");
    }
}
