/* SPDX-License-Identifier: MIT
 * test_hours.c - the same answer takes 14 hours by calendar and one by business hours. */
#include <criterion/criterion.h>

#include "findings/hours.h"

static const int64_t monday = INT64_C(1704067200); /* 2024-01-01, a Monday, 00:00 UTC */

static int64_t open_seconds(const char *text, const char *zone_name, int64_t from,
                            int64_t to)
{
    ef_hours hours;
    ef_zone *zone;
    ef_open_times times;
    cr_assert_eq(ef_hours_read(&hours, text, NULL), EF_OK, "%s", text);
    cr_assert_eq(ef_zone_open(&zone, zone_name, NULL), EF_OK);
    cr_assert(ef_open_times_make(&times, &hours, zone, from * 1000, to * 1000));
    int64_t open = ef_open_times_between(&times, from * 1000, to * 1000) / 1000;
    ef_open_times_release(&times);
    ef_zone_free(zone);
    return open;
}

enum { H = 3600, D = 86400 };

Test(hours, of_a_night_are_one)
{
    cr_assert_eq(
        open_seconds("mon-fri 09:00-17:00", "UTC", monday + 16 * H, monday + D + 9 * H), H);
    cr_assert_eq(
        open_seconds("mon-sun 07:30-18:30", "UTC", monday + 18 * H, monday + D + 8 * H), H);
}

Test(hours, leave_the_weekend_out)
{
    int64_t friday = monday + 4 * D;
    cr_assert_eq(
        open_seconds("mon-fri 9-17", "UTC", friday + 16 * H, friday + 3 * D + 10 * H),
        2 * H);
    cr_assert_eq(open_seconds("mon-fri 9-17, sat 10:00-14:00", "UTC", friday + 16 * H,
                              friday + 3 * D + 10 * H),
                 6 * H);
    cr_assert_eq(open_seconds("mon-fri 9-17", "UTC", friday + D, friday + 2 * D), 0);
}

Test(hours, of_a_day_may_have_a_break)
{
    cr_assert_eq(open_seconds("mon 13-17,mon 9-12", "UTC", monday, monday + D), 7 * H);
    cr_assert_eq(open_seconds("fri-mon 0:00-24:00", "UTC", monday, monday + 7 * D), 4 * D);
}

Test(hours, are_those_of_the_zone)
{
    /* 09:00 in New York is 14:00 UTC in January. */
    cr_assert_eq(open_seconds("mon-fri 09:00-17:00", "America/New_York", monday + 13 * H,
                              monday + 15 * H),
                 H);
    /* Berlin puts its clocks forward on Sunday, 2024-03-31: that day has 23 hours. */
    int64_t sunday = monday + 90 * D;
    cr_assert_eq(open_seconds("sun 0-24", "Europe/Berlin", sunday - D, sunday + 2 * D),
                 23 * H);
}

Test(hours, that_are_none_are_refused)
{
    static const char *const bad[] = { "",
                                       "9-17",
                                       "mon 17:00-09:00",
                                       "mon 9-25",
                                       "mon 9:60-10",
                                       "mon-fri",
                                       "mo 9-17",
                                       "mon 9-17 x",
                                       "mon 9-17,",
                                       "mon 9-12, mon 11-13",
                                       "mon 9-9",
                                       "m",
                                       "mon 9" };
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        ef_hours hours;
        ef_error error;
        cr_assert_eq(ef_hours_read(&hours, bad[i], &error), EF_ERR_ARGUMENT, "%s", bad[i]);
    }
}
