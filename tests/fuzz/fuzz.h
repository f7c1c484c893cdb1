/* SPDX-License-Identifier: MIT
 * tests/fuzz/fuzz.h - what the fuzz targets share.
 *
 * A target feeds bytes and then asserts what must hold whatever they are. A broken property
 * dies like a crash does, with a line that names it. */
#ifndef EARFUL_TESTS_FUZZ_H
#define EARFUL_TESTS_FUZZ_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "earful/slice.h"
#include "earful/status.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define REQUIRE(property)                                                                  \
    do {                                                                                   \
        if (!(property)) {                                                                 \
            fprintf(stderr, "%s:%d: does not hold: %s\n", __FILE__, __LINE__, #property);  \
            abort();                                                                       \
        }                                                                                  \
    } while (0)

/* The bytes of an input, taken from the front: first choices, then content. */
typedef struct fuzz_bytes {
    const uint8_t *p;
    size_t n;
} fuzz_bytes;

static inline uint8_t fuzz_byte(fuzz_bytes *bytes)
{
    if (bytes->n == 0)
        return 0;
    bytes->n--;
    return *bytes->p++;
}

static inline size_t fuzz_number(fuzz_bytes *bytes)
{
    size_t low = fuzz_byte(bytes);
    return low | (size_t)fuzz_byte(bytes) << 8;
}

/* A copy in a heap block of exactly that size, so that a sanitizer sees the first byte read
 * too far. */
static inline uint8_t *fuzz_copy(const uint8_t *p, size_t n)
{
    uint8_t *copy = malloc(n > 0 ? n : 1);
    REQUIRE(copy != NULL);
    if (n > 0)
        memcpy(copy, p, n);
    return copy;
}

/* Reads every byte: a slice that points where it must not is then seen by a sanitizer.
 * Returns a sum that depends on all of them. */
static inline uint64_t fuzz_touch(ef_slice slice)
{
    uint64_t sum = slice.size;
    for (size_t i = 0; i < slice.size; i++)
        sum = sum * 31 + slice.data[i];
    return sum;
}

static inline bool fuzz_is_inside(ef_slice part, ef_slice whole)
{
    uintptr_t begin = (uintptr_t)part.data, from = (uintptr_t)whole.data;
    return begin >= from && begin <= from + whole.size &&
           part.size <= from + whole.size - begin;
}

static inline bool fuzz_is_equal(ef_slice a, ef_slice b)
{
    return a.size == b.size && (a.size == 0 || memcmp(a.data, b.data, a.size) == 0);
}

/* An error is one line of text; status and message fit together. */
static inline void fuzz_check_error(ef_status status, const ef_error *error)
{
    REQUIRE(status != EF_ERR_INTERNAL);
    REQUIRE(memchr(error->message, '\0', sizeof error->message) != NULL);
    for (const char *at = error->message; *at != '\0'; at++)
        REQUIRE((unsigned char)*at >= ' ' && *at != 0x7f);
    if (status > EF_AGAIN)
        REQUIRE(error->status == status && error->message[0] != '\0');
}

#endif
