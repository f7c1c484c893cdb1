/* SPDX-License-Identifier: MIT
 * tests/fuzz/fuzz_format.h - a format driven as a reader drives it, with what must hold for
 * every format asserted on the way.
 *
 * The same bytes give the same records whether they come in one block or in many, cut
 * wherever the format says that a record ends, and whichever kernels read them. Records lie
 * in order and do not overlap; slices point into the block or to memory that is alive. */
#ifndef EARFUL_TESTS_FUZZ_FORMAT_H
#define EARFUL_TESTS_FUZZ_FORMAT_H

#include "fuzz.h"

#include "base/hash.h"
#include "base/utf8.h"
#include "input/formats.h"
#include "input/reader.h"

/* 2030-01-01, so that what is a time does not depend on the day of the run. */
#define FUZZ_NOW INT64_C(1893456000000)

/* A record or a reject, as far as two readings of the same bytes must agree on it. */
typedef struct fuzz_row {
    bool is_reject;
    uint64_t line, column, offset; /* column: of a reject */
    uint64_t hash; /* over all that a record holds; of a reject over its reason */
} fuzz_row;

typedef struct fuzz_rows {
    fuzz_row *items;
    size_t count, capacity;
    ef_reader_counts counts;
    uint64_t rejects;
} fuzz_rows;

/* Sees each record while its slices are alive; may be NULL. */
typedef void fuzz_record_fn(void *user, const ef_layout *layout, const ef_record *record);

typedef struct fuzz_reading {
    const ef_layout *layout;
    const ef_kernels *kernels;
    fuzz_record_fn *see;
    void *user;
    fuzz_rows *rows;
    ef_cursor cursor;
    uint64_t line, line_start, offset, state; /* of the next block */
    uint64_t end; /* of the record before, in the decoded input */
} fuzz_reading;

static inline void fuzz_add_row(fuzz_rows *rows, fuzz_row row)
{
    if (rows->count == rows->capacity) {
        rows->capacity = rows->capacity * 2 + 64;
        rows->items = realloc(rows->items, rows->capacity * sizeof *rows->items);
        REQUIRE(rows->items != NULL);
    }
    rows->items[rows->count++] = row;
}

static inline uint64_t fuzz_mix(uint64_t hash, ef_slice slice)
{
    return ef_hash_combine(hash, fuzz_touch(slice));
}

static inline uint64_t fuzz_hash_record(const ef_record *record)
{
    const ef_slice slices[] = { record->id,     record->channel,   record->conversation,
                                record->author, record->language,  record->text,
                                record->raw,    record->rating.raw };
    uint64_t hash = (uint64_t)record->role;
    for (size_t i = 0; i < sizeof slices / sizeof slices[0]; i++)
        hash = fuzz_mix(hash, slices[i]);
    hash = ef_hash_combine(hash, record->has_time ? (uint64_t)record->time_ms : 1);
    hash = ef_hash_combine(hash, record->rating.is_known ? (uint64_t)record->rating.scaled
                                                         : UINT64_C(1) << 40);
    hash = ef_hash_combine(hash, record->field_count << 1 | record->is_cut);
    for (size_t i = 0; i < record->field_count; i++)
        hash = fuzz_mix(hash, record->fields[i]);
    return hash;
}

static inline bool fuzz_is_utf8(ef_slice text)
{
    uint32_t code;
    for (size_t i = 0, step; i < text.size; i += step) {
        step = ef_utf8_decode(text.data + i, text.size - i, &code);
        if (step == 0)
            return false;
    }
    return true;
}

static inline void fuzz_check_record(fuzz_reading *reading, const ef_block *block,
                                     const ef_record *record)
{
    ef_slice bytes = { block->bytes.data, block->bytes.size };
    REQUIRE(fuzz_is_inside(record->raw, bytes));
    uint64_t begin = block->offset + (size_t)(record->raw.data - bytes.data);
    REQUIRE(begin >= reading->end);
    reading->end = begin + record->raw.size;
    REQUIRE(record->offset >= block->offset && record->offset <= begin);
    REQUIRE(record->line >= block->line);
    REQUIRE(fuzz_is_utf8(record->text));
    if (record->has_time)
        REQUIRE(record->time_ms >= 0 && record->time_ms <= FUZZ_NOW + 86400000);
    const ef_rating *rating = &record->rating;
    if (rating->is_known) {
        REQUIRE(rating->low < rating->high);
        REQUIRE(rating->value >= rating->low && rating->value <= rating->high);
        REQUIRE(rating->scaled >= -10000 && rating->scaled <= 10000);
    }
}

static inline void fuzz_note(void *user, const ef_notice *notice)
{
    fuzz_reading *reading = user;
    REQUIRE(notice->kind == EF_NOTICE_REJECT);
    REQUIRE(notice->reason != NULL && notice->reason[0] != '\0');
    REQUIRE(notice->message != NULL && strchr(notice->message, '\n') == NULL);
    fuzz_touch(notice->raw);
    reading->rows->rejects++;
    fuzz_add_row(reading->rows,
                 (fuzz_row){ true, notice->line, notice->column, notice->offset,
                             fuzz_mix(1, ef_slice_of(notice->reason)) });
}

