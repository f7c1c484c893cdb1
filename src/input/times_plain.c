/* SPDX-License-Identifier: MIT
 * input/times_plain.c - times in the form that most columns hold.
 *
 * Looked at first and read straight away. All else, and what is odd about these, such as
 * hour 24, is left to the bag of parts in times.c, which would answer the same. */
#include "input/times.h"

enum { DATE_SIZE = 10, CLOCK_SIZE = 19 }; /* 2024-11-03 12:34:56 */

/* Two digits, or something over 99. */
static inline int two_digits(const uint8_t *p)
{
    unsigned tens = p[0] - (unsigned)'0', ones = p[1] - (unsigned)'0';
    return tens > 9 || ones > 9 ? 100 : (int)(tens * 10 + ones);
}

static bool read_date(const uint8_t *p, int64_t *days)
{
    int century = two_digits(p), year = two_digits(p + 2);
    int month = two_digits(p + 5), day = two_digits(p + 8);
    return p[4] == '-' && p[7] == '-' && century < 100 && year < 100 &&
           ef_date_days(century * 100 + year, month, day, days);
}

static bool read_clock(const uint8_t *p, int64_t *seconds)
{
    int hour = two_digits(p), minute = two_digits(p + 3), second = two_digits(p + 6);
    *seconds = hour * 3600 + minute * 60 + second;
    return p[2] == ':' && p[5] == ':' && hour < 24 && minute < 60 && second < 60;
}

bool ef_time_read_plain(ef_slice text, const ef_zone *zone, int64_t *time_ms)
{
    const uint8_t *p = text.data;
    bool has_zone = text.size == CLOCK_SIZE + 1 && p[CLOCK_SIZE] == 'Z';
    bool has_clock = text.size == CLOCK_SIZE || has_zone;
    int64_t days, seconds = 0;
    if ((text.size != DATE_SIZE && !has_clock) || !read_date(p, &days))
        return false;
    if (has_clock && ((p[DATE_SIZE] != 'T' && p[DATE_SIZE] != ' ') ||
                      !read_clock(p + DATE_SIZE + 1, &seconds)))
        return false;
    seconds += days * 86400;
    if (!has_zone && zone != NULL)
        seconds = ef_zone_to_utc(zone, seconds);
    *time_ms = seconds * 1000;
    return true;
}
