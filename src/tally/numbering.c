/* SPDX-License-Identifier: MIT
 * tally/numbering.c - hashes as small numbers, in order of their first sight. */
#include "tally/numbering.h"

#include <stdlib.h>

#include "base/hash.h"

void ef_numbering_release(ef_numbering *numbering)
{
    free(numbering->hashes);
    free(numbering->slots);
    *numbering = (ef_numbering){ 0 };
}

static uint32_t *slot_of(const ef_numbering *numbering, uint32_t *slots, size_t capacity,
                         uint64_t hash)
{
    size_t at = ef_hash_place(hash, slots, capacity);
    while (slots[at] != 0 && numbering->hashes[slots[at] - 1] != hash)
        at = (at + 1) & (capacity - 1);
    return &slots[at];
}

/* For a hash that is not there: what lies in its way need not be looked at. */
static uint32_t *free_slot(uint32_t *slots, size_t capacity, uint64_t hash)
{
    size_t at = ef_hash_place(hash, slots, capacity);
    while (slots[at] != 0)
        at = (at + 1) & (capacity - 1);
    return &slots[at];
}

static bool grow(ef_numbering *numbering)
{
    size_t capacity = numbering->capacity == 0 ? 64 : numbering->capacity * 2;
    uint32_t room = (uint32_t)(capacity / 4 * 3);
    if (capacity > UINT32_MAX)
        return false;
    uint64_t *hashes = realloc(numbering->hashes, room * sizeof *hashes);
    if (hashes == NULL)
        return false;
    numbering->hashes = hashes;
    uint32_t *slots = calloc(capacity, sizeof *slots);
    if (slots == NULL)
        return false;
    for (uint32_t i = 0; i < numbering->count; i++)
        *free_slot(slots, capacity, hashes[i]) = i + 1;
    free(numbering->slots);
    numbering->slots = slots;
    numbering->capacity = capacity;
    numbering->room = room;
    return true;
}

uint32_t ef_numbering_of(ef_numbering *numbering, uint64_t hash)
{
    if (numbering->count == numbering->room && !grow(numbering))
        return EF_NO_NUMBER;
    uint32_t *slot = slot_of(numbering, numbering->slots, numbering->capacity, hash);
    if (*slot == 0) {
        numbering->hashes[numbering->count++] = hash;
        *slot = numbering->count;
    }
    return *slot - 1;
}

uint32_t ef_numbering_expect(const ef_numbering *numbering, uint64_t hash)
{
    if (numbering->count == 0)
        return EF_NO_NUMBER;
    uint32_t slot =
        numbering->slots[ef_hash_place(hash, numbering->slots, numbering->capacity)];
    if (slot == 0)
        return EF_NO_NUMBER;
    __builtin_prefetch(&numbering->hashes[slot - 1]);
    return slot - 1;
}

uint32_t ef_numbering_find(const ef_numbering *numbering, uint64_t hash)
{
    if (numbering->count == 0)
        return EF_NO_NUMBER;
    uint32_t slot = *slot_of(numbering, numbering->slots, numbering->capacity, hash);
    return slot == 0 ? EF_NO_NUMBER : slot - 1;
}

static int by_hash(const void *a, const void *b, void *user)
{
    const uint64_t *hashes = user;
    uint64_t one = hashes[*(const uint32_t *)a], two = hashes[*(const uint32_t *)b];
    return (one > two) - (one < two);
}

void ef_numbering_ranks(const ef_numbering *numbering, uint32_t *ranks, uint32_t *order)
{
    for (uint32_t i = 0; i < numbering->count; i++)
        order[i] = i;
    if (numbering->count > 0)
        qsort_r(order, numbering->count, sizeof *order, by_hash, numbering->hashes);
    for (uint32_t i = 0; i < numbering->count; i++)
        ranks[order[i]] = i;
}
