/* SPDX-License-Identifier: MIT
 * score/fixed.h - functions of integer evidence that give the same bits on every CPU. */
#ifndef EARFUL_SCORE_FIXED_H
#define EARFUL_SCORE_FIXED_H

#include <assert.h>
#include <stdint.h>

enum { EF_LOGIT_LIMIT = 12 * 65536 }; /* of a logit in 1/65536 */

/* a / b, cut towards zero, for b > 0 and both below 2^53 in size. Doubles hold such
 * numbers, and the quotient of two of them cannot be rounded up to a whole number that it
 * is not: it lies at least 1 / b below one, and a rounding moves it by less. So this is the
 * division of integers, bit for bit, in a third of its time. */
static inline int64_t ef_quotient(int64_t a, int64_t b)
{
    return (int64_t)((double)a / (double)b);
}

/* value on -1000..1000, half of it at +-half: grows without jumping and never overflows. */
static inline int32_t ef_squash(int64_t value, int64_t half)
{
    int64_t size = value < 0 ? -value : value;
    return (int32_t)ef_quotient(value * 1000, size + half);
}

static inline int32_t ef_clamp(int64_t value, int32_t limit)
{
    return (int32_t)(value > limit ? limit : value < -limit ? -limit : value);
}

/* The integer square root of a number below 2^52: that of doubles is rounded right, and so
 * is never a whole number above the true one. */
static inline int64_t ef_root(int64_t value)
{
    return value <= 0 ? value : (int64_t)__builtin_sqrt((double)value);
}

/* Four numbers at a time, in whatever registers a CPU has. */
typedef double ef_four __attribute__((vector_size(32)));
typedef int32_t ef_four_whole __attribute__((vector_size(16)));

/* ef_quotient of four, where 32 bits hold what comes out. */
static inline ef_four_whole ef_quotients(const ef_four *a, const ef_four *b)
{
    return __builtin_convertvector(*a / *b, ef_four_whole);
}

/* e^(-x) in 1/2^30 of x = 1/4 * i, 1/512 * i and 1/65536 * i. */
enum { EF_EXP_PARTS = 128, EF_EXP_FIRST = 4 * 2 * 12 + 1 };
extern const uint32_t ef_exp_first[EF_EXP_FIRST], ef_exp_second[EF_EXP_PARTS],
    ef_exp_third[EF_EXP_PARTS];

/* e^(-x) in 1/2^30 for x in 1/65536 up to twice EF_LOGIT_LIMIT, by its three parts. */
static inline uint64_t ef_exp_negative(uint32_t x)
{
    const uint64_t half = UINT64_C(1) << 29;
    assert(x <= 2 * EF_LOGIT_LIMIT);
    uint64_t result = ef_exp_second[x >> 7 & 127];
    result = (result * ef_exp_third[x & 127] + half) >> 30;
    return (result * ef_exp_first[x >> 14] + half) >> 30;
}

#endif
