/* SPDX-License-Identifier: MIT
 * kernels/eight_avx512.h - eight numbers of 64 bits in a register of AVX-512.
 *
 * Eight tokens or words are two registers, one of hashes and one of their second halves.
 * For the files of this set alone. */
#ifndef EARFUL_KERNELS_EIGHT_AVX512_H
#define EARFUL_KERNELS_EIGHT_AVX512_H

#include <immintrin.h>

#include "base/hash.h"
#include "kernels/halves.h"

static inline __m512i all(uint64_t value)
{
    return _mm512_set1_epi64((long long)value);
}

/* The bits of eight hashes' bits in a set of 64-bit words: 1 where bit `at` is set. */
static inline __mmask8 test_bits(const uint64_t *set, __m512i at, __mmask8 valid)
{
    const __m512i one = _mm512_set1_epi64(1);
    __m512i words = _mm512_mask_i64gather_epi64(_mm512_setzero_si512(), valid,
                                                _mm512_srli_epi64(at, 6), set, 8);
    __m512i bits = _mm512_rolv_epi64(one, at); /* by the low six bits */
    return _mm512_test_epi64_mask(words, bits);
}

/* The bits of n bytes. */
static inline __mmask64 first_bits(size_t n)
{
    return n >= 64 ? ~UINT64_C(0) : _bzhi_u64(~UINT64_C(0), (unsigned)n);
}

static inline __m512i mix(__m512i low, __m512i high)
{
    const __m512i k1 = _mm512_set1_epi64((long long)EF_HASH_K1);
    const __m512i k2 = _mm512_set1_epi64((long long)EF_HASH_K2);
    __m512i hash = _mm512_xor_si512(low, _mm512_mullo_epi64(high, k1));
    hash = _mm512_mullo_epi64(hash, k2);
    hash = _mm512_xor_si512(hash, _mm512_srli_epi64(hash, 32));
    hash = _mm512_mullo_epi64(hash, k1);
    return _mm512_xor_si512(hash, _mm512_srli_epi64(hash, 29));
}

/* ef_hash_combine of eight pairs of hashes. */
static inline __m512i combine(__m512i first, __m512i second)
{
    return mix(_mm512_add_epi64(first, _mm512_set1_epi64((long long)EF_HASH_K2)), second);
}

/* Eight items of 16 bytes, of which valid ones are read: their first halves, then their
 * second ones. */
typedef struct halves {
    __m512i first, second;
} halves;

static inline halves read_halves(const void *items, __mmask8 valid)
{
    const __m512i evens = _mm512_set_epi64(14, 12, 10, 8, 6, 4, 2, 0);
    const __m512i odds = _mm512_set_epi64(15, 13, 11, 9, 7, 5, 3, 1);
    unsigned both = _pdep_u32(valid, 0x5555) * 3; /* two halves an item */
    __m512i low = _mm512_maskz_loadu_epi64((__mmask8)both, items);
    __m512i high =
        _mm512_maskz_loadu_epi64((__mmask8)(both >> 8), (const uint8_t *)items + 64);
    return (halves){ _mm512_permutex2var_epi64(low, evens, high),
                     _mm512_permutex2var_epi64(low, odds, high) };
}

static inline __mmask8 is_kind(__m512i half, uint8_t kind)
{
    __m512i kinds = _mm512_and_si512(half, all(UINT64_C(0xff) << KIND));
    return _mm512_cmpeq_epi64_mask(kinds, all((uint64_t)kind << KIND));
}

#endif
