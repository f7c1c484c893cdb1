/* SPDX-License-Identifier: MIT
 * findings/draw.h - chance that is the same every time: Steele, Lea and Flood's splitmix.
 *
 * One word of state; every seed is good. */
#ifndef EARFUL_FINDINGS_DRAW_H
#define EARFUL_FINDINGS_DRAW_H

#include <stdint.h>

static inline uint64_t ef_draw(uint64_t *state)
{
    uint64_t x = *state += UINT64_C(0x9E3779B97F4A7C15);
    x = (x ^ x >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
    x = (x ^ x >> 27) * UINT64_C(0x94D049BB133111EB);
    return x ^ x >> 31;
}

/* Below a bound of at most 2^32, each number as likely as the others but for 2^-32. */
static inline uint64_t ef_draw_below(uint64_t *state, uint64_t bound)
{
    return (ef_draw(state) >> 32) * bound >> 32;
}

#endif
