/* SPDX-License-Identifier: MIT
 * kernels/eight_avx512.h - eight numbers of 64 bits in a register of AVX-512.
 *
 * For the files of this set alone. */
#ifndef EARFUL_KERNELS_EIGHT_AVX512_H
#define EARFUL_KERNELS_EIGHT_AVX512_H

#include <immintrin.h>

#include "base/hash.h"

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

#endif
