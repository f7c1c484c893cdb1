/* SPDX-License-Identifier: MIT
 * aggregate/timeline.c - the minutes of one group that have messages, in order of time.
 *
 * An array with a hole in front: old minutes leave at `begin`, new ones come at `end`, and
 * when the room is used up the rest moves to the front, or to twice the room. */
#include "aggregate/timeline.h"

#include <stdlib.h>

enum { FIRST_CAPACITY = 16 };

void ef_timeline_release(ef_timeline *timeline)
{
    free(timeline->items);
    *timeline = (ef_timeline){ 0 };
}

/* Makes sure that one entry fits behind the last. */
static bool make_room(ef_timeline *timeline)
{
    size_t count = timeline->end - timeline->begin;
    if (timeline->end < timeline->capacity)
        return true;
    if (timeline->begin > timeline->capacity / 2) {
        memmove(timeline->items, timeline->items + timeline->begin,
                count * sizeof *timeline->items);
        timeline->begin = 0;
        timeline->end = count;
        return true;
    }
    size_t capacity = timeline->capacity == 0 ? FIRST_CAPACITY : timeline->capacity * 2;
    ef_minute *items = realloc(timeline->items, capacity * sizeof *items);
    if (items == NULL)
        return false;
    timeline->items = items;
    timeline->capacity = capacity;
    return true;
}

ef_minute *ef_timeline_at(ef_timeline *timeline, int64_t minute)
{
    size_t at = timeline->end;
    while (at > timeline->begin && timeline->items[at - 1].minute >= minute)
        at--;
    if (at < timeline->end && timeline->items[at].minute == minute)
        return &timeline->items[at];
    size_t younger = timeline->end - at;
    if (!make_room(timeline))
        return NULL;
    at = timeline->end - younger;
    memmove(timeline->items + at + 1, timeline->items + at, younger * sizeof(ef_minute));
    timeline->end++;
    timeline->items[at] = (ef_minute){ .minute = minute };
    return &timeline->items[at];
}

/* The first entry that is not before a minute. */
static size_t lower_bound(const ef_timeline *timeline, int64_t minute)
{
    size_t low = timeline->begin, high = timeline->end;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (timeline->items[middle].minute < minute)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

ef_minute *ef_timeline_find(const ef_timeline *timeline, int64_t minute)
{
    size_t at = lower_bound(timeline, minute);
    bool is_there = at < timeline->end && timeline->items[at].minute == minute;
    return is_there ? &timeline->items[at] : NULL;
}

ef_pane ef_timeline_sum(const ef_timeline *timeline, int64_t from, int64_t to)
{
    ef_pane sum = { 0 };
    for (size_t i = lower_bound(timeline, from);
         i < timeline->end && timeline->items[i].minute < to; i++)
        ef_pane_merge(&sum, &timeline->items[i].pane);
    return sum;
}

void ef_timeline_forget(ef_timeline *timeline, int64_t before)
{
    timeline->begin = lower_bound(timeline, before);
}
