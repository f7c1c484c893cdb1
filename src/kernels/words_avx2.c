/* SPDX-License-Identifier: MIT
 * kernels/words_avx2.c - the words of a text, four at a time.
 *
 * Four tokens or words are two registers, one of hashes and one of their second halves, in
 * the order 0 2 1 3: that is how 16-byte items come apart and together in AVX2. Buckets are
 * loaded whole, because gathering is slow on most CPUs of this set. What one in a thousand
 * words needs goes the way of the reference. */
#ifdef __x86_64__
#include <immintrin.h>

#include "kernels/halves.h"
#include "kernels/look_up.h"
#include "kernels/sets.h"

/* Bits of 16 bytes. */
static inline uint64_t bits_of(__m128i is)
{
    return (uint64_t)(uint32_t)_mm_movemask_epi8(is);
}

static inline uint64_t have(__m128i flags, uint8_t flag)
{
    __m128i none = _mm_cmpeq_epi8(_mm_and_si128(flags, _mm_set1_epi8((char)flag)),
                                  _mm_setzero_si128());
    return bits_of(none) ^ 0xffff;
}

/* The kinds of eight tokens in the low bytes of numbers of 16 bits, their flags in the high
 * ones. */
static inline __m128i read_looks(const ef_token *tokens)
{
    uint16_t looks[8];
    for (size_t i = 0; i < 8; i++)
        memcpy(&looks[i], &tokens[i].kind, 2);
    return _mm_set_epi16((short)looks[7], (short)looks[6], (short)looks[5], (short)looks[4],
                         (short)looks[3], (short)looks[2], (short)looks[1],
                         (short)looks[0]);
}

/* Adds what is true of 16 tokens, from the at-th of a block on. */
static inline void survey_16(const ef_word_rules *rules, const ef_token *tokens, size_t at,
                             ef_token_bits *bits)
{
    const __m128i low = _mm_set1_epi16(0xff);
    __m128i first = read_looks(tokens), second = read_looks(tokens + 8);
    __m128i kinds = _mm_packus_epi16(_mm_and_si128(first, low), _mm_and_si128(second, low));
    __m128i flags = _mm_packus_epi16(_mm_srli_epi16(first, 8), _mm_srli_epi16(second, 8));
    uint64_t words = bits_of(_mm_cmpeq_epi8(kinds, _mm_set1_epi8((char)rules->word)));
    bits->stops |= bits_of(_mm_cmpeq_epi8(kinds, _mm_set1_epi8((char)rules->stop))) << at;
    bits->clauses |= have(flags, rules->clause_end) << at;
    bits->ends |= have(flags, rules->sentence_end) << at;
    bits->words |= words << at;
    bits->capitals |= have(flags, rules->capitals) << at;
    bits->odd |= (have(flags, rules->odd) & words) << at;
}

/* What is true of up to 64 tokens. Behind the last one, of 16, stand some of which nothing
 * is true. */
static inline ef_token_bits survey_64(const ef_word_rules *rules, const ef_token *tokens,
                                      size_t n)
{
    ef_token_bits bits = { 0 };
    size_t i = 0;
    for (; i + 16 <= n; i += 16)
        survey_16(rules, tokens + i, i, &bits);
    if (i < n) {
        ef_token rest[16];
        for (size_t k = 0; k < 16; k++)
            rest[k] = (ef_token){ .kind = (uint8_t)~rules->stop };
        memcpy(rest, tokens + i, (n - i) * sizeof *rest);
        survey_16(rules, rest, i, &bits);
    }
    bits.marks = bits.stops & ~bits.clauses;
    bits.words &= n < 64 ? (UINT64_C(1) << n) - 1 : ~UINT64_C(0);
    return bits;
}

void ef_survey_tokens_avx2(const ef_word_rules *rules, const ef_token *tokens, size_t n,
                           ef_token_bits *bits)
{
    for (size_t i = 0; i <= n; i += 64)
        bits[i / 64] = survey_64(rules, tokens + i, n - i < 64 ? n - i : 64);
}

static inline __m256i all(uint64_t value)
{
    return _mm256_set1_epi64x((long long)value);
}

/* Ones where a number, below 1 << 63, is not 0. */
static inline __m256i is_any(__m256i numbers)
{
    return _mm256_cmpgt_epi64(numbers, _mm256_setzero_si256());
}

/* A bit for each of four numbers that are all ones or none, in our order. */
static inline unsigned mask_of(__m256i is)
{
    return (unsigned)_mm256_movemask_pd(_mm256_castsi256_pd(is));
}

/* 16 bytes from each of two places. */
static inline __m256i load_both(const void *first, const void *second)
{
    __m256i low = _mm256_castsi128_si256(_mm_loadu_si128(first));
    return _mm256_inserti128_si256(low, _mm_loadu_si128(second), 1);
}

