/* SPDX-License-Identifier: MIT
 * tally/sums.c - whole numbers added up under keys.
 *
 * The top bits of a hash decide whether it is kept. Sums wrap around instead of
 * overflowing: loading refuses numbers that could bring them there, so that only counting
 * could. */
#include "tally/sums.h"

#include <assert.h>
#include <stdlib.h>

#include "base/hash.h"

enum { FIRST_CAPACITY = 64 };

/* More than can be counted: 2^56 of score squares are 7 x 10^8 messages of the strongest
 * score; a sum of eight such parts still fits. */
static const int64_t most_sum = INT64_C(1) << 59;

void ef_sums_init(ef_sums *sums, size_t key_count, size_t sum_count, size_t most)
{
    *sums = (ef_sums){ .key_count = key_count, .sum_count = sum_count, .most = most };
}

void ef_sums_release(ef_sums *sums)
{
    free(sums->slots);
    ef_sums_init(sums, sums->key_count, sums->sum_count, sums->most);
}

static size_t width_of(const ef_sums *sums)
{
    return 1 + sums->key_count + sums->sum_count;
}

static uint64_t *slot_of(const ef_sums *sums, uint64_t hash)
{
    size_t mask = sums->capacity - 1, width = width_of(sums);
    size_t at = ef_hash_place(hash, sums->slots, sums->capacity);
    while (sums->slots[at * width] != 0 && sums->slots[at * width] != hash)
        at = (at + 1) & mask;
    return sums->slots + at * width;
}

static bool is_kept(const ef_sums *sums, uint64_t hash)
{
    return sums->level == 0 || hash >> (64 - sums->level) == 0;
}

void ef_sums_expect(const ef_sums *sums, uint64_t hash)
{
    if (sums->capacity > 0 && is_kept(sums, hash))
        __builtin_prefetch(sums->slots + ef_hash_place(hash, sums->slots, sums->capacity) *
                                             width_of(sums));
}

/* Makes the table anew with so many slots, and only with what the level keeps. */
static bool rebuild(ef_sums *sums, size_t capacity)
{
    size_t width = width_of(sums);
    ef_sums made = *sums;
    made.count = 0;
    made.capacity = capacity;
    made.slots = calloc(capacity, width * sizeof *made.slots);
    if (made.slots == NULL)
        return false;
    for (size_t i = 0; i < sums->capacity; i++) {
        const uint64_t *old = sums->slots + i * width;
        if (old[0] == 0 || !is_kept(sums, old[0]))
            continue;
        memcpy(slot_of(&made, old[0]), old, width * sizeof *old);
        made.count++;
    }
    free(sums->slots);
    *sums = made;
    return true;
}

/* Leaves out half of the hashes until the rest is within the bound. */
static bool hold_bound(ef_sums *sums)
{
    while (sums->most > 0 && sums->count > sums->most && sums->level < EF_SUMS_LEVELS - 1) {
        sums->level++;
        if (!rebuild(sums, sums->capacity)) {
            sums->level--;
            return false;
        }
    }
    return true;
}

static bool make_room(ef_sums *sums)
{
    if (sums->capacity == 0)
        return rebuild(sums, FIRST_CAPACITY);
    return sums->count < sums->capacity - sums->capacity / 4 ||
           rebuild(sums, sums->capacity * 2);
}

bool ef_sums_at(ef_sums *sums, uint64_t hash, const int64_t *keys, int64_t **found)
{
    assert(hash != 0);
    *found = NULL;
    if (!is_kept(sums, hash))
        return true;
    if (!make_room(sums))
        return false;
    uint64_t *slot = slot_of(sums, hash);
    if (slot[0] == 0) {
        slot[0] = hash;
        if (sums->key_count > 0)
            memcpy(slot + 1, keys, sums->key_count * sizeof *keys);
        sums->count++;
        if (sums->most > 0 && sums->count > sums->most) {
            if (!hold_bound(sums))
                return false;
            if (!is_kept(sums, hash))
                return true;
            slot = slot_of(sums, hash);
        }
    }
    *found = (int64_t *)slot + 1 + sums->key_count;
    return true;
}

