/* SPDX-License-Identifier: MIT
 * review/key_set.h - a set of 64-bit keys that are hashes already.
 *
 * Open addressing, at most half full. Grows only; looking up is safe from many threads. */
#ifndef EARFUL_REVIEW_KEY_SET_H
#define EARFUL_REVIEW_KEY_SET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Zero-initialise. */
typedef struct ef_key_set {
    uint64_t *slots; /* 0: free; the key 0 is kept apart */
    size_t count, capacity;
    bool has_zero;
} ef_key_set;

void ef_key_set_release(ef_key_set *set);
/* False without memory; *is_new says whether the key came in now. */
bool ef_key_set_add(ef_key_set *set, uint64_t key, bool *is_new);
bool ef_key_set_has(const ef_key_set *set, uint64_t key);

#endif
