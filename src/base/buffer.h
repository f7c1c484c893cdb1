/* SPDX-License-Identifier: MIT
 * base/buffer.h - bytes that grow at the end.
 *
 * Growth doubles, so n appends cost O(n). A failed growth sets `failed` and drops the
 * bytes: a writer may append freely and check once at the end. What ef_buffer_slice and
 * ef_buffer_text give is followed by 64 zero bytes, for kernels that read ahead. */
#ifndef EARFUL_BASE_BUFFER_H
#define EARFUL_BASE_BUFFER_H

#include <stdbool.h>

#include "earful/slice.h"

enum { EF_PADDING = 64 };

typedef struct ef_buffer {
    uint8_t *data; /* NULL until the first append */
    size_t size;
    size_t capacity; /* without the padding */
    bool failed;     /* an append ran out of memory since the last reset */
} ef_buffer;

void ef_buffer_release(ef_buffer *buffer);
/* Empties it and forgets a failure; keeps the memory. */
void ef_buffer_reset(ef_buffer *buffer);
/* Makes room for size more bytes; false (and failed) if there is no memory. */
bool ef_buffer_reserve(ef_buffer *buffer, size_t size);
bool ef_buffer_append(ef_buffer *buffer, const void *data, size_t size);
bool ef_buffer_append_text(ef_buffer *buffer, const char *text); /* NUL-terminated */
static inline bool ef_buffer_append_byte(ef_buffer *buffer, uint8_t byte)
{
    if (buffer->size == buffer->capacity)
        return ef_buffer_append(buffer, &byte, 1);
    buffer->data[buffer->size++] = byte;
    return true;
}
bool ef_buffer_append_slice(ef_buffer *buffer, ef_slice slice);
/* Decimal digits, without printf. */
bool ef_buffer_append_int(ef_buffer *buffer, int64_t value);
/* value / 10000 with four decimals: -0.1250. */
bool ef_buffer_append_unit(ef_buffer *buffer, int32_t value);
bool ef_buffer_printf(ef_buffer *buffer, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* The contents, valid until the next change. */
ef_slice ef_buffer_slice(ef_buffer *buffer);
/* The contents as a C string, valid until the next change; "" when empty. */
const char *ef_buffer_text(ef_buffer *buffer);

#endif
