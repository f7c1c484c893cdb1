/* SPDX-License-Identifier: MIT
 * kernels/kernels_neon.c - 64 bytes at a time, as four registers of 16.
 *
 * NEON has no instruction that makes bits of a comparison, so each byte keeps the bit of
 * its place and pairs are added until eight bytes are one. What works on words and tables
 * takes one word at a time: NEON cannot load from computed places. Nothing behind p + n is read:
 * the last block of a text is copied into zeroed memory first. */
#ifdef __aarch64__
#include "kernels/sets.h"

#include <arm_neon.h>
#include <string.h>

#include "kernels/openers.h"

typedef uint8x16x4_t block;

/* NEON is a part of the architecture. */
static bool is_supported(void)
{
    return true;
}

static inline block load_either(const uint8_t *p, size_t n)
{
    uint8_t padded[64] = { 0 };
    if (n < 64) {
        memcpy(padded, p, n);
        p = padded;
    }
    return vld1q_u8_x4(p);
}

/* Bit i of the result is set if byte i is 255; all others are 0. */
static inline uint64_t bits_of(block is)
{
    static const uint8_t places[16] = { 1, 2, 4, 8, 16, 32, 64, 128,
                                        1, 2, 4, 8, 16, 32, 64, 128 };
    const uint8x16_t bit = vld1q_u8(places);
    uint8x16_t low = vpaddq_u8(vandq_u8(is.val[0], bit), vandq_u8(is.val[1], bit));
    uint8x16_t high = vpaddq_u8(vandq_u8(is.val[2], bit), vandq_u8(is.val[3], bit));
    uint8x16_t sums = vpaddq_u8(low, high);
    return vgetq_lane_u64(vreinterpretq_u64_u8(vpaddq_u8(sums, sums)), 0);
}

static inline uint64_t equal(block b, uint8_t byte)
{
    for (size_t i = 0; i < 4; i++)
        b.val[i] = vceqq_u8(b.val[i], vdupq_n_u8(byte));
    return bits_of(b);
}

/* first <= byte <= first + size - 1, by one wrapping subtraction. */
static inline block in_range(block b, uint8_t first, uint8_t size)
{
    for (size_t i = 0; i < 4; i++)
        b.val[i] = vcltq_u8(vsubq_u8(b.val[i], vdupq_n_u8(first)), vdupq_n_u8(size));
    return b;
}

static inline uint64_t in_range_bits(block b, uint8_t first, uint8_t size)
{
    return bits_of(in_range(b, first, size));
}

/* The bits of n bytes. */
static inline uint64_t first_bits(size_t n)
{
    return n >= 64 ? ~UINT64_C(0) : (UINT64_C(1) << n) - 1;
}

static inline block fold(block b)
{
    block is_upper = in_range(b, 'A', 26);
    for (size_t i = 0; i < 4; i++)
        b.val[i] = vorrq_u8(b.val[i], vandq_u8(is_upper.val[i], vdupq_n_u8('a' - 'A')));
    return b;
}

/* Which bytes equal the one before; before ends with the byte in front of the block. */
static inline uint64_t same_bits(block b, uint8x16_t before)
{
    block is_same;
    for (size_t i = 0; i < 4; i++) {
        is_same.val[i] = vceqq_u8(b.val[i], vextq_u8(before, b.val[i], 15));
        before = b.val[i];
    }
    return bits_of(is_same);
}

static inline void describe(block b, block folded, uint8x16_t before, ef_byte_masks *masks)
{
    uint64_t dot = equal(b, '.');
    masks->digit = in_range_bits(b, '0', 10);
    masks->word = in_range_bits(folded, 'a', 26) | masks->digit;
    masks->upper = in_range_bits(b, 'A', 26);
    masks->blank = equal(b, ' ');
    masks->apostrophe = equal(b, '\'');
    masks->same = same_bits(folded, before);
    masks->stop = dot | equal(b, ',') | equal(b, '!') | equal(b, '?');
    masks->joiner = dot | masks->apostrophe | equal(b, ':') | equal(b, '@') |
                    equal(b, '-') | equal(b, '_') | equal(b, '+') |
                    in_range_bits(b, 0x80, 0x80);
}

static bool classify(const uint8_t *p, size_t n, uint8_t *folded, ef_byte_masks *masks)
{
    /* Nothing equals the byte before a text: its first byte, made different. */
    uint8x16_t before = vdupq_n_u8(n > 0 ? (uint8_t) ~(p[0] | 0x20) : 0);
    uint64_t marks = 0;
    for (size_t i = 0; i < n; i += 64) {
        block source = load_either(p + i, n - i), lower = fold(source);
        vst1q_u8_x4(folded + i, lower);
        marks |= in_range_bits(source, 0x80, 0x80) | equal(source, '&') |
                 equal(source, '<') | equal(source, '`');
        describe(source, lower, before, &masks[i / 64]);
        /* Zeros fill the last block; they are in no mask but `same`. */
        masks[i / 64].same &= first_bits(n - i);
        before = lower.val[3];
    }
    return marks == 0;
}

static size_t ascii_run(const uint8_t *p, size_t n)
{
    for (size_t i = 0; i < n; i += 64) {
        uint64_t high = in_range_bits(load_either(p + i, n - i), 0x80, 0x80);
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

static void survey_words(const ef_word_rules *rules, const ef_phrase_tables *tables,
                         ef_word *words, size_t n, uint64_t *events, ef_word_counts *counts)
{
    ef_survey_stretches(rules, tables, words, n, events, counts);
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

const ef_kernels ef_kernels_neon = {
    .name = "neon",
    .summary = "NEON: every ARM CPU of 64 bits",
    .is_supported = is_supported,
    .classify = classify,
    .find_words = ef_find_words_scalar,
    .survey_tokens = ef_survey_tokens_scalar,
    .read_words = ef_read_words_scalar,
    .survey_words = survey_words,
    .weigh_grams = ef_weigh_grams_scalar,
    .feel = ef_feel_scalar,
    .ascii_run = ascii_run,
    .find_any = find_any,
    .count = count,
    .json_string_run = json_string_run,
    .mark = mark,
};
#else
typedef int ef_no_neon_here; /* a translation unit must not be empty */
#endif
