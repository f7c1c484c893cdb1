/* SPDX-License-Identifier: MIT
 * kernels/kernels_avx2.c - 64 bytes at a time, as two registers of 32.
 *
 * Every kernel turns a block into bit masks and does the rest on 64-bit words. The last
 * block of a text is copied into zeroed memory first, so that nothing behind p + n is
 * ever read; its bits past the end are cut off. */
#ifdef __x86_64__
#include "kernels/sets.h"

#ifdef __clang__
#include <cpuid.h>
#endif
#include <immintrin.h>
#include <string.h>

#include "kernels/look_up.h"
#include "kernels/openers.h"

typedef struct block {
    __m256i low, high;
} block;

/* Clang 14 does not know LZCNT by name and asks the CPU. In a virtual machine that takes
 * microseconds, and a start asks often: a tenth of it went by so. */
static bool has_lzcnt(void)
{
#ifdef __clang__
    unsigned a, b, c, d;
    return __get_cpuid(0x80000001, &a, &b, &c, &d) != 0 && (c & bit_LZCNT) != 0;
#else
    return __builtin_cpu_supports("lzcnt");
#endif
}

static bool is_supported(void)
{
    return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi") &&
           __builtin_cpu_supports("bmi2") && __builtin_cpu_supports("popcnt") &&
           has_lzcnt();
}

static inline block load(const uint8_t *p)
{
    block b = { _mm256_loadu_si256((const __m256i *)p),
                _mm256_loadu_si256((const __m256i *)(p + 32)) };
    return b;
}

/* The last n < 64 bytes of a text, then zeros. */
static inline block load_tail(const uint8_t *p, size_t n)
{
    uint8_t padded[64] = { 0 };
    memcpy(padded, p, n);
    return load(padded);
}

static inline uint64_t bits_of(__m256i low, __m256i high)
{
    uint32_t first = (uint32_t)_mm256_movemask_epi8(low);
    uint32_t second = (uint32_t)_mm256_movemask_epi8(high);
    return first | (uint64_t)second << 32;
}

static inline uint64_t equal(block b, uint8_t byte)
{
    __m256i wanted = _mm256_set1_epi8((char)byte);
    return bits_of(_mm256_cmpeq_epi8(b.low, wanted), _mm256_cmpeq_epi8(b.high, wanted));
}

/* first <= byte <= first + size - 1, by one wrapping subtraction and one minimum. */
static inline __m256i in_range(__m256i bytes, uint8_t first, uint8_t size)
{
    __m256i moved = _mm256_sub_epi8(bytes, _mm256_set1_epi8((char)first));
    __m256i last = _mm256_set1_epi8((char)(size - 1));
    return _mm256_cmpeq_epi8(_mm256_min_epu8(moved, last), moved);
}

static inline uint64_t in_range_bits(block b, uint8_t first, uint8_t size)
{
    return bits_of(in_range(b.low, first, size), in_range(b.high, first, size));
}

/* The bits of n bytes. */
static inline uint64_t first_bits(size_t n)
{
    return n >= 64 ? ~UINT64_C(0) : (UINT64_C(1) << n) - 1;
}

static inline block fold(block b)
{
    __m256i bit = _mm256_set1_epi8('a' - 'A');
    __m256i low = _mm256_and_si256(in_range(b.low, 'A', 26), bit);
    __m256i high = _mm256_and_si256(in_range(b.high, 'A', 26), bit);
    block folded = { _mm256_or_si256(b.low, low), _mm256_or_si256(b.high, high) };
    return folded;
}

/* The 64 bytes before the end of b, one earlier: last stands before the first. */
static inline block shifted(block b, __m256i last)
{
    __m256i before_low = _mm256_permute2x128_si256(last, b.low, 0x21);
    __m256i before_high = _mm256_permute2x128_si256(b.low, b.high, 0x21);
    block moved = { _mm256_alignr_epi8(b.low, before_low, 15),
                    _mm256_alignr_epi8(b.high, before_high, 15) };
    return moved;
}

/* All masks of a block; before holds the 32 folded bytes in front of it. */
static inline void describe(block b, block folded, __m256i before, ef_byte_masks *masks)
{
    block moved = shifted(folded, before);
    masks->digit = in_range_bits(b, '0', 10);
    masks->word = in_range_bits(folded, 'a', 26) | masks->digit;
    masks->upper = in_range_bits(b, 'A', 26);
    masks->blank = equal(b, ' ');
    masks->apostrophe = equal(b, '\'');
    masks->same = bits_of(_mm256_cmpeq_epi8(folded.low, moved.low),
                          _mm256_cmpeq_epi8(folded.high, moved.high));
    uint64_t dot = equal(b, '.');
    masks->stop = dot | equal(b, ',') | equal(b, '!') | equal(b, '?');
    masks->joiner = dot | masks->apostrophe | equal(b, ':') | equal(b, '@') |
                    equal(b, '-') | equal(b, '_') | equal(b, '+') | bits_of(b.low, b.high);
}

