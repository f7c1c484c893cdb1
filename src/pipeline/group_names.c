/* SPDX-License-Identifier: MIT
 * pipeline/group_names.c - the values of a column, numbered in the order they appear. */
#include "pipeline/group_names.h"

#include <string.h>

#include "base/error.h"

size_t ef_group_names_count(const ef_group_names *names)
{
    return names->order.size / sizeof(uint32_t);
}

/* The lists lie in memory from malloc, so they are aligned. */
static uint64_t *begins_of(const ef_group_names *names)
{
    void *bytes = names->begins.data;
    return bytes;
}

static uint32_t *order_of(const ef_group_names *names)
{
    void *bytes = names->order.data;
    return bytes;
}

ef_slice ef_group_names_at(const ef_group_names *names, size_t number)
{
    const uint64_t *begins = begins_of(names);
    bool is_last = number + 1 == ef_group_names_count(names);
    uint64_t end = is_last ? names->bytes.size : begins[number + 1];
    return (ef_slice){ names->bytes.data + begins[number], end - begins[number] };
}

static int compare(ef_slice a, ef_slice b)
{
    size_t shorter = a.size < b.size ? a.size : b.size;
    int order = shorter == 0 ? 0 : memcmp(a.data, b.data, shorter);
    return order != 0 ? order : (a.size > b.size) - (a.size < b.size);
}

/* The place of a name in the order, or where it belongs. */
static size_t place_of(const ef_group_names *names, ef_slice name, bool *is_known)
{
    size_t low = 0, high = ef_group_names_count(names);
    *is_known = false;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = compare(name, ef_group_names_at(names, order_of(names)[middle]));
        if (order == 0) {
            *is_known = true;
            return middle;
        }
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return low;
}

ef_status ef_group_names_number(ef_group_names *names, ef_slice name, uint32_t *number,
                                ef_error *error)
{
    bool is_known;
    size_t count = ef_group_names_count(names), place = place_of(names, name, &is_known);
    if (is_known) {
        *number = order_of(names)[place];
        return EF_OK;
    }
    if (count == EF_GROUP_LIMIT)
        return ef_error_set(error, EF_ERR_LIMIT,
                            "the column of groups has more than %d values: name one "
                            "with fewer",
                            EF_GROUP_LIMIT);
    uint64_t begin = names->bytes.size;
    *number = (uint32_t)count;
    if (!ef_buffer_reserve(&names->bytes, name.size) ||
        !ef_buffer_reserve(&names->begins, sizeof begin) ||
        !ef_buffer_append(&names->order, number, sizeof *number))
        return ef_error_memory(error);
    ef_buffer_append_slice(&names->bytes, name);
    ef_buffer_append(&names->begins, &begin, sizeof begin);
    uint32_t *order = order_of(names);
    memmove(order + place + 1, order + place, (count - place) * sizeof *order);
    order[place] = *number;
    return EF_OK;
}

void ef_group_names_release(ef_group_names *names)
{
    ef_buffer_release(&names->bytes);
    ef_buffer_release(&names->begins);
    ef_buffer_release(&names->order);
}
