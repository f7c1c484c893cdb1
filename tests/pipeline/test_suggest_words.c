/* SPDX-License-Identifier: MIT
 * test_suggest_words.c - words that labelled texts would add to the lexicon. */
#include "earful/app/lexicon_words.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char folder[] = "/tmp/earful-suggest-XXXXXX";
static char path[64];

/* "zib" is said by the happy, "gronk" by the others, "plom" by both. "good" is known,
 * "Bibi" is a name, and "flimflap" stands in four texts only. */
static void start(void)
{
    cr_assert_not_null(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/r.csv", folder);
    FILE *file = fopen(path, "wb");
    cr_assert_not_null(file);
    fputs("review,stars\n", file);
    for (int i = 0; i < 60; i++)
        fprintf(file,
                "so %d is zib plom%s and good says Bibi,5\nso %d is gronk plom and bad,1\n",
                i, i < 4 ? " flimflap" : "", i);
    fclose(file);
}

static void stop(void)
{
    unlink(path);
    rmdir(folder);
}

TestSuite(suggest_words, .init = start, .fini = stop, .timeout = 60);

typedef struct heard {
    char terms[256];
    ef_suggestion first;
    size_t count, limit;
} heard;

static bool hear(void *user, const ef_suggestion *suggestion)
{
    heard *h = user;
    if (h->count++ == 0)
        h->first = *suggestion;
    strncat(h->terms, suggestion->term, sizeof h->terms - strlen(h->terms) - 2);
    strcat(h->terms, " ");
    return h->count != h->limit;
}

static ef_status suggest(heard *h, unsigned threads, const char *label, ef_error *error)
{
    const char *inputs[] = { path };
    ef_suggest_options options = { .reader = { .inputs = inputs,
                                               .input_count = 1,
                                               .format = "csv",
                                               .text = "review",
                                               .rating = "stars" },
                                   .label = label,
                                   .threads = threads };
    return ef_lexicon_suggest(NULL, &options, hear, h, error);
}

Test(suggest_words, that_lean_and_that_the_lexicon_lacks)
{
    heard h = { .terms = "" };
    ef_error error = { 0 };
    cr_assert_eq(suggest(&h, 1, NULL, &error), EF_OK, "%s", error.message);
    cr_assert(strstr(h.terms, "zib ") != NULL && strstr(h.terms, "gronk ") != NULL);
    cr_assert_null(strstr(h.terms, "plom "));
    cr_assert_null(strstr(h.terms, "good "));
    cr_assert_null(strstr(h.terms, "bibi "));
    cr_assert_null(strstr(h.terms, "flimflap "));
    cr_assert_gt(h.first.domains, 0);
    cr_assert_eq(h.first.agreeing, h.first.domains);
    cr_assert_eq(h.first.negative + h.first.positive, 60);
    cr_assert_eq(h.first.valence > 0, h.first.mean_label > 0);
}

Test(suggest_words, are_the_same_with_any_number_of_threads_and_end_when_told)
{
    heard one = { .terms = "" }, four = { .terms = "" }, short_one = { .limit = 1 };
    cr_assert_eq(suggest(&one, 1, NULL, NULL), EF_OK);
    cr_assert_eq(suggest(&four, 4, NULL, NULL), EF_OK);
    cr_assert_str_eq(one.terms, four.terms);
    cr_assert_eq(suggest(&short_one, 1, NULL, NULL), EF_OK);
    cr_assert_eq(short_one.count, 1);
}

Test(suggest_words, need_texts_of_both_sides)
{
    heard h = { .terms = "" };
    ef_error error = { 0 };
    cr_assert_eq(suggest(&h, 1, "verdict", &error), EF_ERR_ARGUMENT);
    FILE *file = fopen(path, "wb");
    fputs("review,stars\nlovely,5\n", file);
    fclose(file);
    cr_assert_eq(suggest(&h, 1, NULL, &error), EF_ERR_ARGUMENT);
    cr_assert_not_null(strstr(error.message, "no positive and negative texts"));
    cr_assert_eq(h.count, 0);
}
