/* SPDX-License-Identifier: MIT
 * score/word_is.h - whether a word is one of a few that the rules of English name.
 *
 * For the little words that hold a rule together; what has a mood stands in the lexicon.
 * The hashes of the list are worked out when the code is compiled. */
#ifndef EARFUL_SCORE_WORD_IS_H
#define EARFUL_SCORE_WORD_IS_H

#include "lexicon/match.h"

/* The hash of a word of up to 16 bytes that is written out: ef_hash_bytes, byte by byte,
 * because a copy of 3 or 5 bytes of a literal is not worked out ahead by every compiler. */
#define EF_W(text) ef_hash_word(EF_W8(text, 0), EF_W8(text, 8), sizeof(text) - 1)
#define EF_W8(text, i)                                                              \
    (EF_W1(text, i) | EF_W1(text, i + 1) << 8 | EF_W1(text, i + 2) << 16 |          \
     EF_W1(text, i + 3) << 24 | EF_W1(text, i + 4) << 32 | EF_W1(text, i + 5) << 40 | \
     EF_W1(text, i + 6) << 48 | EF_W1(text, i + 7) << 56)
#define EF_W1(text, i) (uint64_t)(text)[(i) < sizeof(text) ? (i) : sizeof(text) - 1]

static inline uint64_t ef_hash_word(uint64_t low, uint64_t high, size_t size)
{
    return size <= 8 ? ef_hash_mix(low, size) : ef_hash_mix(low ^ size << 1, high + size);
}

/* EF_WORD_IS(word, EF_W("yes"), EF_W("no")) */
#define EF_WORD_IS(word, ...) EF_HASH_IS((word)->hash, __VA_ARGS__)
#define EF_HASH_IS(hash, ...)                                                       \
    ef_is_among(hash, (const uint64_t[]){ __VA_ARGS__ },                            \
                sizeof((const uint64_t[]){ __VA_ARGS__ }) / sizeof(uint64_t))

/* The list's words as 64 bits are worked out when the code is compiled, too, and answer for
 * most words. Unrolled, because only then does a compiler see that. */
static inline __attribute__((always_inline)) bool ef_is_among(uint64_t hash,
                                                              const uint64_t *list,
                                                              size_t count)
{
    uint64_t mask = 0;
#pragma GCC unroll 64
    for (size_t i = 0; i < count; i++)
        mask |= UINT64_C(1) << (list[i] >> 58);
    if ((mask >> (hash >> 58) & 1) == 0)
        return false;
    bool is = false;
#pragma GCC unroll 64
    for (size_t i = 0; i < count; i++)
        is |= list[i] == hash;
    return is;
}

#endif
