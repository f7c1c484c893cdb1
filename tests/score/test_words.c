/* SPDX-License-Identifier: MIT
 * test_words.c - the words of a sentence, and what may begin at them. */
#include <criterion/criterion.h>

#include "score/engine_parts.h"
#include "score/spoken_rating.h"
#include "score/walk_text.h"

/* Whether matching finds nothing at any word where it is not even tried. */
static void check_text(const ef_engine *engine, ef_scratch *scratch, const char *text)
{
    ef_text_walk walk;
    ef_text_walk_start(&walk, &engine->lexicon, &engine->model, engine->kernels, scratch,
                       ef_slice_of(text));
    while (ef_text_walk_next(&walk) == EF_OK) {
        ef_words *words = scratch->words;
        for (size_t i = 0; i < words->count; i++) {
            int32_t valence;
            if (ef_words_event(words, i) == i)
                continue;
            words->items[i].opens = true; /* matching looks for itself */
            ef_match match;
            cr_assert_not(ef_lexicon_match(&engine->lexicon, words->items + i,
                                           words->count - i, &match),
                      "word %zu of '%s'", i, text);
            cr_assert_eq(ef_spoken_rating(words, i, &scratch->normal, &scratch->tokens,
                                          &valence),
                         0);
        }
    }
}

Test(words, nothing_begins_where_it_is_said_that_nothing_does)
{
    static const char *const texts[] = {
        "Would not recommend it to anyone, a waste of money :( and 2 out of 5 stars.",
        "The staff went above and beyond; I will never go back there again!!!",
        "I have been waiting for three weeks and nobody has called me back 😡",
        "9/10, not without flaws. ★★★★☆ for the view, but the room was sooooo small",
        "#neveragain @shop Cancel my subscription, I want to speak to a manager.",
        "It was not at all what I had hoped for. 5 stars? One star at most.",
        "as good as it gets, hardly a problem in 10 years, far from perfect in the end",
    };
    ef_engine *engine;
    ef_scratch *scratch;
    cr_assert_eq(ef_engine_new(&engine, NULL, NULL), EF_OK);
    cr_assert_eq(ef_scratch_new(&scratch, NULL), EF_OK);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        check_text(engine, scratch, texts[i]);
    ef_scratch_free(scratch);
    ef_engine_free(engine);
}

/* A new scratch had no room at all, and kernels wrote the bits of no token into it. */
Test(words, a_first_text_without_words_is_scored)
{
    static const char *const texts[] = { "", " ", "\xb0", "\x01", "\xc2\xb0", "\n\n" };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        ef_engine *engine;
        ef_scratch *scratch;
        ef_score score;
        cr_assert_eq(ef_engine_new(&engine, NULL, NULL), EF_OK);
        cr_assert_eq(ef_scratch_new(&scratch, NULL), EF_OK);
        cr_assert_eq(ef_score_text(engine, scratch, ef_slice_of(texts[i]), &score, NULL), EF_OK);
        cr_assert_eq(score.words, 0);
        ef_scratch_free(scratch);
        ef_engine_free(engine);
    }
}
