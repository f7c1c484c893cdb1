/* SPDX-License-Identifier: MIT
 * rows.h - a format driven by hand: bytes in, records as readable text out.
 *
 * Does what a reader does (open from a sample, cut, skip, one cursor a block), but lets a
 * test choose how many bytes are there at each step. */
#ifndef EARFUL_TESTS_INPUT_ROWS_H
#define EARFUL_TESTS_INPUT_ROWS_H

#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/zone.h"
#include "input/formats.h"
#include "input/reader.h"

/* 2030-01-01: after all dates of the samples. */
#define ROWS_NOW INT64_C(1893456000000)

typedef void rows_print_fn(ef_buffer *out, const ef_record *record);

typedef struct rows {
    rows_print_fn *print; /* NULL: rows_print */
    ef_layout layout;
    ef_cursor cursor;
    ef_buffer text;   /* the records, one a line */
    ef_buffer errors; /* the messages of rejects, one a line */
    ef_status status; /* of open */
    ef_error error;
} rows;

static inline void rows_note(void *user, const ef_notice *notice)
{
    rows *it = user;
    ef_buffer_append_text(&it->errors, notice->message);
    ef_buffer_append_byte(&it->errors, '\n');
}

static inline void rows_add(ef_buffer *out, const char *name, ef_slice value)
{
    if (value.size > 0)
        ef_buffer_printf(out, " %s=%.*s", name, (int)value.size, (const char *)value.data);
}

static inline void rows_print(ef_buffer *out, const ef_record *record)
{
    ef_buffer_printf(out, "%d@%d:", (int)record->line, (int)record->offset);
    for (size_t i = 0; i < record->field_count; i++) {
        ef_buffer_append_text(out, i == 0 ? " [" : "|");
        ef_buffer_append_slice(out, record->fields[i]);
    }
    ef_buffer_append_text(out, record->field_count > 0 ? "]" : "");
    rows_add(out, "text", record->text);
    rows_add(out, "id", record->id);
    rows_add(out, "author", record->author);
    if (record->rating.is_known)
        ef_buffer_printf(out, " rating=%d", (int)record->rating.scaled);
    if (record->has_time)
        ef_buffer_printf(out, " time=%lld", (long long)record->time_ms);
    ef_buffer_append_byte(out, '\n');
}

static inline void rows_open(rows *it, const ef_format *format, ef_slice bytes,
                             const ef_reader_options *options)
{
    static const ef_reader_options none;
    const ef_reader_options *given = options == NULL ? &none : options;
    memset(it, 0, sizeof *it);
    it->layout.format = format;
    it->layout.label = given->input_count > 0 ? given->inputs[0] : "in";
    it->layout.staff = given->staff;
    it->layout.staff_count = given->staff_count;
    it->layout.gap_minutes = given->gap_minutes;
    it->layout.now_ms = ROWS_NOW;
    it->layout.max_record = given->max_record > 0 ? given->max_record : 1 << 20;
    size_t sample = bytes.size < 1 << 20 ? bytes.size : 1 << 20;
    it->status = format->open(&it->layout, given, (ef_slice){ bytes.data, sample },
                              sample == bytes.size, &it->error);
}

static inline void rows_block(rows *it, const uint8_t *p, size_t n, uint64_t offset,
                              uint64_t line, uint64_t state)
{
    ef_block block = {
        .line = line, .offset = offset, .state = state, .layout = &it->layout
    };
    ef_buffer_append(&block.bytes, p, n);
    ef_cursor_start(&it->cursor, &block, ef_kernels_select(NULL), rows_note, it);
    ef_record record;
    while (ef_cursor_next(&it->cursor, &record, &it->error) == EF_OK)
        (it->print != NULL ? it->print : rows_print)(&it->text, &record);
    ef_buffer_release(&block.bytes);
}

static inline uint64_t rows_lines(const uint8_t *p, size_t n)
{
    uint64_t lines = 0;
    for (size_t i = 0; i < n; i++)
        lines += p[i] == '\n';
    return lines;
}

/* Reads all bytes; at the first step `first` of them are there, then `step` more at a time
 * (0: all the others at once). */
static inline void rows_read(rows *it, ef_slice bytes, size_t first, size_t step)
{
    const ef_format *format = it->layout.format;
    size_t at = 0, seen = first < bytes.size ? first : bytes.size;
    uint64_t line = 1, state = 0;
    if (it->status != EF_OK)
        return;
    while (at < bytes.size) {
        bool at_end = seen == bytes.size;
        /* Exactly as many bytes as are there, for the sanitizer to watch over. */
        size_t n = seen - at;
        uint64_t before = state;
        uint8_t *here = malloc(n > 0 ? n : 1);
        memcpy(here, bytes.data + at, n);
        size_t taken =
            format->cut(&it->layout, ef_kernels_select(NULL), here, n, at_end, &state);
        free(here);
        if (taken > 0)
            rows_block(it, bytes.data + at, taken, at, line, before);
        line += rows_lines(bytes.data + at, taken);
        at += taken;
        if (taken == 0 || at == seen)
            seen = step == 0 || bytes.size - seen < step ? bytes.size : seen + step;
    }
}

static inline void rows_release(rows *it)
{
    ef_cursor_release(&it->cursor);
    if (it->layout.format->close != NULL && it->layout.own != NULL)
        it->layout.format->close(&it->layout);
    ef_arena_release(&it->layout.arena);
    ef_buffer_release(&it->text);
    ef_buffer_release(&it->errors);
}

/* Opens and reads in one go. */
static inline void rows_all(rows *it, const ef_format *format, const char *text,
                            const ef_reader_options *options)
{
    rows_open(it, format, ef_slice_of(text), options);
    rows_read(it, ef_slice_of(text), SIZE_MAX, 0);
}

/* The value of a decision; "" if none of this name was taken. */
static inline const char *rows_decision(const rows *it, const char *what)
{
    for (size_t i = 0; i < it->layout.decision_count; i++)
        if (strcmp(it->layout.decisions[i].what, what) == 0)
            return it->layout.decisions[i].value;
    return "";
}

static inline const char *rows_flag(const rows *it, const char *what)
{
    for (size_t i = 0; i < it->layout.decision_count; i++)
        if (strcmp(it->layout.decisions[i].what, what) == 0)
            return it->layout.decisions[i].flag;
    return "";
}

#endif
