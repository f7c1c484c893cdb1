/* SPDX-License-Identifier: MIT
 * kernels/kernels.h - the inner loops, once per CPU.
 *
 * A kernel set is a struct of functions. kernels_scalar.c is the reference and stays
 * simple; every other set gives the same answers to the bit, which tests hold it to.
 * A kernel reads p[0..n) and no further. The set is chosen once, when an engine or a
 * reader is made. */
#ifndef EARFUL_KERNELS_KERNELS_H
#define EARFUL_KERNELS_KERNELS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What 64 bytes of text are, one bit a byte, bit 0 for the first; bits past the end are 0. */
typedef struct ef_byte_masks {
    uint64_t word;       /* A-Z a-z 0-9 */
    uint64_t upper;      /* A-Z */
    uint64_t digit;      /* 0-9 */
    uint64_t blank;      /* the blank alone: other white space is rare */
    uint64_t apostrophe; /* ' */
    uint64_t same;       /* equal to the byte before, both folded; not the first of a text */
} ef_byte_masks;

typedef struct ef_kernels {
    const char *name, *summary;
    bool (*is_supported)(void);

    /* Copies n bytes from p to folded with A-Z made lower case, and describes each 64-byte
     * block in masks[0 .. (n + 63) / 64). folded and p do not overlap. */
    void (*classify)(const uint8_t *p, size_t n, uint8_t *folded, ef_byte_masks *masks);

    /* The length of the longest run of bytes < 0x80 at p. */
    size_t (*ascii_run)(const uint8_t *p, size_t n);

    /* The index of the first of n bytes that equals a, b or c; n if there is none. */
    size_t (*find_any)(const uint8_t *p, size_t n, uint8_t a, uint8_t b, uint8_t c);

    /* How many of n bytes equal byte. */
    size_t (*count)(const uint8_t *p, size_t n, uint8_t byte);

    /* The index of the first byte that ends or breaks a JSON string: '"', '\\' or < 0x20;
     * n if there is none. */
    size_t (*json_string_run)(const uint8_t *p, size_t n);

    /* Marks in bits[0 .. (n + 63) / 64) the bytes that shape delimited text: delimiters, LF
     * and CR outside quotes, and every quote. *in_quotes says whether p[0] stands inside
     * quotes and gets the state behind p[n-1]. quote 0 means that nothing quotes. */
    void (*delimited)(const uint8_t *p, size_t n, uint8_t delimiter, uint8_t quote,
                      bool *in_quotes, uint64_t *bits);
} ef_kernels;

/* The set of this name, or the best one that this CPU supports if name is NULL. NULL if
 * there is no such set here. */
const ef_kernels *ef_kernels_select(const char *name);

/* The index-th set, supported or not, the reference first; NULL after the last. */
const ef_kernels *ef_kernels_at(size_t index);

#endif
