/* SPDX-License-Identifier: MIT
 * kernels/grams_avx2.c - what the n-grams of eight words weigh.
 *
 * A strip of words is hashed, four words a register; then its grams are looked up, eight at
 * a time. Slots and the filter of what may be felt are loaded one by one, because gathering
 * is slow on most CPUs of this set, and looked at together. Which grams there are is said
 * by bits of the strip: no branch asks for one. */
#ifdef __x86_64__
#include <immintrin.h>

#include "kernels/halves.h"
#include "kernels/look_up.h"
#include "kernels/sets.h"

enum { STRIP = 64, GRAMS = 3 }; /* words; grams that end at one */

/* Grams of one, two and three words that end at each of a strip; bit i says whether there
 * is one at word i. */
typedef struct strip {
    uint64_t grams[GRAMS][STRIP];
    uint64_t is_there[GRAMS];
} strip;

/* What goes on from strip to strip: the last keys and pairs, and whether there was one. */
typedef struct carry {
    __m256i keys, pairs;
    uint64_t has_key, has_pair;
} carry;

/* What eight words weigh: a lane each, in the order that two registers of four come to when
 * their halves are put together: 0 1 4 5 2 3 6 7. */
typedef struct weights {
    __m256i polarity, neutrality, known;
} weights;

static inline __m256i all(uint64_t value)
{
    return _mm256_set1_epi64x((long long)value);
}

/* The low halves of the products of four numbers and a constant. */
static inline __m256i times(__m256i numbers, uint64_t constant)
{
    __m256i low = _mm256_mul_epu32(numbers, all(constant));
    __m256i high = _mm256_mul_epu32(_mm256_srli_epi64(numbers, 32), all(constant));
    __m256i cross = _mm256_mul_epu32(numbers, all(constant >> 32));
    return _mm256_add_epi64(low, _mm256_slli_epi64(_mm256_add_epi64(high, cross), 32));
}

/* ef_hash_combine of four hashes, of which the second ones come times EF_HASH_K1. */
static inline __m256i combine(__m256i first, __m256i second)
{
    __m256i hash = _mm256_xor_si256(_mm256_add_epi64(first, all(EF_HASH_K2)), second);
    hash = times(hash, EF_HASH_K2);
    hash = times(_mm256_xor_si256(hash, _mm256_srli_epi64(hash, 32)), EF_HASH_K1);
    return _mm256_xor_si256(hash, _mm256_srli_epi64(hash, 29));
}

/* Four numbers moved by one, behind the last of those before. */
static inline __m256i move_on(__m256i before, __m256i numbers)
{
    return _mm256_alignr_epi8(numbers, _mm256_permute2x128_si256(before, numbers, 0x21), 8);
}

/* Bits of four numbers: which of them are 0. */
static inline uint64_t zeros(__m256i numbers)
{
    __m256i is_zero = _mm256_cmpeq_epi64(numbers, _mm256_setzero_si256());
    return (uint64_t)(unsigned)_mm256_movemask_pd(_mm256_castsi256_pd(is_zero));
}

/* The keys of four words, of which the first n are meant, and which of them have none:
 * ef_gram_key, but for those set aside. */
static inline __m256i keys_of(const ef_gram_rules *rules, const ef_word *words, int64_t n,
                              uint64_t *none)
{
    __m256i valid =
        _mm256_cmpgt_epi64(_mm256_set1_epi64x(n), _mm256_set_epi64x(3, 2, 1, 0));
    __m256i low = _mm256_loadu_si256((const void *)words),
            high = _mm256_loadu_si256((const void *)(words + 2));
    __m256i hash = _mm256_permute4x64_epi64(_mm256_unpacklo_epi64(low, high), 0xd8);
    __m256i second = _mm256_permute4x64_epi64(_mm256_unpackhi_epi64(low, high), 0xd8);
    __m256i kind = _mm256_and_si256(_mm256_srli_epi64(second, KIND), all(0xff));
    __m256i out = _mm256_and_si256(_mm256_srlv_epi64(all(rules->none), kind), all(1));
    out =
        _mm256_or_si256(out, _mm256_and_si256(second, all((uint64_t)rules->own << TRAITS)));
    __m256i is_number = _mm256_cmpeq_epi64(kind, all(rules->number));
    __m256i key = _mm256_blendv_epi8(hash, all(rules->number_key), is_number);
    key = _mm256_and_si256(key, valid);
    *none = ~zeros(_mm256_and_si256(out, valid)) | zeros(key);
    return key;
}

/* Makes the grams of n words, whether they are there or not; gives which words have a key
 * and, in *pairs, which pairs are not 0. */
