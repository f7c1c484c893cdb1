/* SPDX-License-Identifier: MIT
 * base/arena.c - memory for one turn of the loop. */
#include "base/arena.h"

#include <stdlib.h>

enum { ALIGNMENT = 16, PADDING = 64, FIRST_SIZE = 4096 };

struct ef_arena_chunk {
    ef_arena_chunk *next;
    size_t size, used; /* of the bytes behind this header */
    _Alignas(ALIGNMENT) uint8_t bytes[];
};

static ef_arena_chunk *add_chunk(ef_arena *arena, size_t size)
{
    if (size > SIZE_MAX / 2)
        return NULL;
    ef_arena_chunk *chunk = malloc(sizeof *chunk + size);
    if (chunk == NULL)
        return NULL;
    chunk->next = arena->chunks;
    chunk->size = size;
    chunk->used = 0;
    arena->chunks = chunk;
    return chunk;
}

void ef_arena_release(ef_arena *arena)
{
    while (arena->chunks != NULL) {
        ef_arena_chunk *chunk = arena->chunks;
        arena->chunks = chunk->next;
        free(chunk);
    }
}

void ef_arena_reset(ef_arena *arena)
{
    if (arena->chunks == NULL)
        return;
    size_t total = 0;
    for (const ef_arena_chunk *chunk = arena->chunks; chunk != NULL; chunk = chunk->next)
        total += chunk->size;
    if (arena->chunks->next == NULL) {
        arena->chunks->used = 0;
        return;
    }
    ef_arena_release(arena);
    add_chunk(arena, total); /* without memory the next allocation tries again */
}

void *ef_arena_alloc(ef_arena *arena, size_t size)
{
    if (size > SIZE_MAX / 4)
        return NULL;
    size_t needed = (size + PADDING + ALIGNMENT - 1) & ~(size_t)(ALIGNMENT - 1);
    ef_arena_chunk *chunk = arena->chunks;
    if (chunk == NULL || needed > chunk->size - chunk->used) {
        size_t next = chunk == NULL ? FIRST_SIZE : chunk->size * 2;
        chunk = add_chunk(arena, next > needed ? next : needed);
        if (chunk == NULL)
            return NULL;
    }
    void *memory = chunk->bytes + chunk->used;
    chunk->used += needed;
    return memory;
}

char *ef_arena_copy(ef_arena *arena, ef_slice slice)
{
    char *copy = ef_arena_alloc(arena, slice.size + 1);
    if (copy == NULL)
        return NULL;
    if (slice.size > 0)
        memcpy(copy, slice.data, slice.size);
    copy[slice.size] = '\0';
    return copy;
}
