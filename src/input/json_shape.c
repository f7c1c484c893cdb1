/* SPDX-License-Identifier: MIT
 * input/json_shape.c - the keys that the records of a sample have, as a tree of columns.
 *
 * Nodes stand in one array, parents before their children. A key is found by comparing it
 * with the one that usually comes next, and only if it is another one by its hash: the cost
 * of a key does not depend on how many there are. */
#include "input/json_shape.h"

#include "base/hash.h"

/* Kinds of values, bits of `seen`. */
enum {
    SEEN_SCALAR = 1,
    SEEN_OBJECT = 2,  /* with keys */
    SEEN_OBJECTS = 4, /* an array that holds objects */
    SEEN_OTHERS = 8   /* an array that holds something else */
};

bool ef_json_shape_init(ef_json_shape *shape, ef_arena *arena, bool is_deep)
{
    memset(shape, 0, sizeof *shape);
    shape->mask = 2 * EF_JSON_NODES - 1;
    shape->nodes = ef_arena_alloc(arena, EF_JSON_NODES * sizeof *shape->nodes);
    shape->table = ef_arena_alloc(arena, (shape->mask + 1) * sizeof *shape->table);
    if (shape->nodes == NULL || shape->table == NULL)
        return false;
    memset(shape->table, 0, (shape->mask + 1) * sizeof *shape->table);
    shape->nodes[0] = (ef_json_node){ .parent = -1, .column = EF_NO_COLUMN };
    shape->count = 1;
    shape->is_deep = is_deep;
    return true;
}

/* The slot of the table where the key stands, or the free one where it would. */
static size_t find_slot(const ef_json_shape *shape, int parent, ef_slice key)
{
    uint64_t hash = ef_hash_combine(ef_hash_bytes(key.data, key.size), (uint64_t)parent);
    size_t slot = hash & shape->mask;
    for (;; slot = (slot + 1) & shape->mask) {
        const ef_json_node *node = &shape->nodes[shape->table[slot]];
        if (shape->table[slot] == 0 ||
            (node->parent == parent && node->key.size == key.size &&
             memcmp(node->key.data, key.data, key.size) == 0))
            return slot;
    }
}

int ef_json_shape_guess(const ef_json_shape *shape, int parent, int last)
{
    int next = last > 0 ? shape->nodes[last].sibling : shape->nodes[parent].first_child;
    return shape->nodes[next].has_signs ? 0 : next;
}

int ef_json_shape_find(const ef_json_shape *shape, int parent, ef_slice key, int *last)
{
    int next = *last > 0 ? shape->nodes[*last].sibling : shape->nodes[parent].first_child;
    const ef_json_node *node = &shape->nodes[next];
    if (next == 0 || node->key.size != key.size ||
        memcmp(node->key.data, key.data, key.size) != 0)
        next = shape->table[find_slot(shape, parent, key)];
    if (next == 0)
        return EF_JSON_NO_NODE;
    *last = next;
    return next;
}

/* The child with this key, made if there is room. False without memory. */
static bool add_key(ef_json_shape *shape, ef_arena *arena, int parent, ef_slice key,
                    int *child)
{
    size_t slot = find_slot(shape, parent, key);
    *child = shape->table[slot];
    if (*child != 0)
        return true;
    *child = EF_JSON_NO_NODE;
    if (shape->count == EF_JSON_NODES)
        return true;
    char *copy = ef_arena_copy(arena, key);
    if (copy == NULL)
        return false;
    bool has_signs = false;
    for (size_t i = 0; i < key.size; i++)
        has_signs |= key.data[i] < 0x20 || key.data[i] == '"' || key.data[i] == '\\';
    int index = (int)shape->count++;
    ef_json_node *above = &shape->nodes[parent];
    shape->nodes[index] =
        (ef_json_node){ .key = { (uint8_t *)copy, key.size },
                        .parent = parent,
                        .column = EF_NO_COLUMN,
                        .has_signs = has_signs,
                        .is_in_list = above->is_in_list || above->is_list };
    if (above->first_child == 0)
        above->first_child = index;
    else
        shape->nodes[above->last_child].sibling = index;
    above->last_child = index;
    shape->table[slot] = (uint16_t)index;
    *child = index;
    return true;
}

