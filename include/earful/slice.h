/* SPDX-License-Identifier: MIT
 * slice.h - bytes that somebody else owns.
 *
 * A slice is a pointer and a size: no terminator, NUL is a byte like any other, and the
 * owner named beside each slice says how long it lives. {NULL, 0} is the empty slice. */
#ifndef EARFUL_SLICE_H
#define EARFUL_SLICE_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

typedef struct ef_slice {
    const uint8_t *data;
    size_t size;
} ef_slice;

/* The bytes of a C string, without its terminator; it lives as long as the string. */
static inline ef_slice ef_slice_of(const char *text)
{
    ef_slice slice = { (const uint8_t *)text, text == NULL ? 0 : strlen(text) };
    return slice;
}

#endif
