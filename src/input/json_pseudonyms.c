/* SPDX-License-Identifier: MIT
 * input/json_pseudonyms.c - the bytes of a JSON object with stand-ins in them.
 *
 * The same walk as json_record.c's, over every value: also of a key that comes twice, of
 * which a record takes the last, and of all elements of a list, of which it takes the
 * first. It runs twice, to count and to write. */
#include "base/pseudonym.h"
#include "input/json_pull.h"
#include "input/pseudonymize.h"

typedef struct walk {
    const ef_layout *layout;
    const ef_json_shape *shape;
    ef_json_pull pull;
    ef_slice raw;
    ef_arena *arena;
    uint8_t *out; /* NULL: only counted */
    size_t size, copied;
    int nodes[EF_JSON_DEPTH + 1]; /* of the container that is open at each depth */
    int last[EF_JSON_DEPTH + 1];  /* the child found there before */
    int value;                    /* node of the value to come */
    bool failed;
} walk;

static void put(walk *w, const uint8_t *bytes, size_t size)
{
    if (w->out != NULL && size > 0)
        memcpy(w->out + w->size, bytes, size);
    w->size += size;
}

/* text without its escapes. */
static ef_slice plain(walk *w, ef_slice text, bool is_escaped)
{
    if (!is_escaped)
        return text;
    uint8_t *copy = ef_arena_alloc(w->arena, text.size);
    w->failed |= copy == NULL;
    return copy == NULL ? (ef_slice){ NULL, 0 }
                        : (ef_slice){ copy, ef_json_unescape(text, copy) };
}

static bool is_blank(ef_slice text)
{
    for (size_t i = 0; i < text.size; i++)
        if (text.data[i] > ' ')
            return false;
    return true;
}

/* A stand-in for the value between two places of raw. */
static void replace(walk *w, size_t begin, size_t end, ef_slice value)
{
    uint8_t pseudonym[EF_PSEUDONYM_SIZE + 2];
    if (is_blank(value))
        return;
    pseudonym[0] = pseudonym[EF_PSEUDONYM_SIZE + 1] = '"';
    ef_pseudonym_make(w->layout->pseudonymized->key, value, pseudonym + 1);
    put(w, w->raw.data + w->copied, begin - w->copied);
    put(w, pseudonym, sizeof pseudonym);
    w->copied = end;
}

static bool is_hidden_node(const walk *w, int node)
{
    int column = w->shape->nodes[node].column;
    return column != EF_NO_COLUMN && ef_is_pseudonymized(w->layout, column);
}

static bool is_hidden(const walk *w)
{
    return w->value != EF_JSON_NO_NODE && is_hidden_node(w, w->value);
}

/* A name may stand where the sample had an object with the name in it. */
static bool holds_hidden(const walk *w)
{
    const ef_json_shape *shape = w->shape;
    if (w->value == EF_JSON_NO_NODE || shape->nodes[w->value].first_child == 0)
        return false;
    for (size_t i = (size_t)w->value + 1; i < shape->count; i++) {
        int above = shape->nodes[i].parent;
        while (above > w->value)
            above = shape->nodes[above].parent;
        if (above == w->value && is_hidden_node(w, (int)i))
            return true;
    }
    return false;
}

/* Inside an array a value belongs to the array's own node. */
static void enter(walk *w, unsigned depth)
{
    bool is_array = depth > 0 && (w->pull.objects >> (depth - 1) & 1) == 0;
    if (is_array)
        w->value = w->nodes[depth];
}

static void take_key(walk *w)
{
    unsigned depth = w->pull.depth;
    w->value = EF_JSON_NO_NODE;
    if (w->nodes[depth] != EF_JSON_NO_NODE)
        w->value = ef_json_shape_find(w->shape, w->nodes[depth],
                                      plain(w, w->pull.raw, w->pull.is_escaped),
                                      &w->last[depth]);
}

static void take_container(walk *w)
{
    unsigned depth = w->pull.depth;
    size_t begin = w->pull.start;
    enter(w, depth - 1);
    if (depth > 1 && is_hidden(w)) {
        ef_json_skip(&w->pull);
        replace(w, begin, w->pull.at, w->pull.raw);
        return;
    }
    w->nodes[depth] = depth == 1 ? 0 : w->value;
    w->last[depth] = 0;
    w->value = EF_JSON_NO_NODE;
}

static void take_scalar(walk *w, ef_json_token token)
{
    enter(w, w->pull.depth);
    if (token == EF_JSON_NULL || !(is_hidden(w) || holds_hidden(w)))
        return;
    bool is_string = token == EF_JSON_STRING;
    replace(w, w->pull.start, w->pull.at,
            plain(w, w->pull.raw, is_string && w->pull.is_escaped));
}

static void run(walk *w)
{
    ef_json_token token;
    ef_json_pull_init(&w->pull, ef_kernels_select(NULL), w->raw.data, w->raw.size);
    w->size = w->copied = 0;
    w->value = EF_JSON_NO_NODE;
    while ((token = ef_json_next(&w->pull)) != EF_JSON_END && token < EF_JSON_MORE &&
           !w->failed) {
        if (token == EF_JSON_KEY)
            take_key(w);
        else if (token == EF_JSON_OBJECT || token == EF_JSON_ARRAY)
            take_container(w);
        else if (token != EF_JSON_OBJECT_END && token != EF_JSON_ARRAY_END)
            take_scalar(w, token);
    }
    put(w, w->raw.data + w->copied, w->raw.size - w->copied);
}

uint8_t *ef_pseudonymize_json(const ef_layout *layout, const ef_json_shape *shape,
                              ef_arena *arena, ef_slice raw, size_t *size)
{
    walk w = { .layout = layout, .shape = shape, .arena = arena, .raw = raw };
    run(&w);
    if (!w.failed)
        w.out = ef_arena_alloc(arena, w.size);
    if (w.out == NULL)
        return NULL;
    run(&w);
    *size = w.size;
    return w.failed ? NULL : w.out;
}