/* Moves on behind n bytes. */
static inline void fuzz_pass(fuzz_reading *reading, const uint8_t *p, size_t n)
{
    const uint8_t *last = memrchr(p, '\n', n);
    if (last != NULL)
        reading->line_start = reading->offset + (uint64_t)(last - p) + 1;
    reading->line += reading->kernels->count(p, n, '\n');
    reading->offset += n;
}

/* Reads n bytes as one block. */
static inline void fuzz_read_block(fuzz_reading *reading, const uint8_t *p, size_t n,
                                   uint64_t state, bool is_cut)
{
    ef_block block = { .line = reading->line,
                       .line_start = reading->line_start,
                       .offset = reading->offset,
                       .state = state,
                       .is_cut = is_cut,
                       .layout = reading->layout };
    REQUIRE(ef_buffer_append(&block.bytes, p, n));
    ef_buffer_slice(&block.bytes);
    ef_cursor_start(&reading->cursor, &block, reading->kernels, fuzz_note, reading);
    ef_record record;
    ef_status status;
    while ((status = ef_cursor_next(&reading->cursor, &record, NULL)) == EF_OK) {
        fuzz_check_record(reading, &block, &record);
        fuzz_add_row(reading->rows, (fuzz_row){ false, record.line, 0, record.offset,
                                                fuzz_hash_record(&record) });
        if (reading->see != NULL)
            reading->see(reading->user, reading->layout, &record);
    }
    REQUIRE(status == EF_END);
    REQUIRE(ef_cursor_next(&reading->cursor, &record, NULL) == EF_END);
    ef_buffer_release(&block.bytes);
    fuzz_pass(reading, p, n);
}

/* Reads all bytes. At the first step `first` of them are there, then `step` more at a time;
 * step 0: all that remain. */
static inline void fuzz_read(fuzz_reading *reading, ef_slice bytes, size_t first,
                             size_t step)
{
    const ef_format *format = reading->layout->format;
    size_t at = 0, seen = first < bytes.size ? first : bytes.size;
    reading->line = 1;
    while (at < bytes.size) {
        /* Exactly as many bytes as are there, for a sanitizer to watch over. */
        uint64_t state = reading->state;
        uint8_t *here = fuzz_copy(bytes.data + at, seen - at);
        bool at_end = seen == bytes.size;
        size_t taken = format->cut(reading->layout, reading->kernels, here, seen - at,
                                   at_end, &reading->state);
        REQUIRE(taken <= seen - at);
        if (taken == 0 && at_end)
            taken = seen - at;
        if (taken > 0)
            fuzz_read_block(reading, here, taken, state, false);
        free(here);
        at += taken;
        seen = step == 0 || bytes.size - seen < step ? bytes.size : seen + step;
    }
    ef_cursor *cursor = &reading->cursor;
    REQUIRE(cursor->counts.records + reading->rows->rejects == reading->rows->count);
    REQUIRE(cursor->counts.rejected == reading->rows->rejects);
    reading->rows->counts = cursor->counts;
    ef_cursor_release(cursor);
}

static inline void fuzz_require_same(const fuzz_rows *a, const fuzz_rows *b)
{
    REQUIRE(a->count == b->count);
    for (size_t i = 0; i < a->count; i++) {
        REQUIRE(a->items[i].is_reject == b->items[i].is_reject);
        REQUIRE(a->items[i].offset == b->items[i].offset);
        REQUIRE(a->items[i].line == b->items[i].line);
        REQUIRE(a->items[i].column == b->items[i].column);
        REQUIRE(a->items[i].hash == b->items[i].hash);
    }
    REQUIRE(memcmp(&a->counts, &b->counts, sizeof a->counts) == 0);
}

/* Whether a reader would stop the record at p, of which n bytes are there. In a document a
 * key may stand there as well; a reader always has room for that. Only where a record may
 * have many lines does the margin matter. */
static inline bool fuzz_is_too_long(const ef_layout *layout, const uint8_t *p, size_t n)
{
    size_t margin = layout->format->is_line_format && layout->format->row != NULL
                        ? EF_RECORD_MARGIN
                        : 4;
    return n > layout->max_record + margin &&
           !(layout->format->is_json && layout->format != &ef_format_ndjson && p[0] == '"');
}

/* Reads as a reader does that has no room for more than a record: what is longer is cut or
 * skipped. `here` is all that is there. Returns how many bytes are done with. */
