/* SPDX-License-Identifier: MIT
 * score/words.h - the tokens of a text as words that lexicon and model may know.
 *
 * Punctuation goes, what it means stays: clause ends, exclamation and question marks.
 * Elongated words ("soooo") become the known word behind them, hashtags ("#neveragain")
 * the known words they are made of. */
#ifndef EARFUL_SCORE_WORDS_H
#define EARFUL_SCORE_WORDS_H

#include "lexicon/match.h"
#include "model/model_file.h"

/* A phrase that the rules found: its first word, and its key in the lexicon. */
typedef struct ef_found_phrase {
    uint64_t key;
    size_t at;
} ef_found_phrase;

/* A sentence: a stretch of its passage. */
typedef struct ef_words {
    const ef_lexicon *lexicon;
    ef_word *items;
    const uint32_t *tokens; /* of each item: the token it came from */
    size_t count;
    const uint64_t *events;     /* of the passage */
    const ef_word_marks *marks; /* of the passage; set by the rules */
    size_t place;               /* of the first item in the passage */
    size_t first_token, end_token;
    ef_found_phrase *phrases; /* in order; one that is set aside says nothing */
    size_t phrase_count;
    uint32_t exclamations, questions; /* marks */
    bool is_shouted;   /* most words are in capitals: capitals mean nothing */
    bool is_question;  /* the last mark is ? */
    bool is_judged;    /* the rules have marked its words */
    unsigned answer;   /* EF_FRAME_YES or EF_FRAME_DENIAL if the next
                          sentence answers or denies this one so; else 0 */
    bool is_reply;     /* only answers the sentence before */
    bool self_follows; /* the next sentence begins with "I" */
    bool this_follows; /* or with "this" */
} ef_words;

/* The words of several sentences, read in one go. Zero-initialise. */
typedef struct ef_passage {
    ef_word *items;
    uint32_t *tokens; /* of each item */
    size_t count, capacity;
    uint64_t *events; /* bit i: a rating, a word or a phrase of the lexicon may begin at
                         item i, or a clause ends behind it; the others change nothing but
                         distances. Three of ten words */
    uint64_t *mark_bits;
    ef_word_marks marks;      /* of items, in mark_bits */
    ef_token_bits *bits;      /* of tokens */
    uint32_t *unknown;        /* places of words that nobody knows, while they are read */
    ef_found_phrase *phrases; /* room for those of each sentence, where its items are */
    ef_words *sentences;
    size_t sentence_count, sentence_capacity;
    uint32_t language_words; /* words of letters: those that coverage is about */
    uint32_t known_words;    /* of them */
    uint32_t foreign_words;  /* of them: typical of other languages */
} ef_passage;

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
    size_t from = words->place + at, end = words->place + words->count, i = from / 64;
    if (from >= end)
        return words->count;
    uint64_t bits = words->events[i] & ~UINT64_C(0) << from % 64;
    while (bits == 0 && (i + 1) * 64 < end)
        bits = words->events[++i];
    size_t event = bits == 0 ? end : i * 64 + (size_t)__builtin_ctzll(bits);
    return event < end ? event - words->place : words->count;
}

/* Adds the marks of a set to words first..end-1 of a sentence. Most ranges are empty or
 * short, so two numbers are changed in any case and a loop is for what is longer. */
static inline void ef_words_mark(const ef_words *words, uint64_t *set, size_t first,
                                 size_t end)
{
    size_t from = words->place + first, size = end > first ? end - first : 0;
    for (; size > 64; size -= 64, from += 64) {
        set[from / 64] |= ~UINT64_C(0) << from % 64;
        set[from / 64 + 1] |= (UINT64_C(1) << from % 64) - 1;
    }
    uint64_t ones = size == 0 ? 0 : ~UINT64_C(0) >> (64 - size);
    set[from / 64] |= ones << from % 64;
    set[from / 64 + 1] |= ones >> 1 >> (63 - from % 64);
}

/* Takes back what an earlier judgement of a sentence has marked. */
static inline void ef_words_unmark(const ef_words *words)
{
    for (size_t i = words->place; i < words->place + words->count; i++) {
        uint64_t kept = ~(UINT64_C(1) << i % 64);
        words->marks->negated[i / 64] &= kept;
        words->marks->in_phrase[i / 64] &= kept;
        words->marks->aside[i / 64] &= kept;
    }
}

/* Whether a word of a sentence is marked. */
static inline bool ef_word_is_marked(const ef_words *words, const uint64_t *set, size_t at)
{
    size_t i = words->place + at;
    return set[i / 64] >> i % 64 & 1;
}

void ef_passage_release(ef_passage *passage);

/* Where the words of both are looked up; model may be NULL. */
ef_word_tables ef_word_tables_of(const ef_lexicon *lexicon, const ef_model *model);

/* Replaces *passage by the words of the first so many tokens. model may be NULL. False
 * without memory. Linear in their bytes. */
bool ef_passage_read(ef_passage *passage, const ef_lexicon *lexicon, const ef_model *model,
                     const ef_normal_text *normal, const ef_tokens *tokens, size_t count);

#endif
