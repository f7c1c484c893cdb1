/* SPDX-License-Identifier: MIT
 * input/json_shape.h - the keys that the records of a sample have, as a tree of columns.
 *
 * A column is a key whose value is no object; its name is the path of keys to it, with
 * dots: reviewer.displayName. A deep shape also looks into arrays of objects, and names
 * what it finds there comments[].userComment.text. */
#ifndef EARFUL_INPUT_JSON_SHAPE_H
#define EARFUL_INPUT_JSON_SHAPE_H

#include "input/format.h"
#include "input/json_pull.h"

enum { EF_JSON_NODES = 1024, EF_JSON_COLUMNS = 256, EF_JSON_NO_NODE = -1 };

typedef struct ef_json_node {
    ef_slice key;     /* without escapes */
    int parent;       /* -1 for the root, which is node 0 */
    int first_child, last_child, sibling; /* 0: none, as no one's child is the root */
    int column;       /* EF_NO_COLUMN, or the number of the column it fills */
    unsigned seen;    /* kinds of values in the sample */
    bool is_list;     /* an array of objects whose elements hold the children */
    bool is_in_list;  /* below a list: the first element that has a value fills it */
    bool is_text;     /* an array here is joined to one text */
    bool has_signs;   /* JSON writes the key with escapes */
} ef_json_node;

typedef struct ef_json_shape {
    ef_json_node *nodes;
    size_t count;
    uint16_t *table; /* from hash of parent and key to node; 0: free */
    size_t mask;
    size_t column_count;
    bool is_deep;
} ef_json_shape;

/* An empty shape with room for EF_JSON_NODES. False without memory. */
bool ef_json_shape_init(ef_json_shape *shape, ef_arena *arena, bool is_deep);

/* Adds the keys of one record. What is not JSON is left out from where it breaks. Keys are
 * copied to arena. False without memory. */
bool ef_json_shape_add(ef_json_shape *shape, ef_arena *arena, const ef_kernels *kernels,
                       ef_slice record);

/* Decides which nodes are columns, in order of first appearance, and writes their names to
 * *names. From then on the shape lies in arena, no larger than needed, and only this call's
 * arena must live. False without memory. */
bool ef_json_shape_finish(ef_json_shape *shape, ef_arena *arena, ef_slice **names);

/* The child of parent behind `last` if its key is written as it is, else 0. */
int ef_json_shape_guess(const ef_json_shape *shape, int parent, int last);

/* The child of parent that has this key, or EF_JSON_NO_NODE. *last is the child that was
 * found before: records repeat the order of their keys, so the next one is tried first. */
int ef_json_shape_find(const ef_json_shape *shape, int parent, ef_slice key, int *last);

/* Whether a column holds only arrays of objects: the text, if it is this one, lies deeper. */
bool ef_json_shape_is_list(const ef_json_shape *shape, int column);

/* Marks the columns whose arrays are to be joined. */
void ef_json_shape_mark_text(ef_json_shape *shape, const ef_columns *columns);

#endif
