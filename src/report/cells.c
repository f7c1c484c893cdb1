/* SPDX-License-Identifier: MIT
 * report/cells.c - one cell of CSV or TSV: quoting, and formulas made harmless. */
#include "report/cells.h"

#include "base/eight.h"
#include "base/utf8.h"

static bool is_digit(uint8_t byte)
{
    return byte >= '0' && byte <= '9';
}

static size_t digits(ef_slice cell, size_t at)
{
    size_t count = 0;
    while (at + count < cell.size && is_digit(cell.data[at + count]))
        count++;
    return count;
}

/* -12, +3.50, .5, -1e-7: what a column of figures holds. */
static bool is_number(ef_slice cell)
{
    size_t at = cell.size > 0 && (cell.data[0] == '-' || cell.data[0] == '+') ? 1 : 0;
    size_t whole = digits(cell, at), decimals = 0;
    at += whole;
    if (at < cell.size && cell.data[at] == '.') {
        decimals = digits(cell, at + 1);
        at += 1 + decimals;
    }
    if (whole + decimals == 0)
        return false;
    if (at < cell.size && (cell.data[at] | 0x20) == 'e') {
        at++;
        at += at < cell.size && (cell.data[at] == '-' || cell.data[at] == '+') ? 1 : 0;
        size_t exponent = digits(cell, at);
        if (exponent == 0)
            return false;
        at += exponent;
    }
    return at == cell.size;
}

/* Bytes that a lenient importer drops, or takes for the start of another cell. */
static bool is_skipped(uint8_t byte)
{
    return byte == ' ' || byte == '"' || byte == '\'' || byte == ',' || byte == ';' ||
           byte == '|' || byte == '\n';
}

static bool is_formula_sign(uint32_t code)
{
    return code == '=' || code == '+' || code == '-' || code == '@' || code == '\t' ||
           code == '\r' || code == 0 || code == 0xff1d || code == 0xff0b ||
           code == 0xff0d || code == 0xff20;
}

bool ef_cell_is_formula(ef_slice cell)
{
    size_t at = 0;
    while (at < cell.size && is_skipped(cell.data[at]))
        at++;
    uint32_t code;
    if (ef_utf8_decode(cell.data + at, cell.size - at, &code) == 0)
        return false;
    return is_formula_sign(code) && !is_number(cell);
}

static bool needs_quotes(ef_slice cell, uint8_t delimiter)
{
    size_t i = 0;
    for (; cell.size - i >= 8; i += 8) {
        uint64_t eight = ef_eight_load(cell.data + i);
        if (ef_eight_has(eight, delimiter) || ef_eight_has(eight, '"') ||
            ef_eight_has(eight, '\n') || ef_eight_has(eight, '\r'))
            return true;
    }
    for (; i < cell.size; i++) {
        uint8_t byte = cell.data[i];
        if (byte == delimiter || byte == '"' || byte == '\n' || byte == '\r')
            return true;
    }
    return false;
}

static void append_quoted(ef_buffer *out, ef_slice cell, bool is_defused)
{
    size_t start = 0;
    const uint8_t *quote;
    ef_buffer_append_byte(out, '"');
    if (is_defused)
        ef_buffer_append_byte(out, '\'');
    for (size_t at = 0; (quote = memchr(cell.data + at, '"', cell.size - at)) != NULL;) {
        at = (size_t)(quote - cell.data) + 1;
        /* The quote itself is copied twice: as the end of this run and as the start of
         * the next. */
        ef_buffer_append(out, cell.data + start, at - start);
        start = at - 1;
    }
    ef_buffer_append(out, cell.data + start, cell.size - start);
    ef_buffer_append_byte(out, '"');
}

static const char *escape_of(uint8_t byte, uint8_t delimiter)
{
    switch (byte) {
    case '\t':
        return "\\t";
    case '\n':
        return "\\n";
    case '\r':
        return "\\r";
    case '\\':
        return "\\\\";
    default:
        return byte == delimiter ? " " : NULL;
    }
}

static void append_escaped(ef_buffer *out, ef_slice cell, uint8_t delimiter)
{
    size_t start = 0;
    for (size_t i = 0; i < cell.size; i++) {
        const char *escape = escape_of(cell.data[i], delimiter);
        if (escape == NULL)
            continue;
        ef_buffer_append(out, cell.data + start, i - start);
        ef_buffer_append_text(out, escape);
        start = i + 1;
    }
    ef_buffer_append(out, cell.data + start, cell.size - start);
}

void ef_cell_append(ef_buffer *out, ef_slice cell, ef_cell_dialect dialect)
{
    if (cell.size == 0)
        return;
    bool is_defused = dialect.defuses && ef_cell_is_formula(cell);
    if (dialect.quotes && needs_quotes(cell, dialect.delimiter)) {
        append_quoted(out, cell, is_defused);
        return;
    }
    if (is_defused)
        ef_buffer_append_byte(out, '\'');
    if (dialect.quotes)
        ef_buffer_append_slice(out, cell);
    else
        append_escaped(out, cell, dialect.delimiter);
}
