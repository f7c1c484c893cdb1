/* SPDX-License-Identifier: MIT
 * kernels/tokens_avx2.c - where words stand and the tokens they make, four at a time.
 *
 * Bits become places one after the other, 16 without a branch. Then each word is loaded as
 * 16 bytes, and four are masked, hashed and described together, in the order 0 2 1 3: that
 * is how pairs of 16 bytes come apart and together in AVX2. */
#ifdef __x86_64__
#include <immintrin.h>

#include "kernels/look_up.h"
#include "kernels/sets.h"
#include "kernels/word_bits.h"

/* Appends 4 * place + look for each bit of bits, where look is low's bit there plus twice
 * high's. 16 at a time: most blocks hold no more, and no CPU guesses how many fewer.
 * What is written too much is overwritten. */
static inline size_t append_places(uint16_t *places, size_t count, uint64_t bits,
                                   uint64_t low, uint64_t high, size_t base)
{
    size_t end = count + (size_t)__builtin_popcountll(bits);
    do {
        for (size_t i = 0; i < 16; i++) {
            uint64_t bit = _tzcnt_u64(bits);
            places[count + i] = (uint16_t)(4 * (base + bit) + (low >> bit % 64 & 1) +
                                           2 * (high >> bit % 64 & 1));
            bits = _blsr_u64(bits);
        }
        count += 16;
    } while (count < end);
    return end;
}

static inline __m256i all(uint64_t value)
{
    return _mm256_set1_epi64x((long long)value);
}

/* Ones in the lowest count bytes of every number; in all of them from eight on. */
static inline __m256i low_bytes(__m256i count)
{
    __m256i bit = _mm256_sllv_epi64(all(1), _mm256_slli_epi64(count, 3));
    return _mm256_add_epi64(bit, all(~UINT64_C(0)));
}

/* The low half of products: AVX2 multiplies numbers of 32 bits. */
static inline __m256i times(__m256i a, uint64_t b)
{
    __m256i low = _mm256_mul_epu32(a, all(b));
    __m256i cross = _mm256_add_epi64(_mm256_mul_epu32(_mm256_srli_epi64(a, 32), all(b)),
                                     _mm256_mul_epu32(a, all(b >> 32)));
    return _mm256_add_epi64(low, _mm256_slli_epi64(cross, 32));
}

static inline __m256i mix(__m256i low, __m256i high)
{
    __m256i hash = times(_mm256_xor_si256(low, times(high, EF_HASH_K1)), EF_HASH_K2);
    hash = times(_mm256_xor_si256(hash, _mm256_srli_epi64(hash, 32)), EF_HASH_K1);
    return _mm256_xor_si256(hash, _mm256_srli_epi64(hash, 29));
}

/* Four items in the making. */
typedef struct four {
    __m256i begin, end, place, size, hash;
    __m256i first; /* the first byte of each */
} four;

static inline __m256i read_places(const uint16_t *places)
{
    __m256i in_order = _mm256_cvtepu16_epi64(_mm_loadu_si64(places));
    return _mm256_permute4x64_epi64(in_order, 0xd8);
}

static inline __m256i load_both(const uint8_t *first, const uint8_t *second)
{
    __m256i low = _mm256_castsi128_si256(_mm_loadu_si128((const __m128i *)first));
    return _mm256_inserti128_si256(low, _mm_loadu_si128((const __m128i *)second), 1);
}

/* Reads items from begins and ends and hashes them as ef_hash_padded does. */
static inline four read_four(const uint8_t *text, const uint16_t *begins,
                             const uint16_t *ends)
{
    four w = { .begin = read_places(begins), .end = read_places(ends) };
    w.place = _mm256_srli_epi64(w.begin, 2);
    w.size = _mm256_sub_epi64(_mm256_srli_epi64(w.end, 2), w.place);
    __m256i before = load_both(text + begins[0] / 4, text + begins[1] / 4);
    __m256i behind = load_both(text + begins[2] / 4, text + begins[3] / 4);
    __m256i low = _mm256_unpacklo_epi64(before, behind);
    __m256i high = _mm256_unpackhi_epi64(before, behind);
    __m256i is_long = _mm256_cmpgt_epi64(w.size, all(8));
    low = _mm256_and_si256(low, low_bytes(w.size));
    high = _mm256_and_si256(high, low_bytes(_mm256_sub_epi64(w.size, all(8))));
    high = _mm256_and_si256(high, is_long);
    __m256i twice = _mm256_and_si256(_mm256_slli_epi64(w.size, 1), is_long);
    w.hash = mix(_mm256_xor_si256(low, twice), _mm256_add_epi64(high, w.size));
    w.first = _mm256_and_si256(low, all(0xff));
    return w;
}