/* Walks one record; nodes[d] is the node of the container that is open at depth d. */
typedef struct walk {
    ef_json_shape *shape;
    ef_arena *arena;
    ef_json_pull pull;
    int nodes[EF_JSON_DEPTH + 1];
    int last[EF_JSON_DEPTH + 1]; /* the child that was found there before; 0: none */
    int value;                   /* node of the value to come */
} walk;

static bool add_walked_key(walk *w)
{
    int parent = w->nodes[w->pull.depth];
    ef_slice key = w->pull.raw;
    w->value = EF_JSON_NO_NODE;
    if (parent == EF_JSON_NO_NODE)
        return true;
    if (w->pull.is_escaped) {
        uint8_t *copy = ef_arena_alloc(w->arena, key.size);
        if (copy == NULL)
            return false;
        key = (ef_slice){ copy, ef_json_unescape(key, copy) };
    }
    if (!add_key(w->shape, w->arena, parent, key, &w->value))
        return false;
    if (w->value != EF_JSON_NO_NODE)
        w->last[w->pull.depth] = w->value;
    if (parent != 0)
        w->shape->nodes[parent].seen |= SEEN_OBJECT;
    return true;
}

/* What json_record.c does, too: the next key is looked for where it stood before. True: it
 * was there and so was a plain value; else the next token tells. */
static bool add_expected_member(walk *w)
{
    unsigned depth = w->pull.depth;
    ef_json_node *nodes = w->shape->nodes;
    int parent = w->nodes[depth];
    if (depth == 0 || parent == EF_JSON_NO_NODE)
        return false;
    int node = ef_json_shape_guess(w->shape, parent, w->last[depth]);
    if (node == 0 || !ef_json_take_key(&w->pull, nodes[node].key))
        return false;
    w->last[depth] = w->value = node;
    if (parent != 0)
        nodes[parent].seen |= SEEN_OBJECT;
    ef_slice plain;
    if (!ef_json_take_plain(&w->pull, &plain))
        return false;
    nodes[node].seen |= SEEN_SCALAR;
    w->value = EF_JSON_NO_NODE;
    return true;
}

/* Notes an element that stands directly in an array which is the value of a node. */
static void note_element(walk *w, ef_json_token token, unsigned depth)
{
    int node = w->nodes[depth];
    bool is_array = depth > 0 && (w->pull.objects >> (depth - 1) & 1) == 0;
    if (!is_array || node == EF_JSON_NO_NODE)
        return;
    w->shape->nodes[node].seen |= token == EF_JSON_OBJECT ? SEEN_OBJECTS : SEEN_OTHERS;
    /* Only a deep shape looks into the elements, and only one level of arrays. */
    w->value = w->shape->is_deep && token == EF_JSON_OBJECT ? node : EF_JSON_NO_NODE;
    if (w->value != EF_JSON_NO_NODE)
        w->shape->nodes[node].is_list = true;
}

static void open_container(walk *w)
{
    w->nodes[w->pull.depth] = w->value;
    w->last[w->pull.depth] = 0;
    w->value = EF_JSON_NO_NODE;
}

bool ef_json_shape_add(ef_json_shape *shape, ef_arena *arena, const ef_kernels *kernels,
                       ef_slice record)
{
    walk w = { .shape = shape, .arena = arena, .nodes = { EF_JSON_NO_NODE } };
    ef_json_pull_init(&w.pull, kernels, record.data, record.size);
    for (;;) {
        while (add_expected_member(&w))
            ;
        ef_json_token token = ef_json_next(&w.pull);
        switch (token) {
        case EF_JSON_END:
        case EF_JSON_MORE:
        case EF_JSON_ERROR:
            return true;
        case EF_JSON_KEY:
            if (!add_walked_key(&w))
                return false;
            break;
        case EF_JSON_OBJECT:
        case EF_JSON_ARRAY:
            note_element(&w, token, w.pull.depth - 1);
            open_container(&w);
            break;
        case EF_JSON_OBJECT_END:
        case EF_JSON_ARRAY_END:
        case EF_JSON_NULL:
            break;
        default:
            note_element(&w, token, w.pull.depth);
            if (w.value != EF_JSON_NO_NODE)
                shape->nodes[w.value].seen |= SEEN_SCALAR;
            w.value = EF_JSON_NO_NODE;
            break;
        }
    }
}

