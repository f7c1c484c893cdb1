/* SPDX-License-Identifier: MIT
 * tally/sums.h - whole numbers added up under keys: what most parts of a tally are made of.
 *
 * An entry is a hash, a few numbers that make up its key, and a few sums. Entries of one
 * hash are one entry; when tables merge, sums add up and keys stay.
 *
 * A table that has a bound keeps the entries with the smallest hashes: one in 2^level,
 * those whose first `level` bits are zero. Which they are depends on all hashes alone,
 * never on their order, so tables that were cut anywhere merge to the same; and what is
 * kept is kept from its first message on, so its sums are whole. Invariant: the level is
 * the lowest at which no more than `most` entries are left. */
#ifndef EARFUL_TALLY_SUMS_H
#define EARFUL_TALLY_SUMS_H

#include "aggregate/pack.h"

typedef struct ef_sums {
    uint64_t *slots; /* open addressing: hash (0: free), keys, sums */
    size_t key_count, sum_count;
    size_t count, capacity; /* entries; slots, a power of two */
    size_t most;            /* 0: no bound */
    unsigned level;
} ef_sums;

enum { EF_SUMS_LEVELS = 64 };

void ef_sums_init(ef_sums *sums, size_t key_count, size_t sum_count, size_t most);
void ef_sums_release(ef_sums *sums);

/* The sums of an entry, made with these keys if it is not there; *found is NULL if the
 * bound leaves it out. hash is not 0 and well mixed. False without memory. */
bool ef_sums_at(ef_sums *sums, uint64_t hash, const int64_t *keys, int64_t **found);

/* Asks for the memory in which an entry lies: it is looked for soon. */
void ef_sums_expect(const ef_sums *sums, uint64_t hash);

/* The sums of an entry that is there, else NULL. */
const int64_t *ef_sums_find(const ef_sums *sums, uint64_t hash);

/* Walks over all entries, in no order that means anything; *at begins at 0. NULL: no more.
 * What it gives are the keys; the sums follow them. */
const int64_t *ef_sums_next(const ef_sums *sums, size_t *at, uint64_t *hash);

bool ef_sums_merge(ef_sums *sums, const ef_sums *more);

/* In order of the hashes. */
bool ef_sums_save(const ef_sums *sums, ef_buffer *out);
/* Into a table of the same shape that is empty. Numbers that cannot have been counted set
 * in->failed. False without memory. */
bool ef_sums_load(ef_sums *sums, ef_unpack *in);

#endif