/* Kinds and flags of tokens by ef_look, where they stand in the upper half of one's second
 * half. */
static inline __m256i look_table(const ef_strip_rules *rules)
{
    uint32_t looks[8] = { 0 };
    for (size_t i = 0; i < EF_LOOKS; i++)
        looks[i] = (uint32_t)rules->kinds[i] << 16 | (uint32_t)rules->flags[i] << 24;
    return _mm256_loadu_si256((const __m256i *)(const void *)looks);
}

/* Ones where a set has the bits of four items from the k-th on, in our order. */
static inline __m256i spread(const uint64_t *set, size_t k)
{
    const __m256i order = _mm256_set_epi64x(8, 2, 4, 1);
    __m256i bits = _mm256_and_si256(all(set[k / 64] >> k % 64), order);
    return _mm256_cmpeq_epi64(bits, order);
}

static inline void write_four(const four *w, size_t base, __m256i looks,
                              const ef_strip *strip, size_t k, ef_token *tokens)
{
    __m256i is_comma = _mm256_cmpeq_epi64(w->first, all(','));
    __m256i is_stop = _mm256_and_si256(_mm256_srli_epi64(w->begin, 1), all(1));
    __m256i look = _mm256_add_epi64(_mm256_and_si256(w->begin, all(3)),
                                    _mm256_andnot_si256(is_comma, is_stop));
    look = _mm256_blendv_epi8(look, all(EF_LOOK_SHOUTED), spread(strip->shouted, k));
    look = _mm256_blendv_epi8(look, all(EF_LOOK_NUMBER), spread(strip->numbers, k));
    look = _mm256_slli_epi64(_mm256_permutevar8x32_epi32(looks, look), 32);
    __m256i span = _mm256_add_epi64(w->place, all(base));
    span = _mm256_or_si256(_mm256_or_si256(span, look), _mm256_slli_epi64(w->size, 32));
    _mm256_storeu_si256((__m256i *)(void *)tokens, _mm256_unpacklo_epi64(w->hash, span));
    _mm256_storeu_si256((__m256i *)(void *)(tokens + 2),
                        _mm256_unpackhi_epi64(w->hash, span));
}

/* A bit for each of four items whose numbers have ones on top, in the order of the text. */
static inline unsigned mask_of(__m256i is)
{
    unsigned bits = (unsigned)_mm256_movemask_pd(_mm256_castsi256_pd(is));
    return (bits & 9) | (bits & 2) << 1 | (bits & 4) >> 1;
}

/* Which of four items are suspects. */
static inline unsigned suspects_of(const four *w, const ef_strip_rules *rules)
{
    const __m256i *table = (const __m256i *)(const void *)rules->suspects;
    __m256i pair = _mm256_and_si256(_mm256_srli_epi64(w->first, 1), all(15));
    __m256i low = _mm256_permutevar8x32_epi32(_mm256_loadu_si256(table), pair);
    __m256i high = _mm256_permutevar8x32_epi32(_mm256_loadu_si256(table + 1), pair);
    __m256i is_high = _mm256_cmpgt_epi64(pair, all(7));
    __m256i both = _mm256_blendv_epi8(low, high, is_high);
    __m256i half = _mm256_slli_epi64(_mm256_and_si256(w->first, all(1)), 4);
    __m256i sizes = _mm256_and_si256(_mm256_srlv_epi64(both, half), all(0xffff));
    return mask_of(_mm256_slli_epi64(_mm256_srlv_epi64(sizes, w->size), 63));
}

/* Which of four items are plain after all, a bit each. *suspect is 1 if the item before
 * them is a suspect, and is set for the next four. */
