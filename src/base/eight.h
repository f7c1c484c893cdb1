/* SPDX-License-Identifier: MIT
 * base/eight.h - eight bytes at once, in a word: what writers ask of plain text.
 *
 * Kernels do the same for 64 bytes, but `base` and `report` know no CPU, and cells are
 * short. Each answer says whether any of the eight bytes is so. */
#ifndef EARFUL_BASE_EIGHT_H
#define EARFUL_BASE_EIGHT_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#define EF_EIGHT_ONES  UINT64_C(0x0101010101010101)
#define EF_EIGHT_HIGHS UINT64_C(0x8080808080808080)

static inline uint64_t ef_eight_load(const uint8_t *p)
{
    uint64_t word;
    memcpy(&word, p, sizeof word);
    return word;
}

/* Below limit, which is at most 0x80. A byte less the limit borrows from its high bit only
 * if it was below it, or if a lower byte borrowed, which then was itself below. */
static inline bool ef_eight_below(uint64_t word, uint8_t limit)
{
    return ((word - EF_EIGHT_ONES * limit) & ~word & EF_EIGHT_HIGHS) != 0;
}

static inline bool ef_eight_has(uint64_t word, uint8_t byte)
{
    return ef_eight_below(word ^ EF_EIGHT_ONES * byte, 1);
}

static inline bool ef_eight_above_ascii(uint64_t word)
{
    return (word & EF_EIGHT_HIGHS) != 0;
}

#endif
