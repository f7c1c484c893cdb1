/* SPDX-License-Identifier: MIT
 * base/moment.c - a time as people and machines write it: 2024-11-03T10:58:00Z. */
#include "base/moment.h"

#include "base/calendar.h"

static const int64_t first_ms = INT64_C(-62167219200000); /* 0000-01-01 */
static const int64_t last_ms = INT64_C(253402300799000);  /* 9999-12-31T23:59:59 */

bool ef_moment_append(ef_buffer *buffer, int64_t time_ms)
{
    time_ms = time_ms < first_ms ? first_ms : time_ms > last_ms ? last_ms : time_ms;
    int64_t seconds = time_ms / 1000 - (time_ms % 1000 < 0);
    int64_t day = ef_day_of_seconds(seconds), second = seconds - day * 86400;
    ef_date date = ef_date_of_day(day);
    return ef_buffer_printf(buffer, "%04d-%02u-%02uT%02d:%02d:%02dZ", (int)date.year,
                            date.month, date.day, (int)(second / 3600),
                            (int)(second / 60 % 60), (int)(second % 60));
}
