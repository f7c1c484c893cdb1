/* SPDX-License-Identifier: MIT
 * input/ndjson.c - one JSON object a line.
 *
 * A line feed cannot stand inside a JSON text without white space around it, so lines are
 * found without reading the JSON, and a line that is broken breaks no other. */
#include "base/error.h"
#include "input/formats.h"
#include "input/json_record.h"

#include <stdlib.h>

/* The bytes up to the next LF or the end. */
static ef_slice line_at(const uint8_t *p, size_t n)
{
    const uint8_t *end = memchr(p, '\n', n);
    return (ef_slice){ p, end == NULL ? n : (size_t)(end - p) };
}

/* A line without the white space around it. */
static ef_slice trim(ef_slice line)
{
    size_t space = ef_json_space(line.data, line.size);
    line.data += space;
    line.size -= space;
    while (line.size > 0 && ef_json_space(line.data + line.size - 1, 1) == 1)
        line.size--;
    return line;
}

/* The next line of a sample that is whole and not blank, trimmed; false at the end. */
static bool next_line(ef_slice sample, bool at_end, size_t *at, ef_slice *line)
{
    while (*at < sample.size) {
        *line = line_at(sample.data + *at, sample.size - *at);
        *at += line->size + 1;
        if (*at > sample.size && !at_end)
            return false;
        *line = trim(*line);
        if (line->size > 0)
            return true;
    }
    return false;
}

/* The first keys of the first line: most lines have the same, with plain values. */
enum { KEYS = 16 };
typedef struct known_keys {
    ef_slice items[KEYS];
    size_t count;
} known_keys;

static void pass_known(ef_json_pull *pull, const known_keys *known)
{
    ef_slice plain;
    for (size_t i = 0; i < known->count; i++)
        if (!ef_json_take_key(pull, known->items[i]) || !ef_json_take_plain(pull, &plain))
            return;
}

static bool is_object(const ef_kernels *kernels, ef_slice line, known_keys *known)
{
    if (line.size < 2 || line.data[0] != '{')
        return false;
    ef_json_pull pull;
    ef_json_pull_init(&pull, kernels, line.data, line.size);
    ef_json_token token = ef_json_next(&pull);
    bool is_first = known->count == 0;
    pass_known(&pull, known);
    while (token != EF_JSON_END && token < EF_JSON_MORE) {
        token = ef_json_next(&pull);
        bool is_known = is_first && known->count < KEYS && token == EF_JSON_KEY &&
                        pull.depth == 1 && !pull.is_escaped;
        if (is_known)
            known->items[known->count++] = pull.raw;
    }
    return token == EF_JSON_END && pull.at == line.size;
}

static int sniff(const ef_format *format, ef_slice sample, bool at_end, ef_arena *arena,
                 const char **why)
{
    (void)format, (void)arena;
    const ef_kernels *kernels = ef_kernels_select(NULL);
    size_t at = 0, lines = 0, objects = 0;
    known_keys known = { .count = 0 };
    ef_slice line;
    while (next_line(sample, at_end, &at, &line)) {
        lines++;
        objects += is_object(kernels, line, &known);
    }
    *why = objects == 0       ? "no line is a JSON object"
           : lines == 1       ? "the one line is a JSON object"
           : objects == lines ? "every line is a JSON object"
                              : "most lines are JSON objects";
    /* One line may as well be a document; json knows when it is. */
    if (objects == 0 || objects * 2 < lines)
        return 0;
    /* More than the 70 of one document behind the other: a broken line of a short file must
     * not make a document of the lines behind it. */
    return lines == 1 ? 60 : 75 + (int)(objects * 25 / lines);
}

static ef_status open_layout(ef_layout *layout, const ef_reader_options *options,
                             ef_slice sample, bool at_end, ef_error *error)
{
    size_t at = 0, count = 0, capacity = 0;
    ef_slice line, *lines = NULL;
    ef_json_shape *shape = ef_arena_alloc(&layout->arena, sizeof *shape);
    if (shape == NULL)
        return ef_error_memory(error);
    layout->own = shape;
    while (next_line(sample, at_end, &at, &line)) {
        if (line.data[0] != '{')
            continue;
        if (count == capacity) {
            capacity = capacity == 0 ? 256 : capacity * 2;
            ef_slice *more = realloc(lines, capacity * sizeof *lines);
            if (more == NULL) {
                free(lines);
                return ef_error_memory(error);
            }
            lines = more;
        }
        lines[count++] = line;
    }
    ef_status status = ef_json_open_columns(layout, shape, options, lines, count, error);
    free(lines);
    return status;
}

static size_t cut(const ef_layout *layout, const ef_kernels *kernels, const uint8_t *p,
                  size_t n, bool at_end, uint64_t *state)
{
    (void)layout, (void)kernels, (void)state;
    if (at_end)
        return n;
    const uint8_t *end = memrchr(p, '\n', n);
    return end == NULL ? 0 : (size_t)(end - p) + 1;
}

static size_t skip(const ef_layout *layout, const uint8_t *p, size_t n, uint64_t *state)
{
    (void)layout, (void)state;
    const uint8_t *end = memchr(p, '\n', n);
    return end == NULL ? 0 : (size_t)(end - p) + 1;
}

/* Reads the object of one trimmed line; false if it is rejected. */
static ef_status read_line(ef_cursor *cursor, ef_slice line, bool is_long, uint64_t number,
                           ef_record *record, ef_error *error)
{
    const ef_block *block = cursor->block;
    size_t start = (size_t)(line.data - block->bytes.data);
    const char *reason;
    ef_json_pull pull;
    ef_json_pull_init(&pull, cursor->kernels, line.data, line.size);
    if (is_long) {
        reason = "too long";
    } else if (line.data[0] != '{') {
        reason = "not a JSON object";
    } else {
        ef_status status = ef_json_read_record(cursor, &pull, record, error);
        if (status == EF_OK && pull.at == line.size) {
            record->line = number;
            record->offset = block->offset + start;
            return EF_OK;
        }
        if (status == EF_ERR_MEMORY)
            return status;
        reason = status == EF_OK ? "more than one JSON value in a line" : pull.reason;
    }
    /* The column counts from the start of the line, the trimmed blanks included. */
    size_t blanks = 0;
    while (start > blanks && block->bytes.data[start - blanks - 1] != '\n')
        blanks++;
    ef_cursor_reject(cursor, reason, number, blanks + pull.at + 1, start + pull.at, line);
    return EF_ERR_FORMAT;
}

static ef_status next(ef_cursor *cursor, ef_record *record, ef_error *error)
{
    const ef_buffer *bytes = &cursor->block->bytes;
    while (cursor->at < bytes->size) {
        ef_slice line = line_at(bytes->data + cursor->at, bytes->size - cursor->at);
        uint64_t number = cursor->line++;
        cursor->at += line.size + 1;
        /* Blanks around the object count, as they do for a reader that waits for the LF. */
        size_t size = line.size;
        size -= size > 0 && line.data[size - 1] == '\r';
        bool is_long = size > cursor->block->layout->max_record;
        line = trim(line);
        if (line.size == 0)
            continue;
        ef_arena_reset(&cursor->arena);
        ef_status status = read_line(cursor, line, is_long, number, record, error);
        if (status != EF_ERR_FORMAT)
            return status;
    }
    return EF_END;
}

const ef_format ef_format_ndjson = {
    .name = "ndjson",
    .summary = "one JSON object a line",
    .sniff = sniff,
    .open = open_layout,
    .cut = cut,
    .skip = skip,
    .next = next,
    .close_cursor = ef_json_close_cursor,
    .is_line_format = false,
    .is_json = true,
};
