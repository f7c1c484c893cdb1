/* SPDX-License-Identifier: MIT
 * base/calendar.h - days since 1970 as dates and weeks, of the proleptic Gregorian
 * calendar.
 *
 * The way back, from a date to its day, is ef_days_from_date in zone.h. */
#ifndef EARFUL_BASE_CALENDAR_H
#define EARFUL_BASE_CALENDAR_H

#include <stdint.h>

typedef struct ef_date {
    int64_t year;
    unsigned month, day; /* from 1 */
} ef_date;

/* For days of the years -4000000 to 4000000. */
ef_date ef_date_of_day(int64_t day);

/* The week of ISO 8601: it begins on Monday and belongs to the year of its Thursday. */
typedef struct ef_week {
    int64_t year;
    unsigned number; /* 1 to 53 */
    int64_t monday;  /* its first day, since 1970 */
} ef_week;

ef_week ef_week_of_day(int64_t day);

/* Whole days since 1970 of seconds, rounded down. */
static inline int64_t ef_day_of_seconds(int64_t seconds)
{
    return seconds / 86400 - (seconds % 86400 < 0);
}

#endif