const int64_t *ef_sums_find(const ef_sums *sums, uint64_t hash)
{
    const uint64_t *slot = sums->capacity == 0 ? NULL : slot_of(sums, hash);
    if (slot == NULL || slot[0] == 0)
        return NULL;
    return (const int64_t *)slot + 1 + sums->key_count;
}

const int64_t *ef_sums_next(const ef_sums *sums, size_t *at, uint64_t *hash)
{
    while (*at < sums->capacity) {
        const uint64_t *slot = sums->slots + (*at)++ * width_of(sums);
        if (slot[0] == 0)
            continue;
        *hash = slot[0];
        return (const int64_t *)slot + 1;
    }
    return NULL;
}

static bool rise_to(ef_sums *sums, unsigned level)
{
    unsigned before = sums->level;
    if (level <= before)
        return true;
    sums->level = level;
    if (sums->capacity == 0 || rebuild(sums, sums->capacity))
        return true;
    sums->level = before;
    return false;
}

bool ef_sums_merge(ef_sums *sums, const ef_sums *more)
{
    size_t at = 0;
    uint64_t hash;
    /* One growth instead of several. */
    if (!rise_to(sums, more->level) ||
        (sums->capacity < more->capacity && !rebuild(sums, more->capacity)))
        return false;
    for (const int64_t *entry; (entry = ef_sums_next(more, &at, &hash)) != NULL;) {
        int64_t *found;
        if (!ef_sums_at(sums, hash, entry, &found))
            return false;
        for (size_t i = 0; found != NULL && i < sums->sum_count; i++)
            found[i] = (int64_t)((uint64_t)found[i] + (uint64_t)entry[sums->key_count + i]);
    }
    return true;
}

static int by_hash(const void *one, const void *two)
{
    uint64_t a = **(const uint64_t *const *)one, b = **(const uint64_t *const *)two;
    return (a > b) - (a < b);
}

bool ef_sums_save(const ef_sums *sums, ef_buffer *out)
{
    size_t width = width_of(sums), count = 0;
    const uint64_t **order = malloc((sums->count + 1) * sizeof *order);
    if (order == NULL)
        return false;
    for (size_t i = 0; i < sums->capacity; i++)
        if (sums->slots[i * width] != 0)
            order[count++] = sums->slots + i * width;
    qsort(order, count, sizeof *order, by_hash);
    ef_pack_int(out, (int64_t)sums->level);
    ef_pack_int(out, (int64_t)count);
    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j < width; j++)
            ef_pack_int(out, (int64_t)order[i][j]);
    free(order);
    return !out->failed;
}

static bool load_entry(ef_sums *sums, ef_unpack *in, uint64_t *last)
{
    int64_t keys[8], *found = NULL;
    assert(sums->key_count <= sizeof keys / sizeof keys[0]);
    uint64_t hash = (uint64_t)ef_unpack_int(in);
    for (size_t i = 0; i < sums->key_count; i++)
        keys[i] = ef_unpack_int(in);
    if (hash <= *last || !is_kept(sums, hash))
        in->failed = true;
    *last = hash;
    if (in->failed)
        return true;
    if (!ef_sums_at(sums, hash, keys, &found))
        return false;
    for (size_t i = 0; i < sums->sum_count; i++) {
        int64_t sum = ef_unpack_int(in);
        if (sum > most_sum || sum < -most_sum)
            in->failed = true;
        else if (found != NULL)
            found[i] = sum;
    }
    return true;
}

bool ef_sums_load(ef_sums *sums, ef_unpack *in)
{
    int64_t level = ef_unpack_int(in), count = ef_unpack_int(in);
    uint64_t last = 0;
    size_t entry = width_of(sums) * sizeof *sums->slots;
    if (level < 0 || level >= EF_SUMS_LEVELS || (level > 0 && sums->most == 0) ||
        count < 0 || (uint64_t)count > in->rest.size / entry)
        in->failed = true;
    if (in->failed)
        return true;
    sums->level = (unsigned)level;
    for (int64_t i = 0; i < count && !in->failed; i++)
        if (!load_entry(sums, in, &last))
            return false;
    return true;
}