static inline unsigned plain_of(const four *w, const ef_strip_rules *rules,
                                unsigned *suspect)
{
    unsigned is_x = mask_of(_mm256_cmpeq_epi64(w->first, all('x')));
    unsigned is_dot = mask_of(_mm256_cmpeq_epi64(w->first, all('.')));
    unsigned is_suspect = suspects_of(w, rules);
    unsigned is_odd = is_x | (is_dot & (is_suspect << 1 | *suspect));
    *suspect = is_suspect >> 3;
    return mask_of(_mm256_slli_epi64(w->end, 62)) & ~is_odd;
}

/* Asks for what four words will be looked up in: ef_expect_word. */
EF_EXPECTS void expect_four(const ef_word_tables *tables, const ef_token *tokens)
{
    for (int i = 0; i < 4; i++)
        ef_expect_word(tables, tokens[i].hash);
}

static void make_tokens(const uint8_t *p, size_t base, const ef_strip_rules *rules,
                        const ef_word_tables *tables, ef_strip *strip)
{
    const __m256i looks = look_table(rules);
    uint64_t plain = 0, linked = 0;
    unsigned suspect = 1; /* what stands before the strip is unknown */
    memset(strip->begins + strip->count, 0, 4 * sizeof *strip->begins);
    memset(strip->ends + strip->count, 0, 4 * sizeof *strip->ends);
    for (size_t k = 0; k < strip->count; k += 4) {
        four w = read_four(p + base, strip->begins + k, strip->ends + k);
        write_four(&w, base, looks, strip, k, &strip->tokens[k]);
        unsigned is_long = mask_of(_mm256_cmpgt_epi64(w.size, all(16)));
        for (; is_long != 0; is_long &= is_long - 1) {
            ef_token *token = &strip->tokens[k + (size_t)__builtin_ctz(is_long)];
            token->hash = ef_hash_bytes(p + token->begin, token->size);
        }
        if (tables != NULL)
            expect_four(tables, &strip->tokens[k]);
        uint64_t now_plain = plain_of(&w, rules, &suspect);
        plain |= now_plain << k % 64;
        linked |= (now_plain & mask_of(_mm256_slli_epi64(w.end, 63))) << k % 64;
        strip->plain[k / 64] = plain;
        strip->linked[k / 64] = linked;
        if (k % 64 == 60)
            plain = linked = 0;
    }
    if (strip->count % 64 == 0)
        strip->plain[strip->count / 64] = strip->linked[strip->count / 64] = 0;
}

/* Sets those of the bits of a block's ends, of which the first is that of an item. One item
 * in ten has one, so they are gone through: gathering bits is slow on older CPUs. */
static inline void append_bits(uint64_t *set, size_t item, uint64_t bits, uint64_t ends)
{
    uint64_t packed = 0;
    for (bits &= ends; bits != 0; bits = _blsr_u64(bits))
        packed |= UINT64_C(1) << __builtin_popcountll(ends & (_blsi_u64(bits) - 1));
    ef_append_bits(set, item, packed);
}

void ef_find_words_avx2(const uint8_t *p, const ef_byte_masks *masks, size_t first,
                        size_t last, const ef_strip_rules *rules,
                        const ef_word_tables *tables, ef_strip *strip)
{
    ef_word_carry carry = ef_word_carry_into(masks, first);
    size_t begins = 0, ends = 0;
    strip->shouted[0] = strip->numbers[0] = 0;
    for (size_t at = first; at < last; at++) {
        const ef_byte_masks *mask = &masks[at];
        ef_word_bits bits = ef_word_bits_of(mask, &carry);
        size_t base = (at - first) * 64;
        begins = append_places(strip->begins, begins, bits.begins, mask->upper, mask->stop,
                               base);
        append_bits(strip->shouted, ends, bits.shouted, bits.ends);
        append_bits(strip->numbers, ends, bits.numbers, bits.ends);
        ends = append_places(strip->ends, ends, bits.ends, bits.linked, bits.plain, base);
    }
    strip->count = ends;
    make_tokens(p, 64 * first, rules, tables, strip);
}
#else
typedef int ef_no_avx2_tokens_here; /* a translation unit must not be empty */
#endif
