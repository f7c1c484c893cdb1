/* SPDX-License-Identifier: MIT
 * pipeline/rejects.c - records that could not be read, kept for whoever repairs them. */
#include "pipeline/rejects.h"

#include "base/json_out.h"
#include "base/utf8.h"

static bool is_utf8(ef_slice bytes)
{
    size_t at = 0;
    while (at < bytes.size) {
        uint32_t code;
        size_t size = ef_utf8_decode(bytes.data + at, bytes.size - at, &code);
        if (size == 0)
            return false;
        at += size;
    }
    return true;
}

/* RFC 4648, with padding. */
static void append_base64(ef_buffer *out, ef_slice bytes)
{
    static const char alphabet[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for (size_t at = 0; at < bytes.size; at += 3) {
        size_t left = bytes.size - at;
        uint32_t three = (uint32_t)bytes.data[at] << 16;
        three |= left > 1 ? (uint32_t)bytes.data[at + 1] << 8 : 0;
        three |= left > 2 ? bytes.data[at + 2] : 0;
        char four[4] = { alphabet[three >> 18], alphabet[three >> 12 & 63],
                         left > 1 ? alphabet[three >> 6 & 63] : '=',
                         left > 2 ? alphabet[three & 63] : '=' };
        ef_buffer_append(out, four, sizeof four);
    }
}

static void append_number(ef_buffer *out, const char *key, uint64_t number)
{
    ef_buffer_append_byte(out, ',');
    ef_json_key(out, key);
    ef_buffer_append_int(out, (int64_t)number);
}

void ef_reject_append(ef_buffer *out, const ef_notice *notice)
{
    ef_buffer_append_text(out, "{\"path\":");
    ef_json_string(out, ef_slice_of(notice->path));
    append_number(out, "line", notice->line);
    append_number(out, "column", notice->column);
    append_number(out, "offset", notice->offset);
    ef_buffer_append_text(out, ",\"reason\":");
    ef_json_string(out, ef_slice_of(notice->reason));
    if (is_utf8(notice->raw)) {
        ef_buffer_append_text(out, ",\"raw\":");
        ef_json_string(out, notice->raw);
    } else {
        ef_buffer_append_text(out, ",\"raw_base64\":\"");
        append_base64(out, notice->raw);
        ef_buffer_append_byte(out, '"');
    }
    ef_buffer_append_text(out, "}\n");
}
