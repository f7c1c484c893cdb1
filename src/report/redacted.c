/* SPDX-License-Identifier: MIT
 * report/redacted.c - what writers do with text when personal data is to be left out. */
#include "report/redacted.h"

#include "base/json_out.h"
#include "base/utf8.h"
#include "text/redact.h"

enum { LONG_NUMBER = 12 }; /* shorter ones are no card and no account */

void ef_redaction_release(ef_redaction *redaction)
{
    ef_buffer_release(&redaction->plain);
    ef_buffer_release(&redaction->masked);
    ef_redactor_release(&redaction->redactor);
}

ef_status ef_redaction_init(ef_redaction *redaction, const ef_redactions *own,
                            ef_error *error)
{
    *redaction = (ef_redaction){ .plain = { NULL, 0, 0, false } };
    return ef_redactor_init(&redaction->redactor, own, error);
}

/* Without memory the answer is yes: hiding it will fail, too, and say so. */
static bool has_personal(ef_redaction *redaction, ef_slice text)
{
    ef_personal found;
    return !ef_redactor_start(&redaction->redactor, text) ||
           ef_redactor_next(&redaction->redactor, &found);
}

ef_slice ef_redacted_part(ef_redaction *redaction, ef_slice text, size_t begin, size_t end,
                          ef_buffer *out)
{
    ef_slice part = { text.data + begin, end - begin };
    if (redaction == NULL || begin == end || !has_personal(redaction, text))
        return part;
    ef_buffer_reset(&redaction->masked);
    if (!ef_redact_part(&redaction->masked, &redaction->redactor, text, begin, end)) {
        out->failed = true;
        return (ef_slice){ NULL, 0 };
    }
    return ef_buffer_slice(&redaction->masked);
}

ef_slice ef_redacted(ef_redaction *redaction, ef_slice text, ef_buffer *out)
{
    return ef_redacted_part(redaction, text, 0, text.size, out);
}

/* --- JSON -------------------------------------------------------------------------- */

static uint32_t read_hex(ef_slice json, size_t at)
{
    uint32_t code = 0;
    for (size_t i = at; i < at + 4; i++) {
        uint8_t byte = i < json.size ? json.data[i] : '0';
        code = code << 4 | (uint32_t)(byte <= '9' ? byte - '0' : (byte & 0x0f) + 9);
    }
    return code;
}

/* Appends the character of the escape whose backslash stands at the place. Returns the
 * place behind it. */
static size_t unescape(ef_buffer *plain, ef_slice json, size_t at)
{
    static const char names[] = "bfnrt", meant[] = "\b\f\n\r\t";
    uint8_t kind = at + 1 < json.size ? json.data[at + 1] : '\\';
    const char *name = kind == 0 ? NULL : strchr(names, kind);
    uint8_t bytes[4];
    if (name != NULL) {
        ef_buffer_append_byte(plain, (uint8_t)meant[name - names]);
        return at + 2;
    }
    if (kind != 'u') {
        ef_buffer_append_byte(plain, kind);
        return at + 2;
    }
    uint32_t code = read_hex(json, at + 2);
    at += 6;
    if ((code & 0xfc00) == 0xd800 && at + 1 < json.size && json.data[at] == '\\' &&
        json.data[at + 1] == 'u' && (read_hex(json, at + 2) & 0xfc00) == 0xdc00) {
        code = 0x10000 + ((code & 0x3ff) << 10) + (read_hex(json, at + 2) & 0x3ff);
        at += 6;
    }
    ef_buffer_append(plain, bytes, ef_utf8_encode(code, bytes));
    return at;
}

/* What the string between its quotes says; without memory out->failed is set. */
static ef_slice plain_text(ef_redaction *redaction, ef_slice inside, ef_buffer *out)
{
    ef_buffer *plain = &redaction->plain;
    size_t run = 0;
    if (inside.size == 0 || memchr(inside.data, '\\', inside.size) == NULL)
        return inside;
    ef_buffer_reset(plain);
    for (size_t at = 0; at < inside.size;) {
        if (inside.data[at] != '\\') {
            at++;
            continue;
        }
        ef_buffer_append(plain, inside.data + run, at - run);
        run = at = unescape(plain, inside, at);
    }
    if (run < inside.size)
        ef_buffer_append(plain, inside.data + run, inside.size - run);
    out->failed |= plain->failed;
    return ef_buffer_slice(plain);
}

static bool is_space(uint8_t byte)
{
    return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r';
}

/* Behind the string whose quote stands at the place. */
static size_t string_end(ef_slice json, size_t at)
{
    for (at++; at < json.size && json.data[at] != '"'; at++)
        at += json.data[at] == '\\';
    return at < json.size ? at + 1 : json.size;
}

static bool is_digit(uint8_t byte)
{
    return byte >= '0' && byte <= '9';
}

/* Behind the number there; the place itself if there is none. */
static size_t number_end(ef_slice json, size_t at)
{
    bool begins = json.data[at] == '-' || is_digit(json.data[at]);
    while (begins && at < json.size && json.data[at] != 0 &&
           (is_digit(json.data[at]) || strchr("+-.eE", json.data[at]) != NULL))
        at++;
    return at;
}

static bool is_long_number(ef_slice token)
{
    for (size_t i = 0; i < token.size; i++) {
        if (!is_digit(token.data[i]))
            return false;
    }
    return token.size >= LONG_NUMBER;
}

static bool is_key(ef_slice json, size_t end)
{
    while (end < json.size && is_space(json.data[end]))
        end++;
    return end < json.size && json.data[end] == ':';
}

/* Appends the token from begin to end, whose text says what it means: as it is, or as a
 * string with tokens in it. */
static void append_value(ef_redaction *redaction, ef_slice token, ef_slice text,
                         ef_buffer *out)
{
    ef_slice masked = ef_redacted(redaction, text, out);
    if (masked.data == text.data)
        ef_buffer_append_slice(out, token);
    else
        ef_json_string(out, masked);
}

/* A token that may hide something, or a byte between two. */
static size_t append_token(ef_redaction *redaction, ef_slice json, size_t at,
                           ef_buffer *out)
{
    bool is_string = json.data[at] == '"';
    size_t end = is_string ? string_end(json, at) : number_end(json, at);
    ef_slice token = { json.data + at, end - at };
    if (is_string && token.size >= 2 && !is_key(json, end)) {
        ef_slice inside = { token.data + 1, token.size - 2 };
        append_value(redaction, token, plain_text(redaction, inside, out), out);
    } else if (!is_string && is_long_number(token)) {
        append_value(redaction, token, token, out);
    } else if (token.size > 0) {
        ef_buffer_append_slice(out, token);
    } else {
        ef_buffer_append_byte(out, json.data[at]);
    }
    return token.size > 0 ? end : at + 1;
}

void ef_redacted_json(ef_redaction *redaction, ef_slice json, ef_buffer *out)
{
    for (size_t at = 0; at < json.size && !out->failed;) {
        if (json.data[at] != '\n' && json.data[at] != '\r') {
            at = append_token(redaction, json, at, out);
            continue;
        }
        while (at < json.size && is_space(json.data[at]))
            at++;
    }
}
