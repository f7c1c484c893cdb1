/* SPDX-License-Identifier: MIT
 * aggregate/keys.c - texts that stand for numbers: the keys of groups. */
#include "aggregate/keys.h"

#include <stdlib.h>

#include "base/hash.h"

typedef struct ef_name {
    uint64_t hash;
    size_t at, size;
} ef_name;

enum { FIRST_SLOTS = 64 };

void ef_names_release(ef_names *names)
{
    ef_buffer_release(&names->bytes);
    free(names->items);
    free(names->slots);
    *names = (ef_names){ .seed = names->seed };
}

void ef_names_reset(ef_names *names)
{
    ef_buffer_reset(&names->bytes);
    names->count = 0;
    if (names->slots != NULL)
        memset(names->slots, 0, names->slot_count * sizeof *names->slots);
}

ef_slice ef_names_text(const ef_names *names, size_t number)
{
    const ef_name *name = &names->items[number];
    if (name->size == 0) /* there may be no bytes at all */
        return ef_slice_of("");
    return (ef_slice){ names->bytes.data + name->at, name->size };
}

static uint64_t hash_of(const ef_names *names, ef_slice text)
{
    uint64_t hash = text.size > 0 ? ef_hash_bytes(text.data, text.size) : 0;
    return ef_hash_combine(names->seed, hash);
}

static size_t slot_of(const ef_names *names, uint64_t hash, ef_slice text)
{
    size_t mask = names->slot_count - 1, at = (size_t)hash & mask;
    for (; names->slots[at] != 0; at = (at + 1) & mask) {
        const ef_name *name = &names->items[names->slots[at] - 1];
        if (name->hash == hash && name->size == text.size &&
            (text.size == 0 ||
             memcmp(names->bytes.data + name->at, text.data, text.size) == 0))
            break;
    }
    return at;
}

static bool grow_slots(ef_names *names)
{
    size_t count = names->slot_count == 0 ? FIRST_SLOTS : names->slot_count * 2;
    uint32_t *slots = calloc(count, sizeof *slots);
    if (slots == NULL)
        return false;
    for (size_t i = 0; i < names->count; i++) {
        size_t at = (size_t)names->items[i].hash & (count - 1);
        while (slots[at] != 0)
            at = (at + 1) & (count - 1);
        slots[at] = (uint32_t)i + 1;
    }
    free(names->slots);
    names->slots = slots;
    names->slot_count = count;
    return true;
}

static bool grow_items(ef_names *names)
{
    size_t capacity = names->capacity == 0 ? FIRST_SLOTS / 2 : names->capacity * 2;
    ef_name *items = realloc(names->items, capacity * sizeof *items);
    if (items == NULL)
        return false;
    names->items = items;
    names->capacity = capacity;
    return true;
}

int64_t ef_names_find(const ef_names *names, ef_slice text)
{
    if (names->slot_count == 0)
        return EF_NO_NAME;
    return (int64_t)names->slots[slot_of(names, hash_of(names, text), text)] - 1;
}

int64_t ef_names_add(ef_names *names, ef_slice text)
{
    if (names->count * 2 >= names->slot_count && !grow_slots(names))
        return EF_NO_NAME;
    uint64_t hash = hash_of(names, text);
    size_t slot = slot_of(names, hash, text);
    if (names->slots[slot] != 0)
        return (int64_t)names->slots[slot] - 1;
    if (names->count == names->capacity && !grow_items(names))
        return EF_NO_NAME;
    size_t at = names->bytes.size;
    if (!ef_buffer_append_slice(&names->bytes, text)) {
        names->bytes.failed = false;
        return EF_NO_NAME;
    }
    names->items[names->count] = (ef_name){ hash, at, text.size };
    names->count++;
    names->slots[slot] = (uint32_t)names->count;
    return (int64_t)names->count - 1;
}
