/* SPDX-License-Identifier: MIT
 * base/calendar.c - days since 1970 as dates and weeks.
 *
 * Days become a date by counting in eras of 400 years, each of which has 146,097 days, from
 * 1 March of year 0: leap days then end a year. */
#include "base/calendar.h"

#include "base/zone.h"

enum { ERA_DAYS = 146097, DAYS_TO_1970 = 719468 };

ef_date ef_date_of_day(int64_t days)
{
    days += DAYS_TO_1970;
    int64_t era = (days >= 0 ? days : days - ERA_DAYS + 1) / ERA_DAYS;
    int64_t day = days - era * ERA_DAYS;
    int64_t year = (day - day / 1460 + day / 36524 - day / 146096) / 365;
    int64_t of_year = day - (365 * year + year / 4 - year / 100);
    int64_t month = (5 * of_year + 2) / 153; /* from March */
    int64_t of_month = of_year - (153 * month + 2) / 5 + 1;
    year += era * 400 + (month >= 10);
    month = month < 10 ? month + 3 : month - 9;
    return (ef_date){ year, (unsigned)month, (unsigned)of_month };
}

ef_week ef_week_of_day(int64_t day)
{
    int64_t weekday = ((day + 3) % 7 + 7) % 7; /* 1970-01-01 was a Thursday; Monday is 0 */
    int64_t monday = day - weekday;
    int64_t year = ef_date_of_day(monday + 3).year;
    int64_t first = ef_days_from_date(year, 1, 1);
    return (ef_week){ year, (unsigned)((monday + 3 - first) / 7 + 1), monday };
}
