/* SPDX-License-Identifier: MIT
 * test_words.c - the words of a sentence, and what may begin at them. */
#include <criterion/criterion.h>
#include <stdio.h>

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
            words->items[i].opens = words->items[i].has_slots = true; /* it looks itself */
            ef_match match;
            cr_assert_not(ef_lexicon_match(&engine->lexicon, words->items + i,
                                           words->count - i, &match),
                          "word %zu of '%s'", i, text);
            cr_assert_eq(
                ef_spoken_rating(words, i, &scratch->normal, &scratch->tokens, &valence),
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
        cr_assert_eq(ef_score_text(engine, scratch, ef_slice_of(texts[i]), &score, NULL),
                     EF_OK);
        cr_assert_eq(score.words, 0);
        ef_scratch_free(scratch);
        ef_engine_free(engine);
    }
}

/* The last sentence of a text that begins with so many plain words. */
static ef_words *read_last_sentence(const ef_engine *engine, ef_scratch *scratch,
                                    size_t padding, const char *rest)
{
    static char text[4096];
    size_t size = 0;
    for (size_t i = 0; i < padding; i++)
        size += (size_t)sprintf(text + size, "we ");
    sprintf(text + size, "%s", rest);
    ef_text_walk walk;
    ef_words *last = NULL;
    ef_text_walk_start(&walk, &engine->lexicon, &engine->model, engine->kernels, scratch,
                       ef_slice_of(text));
    while (ef_text_walk_next(&walk) == EF_OK)
        last = scratch->words;
    return last;
}

/* What is told by masks of 64 tokens is the same wherever a mask begins. */
Test(words, sentences_are_cut_and_heard_alike_at_every_place)
{
    ef_engine *engine;
    ef_scratch *scratch;
    cr_assert_eq(ef_engine_new(&engine, NULL, NULL), EF_OK);
    cr_assert_eq(ef_scratch_new(&scratch, NULL), EF_OK);
    for (size_t padding = 0; padding < 140; padding++) {
        const ef_words *words = read_last_sentence(
            engine, scratch, padding, "it is late. We paid \"), and why?! they ask");
        cr_assert_eq(words->count, 2, "%zu", padding);
        words = &scratch->passage.sentences[scratch->passage.sentence_count - 2];
        cr_assert_eq(words->count, 4, "%zu", padding);
        cr_assert(words->items[1].ends_clause, "behind two stops, %zu", padding);
        cr_assert_not(words->items[0].ends_clause);
        cr_assert_not(words->items[3].ends_clause);
        cr_assert_eq(words->questions, 1, "%zu", padding);
        cr_assert_eq(words->exclamations, 1, "%zu", padding);
        cr_assert_not(words->is_question, "the last mark is !");
        cr_assert_eq(words[-1].count, padding + 3, "%zu", padding);
        cr_assert_not(words[-1].items[padding + 2].ends_clause);
    }
    ef_scratch_free(scratch);
    ef_engine_free(engine);
}

Test(words, a_hashtag_in_pieces_counts_as_its_words_where_it_is_asked_who_shouts)
{
    ef_engine *engine;
    ef_scratch *scratch;
    cr_assert_eq(ef_engine_new(&engine, NULL, NULL), EF_OK);
    cr_assert_eq(ef_scratch_new(&scratch, NULL), EF_OK);
    for (size_t padding = 0; padding < 70; padding++) {
        const ef_words *words = read_last_sentence(engine, scratch, padding,
                                                   "now. WHAT A BIG MESS #lovethisplace");
        cr_assert_eq(words->count, 7, "%zu", padding);
        cr_assert_not(words->is_shouted, "three of seven, %zu", padding);
        words = read_last_sentence(engine, scratch, padding, "now. WHAT A BIG MESS #never");
        cr_assert_eq(words->count, 5, "%zu", padding);
        cr_assert(words->is_shouted, "three of five, %zu", padding);
        words = read_last_sentence(engine, scratch, padding, "now. #lovethisplace we said");
        cr_assert_eq(words->count, 5, "%zu", padding);
        cr_assert_eq(words->tokens[0], words->tokens[2]);
        cr_assert_neq(words->tokens[2], words->tokens[3]);
    }
    ef_scratch_free(scratch);
    ef_engine_free(engine);
}
