/* SPDX-License-Identifier: MIT
 * input/delimited.c - where records and fields of delimited text end.
 *
 * A quote opens only at the start of a field; anywhere else in an unquoted field it is
 * text. Counting quotes is therefore not enough, and the scanner hops from one byte that
 * matters to the next, knowing whether it stands inside quotes:
 *
 *     outside:  quote at the start of a field -> inside;  LF, CR, CRLF -> the record ends
 *     inside:   two quotes, \" or \\ are text;  one quote -> outside
 *
 * Invariant: at each hop, `at` stands between two tokens: never behind the first quote of a
 * pair or between a backslash and what it escapes. */
#include "input/delimited.h"

#include <assert.h>
#include <string.h>

/* The closing quote at or behind p[at], which stands inside quotes; n or the first byte
 * behind an escape at the end if there is none. */
static size_t find_close(const ef_dialect *dialect, const ef_kernels *kernels,
                         const uint8_t *p, size_t n, size_t at, bool *has_escapes)
{
    uint8_t quote = dialect->quote;
    uint8_t escape = dialect->has_backslash ? '\\' : quote;
    while (at < n) {
        at += kernels->find_any(p + at, n - at, quote, escape, quote);
        if (at >= n)
            break;
        bool is_followed = at + 1 < n;
        if (p[at] == quote && !(is_followed && p[at + 1] == quote))
            return at;
        bool is_pair = is_followed && (p[at + 1] == quote || p[at + 1] == escape);
        *has_escapes |= is_pair;
        at += is_pair ? 2 : 1;
    }
    return at;
}

static bool is_line_end(uint8_t byte)
{
    return byte == '\n' || byte == '\r';
}

static size_t find_line_end(const ef_kernels *kernels, const uint8_t *p, size_t n,
                            size_t at)
{
    return at + kernels->find_any(p + at, n - at, '\n', '\r', '\n');
}

/* The byte behind the line end at p[at]; 0 if a CR may be followed by an LF not yet here.
 */
static size_t behind_line_end(const uint8_t *p, size_t n, size_t at, bool at_end)
{
    if (p[at] == '\n')
        return at + 1;
    if (at + 1 == n)
        return at_end ? n : 0;
    return p[at + 1] == '\n' ? at + 2 : at + 1;
}

/* Rejects what begins at start: only its first line is lost. */
static ef_extent reject(const ef_kernels *kernels, const ef_dialect *dialect,
                        const uint8_t *p, size_t n, size_t start, bool at_end)
{
    ef_extent extent = { .kind = EF_EXTENT_MORE };
    size_t end = find_line_end(kernels, p, n, start);
    size_t next = end < n ? behind_line_end(p, n, end, at_end) : at_end ? n : 0;
    if (next == 0)
        return extent;
    extent.kind = end - start > dialect->max_record ? EF_EXTENT_LONG : EF_EXTENT_OPEN;
    extent.end = end;
    extent.next = next;
    return extent;
}

static ef_extent whole(const uint8_t *p, size_t n, size_t end, bool at_end,
                       bool spans_lines)
{
    ef_extent extent = { .kind = EF_EXTENT_RECORD, .spans_lines = spans_lines, .end = end };
    extent.next = end < n ? behind_line_end(p, n, end, at_end) : n;
    if (end < n && extent.next == 0)
        extent.kind = EF_EXTENT_MORE;
    return extent;
}

/* If the quoted text at p[at] goes on over a line end that an earlier, rejected record
 * passed inside quotes too, both go the same way from there: jumps to where that one got.
 */
static bool jump(const ef_dialect *dialect, const ef_kernels *kernels, const uint8_t *p,
                 const ef_scan_memory *memory, size_t *at, bool *is_quoted)
{
    if (memory->at <= *at)
        return false;
    size_t line_end = find_line_end(kernels, p, memory->at, *at);
    bool has_escapes = false;
    if (line_end >= memory->at ||
        find_close(dialect, kernels, p, line_end, *at, &has_escapes) < line_end)
        return false;
    *at = memory->at;
    *is_quoted = memory->is_quoted;
    return true;
}

