/* SPDX-License-Identifier: MIT
 * findings/hours.h - business hours: how much of a wait somebody could have answered in. */
#ifndef EARFUL_FINDINGS_HOURS_H
#define EARFUL_FINDINGS_HOURS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/zone.h"

enum { EF_MOST_SPANS = 16 };

/* From one minute of a weekday to another one, Monday is 0. */
typedef struct ef_open_span {
    int weekday, begin, end; /* minutes after midnight */
} ef_open_span;

/* A week, in order of time; spans do not overlap. */
typedef struct ef_hours {
    ef_open_span spans[7 * EF_MOST_SPANS];
    size_t count;
} ef_hours;

/* Reads "mon-fri 09:00-17:00, sat 10:00-14:00". EF_ERR_ARGUMENT: error says what is wrong.
 */
ef_status ef_hours_read(ef_hours *hours, const char *text, ef_error *error);

/* All open stretches of a time, in the zone's own days. */
typedef struct ef_open_times {
    struct ef_open_time {
        int64_t begin_ms, end_ms, before_ms; /* before: open time until begin */
    } * items;
    size_t count;
} ef_open_times;

/* From a day before first to a day behind last. False without memory. */
bool ef_open_times_make(ef_open_times *times, const ef_hours *hours, const ef_zone *zone,
                        int64_t first_ms, int64_t last_ms);
void ef_open_times_release(ef_open_times *times);

/* How much of from .. to is open; both lie within what the times were made for. */
int64_t ef_open_times_between(const ef_open_times *times, int64_t from_ms, int64_t to_ms);

#endif
