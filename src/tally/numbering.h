/* SPDX-License-Identifier: MIT
 * tally/numbering.h - hashes as small numbers, in order of their first sight.
 *
 * Rows then hold four bytes in the place of eight. The numbers depend on the order of
 * arrival; whoever saves them renumbers by ef_numbering_ranks first. */
#ifndef EARFUL_TALLY_NUMBERING_H
#define EARFUL_TALLY_NUMBERING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { EF_NO_NUMBER = UINT32_MAX };

/* Zero-initialise. */
typedef struct ef_numbering {
    uint64_t *hashes; /* by number */
    uint32_t *slots;  /* open addressing: number + 1, 0: free */
    uint32_t count, room;
    size_t capacity;
} ef_numbering;

void ef_numbering_release(ef_numbering *numbering);

/* The number of a hash that is not 0, given if it has none yet: then it is the old count.
 * EF_NO_NUMBER without memory. */
uint32_t ef_numbering_of(ef_numbering *numbering, uint64_t hash);

/* The number that a hash has; EF_NO_NUMBER: none. */
uint32_t ef_numbering_find(const ef_numbering *numbering, uint64_t hash);

/* ranks[number] is its place when all hashes are sorted, order[place] its number. Both have
 * room for count. */
void ef_numbering_ranks(const ef_numbering *numbering, uint32_t *ranks, uint32_t *order);

/* Asks for the memory of a number that is looked for soon, and gives a guess of it. */
uint32_t ef_numbering_expect(const ef_numbering *numbering, uint64_t hash);

#endif
