/* SPDX-License-Identifier: MIT
 * cli/sheet.c - text laid out in lines that fit a terminal, to be shown in part or whole.
 */
#include "sheet.h"

#include <stdlib.h>

#include "characters.h"
#include "paint.h"
#include "terminal.h"

enum { LEAST_WIDTH = 20 /* what is narrower is cut by the terminal */ };

void ef_sheet_init(ef_sheet *sheet, unsigned width, bool has_color)
{
    *sheet = (ef_sheet){ .width = width < LEAST_WIDTH ? LEAST_WIDTH : width,
                         .has_color = has_color };
    sheet->stream = open_memstream(&sheet->bytes, &sheet->size);
    sheet->failed = sheet->stream == NULL;
}

void ef_sheet_release(ef_sheet *sheet)
{
    if (sheet->stream != NULL)
        fclose(sheet->stream);
    free(sheet->bytes);
    free(sheet->ends);
}

void ef_sheet_end_line(ef_sheet *sheet)
{
    if (sheet->count == sheet->capacity) {
        size_t capacity = sheet->capacity * 2 + 64;
        size_t *ends = realloc(sheet->ends, capacity * sizeof *ends);
        if (ends == NULL) {
            sheet->failed = true;
            return;
        }
        sheet->ends = ends;
        sheet->capacity = capacity;
    }
    if (sheet->stream == NULL || fflush(sheet->stream) != 0) {
        sheet->failed = true;
        return;
    }
    sheet->ends[sheet->count++] = sheet->size;
}

void ef_sheet_show(const ef_sheet *sheet, size_t line, FILE *stream)
{
    size_t begin = line == 0 ? 0 : sheet->ends[line - 1];
    fwrite(sheet->bytes + begin, 1, sheet->ends[line] - begin, stream);
}

/* --- text -------------------------------------------------------------------------- */

static bool is_blank(uint8_t byte)
{
    return byte == ' ' || byte == '\t' || byte == '\r';
}

/* The bytes of the character at p, and the columns that ef_print_safe gives it. */
static size_t measure(const uint8_t *p, size_t size, size_t *columns)
{
    uint32_t code;
    size_t step = ef_character_decode(p, size, &code);
    step = step == 0 ? 1 : step;
    *columns = ef_safe_width((const char *)p, step);
    return step;
}

/* How many bytes of a paragraph fit into a line; *next is where the following one begins,
 * behind blanks. A word that fits no line is broken. */
static size_t fit(const uint8_t *p, size_t size, unsigned width, size_t *next)
{
    size_t at = 0, used = 0, columns, word_end = 0, word_next = 0;
    while (at < size) {
        if (is_blank(p[at])) {
            word_end = at;
            while (at < size && is_blank(p[at]))
                at++;
            word_next = at;
            used += 1;
            continue;
        }
        size_t step = measure(p + at, size - at, &columns);
        if (used + columns > width && at > 0)
            break;
        used += columns;
        at += step;
    }
    bool is_all = at == size, is_broken = !is_all && word_end == 0;
    *next = is_all || is_broken ? at : word_next;
    return is_all || is_broken ? at : word_end;
}

/* One line; runs of blanks become one blank. */
static void put(ef_sheet *sheet, const uint8_t *p, size_t size, const unsigned char *colors)
{
    for (size_t at = 0; at < size;) {
        size_t end = at;
        while (end < size && !is_blank(p[end]))
            end++;
        ef_paint_print(sheet->stream, (const char *)p + at,
                       colors == NULL ? NULL : colors + at, end - at);
        while (end < size && is_blank(p[end]))
            end++;
        if (end < size)
            fputc(' ', sheet->stream);
        at = end;
    }
    ef_sheet_end_line(sheet);
}

static void put_paragraph(ef_sheet *sheet, const uint8_t *p, size_t size,
                          const unsigned char *colors)
{
    for (size_t at = 0; at < size && !sheet->failed;) {
        size_t next;
        while (at < size && is_blank(p[at]))
            at++;
        size_t fits = fit(p + at, size - at, sheet->width, &next);
        if (fits > 0)
            put(sheet, p + at, fits, colors == NULL ? NULL : colors + at);
        at += next;
    }
}

static bool is_empty(const uint8_t *p, size_t size)
{
    while (size > 0 && is_blank(p[size - 1]))
        size--;
    return size == 0;
}

void ef_sheet_text(ef_sheet *sheet, ef_slice text, const unsigned char *colors)
{
    size_t blanks = 1; /* none at the beginning */
    for (size_t at = 0; at < text.size && !sheet->failed;) {
        const uint8_t *p = text.data + at;
        const uint8_t *line_end = memchr(p, '\n', text.size - at);
        size_t size = line_end == NULL ? text.size - at : (size_t)(line_end - p);
        bool is_gap = is_empty(p, size);
        if (is_gap && blanks == 0 && line_end != NULL)
            ef_sheet_end_line(sheet);
        if (!is_gap)
            put_paragraph(sheet, p, size, colors == NULL ? NULL : colors + at);
        blanks = is_gap ? blanks + 1 : 0;
        at += size + 1;
    }
}

size_t ef_print_fitting(FILE *stream, ef_slice text, size_t columns)
{
    size_t used = 0;
    for (size_t at = 0, step, wide; at < text.size; at += step, used += wide) {
        bool is_space = is_blank(text.data[at]) || text.data[at] == '\n';
        step = measure(text.data + at, text.size - at, &wide);
        wide = is_space ? 1 : wide;
        bool is_last = at + step == text.size;
        if (used + wide + (is_last ? 0 : 1) > columns) {
            fputs(columns > used ? "…" : "", stream);
            return used + (columns > used);
        }
        if (is_space)
            fputc(' ', stream);
        else
            ef_print_safe(stream, (const char *)text.data + at, step);
    }
    return used;
}
