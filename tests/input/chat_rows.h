/* SPDX-License-Identifier: MIT
 * chat_rows.h - for tests: chats driven by hand, their messages as readable text. */
#ifndef EARFUL_TESTS_INPUT_CHAT_ROWS_H
#define EARFUL_TESTS_INPUT_CHAT_ROWS_H

#include <criterion/criterion.h>

#include "input/chat_record.h"
#include "rows.h"

/* time|role|author|text, with / for a line end. */
static inline void print_message(ef_buffer *out, const ef_record *record)
{
    ef_slice cells[] = { record->fields[EF_CHAT_TIME], record->fields[EF_CHAT_ROLE],
                         record->fields[EF_CHAT_AUTHOR], record->text };
    for (size_t i = 0; i < 4; i++) {
        for (size_t at = 0; at < cells[i].size; at++)
            ef_buffer_append_byte(out, cells[i].data[at] == '\n' ? '/' : cells[i].data[at]);
        ef_buffer_append_byte(out, i < 3 ? '|' : '\n');
    }
}

static inline const ef_format *named(const char *name)
{
    const ef_format *format = ef_format_named(name);
    cr_assert_not_null(format, "%s", name);
    return format;
}

/* Reads bytes as if they came from a file of that name, in one go or in steps. */
static inline void read_as(rows *it, const char *format, const char *file, ef_slice bytes,
                           const ef_reader_options *more, size_t first, size_t step)
{
    ef_reader_options options = more == NULL ? (ef_reader_options){ 0 } : *more;
    options.inputs = &file;
    options.input_count = 1;
    rows_open(it, named(format), bytes, &options);
    cr_assert_eq(it->status, EF_OK, "%s", it->error.message);
    it->print = print_message;
    rows_read(it, bytes, first, step);
}

static inline void expect(const char *format, const char *file, const char *text,
                          const ef_reader_options *options, const char *expected)
{
    rows it;
    read_as(&it, format, file, ef_slice_of(text), options, SIZE_MAX, 0);
    cr_assert_str_eq(ef_buffer_text(&it.text), expected);
    cr_assert_eq(it.errors.size, 0, "%s", ef_buffer_text(&it.errors));
    rows_release(&it);
}

#endif
