/* SPDX-License-Identifier: MIT
 * score/words.h - the tokens of a sentence as words that lexicon and model may know.
 *
 * Punctuation goes, what it means stays: clause ends, exclamation and question marks.
 * Elongated words ("soooo") become the known word behind them, hashtags ("#neveragain")
 * the known words they are made of. */
#ifndef EARFUL_SCORE_WORDS_H
#define EARFUL_SCORE_WORDS_H

#include "lexicon/match.h"
#include "model/model_file.h"

typedef struct ef_words {
    ef_word *items;
    size_t count, capacity;
    uint64_t *events; /* bit i: a rating, a word or a phrase of the lexicon may begin at word
                         i, or a clause ends behind it; the others change nothing but
                         distances. Two of five words */
    uint32_t exclamations, questions; /* marks */
    uint32_t language_words;          /* words of letters: those that coverage is about */
    uint32_t known_words;             /* of them */
    uint32_t foreign_words;           /* of them: typical of other languages */
    bool is_shouted;                  /* most words are in capitals: capitals mean nothing */
    bool is_question;                 /* the last mark is ? */
    unsigned answer;                  /* EF_FRAME_YES or EF_FRAME_DENIAL if the next
                                         sentence answers or denies this one so; else 0 */
    bool is_reply;                    /* only answers the sentence before */
    bool self_follows;                /* the next sentence begins with "I" */
    bool this_follows;                /* or with "this" */
} ef_words;

/* How much speaks for the model's language, 0..10000. A word that is only unknown may be a
 * name; one that is typical of other languages counts three times. The one more keeps four
 * words from deciding it where two of them are names. */
static inline int32_t ef_language_share(uint64_t known, uint64_t foreign, uint64_t words)
{
    enum { FOREIGN_WEIGHT = 3 };
    uint64_t against = words - known - foreign + FOREIGN_WEIGHT * foreign;
    return (int32_t)((known + 1) * 10000 / (known + 1 + against));
}

/* The first event from word `at` on; words->count if there is none. */
static inline size_t ef_words_event(const ef_words *words, size_t at)
{
    size_t i = at / 64, blocks = (words->count + 63) / 64;
    if (at >= words->count)
        return words->count;
    uint64_t bits = words->events[i] & ~UINT64_C(0) << at % 64;
    while (bits == 0 && ++i < blocks)
        bits = words->events[i];
    return bits == 0 ? words->count : i * 64 + (size_t)__builtin_ctzll(bits);
}

void ef_words_release(ef_words *words);

/* Replaces *words by the words of tokens first..end-1. model may be NULL. False without
 * memory. Linear in the sentence's bytes. */
bool ef_words_read(ef_words *words, const ef_lexicon *lexicon, const ef_model *model,
                   const ef_normal_text *normal, const ef_tokens *tokens, size_t first,
                   size_t end);

#endif
