/* SPDX-License-Identifier: MIT
 * test_show_term.c - what the lexicon says of a word, as a lexicon file would. */
#include "earful/app/lexicon_words.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "earful/earful.h"

static char shown[512];

static void note(void *user, const char *section, const char *value, const char *extra)
{
    size_t at = strlen(shown);
    cr_assert_null(user);
    snprintf(shown + at, sizeof shown - at, "%s %s%s%s;", section, value,
             extra[0] != '\0' ? " " : "", extra);
}

static size_t show(const char *term)
{
    ef_engine *engine;
    size_t count = 99;
    shown[0] = '\0';
    cr_assert_eq(ef_engine_new(&engine, NULL, NULL), EF_OK);
    cr_assert_eq(ef_lexicon_show(engine, ef_slice_of(term), note, NULL, &count, NULL),
                 EF_OK);
    ef_engine_free(engine);
    return count;
}

Test(show_term, tells_every_section_that_has_the_term)
{
    cr_assert_eq(show("furious"), 2);
    cr_assert(strstr(shown, "valence -") != NULL && strstr(shown, "emotions anger 3;"));
    cr_assert_eq(show("not"), 1);
    cr_assert_str_eq(shown, "negators not;");
    cr_assert_eq(show("but"), 1);
    cr_assert_str_eq(shown, "contrast but;");
    cr_assert_eq(show("seven"), 1);
    cr_assert_str_eq(shown, "numbers 7;");
    cr_assert_eq(show("used to"), 1);
    cr_assert_str_eq(shown, "frames past;");
}

Test(show_term, finds_a_phrase_as_a_text_would_match_it)
{
    cr_assert_gt(show("Cancelled my subscription"), 0);
    cr_assert(strstr(shown, "signals churn;") != NULL);
}

Test(show_term, says_nothing_of_what_only_holds_a_term)
{
    cr_assert_eq(show("good lamps"), 0);
    cr_assert_eq(show(""), 0);
    cr_assert_eq(show("?!"), 0);
}
