/* SPDX-License-Identifier: MIT
 * base/json_out.c - JSON written into a buffer.
 *
 * Plain runs are copied whole; only the byte that needs an escape is looked at alone. */
#include "base/json_out.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/eight.h"
#include "base/utf8.h"

static bool escape(ef_buffer *buffer, uint32_t code)
{
    static const char digits[] = "0123456789abcdef";
    switch (code) {
    case '"':
        return ef_buffer_append(buffer, "\\\"", 2);
    case '\\':
        return ef_buffer_append(buffer, "\\\\", 2);
    case '\n':
        return ef_buffer_append(buffer, "\\n", 2);
    case '\r':
        return ef_buffer_append(buffer, "\\r", 2);
    case '\t':
        return ef_buffer_append(buffer, "\\t", 2);
    default: {
        char text[6] = { '\\',
                         'u',
                         digits[code >> 12 & 15],
                         digits[code >> 8 & 15],
                         digits[code >> 4 & 15],
                         digits[code & 15] };
        return ef_buffer_append(buffer, text, sizeof text);
    }
    }
}

static bool needs_escape(uint32_t code)
{
    return code < 0x20 || code == '"' || code == '\\' || (code >= 0x7f && code < 0xa0) ||
           code == 0x2028 || code == 0x2029 || ef_utf8_is_direction(code);
}

/* How many of the n bytes at p are sure to stand for themselves: eights of them. */
static size_t plain_run(const uint8_t *p, size_t n)
{
    size_t at = 0;
    for (; n - at >= 8; at += 8) {
        uint64_t eight = ef_eight_load(p + at);
        if (ef_eight_above_ascii(eight) || ef_eight_below(eight, 0x20) ||
            ef_eight_has(eight, '"') || ef_eight_has(eight, '\\') ||
            ef_eight_has(eight, 0x7f))
            break;
    }
    return at;
}

bool ef_json_string(ef_buffer *buffer, ef_slice text)
{
    ef_buffer_append_byte(buffer, '"');
    size_t start = 0, at = plain_run(text.data, text.size);
    while (at < text.size) {
        uint8_t byte = text.data[at];
        if (byte >= 0x20 && byte < 0x7f && byte != '"' && byte != '\\') {
            at++;
            continue;
        }
        uint32_t code;
        size_t size = ef_utf8_decode(text.data + at, text.size - at, &code);
        bool is_invalid = size == 0;
        if (is_invalid || needs_escape(code)) {
            ef_buffer_append(buffer, text.data + start, at - start);
            if (is_invalid)
                ef_buffer_append(buffer, EF_UTF8_REPLACEMENT, 3);
            else
                escape(buffer, code);
            start = at + (is_invalid ? 1 : size);
        }
        at += is_invalid ? 1 : size;
        at += plain_run(text.data + at, text.size - at);
    }
    if (at > start)
        ef_buffer_append(buffer, text.data + start, at - start);
    ef_buffer_append_byte(buffer, '"');
    return !buffer->failed;
}

bool ef_json_key(ef_buffer *buffer, const char *key)
{
    ef_json_string(buffer, ef_slice_of(key));
    return ef_buffer_append_byte(buffer, ':');
}

/* The digits are the C library's, which are exact; only the decimal point is the locale's,
 * and it alone is neither digit nor sign nor exponent. */
bool ef_json_number(ef_buffer *buffer, double value)
{
    if (!isfinite(value))
        return ef_buffer_append(buffer, "null", 4);
    char text[64];
    int precision = 15;
    do
        snprintf(text, sizeof text, "%.*g", precision, value);
    while (strtod(text, NULL) != value && ++precision <= 17);
    bool was_point = false;
    for (const char *at = text; *at != '\0'; at++) {
        bool is_point = strchr("0123456789+-e", *at) == NULL;
        if (!is_point)
            ef_buffer_append_byte(buffer, (uint8_t)*at);
        else if (!was_point)
            ef_buffer_append_byte(buffer, '.');
        was_point = is_point;
    }
    return !buffer->failed;
}
