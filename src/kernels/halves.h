/* SPDX-License-Identifier: MIT
 * kernels/halves.h - the second halves of tokens and words, as numbers.
 *
 * A token and a word are two numbers of 64 bits: a hash, and all the rest, in which members
 * are bits. For the sets of x86 alone, where the lowest byte comes first; the reference
 * names the members. */
#ifndef EARFUL_KERNELS_HALVES_H
#define EARFUL_KERNELS_HALVES_H

#include "kernels/kernels.h"

/* Where members stand in second halves; `found` is in the lowest bits of a word's. */
enum { TRAITS = 32, MARKS = 40, KIND = 48, FLAGS = 56 };

/* The members of ef_word that are one bit. */
enum {
    OPENS = 1 << 0,
    HAS_SLOTS = 1 << 1,
    ENDS_CLAUSE = 1 << 2,
    IS_NUMBER = 1 << 3,
    IS_KNOWN = 1 << 4
};

#endif
