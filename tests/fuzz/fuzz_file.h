/* SPDX-License-Identifier: MIT
 * tests/fuzz/fuzz_file.h - a file that is a fuzz input, or a good one that was tampered
 * with.
 *
 * The first byte chooses: the rest is the whole file (0), or changes to a good one, four
 * bytes each: where (24 bits, modulo the size) and the new byte; the last ones may cut the
 * file. */
#ifndef EARFUL_TESTS_FUZZ_FILE_H
#define EARFUL_TESTS_FUZZ_FILE_H

#include "fuzz.h"

#include "base/buffer.h"

enum { FUZZ_WHOLE_FILE = 0, FUZZ_ALIGNMENT = 64, FUZZ_CHANGE = 4, FUZZ_CUT = 0x80 };

/* An aligned block of exactly that size, as the loader makes one. */
static inline uint8_t *fuzz_aligned_copy(const uint8_t *p, size_t n)
{
    void *copy = NULL;
    REQUIRE(posix_memalign(&copy, FUZZ_ALIGNMENT, n > 0 ? n : 1) == 0);
    if (n > 0)
        memcpy(copy, p, n);
    return copy;
}

/* Gives the size of what the last change left. */
static inline size_t fuzz_change(uint8_t *file, size_t size, fuzz_bytes bytes)
{
    while (bytes.n >= FUZZ_CHANGE) {
        size_t at = fuzz_number(&bytes);
        uint8_t high = fuzz_byte(&bytes);
        at = (at | (size_t)(high & ~FUZZ_CUT) << 16) % size;
        uint8_t byte = fuzz_byte(&bytes);
        if (high & FUZZ_CUT)
            return at;
        file[at] = byte;
    }
    return size;
}

/* The file that data stands for, aligned and of exactly *size bytes; to be freed. */
static inline uint8_t *fuzz_file(const uint8_t *data, size_t data_size,
                                 const ef_buffer *good, size_t *size)
{
    fuzz_bytes bytes = { data, data_size };
    if (fuzz_byte(&bytes) == FUZZ_WHOLE_FILE) {
        *size = bytes.n;
        return fuzz_aligned_copy(bytes.p, bytes.n);
    }
    uint8_t *changed = fuzz_aligned_copy(good->data, good->size);
    *size = fuzz_change(changed, good->size, bytes);
    uint8_t *file = fuzz_aligned_copy(changed, *size);
    free(changed);
    return file;
}

#endif
