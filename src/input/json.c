/* SPDX-License-Identifier: MIT
 * input/json.c - JSON documents: an array of objects, or one somewhere inside.
 *
 * The document is never loaded. The serial half walks it by brackets and quotes and cuts
 * between records; the state of that walk travels with each block, so that the parallel
 * half knows where in the document its block begins. */
#include "base/error.h"
#include "input/columns.h"
#include "input/formats.h"
#include "input/json_record.h"
#include "input/json_route.h"

#include <stdlib.h>

enum { ARRAY_FIT = 90 };

static int sniff(const ef_format *format, ef_slice sample, bool at_end, ef_arena *arena,
                 const char **why)
{
    (void)format;
    ef_json_found found;
    size_t space = ef_json_space(sample.data, sample.size);
    bool has_bracket = space < sample.size && strchr("{[", sample.data[space]) != NULL;
    if (!has_bracket) {
        *why = "it does not begin with { or [";
        return 0;
    }
    if (!ef_json_route_find(&found, ef_kernels_select(NULL), sample, arena))
        return -1;
    if (found.records == 0) {
        *why = "there are no objects in it, as far as it is JSON";
        return 0;
    }
    if (found.is_top && !found.is_whole && !at_end) {
        *why = "its first object does not end within the sample";
        return 0;
    }
    if (found.is_top) {
        *why = found.records == 1 ? "it is one JSON object"
                                  : "it is one JSON object behind the other";
        return found.records == 1 ? 50 : 70;
    }
    *why = "it holds an array of objects";
    return ARRAY_FIT;
}

bool ef_json_list_records(const ef_json_route *route, const ef_kernels *kernels,
                          ef_slice sample, size_t most, ef_slice **records, size_t *count)
{
    size_t at = 0, capacity = 0;
    uint64_t state = 0;
    bool is_record;
    *records = NULL;
    *count = 0;
    while (*count < most) {
        at += ef_json_seek(route, kernels, sample.data + at, sample.size - at, &state,
                           &is_record);
        size_t size =
            is_record ? ef_json_extent(kernels, sample.data + at, sample.size - at) : 0;
        if (size == 0)
            break;
        if (*count == capacity) {
            capacity = capacity == 0 ? 256 : capacity * 2;
            ef_slice *more = realloc(*records, capacity * sizeof **records);
            if (more == NULL)
                return false;
            *records = more;
        }
        if (sample.data[at] == '{')
            (*records)[(*count)++] = (ef_slice){ sample.data + at, size };
        at += size;
    }
    return true;
}

static ef_status decide_route(ef_layout *layout, const ef_json_found *found,
                              ef_error *error)
{
    layout->records_path = ef_json_route_text(&found->route, &layout->arena);
    if (layout->records_path == NULL)
        return ef_error_memory(error);
    const char *value = layout->records_path[0] == '\0' ? "the top" : layout->records_path;
    return ef_layout_decide(layout, "records", value,
                            found->is_top
                                ? "every object is one"
                                : "the array of objects that holds most of the text",
                            "", error);
}

static ef_status open_layout(ef_layout *layout, const ef_reader_options *options,
                             ef_slice sample, bool at_end, ef_error *error)
{
    (void)at_end;
    const ef_kernels *kernels = ef_kernels_select(NULL);
    ef_json_found found;
    ef_json_document *own = ef_arena_alloc(&layout->arena, sizeof *own);
    if (own == NULL || !ef_json_route_find(&found, kernels, sample, &layout->arena))
        return ef_error_memory(error);
    if (found.records == 0)
        return ef_error_set(error, EF_ERR_FORMAT,
                            "no array of JSON objects in the first bytes of '%s'",
                            layout->label);
    own->route = found.route;
    own->read = ef_json_read_record;
    layout->own = own;
    ef_status status = decide_route(layout, &found, error);
    if (status != EF_OK)
        return status;
    ef_slice *records;
    size_t count;
    status = ef_json_list_records(&own->route, kernels, sample, SIZE_MAX, &records, &count)
                 ? ef_json_open_columns(layout, &own->shape, options, records, count, error)
                 : ef_error_memory(error);
    free(records);
    return status;
}

size_t ef_json_cut(const ef_layout *layout, const ef_kernels *kernels, const uint8_t *p,
                   size_t n, bool at_end, uint64_t *state)
{
    const ef_json_document *own = layout->own;
    size_t at = 0;
    bool is_record;
    for (;;) {
        at += ef_json_seek(&own->route, kernels, p + at, n - at, state, &is_record);
        size_t size = is_record ? ef_json_extent(kernels, p + at, n - at) : 0;
        if (size == 0)
            break;
        at += size;
    }
    /* The last block is walked for the state that its end leaves behind. */
    if (at_end && is_record)
        ef_json_skip_on(p + at, n - at, state);
    return at_end ? n : at;
}

