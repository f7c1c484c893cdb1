/* SPDX-License-Identifier: MIT
 * base/moment.c - a time as people and machines write it: 2024-11-03T10:58:00Z.
 *
 * Days become a date of the proleptic Gregorian calendar by counting in eras of 400 years,
 * each of which has 146,097 days, from 1 March of year 0: leap days then end a year. */
#include "base/moment.h"

enum { ERA_DAYS = 146097, DAYS_TO_1970 = 719468 };
static const int64_t first_ms = INT64_C(-62167219200000); /* 0000-01-01 */
static const int64_t last_ms = INT64_C(253402300799000);  /* 9999-12-31T23:59:59 */

bool ef_moment_append(ef_buffer *buffer, int64_t time_ms)
{
    time_ms = time_ms < first_ms ? first_ms : time_ms > last_ms ? last_ms : time_ms;
    int64_t seconds = time_ms / 1000 - (time_ms % 1000 < 0);
    int64_t days = seconds / 86400 - (seconds % 86400 < 0);
    int64_t second = seconds - days * 86400;
    days += DAYS_TO_1970;
    int64_t era = (days >= 0 ? days : days - ERA_DAYS + 1) / ERA_DAYS;
    int64_t day = days - era * ERA_DAYS;
    int64_t year = (day - day / 1460 + day / 36524 - day / 146096) / 365;
    int64_t of_year = day - (365 * year + year / 4 - year / 100);
    int64_t month = (5 * of_year + 2) / 153; /* from March */
    int64_t of_month = of_year - (153 * month + 2) / 5 + 1;
    year += era * 400 + (month >= 10);
    month = month < 10 ? month + 3 : month - 9;
    return ef_buffer_printf(buffer, "%04d-%02d-%02dT%02d:%02d:%02dZ", (int)year, (int)month,
                            (int)of_month, (int)(second / 3600), (int)(second / 60 % 60),
                            (int)(second % 60));
}
