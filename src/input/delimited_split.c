/* SPDX-License-Identifier: MIT
 * input/delimited_split.c - a record as cells.
 *
 * One kernel pass marks all delimiters of the record; unquoted cells, the most there are,
 * then go from mark to mark. Only a cell that begins with a quote is scanned for its end.
 * Invariant: no unquoted cell holds a line end, so the first mark behind its start is the
 * delimiter that ends it, whatever stands in quotes elsewhere. */
#include "input/delimited.h"

#include <stdlib.h>

enum { FIRST_CELLS = 64 };

void ef_cells_release(ef_cells *cells)
{
    free(cells->items);
    free(cells->marks);
    *cells = (ef_cells){ NULL, 0, 0, NULL, 0 };
}

bool ef_cells_reserve(ef_cells *cells, size_t wanted)
{
    if (wanted <= cells->capacity)
        return true;
    size_t capacity = cells->capacity < FIRST_CELLS ? FIRST_CELLS : cells->capacity;
    while (capacity < wanted)
        capacity *= 2;
    ef_slice *items = realloc(cells->items, capacity * sizeof *items);
    if (items == NULL)
        return false;
    cells->items = items;
    cells->capacity = capacity;
    return true;
}

static bool reserve_marks(ef_cells *cells, size_t wanted)
{
    if (wanted <= cells->mark_capacity)
        return true;
    uint64_t *marks = realloc(cells->marks, wanted * 2 * sizeof *marks);
    if (marks == NULL)
        return false;
    cells->marks = marks;
    cells->mark_capacity = wanted * 2;
    return true;
}

/* The first mark at or behind a byte; n if there is none. */
static size_t next_mark(const uint64_t *marks, size_t n, size_t at)
{
    size_t word = at / 64, words = (n + 63) / 64;
    if (word >= words)
        return n;
    uint64_t bits = marks[word] & (~UINT64_C(0) << at % 64);
    while (bits == 0)
        if (++word == words)
            return n;
        else
            bits = marks[word];
    return word * 64 + (size_t)__builtin_ctzll(bits);
}

bool ef_delimited_split(const ef_dialect *dialect, const ef_kernels *kernels, ef_slice raw,
                        ef_arena *arena, ef_cells *cells)
{
    bool in_quotes = false;
    cells->count = 0;
    if (!reserve_marks(cells, (raw.size + 63) / 64))
        return false;
    kernels->delimited(raw.data, raw.size, dialect->delimiter, 0, &in_quotes, cells->marks);
    for (size_t at = 0; at <= raw.size && cells->count <= EF_FIELD_LIMIT;) {
        if (cells->count == cells->capacity && !ef_cells_reserve(cells, cells->count + 1))
            return false;
        ef_slice *cell = &cells->items[cells->count++];
        bool is_quoted =
            at < raw.size && dialect->quote != 0 && raw.data[at] == dialect->quote;
        if (!is_quoted) {
            size_t end = next_mark(cells->marks, raw.size, at);
            *cell = (ef_slice){ raw.data + at, end - at };
            at = end + 1;
            continue;
        }
        ef_field field = ef_delimited_field(dialect, kernels, raw.data, raw.size, at);
        if (!ef_delimited_text(dialect, raw.data, &field, arena, cell))
            return false;
        at = field.end + 1;
    }
    return true;
}
