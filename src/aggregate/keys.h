/* SPDX-License-Identifier: MIT
 * aggregate/keys.h - texts that stand for numbers: the keys of groups.
 *
 * The first text is 0, the next new one 1, and so on; a text keeps its number. */
#ifndef EARFUL_AGGREGATE_KEYS_H
#define EARFUL_AGGREGATE_KEYS_H

#include "base/buffer.h"

enum { EF_NO_NAME = -1 };

/* Zero-initialise. */
typedef struct ef_names {
    ef_buffer bytes;
    struct ef_name *items;
    uint32_t *slots; /* open addressing: number + 1, 0 is free */
    size_t count, capacity, slot_count;
    uint64_t seed;
} ef_names;

void ef_names_release(ef_names *names);
/* Empties it and keeps its memory. */
void ef_names_reset(ef_names *names);

/* The number of a text, new if need be; EF_NO_NAME without memory. */
int64_t ef_names_add(ef_names *names, ef_slice text);
/* The number of a text, EF_NO_NAME if it has none. */
int64_t ef_names_find(const ef_names *names, ef_slice text);
/* Lives until the next text is added. */
ef_slice ef_names_text(const ef_names *names, size_t number);

#endif
