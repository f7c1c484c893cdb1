/* SPDX-License-Identifier: MIT
 * base/buffer.c - bytes that grow at the end. */
#include "base/buffer.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

enum { FIRST_CAPACITY = 256 };

void ef_buffer_release(ef_buffer *buffer)
{
    free(buffer->data);
    memset(buffer, 0, sizeof *buffer);
}

void ef_buffer_reset(ef_buffer *buffer)
{
    buffer->size = 0;
    buffer->failed = false;
}

/* Capacity leaves room for the padding, so this never grows. */
static void pad(ef_buffer *buffer)
{
    memset(buffer->data + buffer->size, 0, EF_PADDING);
}

bool ef_buffer_reserve(ef_buffer *buffer, size_t size)
{
    if (buffer->data != NULL && size <= buffer->capacity - buffer->size)
        return true;
    size_t wanted = buffer->size + size;
    size_t capacity = buffer->capacity < FIRST_CAPACITY ? FIRST_CAPACITY : buffer->capacity;
    bool fits = wanted >= size && wanted <= SIZE_MAX / 4;
    while (fits && capacity < wanted)
        capacity *= 2;
    uint8_t *data = fits ? realloc(buffer->data, capacity + EF_PADDING) : NULL;
    if (data == NULL) {
        buffer->failed = true;
        return false;
    }
    buffer->data = data;
    buffer->capacity = capacity;
    return true;
}

bool ef_buffer_append(ef_buffer *buffer, const void *data, size_t size)
{
    if (!ef_buffer_reserve(buffer, size))
        return false;
    if (size > 0)
        memcpy(buffer->data + buffer->size, data, size);
    buffer->size += size;
    return true;
}

bool ef_buffer_append_text(ef_buffer *buffer, const char *text)
{
    return ef_buffer_append(buffer, text, strlen(text));
}

bool ef_buffer_append_slice(ef_buffer *buffer, ef_slice slice)
{
    return ef_buffer_append(buffer, slice.data, slice.size);
}

bool ef_buffer_append_int(ef_buffer *buffer, int64_t value)
{
    uint8_t digits[20]; /* 2^64 has 20 digits; a sign is appended apart */
    size_t at = sizeof digits;
    uint64_t rest = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
    do {
        digits[--at] = (uint8_t)('0' + rest % 10);
        rest /= 10;
    } while (rest != 0);
    if (value < 0 && !ef_buffer_append_byte(buffer, '-'))
        return false;
    return ef_buffer_append(buffer, digits + at, sizeof digits - at);
}

bool ef_buffer_append_unit(ef_buffer *buffer, int32_t value)
{
    uint32_t rest = value < 0 ? 0 - (uint32_t)value : (uint32_t)value;
    uint32_t decimals = rest % 10000;
    uint8_t tail[5] = { '.', (uint8_t)('0' + decimals / 1000),
                        (uint8_t)('0' + decimals / 100 % 10),
                        (uint8_t)('0' + decimals / 10 % 10),
                        (uint8_t)('0' + decimals % 10) };
    if (value < 0 && !ef_buffer_append_byte(buffer, '-'))
        return false;
    return ef_buffer_append_int(buffer, rest / 10000) &&
           ef_buffer_append(buffer, tail, sizeof tail);
}

bool ef_buffer_printf(ef_buffer *buffer, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    int size = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    if (size < 0 || !ef_buffer_reserve(buffer, (size_t)size + 1)) {
        buffer->failed = true;
        return false;
    }
    va_start(arguments, format);
    vsnprintf((char *)buffer->data + buffer->size, (size_t)size + 1, format, arguments);
    va_end(arguments);
    buffer->size += (size_t)size;
    return true;
}

ef_slice ef_buffer_slice(ef_buffer *buffer)
{
    if (buffer->data != NULL)
        pad(buffer);
    return (ef_slice){ buffer->data, buffer->size };
}

const char *ef_buffer_text(ef_buffer *buffer)
{
    if (buffer->data == NULL)
        return "";
    pad(buffer);
    return (const char *)buffer->data;
}
