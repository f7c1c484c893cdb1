/* SPDX-License-Identifier: MIT
 * review/candidates.c - the few texts of a kind that are worth most, of any number.
 *
 * Twice as many are collected as are wanted; then all are sorted and the worse half goes.
 * That costs a comparison or two for each text that comes in, and most do not: `least`
 * rises with every round. */
#include "review/candidates.h"

#include <stdlib.h>

#include "review/key_set.h"

void ef_candidates_init(ef_candidates *candidates, size_t limit)
{
    *candidates = (ef_candidates){ .limit = limit };
}

static void drop_from(ef_candidates *candidates, size_t first)
{
    for (size_t i = first; i < candidates->count; i++)
        free(candidates->items[i]);
    candidates->count = candidates->count < first ? candidates->count : first;
}

void ef_candidates_release(ef_candidates *candidates)
{
    drop_from(candidates, 0);
    free(candidates->items);
    *candidates = (ef_candidates){ .limit = candidates->limit };
}

static int by_worth(const void *left, const void *right)
{
    const ef_candidate *a = *(ef_candidate *const *)left;
    const ef_candidate *b = *(ef_candidate *const *)right;
    if (a->worth != b->worth)
        return a->worth > b->worth ? -1 : 1;
    if (a->key != b->key)
        return a->key < b->key ? -1 : 1;
    return (a->place > b->place) - (a->place < b->place);
}

/* Repeats may differ in worth where what told them apart was redacted: the best stays. */
static bool remove_repeats(ef_candidates *candidates)
{
    ef_key_set seen = { 0 };
    size_t kept = 0;
    for (size_t i = 0; i < candidates->count; i++) {
        bool is_new = false;
        if (!ef_key_set_add(&seen, candidates->items[i]->key, &is_new)) {
            ef_key_set_release(&seen);
            return false;
        }
        ef_candidate *item = candidates->items[i];
        candidates->items[i] = candidates->items[kept];
        candidates->items[kept] = item;
        kept += is_new;
    }
    ef_key_set_release(&seen);
    drop_from(candidates, kept);
    return true;
}

bool ef_candidates_sort(ef_candidates *candidates)
{
    if (candidates->count > 0)
        qsort(candidates->items, candidates->count, sizeof *candidates->items, by_worth);
    if (!remove_repeats(candidates))
        return false;
    drop_from(candidates, candidates->limit);
    if (candidates->count == candidates->limit && candidates->limit > 0)
        candidates->least = candidates->items[candidates->limit - 1]->worth;
    return true;
}

static ef_slice copy(uint8_t **end, ef_slice slice)
{
    ef_slice copied = { *end, slice.size };
    if (slice.size > 0)
        memcpy(*end, slice.data, slice.size);
    *end += slice.size;
    return copied;
}

/* One piece of memory, so that there is one thing to free. */
static ef_candidate *clone(const ef_candidate *candidate)
{
    size_t size = candidate->text.size + candidate->id.size + candidate->file.size;
    ef_candidate *made = malloc(sizeof *made + size);
    if (made == NULL)
        return NULL;
    *made = *candidate;
    uint8_t *end = (uint8_t *)(made + 1);
    made->text = copy(&end, candidate->text);
    made->id = copy(&end, candidate->id);
    made->file = copy(&end, candidate->file);
    return made;
}

static bool make_room(ef_candidates *candidates)
{
    if (candidates->items == NULL) {
        candidates->items = malloc((2 * candidates->limit + 1) * sizeof *candidates->items);
        return candidates->items != NULL;
    }
    return candidates->count < 2 * candidates->limit || ef_candidates_sort(candidates);
}

bool ef_candidates_offer(ef_candidates *candidates, const ef_candidate *candidate)
{
    if (candidates->limit == 0 || candidate->worth < candidates->least)
        return true;
    if (!make_room(candidates))
        return false;
    ef_candidate *made = clone(candidate);
    if (made == NULL)
        return false;
    candidates->items[candidates->count++] = made;
    return true;
}

bool ef_candidates_merge(ef_candidates *candidates, ef_candidates *more)
{
    for (; more->count > 0; more->count--) {
        if (!make_room(candidates))
            return false;
        candidates->items[candidates->count++] = more->items[more->count - 1];
    }
    ef_candidates_release(more);
    return true;
}
