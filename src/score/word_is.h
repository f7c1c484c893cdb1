/* SPDX-License-Identifier: MIT
 * score/word_is.h - whether a word is one of a few that the rules of English name.
 *
 * For the little words that hold a rule together; what has a mood stands in the lexicon. */
#ifndef EARFUL_SCORE_WORD_IS_H
#define EARFUL_SCORE_WORD_IS_H

#include "lexicon/match.h"

/* The words of the list stand between single blanks. It is hashed at each call: for rare
 * questions. */
static inline bool ef_word_is_one_of(const ef_word *word, const char *list)
{
    while (*list != '\0') {
        size_t size = strcspn(list, " ");
        if (ef_hash_bytes((const uint8_t *)list, size) == word->hash)
            return true;
        list += size + (list[size] == ' ');
    }
    return false;
}

#endif
