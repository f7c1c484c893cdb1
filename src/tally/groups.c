/* SPDX-License-Identifier: MIT
 * tally/groups.c - the mood of each value of the columns that a report groups by. */
#include "tally/groups.h"

#include <assert.h>
#include <stdlib.h>

#include "base/hash.h"

enum { LONGEST_NAME = 255 }; /* its size fits into a byte */

void ef_groups_init(ef_groups *groups, size_t count)
{
    *groups = (ef_groups){ .count = count };
    for (size_t i = 0; i < count; i++)
        ef_sums_init(&groups->columns[i].moods, 1, EF_MOOD_SUMS, 0);
}

void ef_groups_release(ef_groups *groups)
{
    for (size_t i = 0; i < groups->count; i++) {
        ef_sums_release(&groups->columns[i].moods);
        ef_buffer_release(&groups->columns[i].names);
    }
}

ef_slice ef_group_name(const ef_group_values *values, int64_t key)
{
    const uint8_t *name = values->names.data + key;
    return (ef_slice){ name + 1, name[0] };
}

static uint64_t hash_of(ef_slice name)
{
    uint64_t hash = name.size == 0 ? 2 : ef_hash_bytes(name.data, name.size);
    return hash == 0 ? 1 : hash;
}

/* *mood is NULL when the column is given up. */
static bool mood_at(ef_group_values *values, ef_slice name, ef_mood **mood)
{
    int64_t *found, begin = (int64_t)values->names.size;
    uint64_t hash = hash_of(name);
    size_t before = values->moods.count;
    assert(name.size <= LONGEST_NAME);
    *mood = NULL;
    if (values->is_given_up)
        return true;
    if (!ef_buffer_reserve(&values->names, name.size + 1) ||
        !ef_sums_at(&values->moods, hash, &begin, &found))
        return false;
    *mood = (ef_mood *)found;
    if (values->moods.count == before)
        return true;
    ef_buffer_append_byte(&values->names, (uint8_t)name.size);
    ef_buffer_append_slice(&values->names, name);
    if (values->moods.count > EF_MOST_VALUES) {
        values->is_given_up = true;
        ef_sums_release(&values->moods);
        ef_buffer_release(&values->names);
        *mood = NULL;
    }
    return true;
}

bool ef_groups_add(ef_groups *groups, const ef_heard *heard)
{
    ef_mood *mood;
    for (size_t i = 0; i < groups->count && heard->is_customer; i++) {
        if (!mood_at(&groups->columns[i], heard->groups[i], &mood))
            return false;
        if (mood != NULL)
            ef_mood_count(mood, heard);
    }
    return true;
}

bool ef_groups_put(ef_groups *groups, size_t column, ef_slice name, const ef_mood *mood)
{
    ef_mood *found;
    name.size = name.size < LONGEST_NAME ? name.size : LONGEST_NAME;
    if (!mood_at(&groups->columns[column], name, &found))
        return false;
    if (found != NULL)
        ef_mood_merge(found, mood);
    return true;
}

static bool merge_column(ef_group_values *values, const ef_group_values *more)
{
    size_t at = 0;
    uint64_t hash;
    ef_mood *mood;
    if (more->is_given_up && !values->is_given_up) {
        values->is_given_up = true;
        ef_sums_release(&values->moods);
        ef_buffer_release(&values->names);
    }
    for (const int64_t *entry; (entry = ef_sums_next(&more->moods, &at, &hash)) != NULL;) {
        if (!mood_at(values, ef_group_name(more, entry[0]), &mood))
            return false;
        if (mood != NULL)
            ef_mood_merge(mood, (const ef_mood *)(entry + 1));
    }
    return true;
}

bool ef_groups_merge(ef_groups *groups, const ef_groups *more)
{
    for (size_t i = 0; i < groups->count; i++)
        if (!merge_column(&groups->columns[i], &more->columns[i]))
            return false;
    return true;
}

/* --- as bytes ---------------------------------------------------------------------- */

typedef struct named {
    ef_slice name;
    const ef_mood *mood;
} named;

static int by_name(const void *one, const void *two)
{
    ef_slice a = ((const named *)one)->name, b = ((const named *)two)->name;
    size_t size = a.size < b.size ? a.size : b.size;
    int order = size == 0 ? 0 : memcmp(a.data, b.data, size);
    return order != 0 ? order : (a.size > b.size) - (a.size < b.size);
}

static bool save_column(const ef_group_values *values, ef_buffer *out)
{
    size_t at = 0, count = 0;
    uint64_t hash;
    named *order = malloc((values->moods.count + 1) * sizeof *order);
    if (order == NULL)
        return false;
    for (const int64_t *entry; (entry = ef_sums_next(&values->moods, &at, &hash)) != NULL;)
        order[count++] =
            (named){ ef_group_name(values, entry[0]), (const ef_mood *)(entry + 1) };
    qsort(order, count, sizeof *order, by_name);
    ef_pack_int(out, values->is_given_up);
    ef_pack_int(out, (int64_t)count);
    for (size_t i = 0; i < count; i++) {
        ef_pack_bytes(out, order[i].name);
        ef_mood_save(order[i].mood, out);
    }
    free(order);
    return !out->failed;
}

bool ef_groups_save(const ef_groups *groups, ef_buffer *out)
{
    for (size_t i = 0; i < groups->count; i++)
        if (!save_column(&groups->columns[i], out))
            return false;
    return true;
}

static bool load_column(ef_group_values *values, ef_unpack *in)
{
    ef_mood *mood;
    values->is_given_up = ef_unpack_int(in) != 0;
    int64_t count = ef_unpack_int(in);
    in->failed |= count < 0 || count > (values->is_given_up ? 0 : EF_MOST_VALUES);
    for (int64_t i = 0; i < count && !in->failed; i++) {
        ef_slice name = ef_unpack_bytes(in);
        in->failed |= name.size > LONGEST_NAME;
        if (in->failed)
            return true;
        if (!mood_at(values, name, &mood))
            return false;
        ef_mood_load(mood, in);
        in->failed |= values->moods.count != (size_t)i + 1;
    }
    return true;
}

bool ef_groups_load(ef_groups *groups, ef_unpack *in)
{
    for (size_t i = 0; i < groups->count && !in->failed; i++)
        if (!load_column(&groups->columns[i], in))
            return false;
    return true;
}
