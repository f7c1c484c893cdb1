/* SPDX-License-Identifier: MIT
 * base/arena.h - memory for one turn of the loop.
 *
 * Allocations are freed together by a reset, which keeps the memory: after a few turns an
 * arena has grown to what a turn needs and never calls malloc again. */
#ifndef EARFUL_BASE_ARENA_H
#define EARFUL_BASE_ARENA_H

#include <stddef.h>

#include "earful/slice.h"

typedef struct ef_arena_chunk ef_arena_chunk;

typedef struct ef_arena {
    ef_arena_chunk *chunks; /* newest first */
} ef_arena;

void ef_arena_release(ef_arena *arena);
/* Frees all allocations at once. Where one turn needed several chunks, the next one gets a
 * single chunk of their common size. */
void ef_arena_reset(ef_arena *arena);
/* size bytes aligned to 16, followed by 64 readable bytes; not cleared. NULL without memory. */
void *ef_arena_alloc(ef_arena *arena, size_t size);
/* A NUL-terminated copy of a slice. */
char *ef_arena_copy(ef_arena *arena, ef_slice slice);

#endif
