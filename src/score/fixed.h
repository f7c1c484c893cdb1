/* SPDX-License-Identifier: MIT
 * score/fixed.h - functions of integer evidence that give the same bits on every CPU. */
#ifndef EARFUL_SCORE_FIXED_H
#define EARFUL_SCORE_FIXED_H

#include <assert.h>
#include <stdint.h>

enum { EF_LOGIT_LIMIT = 12 * 65536 }; /* of a logit in 1/65536 */

/* value on -1000..1000, half of it at +-half: grows without jumping and never overflows. */
static inline int32_t ef_squash(int64_t value, int64_t half)
{
    int64_t size = value < 0 ? -value : value;
    return (int32_t)(value * 1000 / (size + half));
}

static inline int32_t ef_clamp(int64_t value, int32_t limit)
{
    return (int32_t)(value > limit ? limit : value < -limit ? -limit : value);
}

/* The integer square root, digit by binary digit: a sentence needs some seven steps of an
 * addition and a comparison, where Newton's method takes as many divisions. */
static inline int64_t ef_root(int64_t value)
{
    if (value <= 0)
        return value;
    uint64_t rest = (uint64_t)value, result = 0;
    uint64_t digit = UINT64_C(1) << ((63 - __builtin_clzll(rest)) & ~1);
    for (; digit != 0; digit >>= 2) {
        uint64_t trial = result + digit, mask = 0 - (uint64_t)(rest >= trial);
        rest -= trial & mask;
        result = (result >> 1) + (digit & mask);
    }
    return (int64_t)result;
}

/* e^(-x) in 1/2^30 for x in 1/65536 up to twice EF_LOGIT_LIMIT. Factors for each bit of x,
 * so the error is that of at most 21 roundings. */
static inline uint64_t ef_exp_negative(uint32_t x)
{
    /* e^(-2^k / 65536) * 2^30 for k = 0 .. 20, rounded. */
    static const uint64_t factors[] = {
        1073725440, 1073709056, 1073676290, 1073610760, 1073479712, 1073217664, 1072693760,
        1071646719, 1069555701, 1065385899, 1057095000, 1040706261, 1008687096, 947573834,
        836230973,  651257337,  395007542,  145315154,  19666268,   360200,     121
    };
    uint64_t result = UINT64_C(1) << 30;
    assert(x < 1u << sizeof factors / sizeof *factors);
    for (; x != 0; x &= x - 1)
        result = (result * factors[__builtin_ctz(x)] + (UINT64_C(1) << 29)) >> 30;
    return result;
}

#endif
