/* SPDX-License-Identifier: MIT
 * input/delimited_split.c - a record as cells, cell by cell. */
#include "input/delimited.h"

#include <stdlib.h>

enum { FIRST_CELLS = 64 };

void ef_cells_release(ef_cells *cells)
{
    free(cells->items);
    *cells = (ef_cells){ NULL, 0, 0 };
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

bool ef_delimited_split(const ef_dialect *dialect, const ef_kernels *kernels, ef_slice raw,
                        ef_arena *arena, ef_cells *cells)
{
    cells->count = 0;
    for (size_t at = 0; at <= raw.size && cells->count <= EF_FIELD_LIMIT;) {
        if (cells->count == cells->capacity && !ef_cells_reserve(cells, cells->count + 1))
            return false;
        ef_slice *cell = &cells->items[cells->count++];
        ef_field field = ef_delimited_field(dialect, kernels, raw.data, raw.size, at);
        if (!ef_delimited_text(dialect, raw.data, &field, arena, cell))
            return false;
        at = field.end + 1;
    }
    return true;
}