static inline size_t fuzz_step(fuzz_reading *reading, const uint8_t *here, size_t n,
                               bool at_end, bool *is_skipping)
{
    const ef_layout *layout = reading->layout;
    const ef_format *format = layout->format;
    uint64_t state = reading->state;
    if (*is_skipping) {
        size_t size = format->skip(layout, here, n, &reading->state);
        REQUIRE(size <= n);
        *is_skipping = size == 0;
        fuzz_pass(reading, here, size == 0 ? n : size);
        return size == 0 ? n : size;
    }
    size_t size = format->cut(layout, reading->kernels, here, n, at_end, &reading->state);
    *is_skipping = size == 0 && !at_end && fuzz_is_too_long(layout, here, n);
    if (size == 0 && at_end)
        size = n;
    if (*is_skipping && format->is_line_format) {
        size = layout->max_record + 4;
        size -= here[size - 1] == '\n';
    }
    if (size > 0)
        fuzz_read_block(reading, here, size, *is_skipping ? reading->state : state,
                        *is_skipping);
    return size;
}

/* Records must be the same as if all of them had fitted into memory; what is rejected may
 * be told in another way. */
static inline void fuzz_read_narrow(const ef_layout *layout, ef_slice bytes, size_t step,
                                    const fuzz_rows *expected)
{
    fuzz_rows rows = { 0 };
    fuzz_reading reading = { .layout = layout, .kernels = ef_kernels_at(0), .rows = &rows };
    size_t at = 0, seen = 0, next = 0;
    bool is_skipping = false;
    reading.line = 1;
    while (at < bytes.size) {
        seen = step == 0 || bytes.size - seen < step ? bytes.size : seen + step;
        uint8_t *here = fuzz_copy(bytes.data + at, seen - at);
        at += fuzz_step(&reading, here, seen - at, seen == bytes.size, &is_skipping);
        free(here);
    }
    for (size_t i = 0; i < expected->count; i++) {
        if (expected->items[i].is_reject)
            continue;
        while (next < rows.count && rows.items[next].is_reject)
            next++;
        REQUIRE(next < rows.count);
        REQUIRE(rows.items[next].offset == expected->items[i].offset);
        REQUIRE(rows.items[next].line == expected->items[i].line);
        REQUIRE(rows.items[next].hash == expected->items[i].hash);
        next++;
    }
    while (next < rows.count)
        REQUIRE(rows.items[next++].is_reject);
    ef_cursor_release(&reading.cursor);
    free(rows.items);
}

/* Reads the bytes once more, in other blocks or with other kernels: nothing may change. */
static inline void fuzz_read_again(const ef_layout *layout, ef_slice bytes,
                                   const ef_kernels *kernels, size_t first, size_t step,
                                   const fuzz_rows *expected)
{
    fuzz_rows rows = { 0 };
    fuzz_reading reading = { .layout = layout, .kernels = kernels, .rows = &rows };
    fuzz_read(&reading, bytes, first, step);
    fuzz_require_same(&rows, expected);
    free(rows.items);
}

/* Opens the format on the bytes and reads them in every way. */
static inline void fuzz_format(const ef_format *format, const ef_reader_options *options,
                               ef_slice bytes, size_t sample, size_t first, size_t step,
                               fuzz_record_fn *see, void *user)
{
    ef_layout layout = { .format = format,
                         .label = "in",
                         .encoding = "utf-8",
                         .max_record =
                             options->max_record > 0 ? options->max_record : 1 << 20,
                         .staff = options->staff,
                         .staff_count = options->staff_count,
                         .gap_minutes = options->gap_minutes,
                         .now_ms = FUZZ_NOW };
    const char *why = NULL;
    ef_error error = { 0 };
    ef_arena arena = { NULL };
    sample = sample < bytes.size ? sample : bytes.size;
    ef_slice head = { fuzz_copy(bytes.data, sample), sample };
    bool at_end = sample == bytes.size;
    int fit = format->sniff(format, head, at_end, &arena, &why);
    REQUIRE(fit >= 0 && fit <= 100 && why != NULL);
    ef_status status = format->open(&layout, options, head, at_end, &error);
    free((void *)(uintptr_t)head.data); /* the layout may not point into its sample */
    fuzz_check_error(status, &error);
    if (status == EF_OK && bytes.size > 0) {
        fuzz_rows rows = { 0 };
        fuzz_reading reading = { .layout = &layout,
                                 .kernels = ef_kernels_at(0),
                                 .see = see,
                                 .user = user,
                                 .rows = &rows };
        fuzz_read(&reading, bytes, bytes.size, 0);
        const ef_kernels *kernels;
        for (size_t i = 0; (kernels = ef_kernels_at(i)) != NULL; i++)
            if (kernels->is_supported())
                fuzz_read_again(&layout, bytes, kernels, first, step, &rows);
        fuzz_read_narrow(&layout, bytes, step, &rows);
        free(rows.items);
    }
    if (format->close != NULL && layout.own != NULL)
        format->close(&layout);
    ef_arena_release(&layout.arena);
    ef_arena_release(&arena);
}

#endif
