/* SPDX-License-Identifier: MIT
 * input/json_record.c - one JSON object as cells by the columns of a shape.
 *
 * One pass over the tokens; no tree. Strings without escapes stay where they are, others
 * are unescaped into the arena; numbers and words are their own bytes; null is empty. */
#include "input/json_record.h"

#include <stdlib.h>

#include "base/error.h"
#include "input/columns.h"

/* Walks one record; frames[d] is the container that is open at depth d. */
typedef struct frame {
    int node;     /* whose value it is, or EF_JSON_NO_NODE */
    int last;     /* the child found before */
    size_t start; /* of its first byte */
} frame;

typedef struct walk {
    const ef_json_shape *shape;
    ef_json_reader *reader;
    ef_arena *arena;
    ef_json_pull *pull;
    frame frames[EF_JSON_DEPTH + 1];
    int value; /* node of the value to come */
} walk;

static void store(walk *w, int node, ef_slice cell)
{
    const ef_json_node *target = &w->shape->nodes[node];
    if (target->column == EF_NO_COLUMN)
        return;
    ef_slice *old = &w->reader->cells[target->column];
    if (!target->is_in_list || old->size == 0)
        *old = cell;
}

/* A key that comes again replaces all that stood under it. Parents stand before their
 * children, so one pass finds them all. */
static void clear_below(walk *w, int node)
{
    const ef_json_shape *shape = w->shape;
    uint8_t is_below[EF_JSON_NODES] = { 0 };
    is_below[node] = 1;
    for (size_t i = (size_t)node; i < shape->count; i++) {
        int parent = shape->nodes[i].parent;
        is_below[i] = is_below[i] || is_below[parent];
        if (is_below[i] && shape->nodes[i].column != EF_NO_COLUMN)
            w->reader->cells[shape->nodes[i].column] = (ef_slice){ 0 };
    }
}

static ef_slice unescaped(walk *w, bool *failed)
{
    ef_slice raw = w->pull->raw;
    if (!w->pull->is_escaped)
        return raw;
    uint8_t *copy = ef_arena_alloc(w->arena, raw.size);
    *failed = copy == NULL;
    return copy == NULL ? (ef_slice){ 0 } : (ef_slice){ copy, ef_json_unescape(raw, copy) };
}

/* Notes that the value to come is that of a node. */
static void expect_value(walk *w, int node)
{
    w->value = node;
    if (w->reader->stamps[node] == w->reader->serial && !w->shape->nodes[node].is_in_list)
        clear_below(w, node);
    w->reader->stamps[node] = w->reader->serial;
}

static bool read_key(walk *w)
{
    frame *open = &w->frames[w->pull->depth];
    bool failed = false;
    w->value = EF_JSON_NO_NODE;
    if (open->node == EF_JSON_NO_NODE)
        return true;
    ef_slice key = unescaped(w, &failed);
    if (failed)
        return false;
    int node = ef_json_shape_find(w->shape, open->node, key, &open->last);
    if (node != EF_JSON_NO_NODE)
        expect_value(w, node);
    return true;
}

/* Records repeat the order of their keys: the next one is compared where it would stand,
 * and most values are plain. True: a member was taken whole; else the next token tells. */
static bool take_expected_member(walk *w)
{
    unsigned depth = w->pull->depth;
    frame *open = &w->frames[depth];
    if (depth == 0 || open->node == EF_JSON_NO_NODE)
        return false;
    int node = ef_json_shape_guess(w->shape, open->node, open->last);
    if (node == 0 || !ef_json_take_key(w->pull, w->shape->nodes[node].key))
        return false;
    open->last = node;
    expect_value(w, node);
    ef_slice cell;
    if (!ef_json_take_plain(w->pull, &cell))
        return false;
    store(w, node, cell);
    return true;
}

/* Joins what is text in an array: strings, and the key `text` of objects. Chats write
 * formatted text so; a blank between the parts would tear words. */
static bool join_array(walk *w, ef_slice raw, ef_slice *joined)
{
    uint8_t *text = ef_arena_alloc(w->arena, raw.size);
    if (text == NULL)
        return false;
    size_t size = 0;
    bool is_text_key = false, has_parts = false;
    ef_json_pull parts;
    ef_json_pull_init(&parts, w->pull->kernels, raw.data, raw.size);
    for (ef_json_token token = ef_json_next(&parts);
         token < EF_JSON_MORE && token > EF_JSON_END; token = ef_json_next(&parts)) {
        if (token == EF_JSON_STRING &&
            (parts.depth == 1 || (parts.depth == 2 && is_text_key))) {
            size += ef_json_unescape(parts.raw, text + size);
            has_parts = true;
        }
        is_text_key = token == EF_JSON_KEY && parts.depth == 2 && parts.raw.size == 4 &&
                      memcmp(parts.raw.data, "text", 4) == 0;
    }
    *joined = has_parts ? (ef_slice){ text, size } : raw;
    return true;
}

/* A container that nothing below is wanted of: one cell, or none. */
static ef_status read_whole(walk *w)
{
    ef_json_token token = ef_json_skip(w->pull);
    ef_slice cell = w->pull->raw;
    if (token >= EF_JSON_MORE)
        return EF_ERR_FORMAT;
    if (w->value == EF_JSON_NO_NODE)
        return EF_OK;
    const ef_json_node *node = &w->shape->nodes[w->value];
    if (token == EF_JSON_ARRAY_END && node->is_text && !join_array(w, cell, &cell))
        return EF_ERR_MEMORY;
    store(w, w->value, cell);
    return EF_OK;
}