/* The buckets of four words, side by side: first items and second ones. */
typedef struct buckets {
    __m256i keys[2], values[2];
} buckets;

static inline buckets read_buckets(const uint64_t *items, __m256i places)
{
    __m128i low = _mm256_castsi256_si128(places),
            high = _mm256_extracti128_si256(places, 1);
    const uint64_t *row[4] = { items + 2 * _mm_cvtsi128_si64(low),
                               items + 2 * _mm_extract_epi64(low, 1),
                               items + 2 * _mm_cvtsi128_si64(high),
                               items + 2 * _mm_extract_epi64(high, 1) };
    buckets b;
    for (int i = 0; i < 2; i++) {
        __m256i evens = load_both(row[0] + 2 * i, row[2] + 2 * i);
        __m256i odds = load_both(row[1] + 2 * i, row[3] + 2 * i);
        b.keys[i] = _mm256_unpacklo_epi64(evens, odds);
        b.values[i] = _mm256_unpackhi_epi64(evens, odds);
    }
    return b;
}

/* Which of four words the vocabulary holds: EF_FOUND_KNOWN or 0. */
static inline __m256i look_in_vocabulary(const ef_word_tables *tables, __m256i hash)
{
    if (tables->vocabulary == NULL)
        return _mm256_setzero_si256();
    const __m128i right = _mm_cvtsi32_si128(64 - (int)tables->vocabulary_bits);
    __m256i at = _mm256_srl_epi64(hash, right), word = _mm256_srli_epi64(at, 6);
    __m128i low = _mm256_castsi256_si128(word), high = _mm256_extracti128_si256(word, 1);
    const uint64_t *set = tables->vocabulary;
    __m256i bits = _mm256_set_epi64x(
        (long long)set[_mm_extract_epi64(high, 1)], (long long)set[_mm_cvtsi128_si64(high)],
        (long long)set[_mm_extract_epi64(low, 1)], (long long)set[_mm_cvtsi128_si64(low)]);
    bits = _mm256_srlv_epi64(bits, _mm256_and_si256(at, all(63)));
    return _mm256_slli_epi64(_mm256_and_si256(bits, all(1)), 1);
}

/* The second halves of four words of which it is known what was found, in which item, and
 * which of them end a clause. */
static inline __m256i make_halves(const ef_word_rules *rules, __m256i token, __m256i found,
                                  __m256i item, __m256i ends_clause)
{
    const __m256i byte = all(0xff), zero = _mm256_setzero_si256(),
                  one = all(EF_FOUND_LISTED);
    __m256i kind = _mm256_and_si256(_mm256_srli_epi64(token, KIND), byte);
    __m256i may_be = _mm256_srlv_epi64(all(rules->listed), kind);
    __m256i is_listed = _mm256_and_si256(_mm256_and_si256(found, may_be), one);
    __m256i traits = _mm256_and_si256(_mm256_srli_epi64(item, EF_TRAITS_SHIFT), byte);
    traits = _mm256_and_si256(traits, _mm256_sub_epi64(zero, is_listed));
    __m256i is_number =
        _mm256_or_si256(_mm256_cmpeq_epi64(kind, all(rules->number)),
                        is_any(_mm256_and_si256(traits, all(rules->is_number))));
    __m256i is_known = is_any(_mm256_or_si256(_mm256_and_si256(found, all(EF_FOUND_KNOWN)),
                                              _mm256_and_si256(traits, all(rules->own))));
    __m256i half = _mm256_and_si256(token, all(UINT64_C(0xffff) << KIND));
    half =
        _mm256_or_si256(half, _mm256_or_si256(_mm256_andnot_si256(one, found), is_listed));
    half = _mm256_or_si256(half, _mm256_slli_epi64(traits, TRAITS));
    half = _mm256_or_si256(half,
                           _mm256_and_si256(is_number, all((uint64_t)IS_NUMBER << MARKS)));
    half =
        _mm256_or_si256(half, _mm256_and_si256(is_known, all((uint64_t)IS_KNOWN << MARKS)));
    return _mm256_or_si256(
        half, _mm256_and_si256(ends_clause, all((uint64_t)ENDS_CLAUSE << MARKS)));
}

/* Four words that were looked up. */
typedef struct looked_up {
    __m256i found, item;
} looked_up;

/* Looks those words of four up, a bit each in our order, whose buckets are full of others.
 */
static looked_up look_further(const ef_word_tables *tables, __m256i hash, looked_up l,
                              unsigned which)
{
    uint64_t hashes[4], found[4], items[4];
    _mm256_storeu_si256((__m256i *)(void *)hashes, hash);
    _mm256_storeu_si256((__m256i *)(void *)found, l.found);
    _mm256_storeu_si256((__m256i *)(void *)items, l.item);
    for (; which != 0; which &= which - 1) {
        int k = __builtin_ctz(which);
        found[k] = ef_look_up(tables, hashes[k]);
        items[k] = tables->items[found[k] / 4 * 2 + 1];
    }
    return (looked_up){ _mm256_loadu_si256((const __m256i *)(const void *)found),
                        _mm256_loadu_si256((const __m256i *)(const void *)items) };
}

