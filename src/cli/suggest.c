/* SPDX-License-Identifier: MIT
 * cli/suggest.c - did you mean …?
 *
 * The restricted edit distance (insert, delete, change, swap neighbours) over three rows
 * of the usual table. A guess is made only up to a third of the typed word's letters:
 * farther ones annoy more than they help. */
#include "suggest.h"

#include <string.h>

enum { LONGEST = 63 };

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

size_t ef_edit_distance(const char *a, const char *b)
{
    size_t a_size = strlen(a), b_size = strlen(b);
    if (a_size > LONGEST || b_size > LONGEST)
        return a_size > b_size ? a_size : b_size;

    size_t rows[3][LONGEST + 1];
    size_t *before = rows[0], *above = rows[1], *row = rows[2];
    for (size_t j = 0; j <= b_size; j++)
        above[j] = j;
    for (size_t i = 1; i <= a_size; i++) {
        row[0] = i;
        for (size_t j = 1; j <= b_size; j++) {
            size_t change = above[j - 1] + (a[i - 1] != b[j - 1]);
            row[j] = least(change, least(above[j], row[j - 1]) + 1);
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                row[j] = least(row[j], before[j - 2] + 1);
        }
        size_t *spare = before;
        before = above;
        above = row;
        row = spare;
    }
    return above[b_size];
}

/* A beginning that somebody stopped typing is near, however much is missing. */
static size_t distance_to(const char *typed, const char *candidate)
{
    size_t size = strlen(typed);
    if (size >= 3 && strncmp(typed, candidate, size) == 0)
        return 1;
    return ef_edit_distance(typed, candidate);
}

void ef_suggestion_offer(ef_suggestion *suggestion, const char *candidate)
{
    size_t size = strlen(suggestion->typed);
    size_t distance = distance_to(suggestion->typed, candidate);
    if (distance > (size < 6 ? 1 : size / 3) || distance >= strlen(candidate))
        return;
    if (suggestion->best == NULL || distance < suggestion->distance) {
        suggestion->best = candidate;
        suggestion->distance = distance;
    }
}
