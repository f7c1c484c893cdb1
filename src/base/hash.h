/* SPDX-License-Identifier: MIT
 * base/hash.h - the one hash of tokens, features and files.
 *
 * A multiply hash, because the same model file must hash alike on every CPU: AES and CRC
 * instructions are faster on some and missing on others. It does not resist an attacker,
 * who can make texts of any hash; tables keyed by foreign text mix in a seed, or deal out
 * their places by ef_hash_place. */
#ifndef EARFUL_BASE_HASH_H
#define EARFUL_BASE_HASH_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define EF_HASH_K1 UINT64_C(0x9E3779B97F4A7C15) /* 2^64 / golden ratio, odd */
#define EF_HASH_K2 UINT64_C(0xD6E8FEB86659FD93) /* Steele and Vigna's mixing multiplier */

/* The first n <= 8 bytes at p as a little-endian number. */
static inline uint64_t ef_hash_load(const uint8_t *p, size_t n)
{
    uint64_t value = 0;
    memcpy(&value, p, n);
    return value;
}

static inline uint64_t ef_hash_mix(uint64_t low, uint64_t high)
{
    uint64_t hash = (low ^ high * EF_HASH_K1) * EF_HASH_K2;
    hash ^= hash >> 32;
    hash *= EF_HASH_K1;
    return hash ^ hash >> 29;
}

/* n bytes at p; any n. Words of up to 16 bytes cost two loads. */
static inline uint64_t ef_hash_bytes(const uint8_t *p, size_t n)
{
    if (n <= 8)
        return ef_hash_mix(ef_hash_load(p, n), n);
    uint64_t hash = n;
    for (; n > 16; p += 8, n -= 8)
        hash = ef_hash_mix(hash, ef_hash_load(p, 8));
    return ef_hash_mix(ef_hash_load(p, 8) ^ hash << 1, ef_hash_load(p + 8, n - 8) + hash);
}

/* ef_hash_bytes of n > 0 bytes behind which 16 more may be read; up to 16 bytes it does
 * without a branch on their number: what lies behind them is masked off. */
static inline uint64_t ef_hash_padded(const uint8_t *p, size_t n)
{
    static const uint8_t ones[32] = { 255, 255, 255, 255, 255, 255, 255, 255,
                                      255, 255, 255, 255, 255, 255, 255, 255 };
    if (n > 16)
        return ef_hash_bytes(p, n);
    uint64_t low = ef_hash_load(p, 8) & ef_hash_load(ones + 16 - n, 8);
    uint64_t high = ef_hash_load(p + 8, 8) & ef_hash_load(ones + 24 - n, 8);
    uint64_t is_long = n > 8;
    return ef_hash_mix(low ^ (is_long * n) << 1, high + n);
}

/* A hash of two hashes in order: combine(a, b) differs from combine(b, a). */
static inline uint64_t ef_hash_combine(uint64_t first, uint64_t second)
{
    return ef_hash_mix(first + EF_HASH_K2, second);
}

/* Where an open table of so many slots, a power of two up to 2^32, begins to look for a
 * hash. Strangers choose the hashes of what they write, but not where a table lies in our
 * memory: by a factor that is made of that, nobody can make many hashes meet in one place.
 * (Multiply-shift, Dietzfelbinger et al. 1997.) The order of slots means nothing and differs
 * from run to run; nothing that is written may depend on it. */
static inline size_t ef_hash_place(uint64_t hash, const void *table, size_t capacity)
{
    uint64_t factor = (uint64_t)(uintptr_t)table * EF_HASH_K1 | 1;
    return (size_t)((hash * factor >> 32) * capacity >> 32);
}

/* Writes 16 hexadecimal digits and a NUL. */
void ef_hash_hex(uint64_t hash, char digits[17]);

#endif
