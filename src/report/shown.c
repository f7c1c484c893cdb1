/* SPDX-License-Identifier: MIT
 * report/shown.c - output meant for files, shown on a terminal: seen, and not obeyed. */
#include "report/shown.h"

#include "base/utf8.h"

static bool is_obeyed(uint32_t code)
{
    return (code < 0x20 && code != '\n' && code != '\t') || (code >= 0x7f && code < 0xa0) ||
           ef_utf8_is_direction(code) || code == 0x2028 || code == 0x2029;
}

static void append_digits(ef_buffer *out, char kind, uint32_t value, unsigned count)
{
    ef_buffer_append_byte(out, '\\');
    ef_buffer_append_byte(out, (uint8_t)kind);
    while (count-- > 0)
        ef_buffer_append_byte(out, (uint8_t) "0123456789abcdef"[value >> 4 * count & 15]);
}

/* size is 0 for a byte that is no character. */
static void append_seen(ef_buffer *out, const uint8_t *p, size_t size, uint32_t code,
                        ef_shown shown)
{
    if (shown == EF_SHOWN_AS_JSON && size == 0)
        ef_buffer_append_text(out, EF_UTF8_REPLACEMENT);
    else if (shown == EF_SHOWN_AS_JSON)
        append_digits(out, 'u', code, 4);
    else
        for (size_t i = 0; i < (size == 0 ? 1 : size); i++)
            append_digits(out, 'x', p[i], 2);
}

void ef_shown_append(ef_buffer *out, ef_slice bytes, ef_shown shown)
{
    size_t start = 0, end = shown == EF_SHOWN_AS_IT_IS ? 0 : bytes.size;
    for (size_t at = 0; at < end;) {
        uint32_t code;
        size_t size = ef_utf8_decode(bytes.data + at, bytes.size - at, &code);
        size_t step = size == 0 ? 1 : size;
        if (size == 0 || is_obeyed(code)) {
            ef_buffer_append(out, bytes.data + start, at - start);
            append_seen(out, bytes.data + at, size, code, shown);
            start = at + step;
        }
        at += step;
    }
    ef_buffer_append(out, bytes.data + start, bytes.size - start);
}