static inline block load_either(const uint8_t *p, size_t n)
{
    return n >= 64 ? load(p) : load_tail(p, n);
}

static inline void store(uint8_t *to, block b)
{
    _mm256_storeu_si256((__m256i *)to, b.low);
    _mm256_storeu_si256((__m256i *)(to + 32), b.high);
}

static bool classify(const uint8_t *p, size_t n, uint8_t *folded, ef_byte_masks *masks)
{
    /* Nothing equals the byte before a text: its first byte, made different. */
    __m256i before = _mm256_set1_epi8(n > 0 ? (char)~(p[0] | 0x20) : 0);
    uint64_t marks = 0;
    for (size_t i = 0; i < n; i += 64) {
        block source = load_either(p + i, n - i), lower = fold(source);
        store(folded + i, lower);
        marks |= bits_of(source.low, source.high) | equal(source, '&') |
                 equal(source, '<') | equal(source, '`');
        describe(source, lower, before, &masks[i / 64]);
        /* Zeros fill the last block; they are in no mask but `same`. */
        masks[i / 64].same &= first_bits(n - i);
        before = lower.high;
    }
    return marks == 0;
}

static void survey_words(const ef_word_rules *rules, const ef_phrase_tables *tables,
                         ef_word *words, size_t n, uint64_t *events, ef_word_counts *counts)
{
    ef_survey_stretches(rules, tables, words, n, events, counts);
}

static size_t ascii_run(const uint8_t *p, size_t n)
{
    for (size_t i = 0; i < n; i += 64) {
        block b = load_either(p + i, n - i);
        uint64_t high = bits_of(b.low, b.high);
        if (high != 0)
            return i + (size_t)__builtin_ctzll(high);
    }
    return n;
}

static size_t find_any(const uint8_t *p, size_t n, uint8_t a, uint8_t b, uint8_t c)
{
    for (size_t i = 0; i < n; i += 64) {
        block bytes = load_either(p + i, n - i);
        uint64_t found = equal(bytes, a) | equal(bytes, b) | equal(bytes, c);
        found &= first_bits(n - i);
        if (found != 0)
            return i + (size_t)__builtin_ctzll(found);
    }
    return n;
}

static size_t count(const uint8_t *p, size_t n, uint8_t byte)
{
    size_t found = 0;
    for (size_t i = 0; i < n; i += 64) {
        uint64_t bits = equal(load_either(p + i, n - i), byte) & first_bits(n - i);
        found += (size_t)__builtin_popcountll(bits);
    }
    return found;
}

static size_t json_string_run(const uint8_t *p, size_t n)
{
    for (size_t i = 0; i < n; i += 64) {
        block b = load_either(p + i, n - i);
        uint64_t found = equal(b, '"') | equal(b, '\\') | in_range_bits(b, 0, 0x20);
        found &= first_bits(n - i);
        if (found != 0)
            return i + (size_t)__builtin_ctzll(found);
    }
    return n;
}

static void mark(const uint8_t *p, size_t n, const uint8_t four[4], uint64_t *bits)
{
    const uint8_t a = four[0], b = four[1], c = four[2], d = four[3];
    for (size_t i = 0; i < n; i += 64) {
        block bytes = load_either(p + i, n - i);
        uint64_t found =
            equal(bytes, a) | equal(bytes, b) | equal(bytes, c) | equal(bytes, d);
        bits[i / 64] = found & first_bits(n - i);
    }
}

const ef_kernels ef_kernels_avx2 = {
    .name = "avx2",
    .summary = "AVX2 and BMI2: Intel since 2013, AMD since 2015",
    .is_supported = is_supported,
    .classify = classify,
    .find_words = ef_find_words_avx2,
    .survey_tokens = ef_survey_tokens_avx2,
    .read_words = ef_read_words_avx2,
    .survey_words = survey_words,
    .weigh_grams = ef_weigh_grams_avx2,
    .feel = ef_feel_scalar,
    .ascii_run = ascii_run,
    .find_any = find_any,
    .count = count,
    .json_string_run = json_string_run,
    .mark = mark,
};
#else
typedef int ef_no_avx2_here; /* a translation unit must not be empty */
#endif
