/* SPDX-License-Identifier: MIT
 * kernels/word_bits.h - where the words of a block begin and end, as bits.
 *
 * All sets share this arithmetic on masks and differ in how they write down the places. It
 * is inline, so that each set gets it in the instructions it is built for. */
#ifndef EARFUL_KERNELS_WORD_BITS_H
#define EARFUL_KERNELS_WORD_BITS_H

#include "kernels/kernels.h"

/* The places of a block: bits of bytes where an item begins, where one has ended, and which
 * of those ends may be plain and linked, and are those of words in capitals and of numbers.
 */
typedef struct ef_word_bits {
    uint64_t begins, ends, plain, linked, shouted, numbers;
} ef_word_bits;

/* What is carried from block to block. */
typedef struct ef_word_carry {
    uint64_t word, same;                    /* masks of the block before */
    uint64_t open;                          /* 1 while a word crosses into the block, */
    uint64_t small, mixed, shouted, number; /* and while it is of such bytes alone */
    uint64_t stop; /* 1 if the block before ends with a stop that is an item */
    uint64_t cut;  /* 1 until the end of a word that crosses into the strip is seen */
} ef_word_carry;

/* Bit i of the result is bit i + n of a mask and the one behind it. */
static inline uint64_t ef_bits_ahead(uint64_t mask, uint64_t next, unsigned n)
{
    return mask >> n | next << (64 - n);
}

/* The word bytes of a block, with apostrophes between word bytes. */
static inline uint64_t ef_inner_word(const ef_byte_masks *mask, uint64_t word_before)
{
    uint64_t behind_word = mask[0].word << 1 | word_before >> 63;
    uint64_t before_word = ef_bits_ahead(mask[0].word, mask[1].word, 1);
    return mask[0].word | (mask[0].apostrophe & behind_word & before_word);
}

/* What is carried into a strip that begins with masks[first]. */
static inline ef_word_carry ef_word_carry_into(const ef_byte_masks *masks, size_t first)
{
    ef_word_carry c = { 0 };
    if (first > 0) {
        const ef_byte_masks *before = &masks[first - 1];
        c.word = before->word;
        c.same = before->same;
        c.open = c.cut = ef_inner_word(before, 0) >> 63;
    }
    return c;
}

/* The ends of words of which every byte is clean. Ones that are added where words begin run
 * through their clean bytes as carries, and come out behind the last one only where all
 * are. *carry is 1 while that is so of a word that crosses into the block. */
static inline uint64_t ef_clean_ends(uint64_t clean, uint64_t begins, uint64_t ends,
                                     uint64_t *carry)
{
    uint64_t sum, open_sum;
    bool is_over = __builtin_add_overflow(clean, begins, &sum);
    is_over |= __builtin_add_overflow(sum, *carry, &open_sum);
    *carry = is_over;
    return open_sum & ends;
}

/* The items of a block; mask[1] is the block behind it. */
static inline ef_word_bits ef_word_bits_of(const ef_byte_masks *mask, ef_word_carry *c)
{
    uint64_t words = ef_inner_word(mask, c->word);
    uint64_t behind = words << 1 | c->open;
    uint64_t begins = words & ~behind, ends = ~words & behind;
    uint64_t before_blank = ef_bits_ahead(mask[0].blank, mask[1].blank, 1);
    uint64_t before_word = ef_bits_ahead(mask[0].word, mask[1].word, 1);
    uint64_t stops = mask->stop & ends & before_blank;
    uint64_t stop_ends = stops << 1 | c->stop;
    uint64_t triple = mask->same & (mask->same << 1 | c->same >> 63) & ~mask->digit;
    uint64_t mixed = words & ~((mask->upper & ~begins) | triple);
    uint64_t shouted = words & ~((mask->word & ~mask->upper) | triple);
    uint64_t small_ends = ef_clean_ends(mixed & ~mask->digit, begins, ends, &c->small);
    uint64_t mixed_ends = ef_clean_ends(mixed, begins, ends, &c->mixed);
    uint64_t shouted_ends = ef_clean_ends(shouted, begins, ends, &c->shouted) & ~small_ends;
    uint64_t plain = (small_ends | shouted_ends) & (~mask->joiner | stops);
    ef_word_bits bits = { .begins = begins | stops,
                          .ends = ends | stop_ends,
                          .plain = stop_ends | plain | (mixed_ends & (mask->blank | stops)),
                          .linked = stops | (mask->blank & before_word),
                          .shouted = shouted_ends,
                          .numbers = ef_clean_ends(mask->digit, begins, ends, &c->number) };
    if (c->cut != 0 && bits.ends != 0) {
        bits.ends &= bits.ends - 1;
        c->cut = 0;
    }
    c->word = mask->word;
    c->same = mask->same;
    c->open = words >> 63;
    c->stop = stops >> 63;
    return bits;
}

/* Adds bits of count items to a set in which there are those of `at` items. Behind them,
 * the set's word and the next one are 0. */
static inline void ef_append_bits(uint64_t *set, size_t at, uint64_t bits)
{
    set[at / 64] |= bits << at % 64;
    set[at / 64 + 1] = bits >> 1 >> (63 - at % 64);
}

#endif
