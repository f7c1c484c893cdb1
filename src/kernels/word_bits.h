/* SPDX-License-Identifier: MIT
 * kernels/word_bits.h - where the words of a block begin and end, as bits.
 *
 * All sets share this arithmetic on masks and differ in how they write down the places. It
 * is inline, so that each set gets it in the instructions it is built for. */
#ifndef EARFUL_KERNELS_WORD_BITS_H
#define EARFUL_KERNELS_WORD_BITS_H

#include "kernels/kernels.h"

/* The places of a block: bits of bytes where an item begins, where one has ended, and which
 * of those ends may be plain and linked. */
typedef struct ef_word_bits {
    uint64_t begins, ends, plain, linked;
} ef_word_bits;

/* What is carried from block to block. */
typedef struct ef_word_carry {
    uint64_t word, same; /* masks of the block before */
    uint64_t open;       /* 1 while a word crosses into the block, */
    uint64_t clean;      /* and 1 while that word may be plain */
    uint64_t stop;       /* 1 if the block before ends with a stop that is an item */
    uint64_t cut;        /* 1 until the end of a word that crosses into the strip is seen */
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

/* The ends of clean words among the ends of a block: letters and inner apostrophes, at most
 * the first letter upper case, none three times in a row. Bits added where words begin run
 * through their clean letters as carries, and come out behind the last one only where all
 * are clean. */
static inline uint64_t ef_clean_ends(const ef_byte_masks *mask, uint64_t words,
                                     uint64_t begins, uint64_t ends, ef_word_carry *c)
{
    uint64_t triple = mask->same & (mask->same << 1 | c->same >> 63);
    uint64_t clean = words & ~((mask->upper & ~begins) | mask->digit | triple);
    uint64_t sum, open_sum;
    bool is_over = __builtin_add_overflow(clean, begins, &sum);
    is_over |= __builtin_add_overflow(sum, c->clean, &open_sum);
    c->clean = is_over;
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
    uint64_t clean = ef_clean_ends(mask, words, begins, ends, c);
    ef_word_bits bits = { .begins = begins | stops,
                          .ends = ends | stop_ends,
                          .plain = stop_ends | (clean & (~mask->joiner | stops)),
                          .linked = stops | (mask->blank & before_word) };
    if (c->cut != 0 && bits.ends != 0) {
        bits.ends &= bits.ends - 1;
        c->cut = 0;
    }
    *c = (ef_word_carry){
        mask->word, mask->same, words >> 63, c->clean, stops >> 63, c->cut
    };
    return bits;
}

#endif
