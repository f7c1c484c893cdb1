/* SPDX-License-Identifier: MIT
 * lexicon/match.h - which words and phrases begin at a word. */
#ifndef EARFUL_LEXICON_MATCH_H
#define EARFUL_LEXICON_MATCH_H

#include "lexicon/lexicon.h"

/* A word as phrases see it: punctuation has gone, elongation is undone. */
typedef struct ef_word {
    uint64_t hash;
    const ef_lexicon_entry *entry; /* of the single word, NULL if there is none */
    uint64_t phrase;   /* key of the phrase that begins here, 0: none; set by the rules */
    uint32_t token;    /* index of the token it came from */
    uint8_t kind;      /* ef_token_kind */
    uint8_t flags;     /* ef_token flags */
    uint8_t traits;    /* the entry's flags, 0 if there is none */
    bool ends_clause;  /* a clause ends behind it */
    bool is_number;
    bool is_known;     /* by the model or a user's lexicon; what ours lists, a model learns */
    bool is_foreign;   /* the model knows it as typical of other languages */
    bool leads;        /* the next word may follow it in a phrase; false is certain */
    bool is_negated;   /* inside the scope of a negator; set by the rules */
    bool is_in_phrase; /* a part of a phrase of the lexicon; set by the rules */
    bool is_aside;     /* not the speaker's verdict here and now; set by the rules */
} ef_word;

/* Sixteen bytes. Lengths are in words, and mean nothing where there is nothing to measure; a
 * phrase has at most EF_PHRASE_WORDS steps, each of which covers one word or, as a gap,
 * EF_GAP_WORDS. */
typedef struct ef_match {
    const ef_lexicon_entry *entry; /* of the longest match that weighs; NULL: none */
    uint16_t signals;              /* of all matches that begin here */
    uint8_t frame;                 /* ef_frame of the longest match that opens one */
    uint8_t emotion;               /* of the longest match that shows one; as in the entry */
    uint8_t length;                /* of entry */
    uint8_t signal_length;         /* of the longest match that sets a signal */
    uint8_t frame_length, emotion_length;
} ef_match;

/* What begins at words[0], count > 0 words to the end of the sentence: *match, and whether
 * there is anything in it. Trusts their `leads`. Bounded work: at most 64 steps, whatever
 * lexicon and text are. */
bool ef_lexicon_match(const ef_lexicon *lexicon, const ef_word *words, size_t count,
                      ef_match *match);

#endif
