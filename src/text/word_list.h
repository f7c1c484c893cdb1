/* SPDX-License-Identifier: MIT
 * text/word_list.h - a short list of words in one string: " mr mrs dr ".
 *
 * Every word has a blank on both sides. For lists of a few dozen words that are asked
 * rarely: the search goes over all of them. */
#ifndef EARFUL_TEXT_WORD_LIST_H
#define EARFUL_TEXT_WORD_LIST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

static inline bool ef_word_list_holds(const char *list, const uint8_t *word, size_t n)
{
    for (const char *at = list; (at = strchr(at, ' ')) != NULL; at++)
        if (strncmp(at + 1, (const char *)word, n) == 0 && at[n + 1] == ' ')
            return true;
    return false;
}

#endif