size_t ef_json_skip_record(const ef_layout *layout, const uint8_t *p, size_t n,
                           uint64_t *state)
{
    (void)layout;
    return ef_json_skip_on(p, n, state);
}

/* Rejects the record raw, at which the cursor stands, for what is at `at`. Its line is
 * looked for in the record only: a document of one line would else be searched to its
 * start for each of its records. */
static void reject(ef_cursor *cursor, const char *reason, size_t at, ef_slice raw)
{
    const ef_json_reader *reader = cursor->own;
    const ef_block *block = cursor->block;
    size_t before = at - (size_t)(raw.data - block->bytes.data);
    const uint8_t *end = memrchr(raw.data, '\n', before);
    uint64_t start = end == NULL ? reader->line_start
                                 : block->offset + (uint64_t)(end - block->bytes.data) + 1;
    ef_cursor_reject(cursor, reason,
                     cursor->line + cursor->kernels->count(raw.data, before, '\n'),
                     block->offset + at - start + 1, at, raw);
}

/* Reads the record that begins at cursor->at and sets *size to its end. One that can be
 * read tells its end itself; that of another one is where its brackets say. */
static ef_status read_value(ef_cursor *cursor, ef_record *record, size_t *size,
                            ef_error *error)
{
    const ef_block *block = cursor->block;
    size_t start = cursor->at, limit = block->layout->max_record;
    const uint8_t *p = block->bytes.data + start;
    size_t n = block->bytes.size - start;
    const char *reason = "not a JSON object";
    ef_json_pull pull;
    ef_json_pull_init(&pull, cursor->kernels, p, n);
    if (p[0] == '{') {
        const ef_json_document *own = block->layout->own;
        const ef_reader_counts before = cursor->counts;
        ef_status status = own->read(cursor, &pull, record, error);
        *size = pull.at;
        record->line = cursor->line;
        record->offset = block->offset + start;
        bool is_read = status == EF_OK || status == EF_AGAIN;
        if (status == EF_ERR_MEMORY || (is_read && pull.at <= limit))
            return status;
        cursor->counts = before; /* what is rejected counts as that alone */
        reason = pull.reason;
    }
    *size = ef_json_extent(cursor->kernels, p, n);
    *size = *size == 0 ? n : *size;
    bool is_long = *size > limit;
    reject(cursor, is_long ? "too long" : reason, is_long ? start : start + pull.at,
           (ef_slice){ p, *size });
    return EF_ERR_FORMAT;
}

static void advance(ef_cursor *cursor, size_t size)
{
    ef_json_reader *reader = cursor->own;
    const ef_block *block = cursor->block;
    const uint8_t *p = block->bytes.data + cursor->at, *end;
    size_t lines = cursor->kernels->count(p, size, '\n');
    if (lines > 0 && (end = memrchr(p, '\n', size)) != NULL)
        reader->line_start = block->offset + (uint64_t)(end - block->bytes.data) + 1;
    cursor->line += lines;
    cursor->at += size;
}

ef_status ef_json_next_record(ef_cursor *cursor, ef_record *record, ef_error *error)
{
    const ef_block *block = cursor->block;
    const ef_json_document *own = block->layout->own;
    ef_json_reader *reader = ef_json_reader_of(cursor);
    if (reader == NULL)
        return ef_error_memory(error);
    if (cursor->at == 0) {
        reader->state = block->state;
        reader->line_start = block->line_start;
    }
    for (;;) {
        const uint8_t *p = block->bytes.data + cursor->at;
        size_t n = block->bytes.size - cursor->at;
        bool is_record;
        advance(cursor, ef_json_seek(&own->route, cursor->kernels, p, n, &reader->state,
                                     &is_record));
        if (!is_record)
            return EF_END;
        size_t size;
        ef_arena_reset(&cursor->arena);
        ef_status status = read_value(cursor, record, &size, error);
        if (status == EF_ERR_MEMORY)
            return status;
        advance(cursor, size);
        if (status == EF_OK || status == EF_AGAIN)
            return status;
    }
}

const ef_format ef_format_json = {
    .name = "json",
    .summary = "a JSON document that holds an array of objects",
    .sniff = sniff,
    .most = ARRAY_FIT,
    .open = open_layout,
    .cut = ef_json_cut,
    .skip = ef_json_skip_record,
    .next = ef_json_next_record,
    .is_whole = ef_json_is_whole,
    .close_cursor = ef_json_close_cursor,
    .is_line_format = false,
    .is_json = true,
};
