/* SPDX-License-Identifier: MIT
 * findings/buckets.c - how it went: hours, days, weeks or months, each with its figures.
 *
 * The step is chosen so that a chart has a dozen to some sixty of them, and
 * fewer where so little is said that most would be over few messages. Buckets follow each
 * other without a gap: one in which nobody spoke says that n is 0. */
#include "findings/findings.h"

#include <stdlib.h>

#include "base/calendar.h"

enum {
    MOST_BUCKETS = 2000, /* more would be a wall, and is not drawn */
    LEAST_BUCKETS = 4,
    HOURS_UP_TO = 3,     /* days; then by day */
    DAYS_UP_TO = 62,     /* then by week */
    WEEKS_UP_TO = 400    /* then by month */
};

typedef enum step { HOUR, DAY, WEEK, MONTH } step;
static const char *const step_names[] = { "hour", "day", "week", "month" };

/* Where the bucket of an hour begins, in hours since 1970. */
static int64_t begin_of(step by, int64_t hour)
{
    int64_t day = hour / 24 - (hour % 24 < 0);
    ef_date date = ef_date_of_day(day);
    switch (by) {
    case HOUR:
        return hour;
    case DAY:
        return day * 24;
    case WEEK:
        return ef_week_of_day(day).monday * 24;
    default:
        return ef_days_from_date(date.year, date.month, 1) * 24;
    }
}

static int64_t next_of(step by, int64_t begin)
{
    static const int64_t hours[] = { 1, 24, 7 * 24 };
    /* 31 days and a half after the first of a month lie in the next one. */
    return by == MONTH ? begin_of(by, begin + 31 * 24 + 12) : begin + hours[by];
}

static step step_of(const ef_making *making, int64_t first, int64_t last)
{
    const char *asked = making->options->step;
    int64_t days = last / 24 - first / 24 + 1;
    step by = days <= HOURS_UP_TO   ? HOUR
              : days <= DAYS_UP_TO  ? DAY
              : days <= WEEKS_UP_TO ? WEEK
                                    : MONTH;
    for (int i = HOUR; asked != NULL && i <= MONTH; i++)
        if (strcmp(asked, step_names[i]) == 0)
            by = (step)i;
    if (by == HOUR && !ef_days_have_hours(&making->tally->days))
        by = DAY;
    static const int64_t hours[] = { 1, 24, 7 * 24, 30 * 24 };
    int64_t span = last - first + 1, said = making->tally->whole.labelled;
    while (asked == NULL && by < MONTH && said * hours[by] < span * making->findings->few &&
           span / hours[by + 1] >= LEAST_BUCKETS)
        by++; /* in a usual bucket, enough is said to be shown */
    while (by < MONTH && (last - first) / hours[by] >= MOST_BUCKETS)
        by++;
    return by;
}

static ef_slice name_of(ef_making *making, step by, int64_t begin)
{
    int64_t day = begin / 24 - (begin % 24 < 0);
    ef_date date = ef_date_of_day(day);
    ef_week week = ef_week_of_day(day);
    ef_buffer name = { 0 };
    if (by == WEEK)
        ef_buffer_printf(&name, "%04d-W%02u", (int)week.year, week.number);
    else
        ef_buffer_printf(&name, "%04d-%02u", (int)date.year, date.month);
    if (by == DAY || by == HOUR)
        ef_buffer_printf(&name, "-%02u", date.day);
    if (by == HOUR)
        ef_buffer_printf(&name, " %02d:00", (int)(begin - day * 24));
    ef_slice kept = { NULL, 0 };
    if (!name.failed)
        kept = ef_making_keep(making, ef_buffer_slice(&name));
    ef_buffer_release(&name);
    return kept;
}

/* Adds up what was counted by day, or by hour, into the buckets where it belongs. */
static void fill(const ef_making *making, step by, const int64_t *begins, size_t count,
                 ef_mood *moods)
{
    const ef_days *days = &making->tally->days;
    const ef_sums *sums = by == HOUR ? &days->hours : &days->days;
    size_t at = 0;
    uint64_t hash;
    for (const int64_t *key; (key = ef_sums_next(sums, &at, &hash)) != NULL;) {
        int64_t hour = by == HOUR ? *key : *key * 24;
        size_t low = 0, high = count; /* the last bucket that does not begin later */
        while (high - low > 1) {
            size_t middle = low + (high - low) / 2;
            if (begins[middle] <= hour)
                low = middle;
            else
                high = middle;
        }
        ef_mood_merge(&moods[low], (const ef_mood *)(key + 1));
    }
}

static bool describe(ef_making *making, step by, const int64_t *begins,
                     const ef_mood *moods, size_t count)
{
    static const int64_t hour_ms = 3600000;
    ef_findings *f = making->findings;
    f->buckets = ef_arena_alloc(making->arena, count * sizeof *f->buckets);
    if (f->buckets == NULL)
        return false;
    for (size_t i = 0; i < count; i++) {
        ef_mood_figures figures = ef_mood_figures_of(making, &moods[i]);
        int64_t end = next_of(by, begins[i]);
        ef_bucket *bucket = &f->buckets[i];
        *bucket = (ef_bucket){ .begin_ms = begins[i] * hour_ms,
                               .end_ms = end * hour_ms,
                               .name = name_of(making, by, begins[i]),
                               .net = figures.net,
                               .negative = figures.negative,
                               .score = figures.score,
                               .rating = figures.rating,
                               .messages = moods[i].n };
        /* Of a week or month it is known which days are not there; of a day, nothing. */
        bucket->is_partial = by >= WEEK && (f->first_ms / 86400000 * 24 > begins[i] ||
                                            f->last_ms / 86400000 * 24 + 24 < end);
        if (bucket->name.data == NULL)
            return false;
    }
    f->bucket_count = count;
    return true;
}

bool ef_find_buckets(ef_making *making)
{
    ef_findings *f = making->findings;
    if (making->tally->days.days.count == 0)
        return true;
    int64_t first = f->first_ms / 3600000, last = f->last_ms / 3600000;
    step by = step_of(making, first, last);
    size_t count = 0;
    for (int64_t at = begin_of(by, first); at <= last; at = next_of(by, at))
        count++;
    int64_t *begins = malloc(count * sizeof *begins);
    ef_mood *moods = calloc(count, sizeof *moods);
    bool is_good = begins != NULL && moods != NULL;
    if (is_good) {
        begins[0] = begin_of(by, first);
        for (size_t i = 1; i < count; i++)
            begins[i] = next_of(by, begins[i - 1]);
        fill(making, by, begins, count, moods);
        is_good = describe(making, by, begins, moods, count);
    }
    f->step = step_names[by];
    free(begins);
    free(moods);
    return is_good;
}
