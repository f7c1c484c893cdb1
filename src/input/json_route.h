/* SPDX-License-Identifier: MIT
 * input/json_route.h - where the records are in a JSON document, and how to get there in a
 * stream.
 *
 * A route leads through containers to the array of records: chats.list[].messages is the
 * key chats, the key list, each element, the key messages. Where a route ends, an array
 * holds the records and an object is one. The empty route leads to the top. */
#ifndef EARFUL_INPUT_JSON_ROUTE_H
#define EARFUL_INPUT_JSON_ROUTE_H

#include "base/arena.h"
#include "input/json_pull.h"

enum { EF_JSON_STEPS = 16 };

typedef struct ef_json_step {
    bool is_each;  /* each element of an array; else the value of key in an object */
    ef_slice key;
} ef_json_step;

typedef struct ef_json_route {
    ef_json_step steps[EF_JSON_STEPS];
    size_t count;
} ef_json_route;

/* What a sample says about its document. */
typedef struct ef_json_found {
    ef_json_route route;
    size_t records; /* objects at the end of the route, in the sample */
    bool is_top;    /* the records are whole documents, one behind the other */
    bool is_whole;  /* the first document ends within the sample */
} ef_json_found;

/* Finds the records in a sample, which may be cut off anywhere: the array of objects that
 * holds most of the text, but an outer one before one inside its records. Keys are copied
 * to arena. False without memory; found->records is 0 if there are none. */
bool ef_json_route_find(ef_json_found *found, const ef_kernels *kernels, ef_slice sample,
                        ef_arena *arena);

/* "chats.list[].messages". NULL without memory. */
const char *ef_json_route_text(const ef_json_route *route, ef_arena *arena);

/* Walks a stream. *state (0 at the start of a document) says where in the document p is.
 * Returns how many of the n bytes come before the next record; *is_record tells whether one
 * begins there. If not, more bytes are needed: those before are done with. */
size_t ef_json_seek(const ef_json_route *route, const ef_kernels *kernels, const uint8_t *p,
                    size_t n, uint64_t *state, bool *is_record);

/* The size of the value at p, found by its brackets and quotes alone, so that a broken value
 * has an end too. 0 if it does not end within n bytes. */
size_t ef_json_extent(const ef_kernels *kernels, const uint8_t *p, size_t n);

/* The same in pieces, for a record that does not fit into memory: returns how many bytes
 * end it, or 0 when all n belong to it. *state as above; the walk goes on behind it. */
size_t ef_json_skip_on(const uint8_t *p, size_t n, uint64_t *state);

/* How many arrays of records have been entered so far; counts to 131,071 and begins anew. */
uint32_t ef_json_array_number(uint64_t state);

/* The route that a text such as ef_json_route_text gives describes; points into it. */
void ef_json_route_make(ef_json_route *route, const char *text);

/* Whether all keys of a route may be in the sample: false is sure, and quickly said. */
bool ef_json_route_may_be_in(const ef_json_route *route, ef_slice sample);

/* Whether a document may end here: nothing is open. */
bool ef_json_is_whole(uint64_t state);

#endif