static ef_status open_container(walk *w, ef_json_token token)
{
    unsigned depth = w->pull->depth;
    const ef_json_node *node =
        w->value == EF_JSON_NO_NODE ? NULL : &w->shape->nodes[w->value];
    bool is_wanted = depth == 1 || (node != NULL && node->first_child != 0 &&
                                    (token == EF_JSON_OBJECT || node->is_list));
    if (!is_wanted)
        return read_whole(w);
    w->frames[depth] = (frame){ .node = w->value, .start = w->pull->start };
    w->value = EF_JSON_NO_NODE;
    return EF_OK;
}

/* A container whose children were read may be a column of its own as well. */
static void close_container(walk *w)
{
    const frame *closed = &w->frames[w->pull->depth + 1];
    ef_slice raw = { w->pull->p + closed->start, w->pull->at - closed->start };
    if (w->pull->depth > 0 && closed->node != EF_JSON_NO_NODE)
        store(w, closed->node, raw);
}

/* Inside a list every element is a value of the list's node; only objects count. */
static void enter_element(walk *w, ef_json_token token, unsigned depth)
{
    bool is_array = depth > 0 && (w->pull->objects >> (depth - 1) & 1) == 0;
    if (is_array)
        w->value = token == EF_JSON_OBJECT ? w->frames[depth].node : EF_JSON_NO_NODE;
}

static ef_status read_scalar(walk *w, ef_json_token token)
{
    bool failed = false;
    enter_element(w, token, w->pull->depth);
    if (w->value == EF_JSON_NO_NODE)
        return EF_OK;
    ef_slice cell = { 0 };
    if (token == EF_JSON_STRING)
        cell = unescaped(w, &failed);
    else if (token != EF_JSON_NULL)
        cell = w->pull->raw;
    if (failed)
        return EF_ERR_MEMORY;
    store(w, w->value, cell);
    return EF_OK;
}

static ef_status read_object(walk *w)
{
    for (;;) {
        ef_status status = EF_OK;
        while (take_expected_member(w))
            ;
        ef_json_token token = ef_json_next(w->pull);
        switch (token) {
        case EF_JSON_END:
            return EF_OK;
        case EF_JSON_MORE:
        case EF_JSON_ERROR:
            return EF_ERR_FORMAT;
        case EF_JSON_KEY:
            status = read_key(w) ? EF_OK : EF_ERR_MEMORY;
            break;
        case EF_JSON_OBJECT:
        case EF_JSON_ARRAY:
            enter_element(w, token, w->pull->depth - 1);
            status = open_container(w, token);
            break;
        case EF_JSON_OBJECT_END:
        case EF_JSON_ARRAY_END:
            close_container(w);
            break;
        default:
            status = read_scalar(w, token);
            break;
        }
        if (status != EF_OK)
            return status;
    }
}

bool ef_json_reader_fit(ef_json_reader *reader, const ef_json_shape *shape)
{
    size_t columns = shape->column_count + 1, nodes = shape->count;
    if (columns > reader->cell_capacity) {
        free(reader->cells);
        reader->cells = malloc(columns * sizeof *reader->cells);
        reader->cell_capacity = reader->cells == NULL ? 0 : columns;
    }
    if (nodes > reader->stamp_capacity) {
        free(reader->stamps);
        reader->stamps = calloc(nodes, sizeof *reader->stamps);
        reader->stamp_capacity = reader->stamps == NULL ? 0 : nodes;
    }
    return reader->cells != NULL && reader->stamps != NULL;
}

void ef_json_reader_release(ef_json_reader *reader)
{
    free(reader->cells);
    free(reader->stamps);
    memset(reader, 0, sizeof *reader);
}

ef_json_reader *ef_json_reader_of(ef_cursor *cursor)
{
    if (cursor->own == NULL)
        cursor->own = calloc(1, sizeof(ef_json_reader));
    ef_json_reader *reader = cursor->own;
    return reader != NULL && ef_json_reader_fit(reader, cursor->block->layout->own) ? reader
                                                                                    : NULL;
}

void ef_json_close_cursor(ef_cursor *cursor)
{
    if (cursor->own != NULL)
        ef_json_reader_release(cursor->own);
    free(cursor->own);
    cursor->own = NULL;
}

/* Cells of the next record are empty, and no key of it has been seen. */
static void begin_record(ef_json_reader *reader, const ef_json_shape *shape)
{
    memset(reader->cells, 0, shape->column_count * sizeof *reader->cells);
    if (++reader->serial == 0) { /* once in four thousand million records */
        memset(reader->stamps, 0, reader->stamp_capacity * sizeof *reader->stamps);
        reader->serial = 1;
    }
}

ef_status ef_json_read_cells(ef_json_reader *reader, const ef_json_shape *shape,
                             ef_arena *arena, ef_json_pull *pull)
{
    walk w; /* frames are set as they are opened */
    w.shape = shape;
    w.reader = reader;
    w.arena = arena;
    w.pull = pull;
    w.value = 0;
    begin_record(reader, shape);
    return read_object(&w);
}

ef_status ef_json_read_record(ef_cursor *cursor, ef_json_pull *pull, ef_record *record,
                              ef_error *error)
{
    const ef_json_shape *shape = cursor->block->layout->own;
    ef_json_reader *reader = ef_json_reader_of(cursor);
    size_t start = pull->at;
    if (reader == NULL)
        return ef_error_memory(error);
    ef_status status = ef_json_read_cells(reader, shape, &cursor->arena, pull);
    if (status != EF_OK)
        return status == EF_ERR_MEMORY ? ef_error_memory(error) : status;
    record->raw = (ef_slice){ pull->p + start, pull->at - start };
    status = ef_columns_fill(cursor, reader->cells, shape->column_count, record, error);
    record->fields = reader->cells;
    record->field_count = shape->column_count;
    return status;
}
