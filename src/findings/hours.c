/* SPDX-License-Identifier: MIT
 * findings/hours.c - business hours: how much of a wait somebody could have answered in.
 *
 * The week is laid out once over all days there are, as stretches of UTC with the open time
 * before each: what is open between two moments is then the difference of two look-ups, and
 * clock changes are right by themselves. */
#include "findings/hours.h"

#include <stdlib.h>
#include <string.h>

#include "base/error.h"

enum { DAY_MINUTES = 24 * 60 };
static const int64_t day_ms = INT64_C(86400000);

static void skip_blanks(const char **at)
{
    while (**at == ' ' || **at == '\t')
        ++*at;
}

static bool read_weekday(const char **at, int *weekday)
{
    static const char names[] = "montuewedthufrisatsun";
    char found[3];
    for (int i = 0; i < 3; i++) {
        found[i] = (char)((*at)[i] | 32);
        if (found[i] < 'a' || found[i] > 'z')
            return false;
    }
    for (*weekday = 0; *weekday < 7; ++*weekday)
        if (memcmp(names + 3 * *weekday, found, 3) == 0) {
            *at += 3;
            return true;
        }
    return false;
}

static bool read_number(const char **at, int *value)
{
    if (**at < '0' || **at > '9')
        return false;
    for (*value = 0; **at >= '0' && **at <= '9' && *value < 1000; ++*at)
        *value = *value * 10 + (**at - '0');
    return true;
}

/* "9", "09:30", "24:00". */
static bool read_clock(const char **at, int *minutes)
{
    int hour, minute = 0;
    if (!read_number(at, &hour))
        return false;
    if (**at == ':') {
        ++*at;
        if (!read_number(at, &minute))
            return false;
    }
    *minutes = hour * 60 + minute;
    return minute < 60 && *minutes <= DAY_MINUTES;
}

/* "mon-fri 09:00-17:00": days that may wrap around, one stretch of each. */
static bool read_rule(const char **at, int *first, int *last, int *begin, int *end)
{
    skip_blanks(at);
    if (!read_weekday(at, first))
        return false;
    *last = *first;
    if (**at == '-') {
        ++*at;
        if (!read_weekday(at, last))
            return false;
    }
    skip_blanks(at);
    if (!read_clock(at, begin) || *(*at)++ != '-' || !read_clock(at, end))
        return false;
    skip_blanks(at);
    return *begin < *end;
}

static int by_time(const void *a, const void *b)
{
    const ef_open_span *one = a, *two = b;
    int x = one->weekday * DAY_MINUTES + one->begin;
    int y = two->weekday * DAY_MINUTES + two->begin;
    return (x > y) - (x < y);
}

static bool has_overlap(const ef_hours *hours)
{
    for (size_t i = 1; i < hours->count; i++)
        if (hours->spans[i].weekday == hours->spans[i - 1].weekday &&
            hours->spans[i].begin < hours->spans[i - 1].end)
            return true;
    return false;
}

ef_status ef_hours_read(ef_hours *hours, const char *text, ef_error *error)
{
    *hours = (ef_hours){ .count = 0 };
    const char *at = text;
    for (int rules = 0; rules == 0 || *at == ','; rules++) {
        int first, last, begin, end;
        at += *at == ',';
        if (rules == EF_MOST_SPANS || !read_rule(&at, &first, &last, &begin, &end))
            break;
        for (int i = 0; i <= (last - first + 7) % 7; i++)
            hours->spans[hours->count++] = (ef_open_span){ (first + i) % 7, begin, end };
        if (*at != '\0')
            continue;
        qsort(hours->spans, hours->count, sizeof hours->spans[0], by_time);
        if (!has_overlap(hours))
            return EF_OK;
        return ef_error_set(error, EF_ERR_ARGUMENT,
                            "hours '%s' name the same minutes twice", text);
    }
    return ef_error_set(
        error, EF_ERR_ARGUMENT,
        "bad hours '%s': write them as 'mon-fri 09:00-17:00, sat 10:00-14:00'", text);
}

void ef_open_times_release(ef_open_times *times)
{
    free(times->items);
    *times = (ef_open_times){ 0 };
}

static int64_t day_of(int64_t time_ms)
{
    return time_ms / day_ms - (time_ms % day_ms < 0);
}

static void add_day(ef_open_times *times, const ef_hours *hours, const ef_zone *zone,
                    int64_t day)
{
    int weekday = (int)(((day + 3) % 7 + 7) % 7); /* 1970-01-01 was a Thursday */
    for (size_t i = 0; i < hours->count; i++) {
        const ef_open_span *span = &hours->spans[i];
        if (span->weekday != weekday)
            continue;
        int64_t midnight = day * 86400;
        struct ef_open_time time = {
            .begin_ms = ef_zone_to_utc(zone, midnight + span->begin * 60) * 1000,
            .end_ms = ef_zone_to_utc(zone, midnight + span->end * 60) * 1000
        };
        const struct ef_open_time *last =
            times->count > 0 ? &times->items[times->count - 1] : NULL;
        if (last != NULL) {
            time.before_ms = last->before_ms + last->end_ms - last->begin_ms;
            /* A clock that is put back may make today's opening touch yesterday's end. */
            time.begin_ms = time.begin_ms < last->end_ms ? last->end_ms : time.begin_ms;
        }
        if (time.begin_ms < time.end_ms)
            times->items[times->count++] = time;
    }
}

bool ef_open_times_make(ef_open_times *times, const ef_hours *hours, const ef_zone *zone,
                        int64_t first_ms, int64_t last_ms)
{
    /* No zone is farther than 26 hours from UTC. */
    int64_t first = day_of(first_ms) - 2, last = day_of(last_ms) + 2;
    *times = (ef_open_times){ 0 };
    size_t most = (size_t)(last - first + 7) / 7 * hours->count + hours->count;
    times->items = calloc(most + 1, sizeof *times->items);
    if (times->items == NULL)
        return false;
    for (int64_t day = first; day <= last; day++)
        add_day(times, hours, zone, day);
    return true;
}

static int64_t open_until(const ef_open_times *times, int64_t time_ms)
{
    size_t low = 0, high = times->count; /* the last one that begins at or before it */
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (times->items[middle].begin_ms <= time_ms)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == 0)
        return 0;
    const struct ef_open_time *time = &times->items[low - 1];
    int64_t end = time_ms < time->end_ms ? time_ms : time->end_ms;
    return time->before_ms + end - time->begin_ms;
}

int64_t ef_open_times_between(const ef_open_times *times, int64_t from_ms, int64_t to_ms)
{
    return from_ms < to_ms ? open_until(times, to_ms) - open_until(times, from_ms) : 0;
}
