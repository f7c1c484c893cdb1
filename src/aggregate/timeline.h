/* SPDX-License-Identifier: MIT
 * aggregate/timeline.h - the minutes of one group that have messages, in order of time.
 *
 * Sparse: a group that says little costs little, whatever the longest window. */
#ifndef EARFUL_AGGREGATE_TIMELINE_H
#define EARFUL_AGGREGATE_TIMELINE_H

#include <stdbool.h>

#include "aggregate/pane.h"

typedef struct ef_minute {
    int64_t minute; /* since 1970 UTC */
    ef_pane pane;
    bool is_live;  /* at least one of its messages is not history */
    bool is_dirty; /* changed since it was saved */
} ef_minute;

/* Zero-initialise. Invariant: minutes rise from items[begin] to items[end - 1]. */
typedef struct ef_timeline {
    ef_minute *items;
    size_t begin, end, capacity;
} ef_timeline;

void ef_timeline_release(ef_timeline *timeline);

/* The entry of a minute, made if it is not there; NULL without memory. Lives until the next
 * one is made. Constant time at the end, linear in what is younger elsewhere. */
ef_minute *ef_timeline_at(ef_timeline *timeline, int64_t minute);

/* The entry of a minute, NULL if it has none. */
ef_minute *ef_timeline_find(const ef_timeline *timeline, int64_t minute);

/* All messages of the minutes from..to - 1. Linear in the entries after from. */
ef_pane ef_timeline_sum(const ef_timeline *timeline, int64_t from, int64_t to);

/* Forgets what is before a minute. */
void ef_timeline_forget(ef_timeline *timeline, int64_t before);

#endif