ef_extent ef_delimited_extent(const ef_dialect *dialect, const ef_kernels *kernels,
                              const uint8_t *p, size_t n, size_t start, bool at_end,
                              ef_scan_memory *memory)
{
    assert(start < n);
    /* A line end at or before the limit is within the window; one byte more is looked at
     * to tell a quote from a pair. */
    bool is_limited = n - start > dialect->max_record;
    size_t window = is_limited ? start + dialect->max_record + 1 : n;
    size_t seen = window < n ? window + 1 : n;
    uint8_t quote = dialect->quote != 0 ? dialect->quote : (uint8_t)'\n';
    size_t at = start;
    bool is_quoted = false, spans_lines = false, has_escapes = false;
    while (at < window) {
        if (is_quoted) {
            if (jump(dialect, kernels, p, memory, &at, &is_quoted))
                continue;
            at = find_close(dialect, kernels, p, seen, at, &has_escapes);
            if (at < window) {
                is_quoted = false;
                at++;
            }
            continue;
        }
        at += kernels->find_any(p + at, window - at, quote, '\n', '\r');
        if (at >= window)
            break;
        if (is_line_end(p[at]))
            return whole(p, n, at, at_end, spans_lines);
        is_quoted = at == start || p[at - 1] == dialect->delimiter;
        spans_lines |= is_quoted;
        at++;
    }
    if (!is_limited && !at_end)
        return (ef_extent){ .kind = EF_EXTENT_MORE };
    if (!is_limited && !is_quoted)
        return whole(p, n, n, at_end, spans_lines);
    *memory = (ef_scan_memory){ at, is_quoted };
    return reject(kernels, dialect, p, n, start, at_end);
}

size_t ef_delimited_open_quote(const ef_dialect *dialect, const ef_kernels *kernels,
                               const uint8_t *p, size_t start, size_t end)
{
    size_t at = start;
    while (at < end) {
        ef_field field = ef_delimited_field(dialect, kernels, p, end, at);
        if (field.is_quoted && field.close >= end)
            return at;
        at = field.end + 1;
    }
    return start;
}

ef_field ef_delimited_field(const ef_dialect *dialect, const ef_kernels *kernels,
                            const uint8_t *p, size_t n, size_t at)
{
    uint8_t delimiter = dialect->delimiter;
    ef_field field = { .begin = at, .end = at };
    if (at < n && dialect->quote != 0 && p[at] == dialect->quote) {
        field.is_quoted = true;
        field.close = find_close(dialect, kernels, p, n, at + 1, &field.has_escapes);
        field.end = field.close < n ? field.close + 1 : n;
        field.has_tail = field.end < n && p[field.end] != delimiter;
    }
    if (field.end < n && (!field.is_quoted || field.has_tail))
        field.end += kernels->find_any(p + field.end, n - field.end, delimiter, delimiter,
                                       delimiter);
    return field;
}

static size_t find_byte(const uint8_t *p, size_t n, size_t at, uint8_t byte)
{
    const uint8_t *found = memchr(p + at, byte, n - at);
    return found == NULL ? n : (size_t)(found - p);
}

/* Copies the text p[at..n) that stands inside quotes, of each escaped pair its second byte.
 * Where the next of either sign is stays known: nothing is looked at twice. */
static size_t unescape(const ef_dialect *dialect, const uint8_t *p, size_t n, size_t at,
                       uint8_t *copy)
{
    uint8_t quote = dialect->quote, escape = dialect->has_backslash ? '\\' : quote;
    size_t size = 0, next_quote = at, next_escape = at;
    for (;;) {
        if (next_quote <= at)
            next_quote = find_byte(p, n, at, quote);
        if (next_escape <= at)
            next_escape = escape == quote ? n : find_byte(p, n, at, escape);
        size_t end = next_quote < next_escape ? next_quote : next_escape;
        memcpy(copy + size, p + at, end - at);
        size += end - at;
        if (end == n)
            return size;
        bool is_pair = end + 1 < n && (p[end + 1] == quote || p[end + 1] == escape);
        at = end + is_pair;
        copy[size++] = p[at++];
        if (at >= n)
            return size;
    }
}

bool ef_delimited_text(const ef_dialect *dialect, const uint8_t *p, const ef_field *field,
                       ef_arena *arena, ef_slice *text)
{
    if (!field->is_quoted) {
        *text = (ef_slice){ p + field->begin, field->end - field->begin };
        return true;
    }
    size_t begin = field->begin + 1;
    size_t close = field->close < field->end ? field->close : field->end;
    if (!field->has_escapes && !field->has_tail) {
        *text = (ef_slice){ p + begin, close - begin };
        return true;
    }
    uint8_t *copy = ef_arena_alloc(arena, field->end - begin);
    if (copy == NULL)
        return false;
    size_t size = unescape(dialect, p, close, begin, copy);
    if (field->has_tail) {
        memcpy(copy + size, p + close + 1, field->end - close - 1);
        size += field->end - close - 1;
    }
    *text = (ef_slice){ copy, size };
    return true;
}
