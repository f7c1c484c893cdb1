/* SPDX-License-Identifier: MIT
 * review/candidates.h - the few texts of a kind that are worth most, of any number.
 *
 * Whatever the order in which texts come, and however they are spread over several lists
 * that are merged at the end, the same ones are kept: worth, then key, then place is a
 * total order, and a text that was passed over had enough better ones in front of it. */
#ifndef EARFUL_REVIEW_CANDIDATES_H
#define EARFUL_REVIEW_CANDIDATES_H

#include "earful/scorer.h"
#include "earful/slice.h"

/* A text and where it stands. Slices are the caller's when it is offered, and those of its
 * own memory once it is kept. */
typedef struct ef_candidate {
    uint64_t worth; /* the larger the sooner */
    uint64_t key;   /* of the text as it would be written: the same text, the same key */
    uint64_t place; /* in the order of reading, from 0 */
    uint64_t line;
    ef_slice text, id, file;
    ef_score score;
} ef_candidate;

typedef struct ef_candidates {
    ef_candidate **items;
    size_t count, limit;
    uint64_t least; /* worth of the last one when `limit` were kept: less is not wanted */
} ef_candidates;

/* Room for limit texts. */
void ef_candidates_init(ef_candidates *candidates, size_t limit);
void ef_candidates_release(ef_candidates *candidates);

/* Keeps a copy if it is worth it; of repeats one is kept. False without memory. */
bool ef_candidates_offer(ef_candidates *candidates, const ef_candidate *candidate);

/* Moves all of more there, which is then empty. False without memory. */
bool ef_candidates_merge(ef_candidates *candidates, ef_candidates *more);

/* Sorts, the best first, and leaves at most `limit`, each text once. False without memory.
 */
bool ef_candidates_sort(ef_candidates *candidates);

#endif