/* Looks four words up: ef_look_up. */
static inline looked_up look_up(const ef_word_tables *tables, __m256i hash,
                                unsigned is_word)
{
    __m256i place = _mm256_and_si256(hash, all((UINT64_C(1) << tables->slot_bits) - 2));
    buckets b = read_buckets(tables->items, place);
    __m256i is_first = _mm256_cmpeq_epi64(b.keys[0], hash);
    __m256i is_second = _mm256_cmpeq_epi64(b.keys[1], hash);
    __m256i is_there = _mm256_or_si256(is_first, is_second);
    __m256i is_over = _mm256_cmpeq_epi64(b.keys[1], _mm256_setzero_si256());
    looked_up l = { .found = _mm256_slli_epi64(place, 2),
                    .item = _mm256_blendv_epi8(b.values[0], b.values[1], is_second) };
    l.found = _mm256_or_si256(l.found, _mm256_and_si256(is_second, all(4)));
    l.found = _mm256_or_si256(l.found, _mm256_and_si256(is_there, all(EF_FOUND_LISTED)));
    l.found = _mm256_or_si256(l.found, look_in_vocabulary(tables, hash));
    unsigned rest = is_word & ~mask_of(_mm256_or_si256(is_there, is_over));
    return rest == 0 ? l : look_further(tables, hash, l, rest);
}

/* Bits of four things in our order, and back. */
static inline unsigned reordered(unsigned bits)
{
    return (bits & 9) | (bits & 2) << 1 | (bits & 4) >> 1;
}

/* Adds four words of tokens from the i-th on, those that are wanted, by no branch: what is
 * not wanted is overwritten. */
static inline void add_four(ef_word_list *l, __m256i hash, __m256i half, size_t i,
                            unsigned wanted, unsigned unknown)
{
    __m256i low = _mm256_unpacklo_epi64(hash, half),
            high = _mm256_unpackhi_epi64(hash, half);
    __m128i words[4] = { _mm256_castsi256_si128(low), _mm256_extracti128_si256(low, 1),
                         _mm256_castsi256_si128(high), _mm256_extracti128_si256(high, 1) };
    for (size_t k = 0; k < 4; k++) {
        _mm_storeu_si128((__m128i *)(void *)&l->words[l->count], words[k]);
        l->tokens[l->count] = (uint32_t)(i + k);
        l->unknown[l->unknown_count] = (uint32_t)l->count;
        l->unknown_count += unknown >> k & 1;
        l->count += wanted >> k & 1;
    }
}

void ef_read_words_avx2(const ef_word_tables *tables, const ef_word_rules *rules,
                        const ef_token *tokens, const ef_token_bits *bits, size_t first,
                        size_t end, ef_word_list *list)
{
    const ef_word_tables t = *tables; /* in registers: stores might hit them */
    const ef_word_rules r = *rules;
    const __m256i order = _mm256_set_epi64x(8, 2, 4, 1);
    ef_word_list l = *list;
    for (size_t i = first / 4 * 4; i < end; i += 4) {
        const ef_token_bits *block = &bits[i / 64];
        ef_token few[4] = { 0 };
        bool is_last = end - i < 4;
        unsigned wanted = 15 & ~(unsigned)(block->stops >> i % 64);
        wanted &= i < first ? 15u << (first - i) : 15;
        wanted &= is_last ? 15u >> (4 - (end - i)) : 15;
        if (is_last)
            memcpy(few, tokens + i, (end - i) * sizeof *few);
        const ef_token *four = is_last ? few : tokens + i;
        __m256i low = _mm256_loadu_si256((const __m256i *)(const void *)four);
        __m256i high = _mm256_loadu_si256((const __m256i *)(const void *)(four + 2));
        __m256i hash = _mm256_unpacklo_epi64(low, high);
        __m256i ends = _mm256_and_si256(all(block->clauses >> i % 64), order);
        looked_up found = look_up(&t, hash, reordered(wanted));
        __m256i half = make_halves(&r, _mm256_unpackhi_epi64(low, high), found.found,
                                   found.item, _mm256_cmpeq_epi64(ends, order));
        __m256i known = _mm256_slli_epi64(
            half, 63 - MARKS - __builtin_ctz(IS_KNOWN)); /* IS_KNOWN as the sign */
        add_four(&l, hash, half, i, wanted, wanted & ~reordered(mask_of(known)));
    }
    *list = l;
}
#else
typedef int ef_no_avx2_words_here; /* a translation unit must not be empty */
#endif