static inline uint64_t make_grams(const ef_gram_rules *rules, const ef_word *words,
                                  size_t n, carry *before, strip *to, uint64_t *pairs_there)
{
    uint64_t whole = 0, none;
    __m256i keys_before = before->keys, pairs_before = before->pairs;
    *pairs_there = 0;
    for (size_t i = 0; i < (n + 7) / 8 * 8; i += 4) { /* grams are looked up in eights */
        __m256i key = keys_of(rules, words + i, (int64_t)n - (int64_t)i, &none);
        __m256i mixed = times(key, EF_HASH_K1);
        __m256i pair = combine(move_on(keys_before, key), mixed);
        __m256i triple = combine(move_on(pairs_before, pair), mixed);
        _mm256_storeu_si256((void *)(to->grams[0] + i), key);
        _mm256_storeu_si256((void *)(to->grams[1] + i), pair);
        _mm256_storeu_si256((void *)(to->grams[2] + i), triple);
        whole |= (~none & 15) << i;
        *pairs_there |= (~zeros(pair) & 15) << i;
        keys_before = key;
        pairs_before = pair;
    }
    before->keys = keys_before;
    before->pairs = pairs_before;
    return whole;
}

/* Says which grams of a strip are there, and makes others of those inside the scope of a
 * negator. */
static inline void mark_grams(strip *s, uint64_t whole, uint64_t pairs,
                              const ef_word_marks *marks, size_t k, carry *before)
{
    uint64_t is_inner = whole & ~marks->starts[k];
    pairs &= is_inner & (whole << 1 | before->has_key);
    s->is_there[0] = whole & ~marks->in_phrase[k];
    s->is_there[1] = pairs;
    s->is_there[2] = is_inner & (pairs << 1 | before->has_pair);
    before->has_key = whole >> (STRIP - 1);
    before->has_pair = pairs >> (STRIP - 1);
    for (uint64_t left = whole & marks->negated[k]; left != 0; left &= left - 1)
        for (int g = 0, i = __builtin_ctzll(left); g < GRAMS; g++)
            s->grams[g][i] = ef_hash_combine(s->grams[g][i], EF_KEY_NEGATED);
}

static inline int number_at(const void *table, uint64_t place)
{
    int number;
    memcpy(&number, (const uint8_t *)table + sizeof number * place, sizeof number);
    return number;
}

/* Eight numbers of 32 bits of a table, whose places are bits of eight grams. */
static inline __m256i load_eight(const void *table, const uint64_t *grams, unsigned shift,
                                 uint64_t mask)
{
#define AT(i) number_at(table, grams[i] >> shift & mask)
    __m128i low = _mm_setr_epi32(AT(0), AT(1), AT(4), AT(5));
    __m128i high = _mm_setr_epi32(AT(2), AT(3), AT(6), AT(7));
#undef AT
    return _mm256_inserti128_si256(_mm256_castsi128_si256(low), high, 1);
}

/* The low halves of eight numbers, or by 0xdd the high ones. */
#define HALVES(first, second, which)                                                       \
    _mm256_castps_si256(                                                                   \
        _mm256_shuffle_ps(_mm256_castsi256_ps(first), _mm256_castsi256_ps(second), which))

/* Lanes of ones for those of eight bits that are set. */
static inline __m256i spread(uint64_t bits)
{
    const __m256i each = _mm256_setr_epi32(1, 2, 16, 32, 4, 8, 64, 128);
    return _mm256_cmpeq_epi32(_mm256_and_si256(_mm256_set1_epi32((int)bits), each), each);
}

/* Adds what eight grams weigh, those that are there. */
static inline void weigh_eight(const ef_gram_tables *tables, const uint64_t *grams,
                               __m256i is_there, weights *to)
{
    __m256i first = _mm256_loadu_si256((const void *)grams),
            second = _mm256_loadu_si256((const void *)(grams + 4));
    __m256i slots =
        load_eight(tables->slots, grams, 0, (UINT64_C(1) << tables->slot_bits) - 1);
    __m256i print = _mm256_srli_epi32(HALVES(first, second, 0xdd), 16);
    print = _mm256_max_epu32(print, _mm256_set1_epi32(1)); /* 0 marks empty slots */
    __m256i low = _mm256_and_si256(slots, _mm256_set1_epi32(0xffff));
    __m256i is_known = _mm256_and_si256(_mm256_cmpeq_epi32(low, print), is_there);
    slots = _mm256_and_si256(slots, is_known);
    to->polarity =
        _mm256_add_epi32(to->polarity, _mm256_srai_epi32(_mm256_slli_epi32(slots, 8), 24));
    to->neutrality = _mm256_add_epi32(to->neutrality, _mm256_srai_epi32(slots, 24));
    to->known = _mm256_sub_epi32(to->known, is_known);
}

