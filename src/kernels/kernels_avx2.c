/* SPDX-License-Identifier: MIT
 * kernels/kernels_avx2.c - 64 bytes at a time, as two registers of 32.
 *
 * Every kernel turns a block into bit masks and does the rest on 64-bit words. The last
 * block of a text is copied into zeroed memory first, so that nothing behind p + n is
 * ever read; its bits past the end are cut off. */
#ifdef __x86_64__
#include "kernels/sets.h"

#include <cpuid.h>
#include <immintrin.h>
#include <string.h>

typedef struct block {
    __m256i low, high;
} block;

/* LZCNT is asked for by hand: clang 14 does not know it by name. */
static bool has_lzcnt(void)
{
    unsigned a, b, c, d;
    return __get_cpuid(0x80000001, &a, &b, &c, &d) != 0 && (c & bit_LZCNT) != 0;
}

static bool is_supported(void)
{
    return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi") &&
           __builtin_cpu_supports("bmi2") && __builtin_cpu_supports("popcnt") && has_lzcnt();
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

/* Bytes that are word bytes or one of blank , . ! ? ': all that is not special. A shuffle
 * looks up the high half of each byte in bits, another the low half: both agree on a bit
 * only where the byte is one of the five (they lie in rows 2 and 3 of ASCII). */
static inline __m256i is_plain_mark(__m256i bytes)
{
    const __m256i by_low_half = _mm256_setr_epi8(
        1, 1, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 1, 2, /* 0x20 ! ' , . and 0x3f ? */
        1, 1, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 1, 2);
    const __m256i by_high_half =
        _mm256_setr_epi8(0, 0, 1, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 0, 0,
                         0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    __m256i half = _mm256_set1_epi8(15);
    __m256i low = _mm256_shuffle_epi8(by_low_half, _mm256_and_si256(bytes, half));
    __m256i high = _mm256_shuffle_epi8(by_high_half,
                                       _mm256_and_si256(_mm256_srli_epi16(bytes, 4), half));
    return _mm256_cmpgt_epi8(_mm256_and_si256(low, high), _mm256_setzero_si256());
}

static inline void describe(block b, block folded, uint64_t valid, ef_byte_masks *masks)
{
    uint64_t lower = in_range_bits(folded, 'a', 26);
    uint64_t plain = bits_of(is_plain_mark(b.low), is_plain_mark(b.high));
    masks->word = (lower | in_range_bits(b, '0', 10)) & valid;
    masks->upper = in_range_bits(b, 'A', 26) & valid;
    masks->space = (equal(b, ' ') | in_range_bits(b, '\t', 5)) & valid;
    masks->special = ~(masks->word | plain) & valid;
    masks->high = bits_of(b.low, b.high) & valid;
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

static void classify(const uint8_t *p, size_t n, uint8_t *folded, ef_byte_masks *masks)
{
    uint8_t around[65]; /* the folded byte before the block, then the block */
    around[0] = 0;
    uint64_t first = 1;
    for (size_t i = 0; i < n; i += 64) {
        size_t left = n - i;
        block source = load_either(p + i, left);
        block lower = fold(source);
        uint64_t valid = first_bits(left);
        store(around + 1, lower);
        describe(source, lower, valid, &masks[i / 64]);
        block before = load(around);
        uint64_t same = bits_of(_mm256_cmpeq_epi8(lower.low, before.low),
                                _mm256_cmpeq_epi8(lower.high, before.high));
        masks[i / 64].same = same & valid & ~first;
        first = 0;
        memcpy(folded + i, around + 1, left < 64 ? left : 64);
        around[0] = around[64];
    }
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

/* Bit i of the result is the parity of bits 0 to i: set from an opening quote up to the
 * byte before the closing one. */
static inline uint64_t prefix_parity(uint64_t bits)
{
    for (unsigned shift = 1; shift < 64; shift *= 2)
        bits ^= bits << shift;
    return bits;
}

static void delimited(const uint8_t *p, size_t n, uint8_t delimiter, uint8_t quote,
                      bool *in_quotes, uint64_t *bits)
{
    uint64_t inside = *in_quotes ? ~UINT64_C(0) : 0;
    for (size_t i = 0; i < n; i += 64) {
        block b = load_either(p + i, n - i);
        uint64_t valid = first_bits(n - i);
        uint64_t quotes = quote == 0 ? 0 : equal(b, quote) & valid;
        uint64_t breaks = equal(b, delimiter) | equal(b, '\n') | equal(b, '\r');
        uint64_t quoted = prefix_parity(quotes) ^ inside;
        bits[i / 64] = (quotes | (breaks & ~quoted)) & valid;
        inside = (quoted >> 63) != 0 ? ~UINT64_C(0) : 0; /* no quotes past the end */
    }
    *in_quotes = inside != 0;
}

const ef_kernels ef_kernels_avx2 = {
    .name = "avx2",
    .summary = "AVX2 and BMI2: Intel since 2013, AMD since 2015",
    .is_supported = is_supported,
    .classify = classify,
    .ascii_run = ascii_run,
    .find_any = find_any,
    .count = count,
    .json_string_run = json_string_run,
    .delimited = delimited,
};
#else
typedef int ef_no_avx2_here; /* a translation unit must not be empty */
#endif
