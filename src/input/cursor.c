/* SPDX-License-Identifier: MIT
 * input/cursor.c - the parallel half of a reader: the records of one block.
 *
 * What every format owes its records alike is done here, once: text is valid UTF-8, no
 * longer than the limit, and everything skipped is counted and told. */
#include "input/reader.h"

#include <stdio.h>

#include "base/error.h"
#include "base/utf8.h"
#include "input/pseudonymize.h"

void ef_cursor_start(ef_cursor *cursor, const ef_block *block, const ef_kernels *kernels,
                     ef_notice_fn *notice, void *notice_user)
{
    const ef_format *before = cursor->format, *format = block->layout->format;
    if (before != format && before != NULL && before->close_cursor != NULL)
        before->close_cursor(cursor);
    if (before != format)
        cursor->own = NULL;
    cursor->format = format;
    cursor->block = block;
    cursor->kernels = kernels;
    cursor->at = cursor->ascii = cursor->ascii_from = 0;
    cursor->line = block->line;
    cursor->notice = notice;
    cursor->notice_user = notice_user;
}

void ef_cursor_release(ef_cursor *cursor)
{
    if (cursor->format != NULL && cursor->format->close_cursor != NULL)
        cursor->format->close_cursor(cursor);
    ef_arena_release(&cursor->arena);
    memset(cursor, 0, sizeof *cursor);
}

/* The size of the whole characters in the first limit bytes of text. */
static size_t cut_size(ef_slice text, size_t limit)
{
    size_t size = limit;
    while (size > 0 && limit - size < 3 && (text.data[size] & 0xc0) == 0x80)
        size--;
    return size;
}

/* Cuts what a line format gave of a record over the limit. A block may hold all of it or
 * only its first bytes; both end the same. */
static void cut_record(ef_cursor *cursor, ef_record *record)
{
    size_t limit = cursor->block->layout->max_record;
    if (record->raw.size <= limit && record->text.size <= limit)
        return;
    if (record->text.size > limit)
        record->text.size = cut_size(record->text, limit);
    if (record->raw.size > limit)
        record->raw.size = cut_size(record->raw, limit);
    record->is_cut = true;
    cursor->counts.cut++;
}

/* Index of the first byte from at on that is not UTF-8; text.size if there is none. */
static size_t find_invalid(const ef_kernels *kernels, ef_slice text, size_t at)
{
    while (at < text.size) {
        if (text.data[at] < 0x80) {
            at += kernels->ascii_run(text.data + at, text.size - at);
            continue;
        }
        uint32_t code;
        size_t size = ef_utf8_decode(text.data + at, text.size - at, &code);
        if (size == 0)
            break;
        at += size;
    }
    return at;
}

/* Whether a text is a part of the block without any byte above ASCII. One look goes on to
 * the next such byte, over all records in between. */
static bool is_plain(ef_cursor *cursor, ef_slice text)
{
    const ef_buffer *bytes = &cursor->block->bytes;
    if (text.data < bytes->data || text.data >= bytes->data + bytes->size)
        return false;
    size_t begin = (size_t)(text.data - bytes->data);
    if (begin < cursor->ascii_from || begin >= cursor->ascii) {
        cursor->ascii_from = begin;
        cursor->ascii = begin + cursor->kernels->ascii_run(text.data, bytes->size - begin);
    }
    return begin + text.size <= cursor->ascii;
}

/* Replaces every byte that is not UTF-8 by U+FFFD, in a copy of three times the size. */
static ef_status repair_text(ef_cursor *cursor, ef_record *record, ef_error *error)
{
    ef_slice text = record->text;
    if (is_plain(cursor, text))
        return EF_OK;
    size_t invalid = find_invalid(cursor->kernels, text, 0), from = 0, size = 0;
    if (invalid == text.size)
        return EF_OK;
    uint8_t *copy = ef_arena_alloc(&cursor->arena, text.size * 3);
    if (copy == NULL)
        return ef_error_memory(error);
    for (;;) {
        memcpy(copy + size, text.data + from, invalid - from);
        size += invalid - from;
        if (invalid == text.size)
            break;
        memcpy(copy + size, EF_UTF8_REPLACEMENT, 3);
        size += 3;
        cursor->counts.invalid_utf8++;
        from = invalid + 1;
        invalid = find_invalid(cursor->kernels, text, from);
    }
    record->text = (ef_slice){ copy, size };
    return EF_OK;
}

ef_status ef_cursor_next(ef_cursor *cursor, ef_record *record, ef_error *error)
{
    memset(record, 0, sizeof *record);
    ef_status status = cursor->format->next(cursor, record, error);
    if (status != EF_OK)
        return status;
    cursor->counts.records++;
    record->is_partial =
        cursor->block->is_partial && cursor->at >= cursor->block->bytes.size;
    if (cursor->format->is_line_format)
        cut_record(cursor, record);
    if (cursor->block->layout->pseudonymized != NULL &&
        ef_pseudonymize_record(cursor, record, error) != EF_OK)
        return EF_ERR_MEMORY;
    return repair_text(cursor, record, error);
}

/* A file name may hold a newline; a message is one line. */
static void make_one_line(char *message)
{
    for (char *p = message; *p != '\0'; p++)
        if ((unsigned char)*p < 0x20 || *p == 0x7f)
            *p = '?';
}

/* A message that is given may be long: it holds flags, and half of them would mislead. */
static void send_message(ef_notice_fn *fn, void *user, ef_notice *notice)
{
    ef_buffer line = { 0 };
    if (ef_buffer_append_text(&line, notice->message)) {
        ef_buffer_text(&line); /* ends it with a NUL */
        make_one_line((char *)line.data);
        notice->message = (char *)line.data;
        fn(user, notice);
    }
    ef_buffer_release(&line);
}

void ef_notice_send(ef_notice_fn *fn, void *user, ef_notice *notice)
{
    char message[EF_ERROR_MESSAGE_SIZE];
    if (fn == NULL)
        return;
    if (notice->message != NULL) {
        send_message(fn, user, notice);
        return;
    }
    if (notice->column > 0)
        snprintf(message, sizeof message, "%s:%llu:%llu: %s", notice->path,
                 (unsigned long long)notice->line, (unsigned long long)notice->column,
                 notice->reason);
    else if (notice->line > 0)
        snprintf(message, sizeof message, "%s:%llu: %s", notice->path,
                 (unsigned long long)notice->line, notice->reason);
    else
        snprintf(message, sizeof message, "%s: %s", notice->path, notice->reason);
    make_one_line(message);
    notice->message = message;
    fn(user, notice);
}

void ef_cursor_reject(ef_cursor *cursor, const char *reason, uint64_t line, uint64_t column,
                      size_t at, ef_slice raw)
{
    const ef_block *block = cursor->block;
    size_t limit = block->layout->max_record;
    cursor->counts.rejected++;
    ef_notice notice = { .kind = EF_NOTICE_REJECT,
                         .reason = reason,
                         .path = block->layout->label,
                         .line = line,
                         .column = column,
                         .offset = block->offset + at,
                         .raw = { raw.data, raw.size < limit ? raw.size : limit } };
    ef_notice_send(cursor->notice, cursor->notice_user, &notice);
}
