/* SPDX-License-Identifier: MIT
 * tests/base/test_hash.c - hashes that strangers choose, and where they lie. */
#include <criterion/criterion.h>

#include "base/hash.h"

enum { COUNT = 20000, CAPACITY = 65536 };

/* How many of these hashes begin to be looked for in a place of their own. */
static size_t different_places(const uint64_t *hashes, const void *table)
{
    static uint8_t taken[CAPACITY];
    size_t different = 0;
    memset(taken, 0, sizeof taken);
    for (size_t i = 0; i < COUNT; i++) {
        size_t place = ef_hash_place(hashes[i], table, CAPACITY);
        cr_assert_lt(place, CAPACITY);
        different += taken[place] == 0;
        taken[place] = 1;
    }
    return different;
}

/* Addresses as tables have them, always the same ones: only the number counts. */
static const void *some_address(uint64_t *state)
{
    *state = *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (const void *)(uintptr_t)(UINT64_C(0x7f0000000000) + (*state >> 33) * 16);
}

/* Multiply-shift spreads what differs in any bits: of places dealt at random 17,200 would be
 * different, and of a hundred addresses one or two give fewer than 5,000. */
Test(hash, nobody_makes_many_hashes_meet_in_one_place)
{
    static uint64_t hashes[COUNT];
    uint64_t state = 1;
    for (unsigned shift = 0; shift <= 48; shift += 4) {
        for (uint64_t i = 0; i < COUNT; i++)
            hashes[i] = i << shift;
        size_t good = 0;
        for (size_t table = 0; table < 50; table++)
            good += different_places(hashes, some_address(&state)) > COUNT / 4;
        cr_assert_geq(good, 45, "%u: %zu", shift, good);
    }
}

Test(hash, padded_bytes_hash_as_others)
{
    uint8_t bytes[64];
    for (size_t i = 0; i < sizeof bytes; i++)
        bytes[i] = (uint8_t)(i * 37 + 11);
    for (size_t n = 1; n <= sizeof bytes - 16; n++)
        cr_assert_eq(ef_hash_padded(bytes, n), ef_hash_bytes(bytes, n), "%zu", n);
}
