/* SPDX-License-Identifier: MIT
 * tally/period.c - stretches of time as people write them: 2026-03, 2026-W10, 2026-03-01.
 */
#include "base/calendar.h"
#include "tally/plan.h"

enum { FIRST_YEAR = 1900, LAST_YEAR = 2200, DAY_SECONDS = 86400 };

/* What is left of a text. */
typedef struct reading {
    const uint8_t *at, *end;
} reading;

static bool take_number(reading *r, int digits, int64_t *value)
{
    *value = 0;
    if (r->end - r->at < digits)
        return false;
    for (int i = 0; i < digits; i++) {
        if (*r->at < '0' || *r->at > '9')
            return false;
        *value = *value * 10 + (*r->at++ - '0');
    }
    return true;
}

static bool take(reading *r, const char *one_of)
{
    if (r->at == r->end || *r->at == '\0' || strchr(one_of, *r->at) == NULL)
        return false;
    r->at++;
    return true;
}

static int64_t month_begin(int64_t year, int64_t month)
{
    return ef_days_from_date(year + (month - 1) / 12, (unsigned)((month - 1) % 12) + 1, 1);
}

static int64_t weeks_begin(int64_t year)
{
    return ef_week_of_day(ef_days_from_date(year, 1, 4)).monday; /* always in week 1 */
}

/* The rest of a day: 14, 14:30, 14:30:05. Local seconds. */
static bool read_clock(reading *r, int64_t day, int64_t *begin, int64_t *end)
{
    int64_t part[3] = { 0, 0, 0 }, width[3] = { 3600, 60, 1 };
    int count = 0;
    do {
        if (!take_number(r, 2, &part[count++]))
            return false;
    } while (count < 3 && take(r, ":"));
    if (part[0] > 23 || part[1] > 59 || part[2] > 59)
        return false;
    *begin = day * DAY_SECONDS + part[0] * 3600 + part[1] * 60 + part[2];
    *end = *begin + width[count - 1];
    return true;
}

/* Local seconds. */
static bool read_local(reading *r, int64_t *begin, int64_t *end)
{
    int64_t year, month, day, week;
    if (!take_number(r, 4, &year) || year < FIRST_YEAR || year > LAST_YEAR)
        return false;
    *begin = month_begin(year, 1) * DAY_SECONDS;
    *end = month_begin(year + 1, 1) * DAY_SECONDS;
    if (!take(r, "-"))
        return true;
    if (take(r, "Ww")) {
        int64_t first = weeks_begin(year), weeks = (weeks_begin(year + 1) - first) / 7;
        if (!take_number(r, 2, &week) || week < 1 || week > weeks)
            return false;
        *begin = (first + (week - 1) * 7) * DAY_SECONDS;
        *end = *begin + 7 * DAY_SECONDS;
        return true;
    }
    if (!take_number(r, 2, &month) || month < 1 || month > 12)
        return false;
    int64_t first = month_begin(year, month), next = month_begin(year, month + 1);
    *begin = first * DAY_SECONDS;
    *end = next * DAY_SECONDS;
    if (!take(r, "-"))
        return true;
    if (!take_number(r, 2, &day) || day < 1 || day > next - first)
        return false;
    *begin = (first + day - 1) * DAY_SECONDS;
    *end = *begin + DAY_SECONDS;
    return !take(r, " T") || read_clock(r, first + day - 1, begin, end);
}

bool ef_period_read(ef_period *period, const ef_zone *zone, ef_slice text)
{
    reading r = { text.data, text.data + text.size };
    int64_t begin, end;
    if (text.size == 0 || !read_local(&r, &begin, &end) || r.at != r.end)
        return false;
    period->begin_ms = ef_zone_to_utc(zone, begin) * 1000;
    period->end_ms = ef_zone_to_utc(zone, end) * 1000;
    return true;
}
