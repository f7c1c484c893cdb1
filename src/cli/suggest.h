/* SPDX-License-Identifier: MIT
 * cli/suggest.h - did you mean …? */
#ifndef EARFUL_CLI_SUGGEST_H
#define EARFUL_CLI_SUGGEST_H

#include <stddef.h>

/* Finds the nearest of several candidates: start from {typed, NULL, 0}, offer each, and
 * read best, which stays NULL when nothing is near enough to be worth a guess. */
typedef struct ef_suggestion {
    const char *typed;
    const char *best; /* points to the offered string */
    size_t distance;
} ef_suggestion;

void ef_suggestion_offer(ef_suggestion *suggestion, const char *candidate);

/* How many insertions, deletions, changes and swaps of neighbours lead from a to b; words
 * over 63 bytes are as far as they are long. */
size_t ef_edit_distance(const char *a, const char *b);

#endif
