/* SPDX-License-Identifier: MIT
 * review/key_set.c - a set of 64-bit keys that are hashes already. */
#include "review/key_set.h"

#include <stdlib.h>

enum { FIRST_CAPACITY = 64 };

void ef_key_set_release(ef_key_set *set)
{
    free(set->slots);
    *set = (ef_key_set){ 0 };
}

/* The slot of the key, or the free one where it would stand. */
static size_t find(const ef_key_set *set, uint64_t key)
{
    size_t at = (size_t)key & (set->capacity - 1);
    while (set->slots[at] != 0 && set->slots[at] != key)
        at = (at + 1) & (set->capacity - 1);
    return at;
}

static bool grow(ef_key_set *set)
{
    ef_key_set larger = { .count = set->count,
                          .capacity =
                              set->capacity > 0 ? 2 * set->capacity : FIRST_CAPACITY,
                          .has_zero = set->has_zero };
    larger.slots = calloc(larger.capacity, sizeof *larger.slots);
    if (larger.slots == NULL)
        return false;
    for (size_t i = 0; i < set->capacity; i++)
        if (set->slots[i] != 0)
            larger.slots[find(&larger, set->slots[i])] = set->slots[i];
    free(set->slots);
    *set = larger;
    return true;
}

bool ef_key_set_add(ef_key_set *set, uint64_t key, bool *is_new)
{
    *is_new = false;
    if (key == 0) {
        *is_new = !set->has_zero;
        set->has_zero = true;
        return true;
    }
    if (2 * set->count >= set->capacity && !grow(set))
        return false;
    size_t at = find(set, key);
    if (set->slots[at] == 0) {
        set->slots[at] = key;
        set->count++;
        *is_new = true;
    }
    return true;
}

bool ef_key_set_has(const ef_key_set *set, uint64_t key)
{
    if (key == 0)
        return set->has_zero;
    return set->capacity > 0 && set->slots[find(set, key)] != 0;
}