/* Adds those of four grams whose bits are set to felt. */
static inline void add_felt(const uint64_t *grams, unsigned bits, ef_gram_sums *sums)
{
    /* Where the halves of the numbers that are kept stand: four bits each. */
    static const uint32_t places[16] = { 0x00000000, 0x00000010, 0x00000032, 0x00003210,
                                         0x00000054, 0x00005410, 0x00005432, 0x00543210,
                                         0x00000076, 0x00007610, 0x00007632, 0x00763210,
                                         0x00007654, 0x00765410, 0x00765432, 0x76543210 };
    __m256i order = _mm256_srlv_epi32(_mm256_set1_epi32((int)places[bits]),
                                      _mm256_setr_epi32(0, 4, 8, 12, 16, 20, 24, 28));
    __m256i kept =
        _mm256_permutevar8x32_epi32(_mm256_loadu_si256((const void *)grams), order);
    _mm256_storeu_si256((void *)(sums->felt + sums->felt_count), kept);
    sums->felt_count += (size_t)__builtin_popcount(bits);
}

/* Adds those of eight grams that are there and that the filter holds. */
static inline void feel_eight(const ef_gram_tables *tables, const uint64_t *grams,
                              __m256i is_there, ef_gram_sums *sums)
{
    enum { WORD_BITS = 5 }; /* of a number of the filter, here one of 32 bits */
    const uint64_t mask = (UINT64_C(1) << (tables->filter_bits - WORD_BITS)) - 1;
    __m256i first = _mm256_loadu_si256((const void *)grams),
            second = _mm256_loadu_si256((const void *)(grams + 4));
    __m256i words = load_eight(tables->filter, grams, EF_FELT_SHIFT + WORD_BITS, mask);
    __m256i bit = HALVES(_mm256_srli_epi64(first, EF_FELT_SHIFT),
                         _mm256_srli_epi64(second, EF_FELT_SHIFT), 0x88);
    bit = _mm256_and_si256(bit, _mm256_set1_epi32(31));
    __m256i is_held = _mm256_slli_epi32(_mm256_srlv_epi32(words, bit), 31);
    unsigned held = (unsigned)_mm256_movemask_ps(
        _mm256_castsi256_ps(_mm256_and_si256(is_held, is_there)));
    add_felt(grams, (held & 3) | (held >> 2 & 12), sums);
    add_felt(grams + 4, (held >> 2 & 3) | (held >> 4 & 12), sums);
}

/* Adds eight numbers to running sums, of which *sum has the last one in all lanes; the
 * eight are written. */
static inline void run_on(void *runs, __m256i *sum, __m256i numbers)
{
    numbers = _mm256_permute4x64_epi64(numbers, 0xd8); /* in the order of the words */
    numbers = _mm256_add_epi32(numbers, _mm256_slli_si256(numbers, 4));
    numbers = _mm256_add_epi32(numbers, _mm256_slli_si256(numbers, 8));
    __m256i half =
        _mm256_shuffle_epi32(_mm256_permute2x128_si256(numbers, numbers, 8), 0xff);
    __m256i run = _mm256_add_epi32(_mm256_add_epi32(numbers, half), *sum);
    _mm256_storeu_si256(runs, run);
    *sum = _mm256_permutevar8x32_epi32(run, _mm256_set1_epi32(7));
}

void ef_weigh_grams_avx2(const ef_gram_tables *tables, const ef_gram_rules *rules,
                         const ef_word *words, size_t n, const ef_word_marks *marks,
                         const ef_gram_runs *runs, ef_gram_sums *sums)
{
    const ef_gram_tables t = *tables; /* in registers: stores might hit them */
    ef_gram_sums felt = *sums;
    carry before = { _mm256_setzero_si256(), _mm256_setzero_si256(), 0, 0 };
    __m256i polarity = _mm256_set1_epi32(sums->polarity),
            neutrality = _mm256_set1_epi32(sums->neutrality),
            known = _mm256_set1_epi32((int)sums->known);
    strip s;
    for (size_t begin = 0; begin < n; begin += STRIP) {
        size_t count = n - begin < STRIP ? n - begin : STRIP, k = begin / STRIP;
        uint64_t pairs,
            whole = make_grams(rules, words + begin, count, &before, &s, &pairs);
        mark_grams(&s, whole & ~marks->aside[k], pairs, marks, k, &before);
        for (size_t i = 0; i < count; i += 8) {
            weights to = { _mm256_setzero_si256(), _mm256_setzero_si256(),
                           _mm256_setzero_si256() };
            for (int g = 0; g < GRAMS; g++) {
                __m256i is_there = spread(s.is_there[g] >> i & 0xff);
                weigh_eight(&t, s.grams[g] + i, is_there, &to);
                if (t.filter != NULL)
                    feel_eight(&t, s.grams[g] + i, is_there, &felt);
            }
            run_on(runs->polarity + begin + i, &polarity, to.polarity);
            run_on(runs->neutrality + begin + i, &neutrality, to.neutrality);
            run_on(runs->known + begin + i, &known, to.known);
        }
    }
    sums->felt_count = felt.felt_count;
    sums->polarity = _mm256_extract_epi32(polarity, 0);
    sums->neutrality = _mm256_extract_epi32(neutrality, 0);
    sums->known = (uint32_t)_mm256_extract_epi32(known, 0);
}
#else
typedef int ef_no_avx2_grams_here; /* a translation unit must not be empty */
#endif
