/* SPDX-License-Identifier: MIT
 * text/word_list.h - a short list of short words, one machine word each.
 *
 * Every entry is padded with zeros, so that a comparison is one of numbers and not of
 * letters. For lists of a few dozen words: the search goes over all of them. */
#ifndef EARFUL_TEXT_WORD_LIST_H
#define EARFUL_TEXT_WORD_LIST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

enum { EF_LISTED_SIZE = 8 }; /* the longest entry; it needs no terminator */

typedef char ef_listed_word[EF_LISTED_SIZE];

static inline bool ef_word_is_listed(const ef_listed_word *list, size_t count,
                                     const uint8_t *word, size_t n)
{
    ef_listed_word wanted = { 0 };
    if (n > EF_LISTED_SIZE)
        return false;
    for (size_t i = 0; i < n; i++)
        wanted[i] = (char)word[i];
    for (size_t i = 0; i < count; i++)
        if (memcmp(list[i], wanted, EF_LISTED_SIZE) == 0)
            return true;
    return false;
}

#define EF_WORD_IS_LISTED(list, word, n) \
    ef_word_is_listed(list, sizeof(list) / sizeof(list)[0], word, n)

#endif