/* An object is its children. A key that was an object here and something else there is
 * both; one that was always null or empty is a column like any other. */
static bool is_column(const ef_json_node *node)
{
    if ((node->seen & (SEEN_SCALAR | SEEN_OTHERS)) != 0)
        return true;
    if ((node->seen & SEEN_OBJECTS) != 0)
        return !node->is_list;
    return node->first_child == 0;
}

static bool write_name(const ef_json_shape *shape, ef_arena *arena, int node,
                       ef_slice *name)
{
    size_t size = 0;
    for (int i = node; i > 0; i = shape->nodes[i].parent)
        size += shape->nodes[i].key.size + (i == node ? 0 : 1) +
                (i != node && shape->nodes[i].is_list ? 2 : 0);
    uint8_t *text = ef_arena_alloc(arena, size);
    if (text == NULL)
        return false;
    *name = (ef_slice){ text, size };
    for (int i = node; i > 0; i = shape->nodes[i].parent) {
        if (i != node)
            text[--size] = '.';
        if (i != node && shape->nodes[i].is_list)
            memcpy(text + (size -= 2), "[]", 2);
        ef_slice key = shape->nodes[i].key;
        if (key.size > 0)
            memcpy(text + (size -= key.size), key.data, key.size);
    }
    return true;
}

/* Moves a shape from the room for EF_JSON_NODES to what it needs, in another arena. */
static bool compact(ef_json_shape *shape, ef_arena *arena)
{
    size_t slots = 2;
    while (slots < 2 * shape->count)
        slots *= 2;
    ef_json_node *nodes = ef_arena_alloc(arena, shape->count * sizeof *nodes);
    uint16_t *table = ef_arena_alloc(arena, slots * sizeof *table);
    if (nodes == NULL || table == NULL)
        return false;
    memcpy(nodes, shape->nodes, shape->count * sizeof *nodes);
    memset(table, 0, slots * sizeof *table);
    shape->nodes = nodes;
    shape->table = table;
    shape->mask = slots - 1;
    for (size_t i = 1; i < shape->count; i++) {
        nodes[i].key.data = (uint8_t *)ef_arena_copy(arena, nodes[i].key);
        if (nodes[i].key.data == NULL)
            return false;
        table[find_slot(shape, nodes[i].parent, nodes[i].key)] = (uint16_t)i;
    }
    return true;
}

bool ef_json_shape_finish(ef_json_shape *shape, ef_arena *arena, ef_slice **names)
{
    if (!compact(shape, arena))
        return false;
    *names = ef_arena_alloc(arena, shape->count * sizeof **names);
    if (*names == NULL)
        return false;
    shape->column_count = 0;
    for (size_t i = 1; i < shape->count; i++) {
        ef_json_node *node = &shape->nodes[i];
        if (shape->column_count == EF_JSON_COLUMNS || !is_column(node))
            continue;
        node->column = (int)shape->column_count++;
        if (!write_name(shape, arena, (int)i, &(*names)[node->column]))
            return false;
    }
    return true;
}

bool ef_json_shape_is_list(const ef_json_shape *shape, int column)
{
    for (size_t i = 1; i < shape->count; i++)
        if (shape->nodes[i].column == column)
            return (shape->nodes[i].seen & SEEN_OBJECTS) != 0 &&
                   (shape->nodes[i].seen & (SEEN_SCALAR | SEEN_OTHERS)) == 0;
    return false;
}

void ef_json_shape_mark_text(ef_json_shape *shape, const ef_columns *columns)
{
    for (size_t i = 1; i < shape->count; i++)
        for (size_t t = 0; t < columns->text_count; t++)
            if (shape->nodes[i].column != EF_NO_COLUMN &&
                shape->nodes[i].column == columns->text[t])
                shape->nodes[i].is_text = true;
}
