/* SPDX-License-Identifier: MIT
 * lexicon/match.h - which words and phrases begin at a word. */
#ifndef EARFUL_LEXICON_MATCH_H
#define EARFUL_LEXICON_MATCH_H

#include "lexicon/lexicon.h"

/* The entry of the single word, NULL if there is none. */
static inline const ef_lexicon_entry *ef_word_entry(const ef_lexicon *lexicon,
                                                    const ef_word *word)
{
    return word->found & EF_FOUND_LISTED ? lexicon->words.entries + word->found / 4 : NULL;
}

typedef struct ef_match {
    const ef_lexicon_entry *entry; /* of the longest match that weighs; NULL: none */
    size_t length;                 /* words it covers; 0 without entry */
    uint32_t signals;              /* of all matches that begin here */
    size_t signal_length;          /* words of the longest of them */
    unsigned frame;                /* ef_frame of the longest match that opens one */
    size_t frame_length;
    uint8_t emotion;               /* of the longest match that shows one; as in the entry */
    size_t emotion_length;
} ef_match;

/* What begins at words[0], count > 0 words to the end of the sentence. Trusts their `leads`.
 * Bounded work: at most 64 steps, whatever lexicon and text are. */
ef_match ef_lexicon_match(const ef_lexicon *lexicon, const ef_word *words, size_t count);

#endif
