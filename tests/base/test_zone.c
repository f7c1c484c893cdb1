/* SPDX-License-Identifier: MIT
 * test_zone.c - offsets, zones of the tz database, days of the calendar. */
#include <criterion/criterion.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "base/zone.h"

static ef_zone *open_zone(const char *name)
{
    ef_zone *zone;
    ef_error error = { 0 };
    cr_assert_eq(ef_zone_open(&zone, name, &error), EF_OK, "%s", error.message);
    return zone;
}

static int64_t local(int64_t year, unsigned month, unsigned day, int hour, int minute)
{
    return ef_days_from_date(year, month, day) * 86400 + hour * 3600 + minute * 60;
}

Test(zone, counts_days_from_1970)
{
    cr_assert_eq(ef_days_from_date(1970, 1, 1), 0);
    cr_assert_eq(ef_days_from_date(1969, 12, 31), -1);
    cr_assert_eq(ef_days_from_date(2000, 2, 29), 11016);
    cr_assert_eq(ef_days_from_date(2000, 3, 1), 11017);
    cr_assert_eq(ef_days_from_date(2024, 11, 3), 20030);
    cr_assert_eq(ef_days_from_date(1600, 1, 1), -135140);
    int64_t day = ef_days_from_date(1900, 1, 1);
    for (int64_t year = 1900; year < 2200; year++) {
        int64_t next = ef_days_from_date(year + 1, 1, 1);
        bool is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        cr_assert_eq(next - day, is_leap ? 366 : 365);
        day = next;
    }
}

Test(zone, reads_fixed_offsets)
{
    static const struct {
        const char *name;
        int seconds;
    } cases[] = { { "UTC", 0 },        { "Z", 0 },     { "+02:00", 7200 },
                  { "-0530", -19800 }, { "+2", 7200 }, { "-03", -10800 },
                  { "+05:45", 20700 } };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        ef_zone *zone = open_zone(cases[i].name);
        cr_assert_eq(ef_zone_to_utc(zone, 1000000), 1000000 - cases[i].seconds, "%s",
                     cases[i].name);
        ef_zone_free(zone);
    }
}

Test(zone, refuses_what_is_no_zone)
{
    static const char *const names[] = {
        "",      "Nowhere/Town", "../../etc/passwd", "/etc/passwd", "+99:00",
        "+2:60", "Europe",       "zone.tab",         "+",           NULL
    };
    for (size_t i = 0; names[i] != NULL; i++) {
        ef_zone *zone = (ef_zone *)&zone;
        ef_error error = { 0 };
        cr_assert_eq(ef_zone_open(&zone, names[i], &error), EF_ERR_ARGUMENT, "'%s'",
                     names[i]);
        cr_assert_null(zone);
        cr_assert_str_neq(error.message, "");
    }
}

Test(zone, knows_summer_and_winter)
{
    if (access("/usr/share/zoneinfo/Europe/Berlin", R_OK) != 0)
        cr_skip("no tz database here");
    ef_zone *zone = open_zone("Europe/Berlin");
    cr_assert_eq(ef_zone_to_utc(zone, local(2024, 1, 15, 12, 0)),
                 local(2024, 1, 15, 11, 0));
    cr_assert_eq(ef_zone_to_utc(zone, local(2024, 7, 15, 12, 0)),
                 local(2024, 7, 15, 10, 0));
    cr_assert_eq(ef_zone_to_utc(zone, local(2077, 7, 15, 12, 0)),
                 local(2077, 7, 15, 10, 0));
    cr_assert_eq(ef_zone_to_utc(zone, local(2077, 12, 1, 12, 0)),
                 local(2077, 12, 1, 11, 0));
    ef_zone_free(zone);
}

Test(zone, moves_skipped_times_forward_and_takes_the_first_of_doubled_ones)
{
    if (access("/usr/share/zoneinfo/Europe/Berlin", R_OK) != 0)
        cr_skip("no tz database here");
    ef_zone *zone = open_zone("Europe/Berlin");
    /* 2024-03-31: 02:00 becomes 03:00; 02:30 is read as 03:30. */
    cr_assert_eq(ef_zone_to_utc(zone, local(2024, 3, 31, 1, 59)),
                 local(2024, 3, 31, 0, 59));
    cr_assert_eq(ef_zone_to_utc(zone, local(2024, 3, 31, 2, 30)),
                 local(2024, 3, 31, 1, 30));
    cr_assert_eq(ef_zone_to_utc(zone, local(2024, 3, 31, 3, 0)), local(2024, 3, 31, 1, 0));
    /* 2024-10-27: 03:00 becomes 02:00; 02:30 comes twice. */
    cr_assert_eq(ef_zone_to_utc(zone, local(2024, 10, 27, 2, 30)),
                 local(2024, 10, 27, 0, 30));
    cr_assert_eq(ef_zone_to_utc(zone, local(2024, 10, 27, 3, 0)),
                 local(2024, 10, 27, 2, 0));
    ef_zone_free(zone);
}

/* Against the C library, hours where no clock changes. */
Test(zone, agrees_with_the_system)
{
    static const char *const names[] = {
        "America/New_York", "Australia/Sydney",  "Asia/Kolkata",
        "Europe/Dublin",    "America/Sao_Paulo", "Asia/Tokyo",
        "Pacific/Auckland", "Africa/Cairo",      NULL
    };
    if (access("/usr/share/zoneinfo/Asia/Tokyo", R_OK) != 0)
        cr_skip("no tz database here");
    for (size_t i = 0; names[i] != NULL; i++) {
        ef_zone *zone = open_zone(names[i]);
        setenv("TZ", names[i], 1);
        tzset();
        for (int day = 3650; day < 42000; day += 3) {
            time_t utc = (time_t)day * 86400 + 43200;
            struct tm tm;
            localtime_r(&utc, &tm);
            int64_t seconds = (int64_t)utc + tm.tm_gmtoff;
            cr_assert_eq(ef_zone_to_utc(zone, seconds), utc, "%s day %d", names[i], day);
        }
        ef_zone_free(zone);
    }
}

Test(zone, gives_the_local_time_of_a_moment)
{
    if (access("/usr/share/zoneinfo/Europe/Berlin", R_OK) != 0)
        cr_skip("no tz database here");
    ef_zone *zone = open_zone("Europe/Berlin");
    /* Clocks went forward at 01:00 UTC on 2024-03-31, back at 01:00 UTC on 2024-10-27. */
    static const int64_t hour = 3600;
    int64_t spring = local(2024, 3, 31, 1, 0), autumn = local(2024, 10, 27, 1, 0);
    cr_assert_eq(ef_zone_to_local(zone, spring - 1), spring - 1 + hour);
    cr_assert_eq(ef_zone_to_local(zone, spring), spring + 2 * hour);
    cr_assert_eq(ef_zone_to_local(zone, autumn - 1), autumn - 1 + 2 * hour);
    cr_assert_eq(ef_zone_to_local(zone, autumn), autumn + hour);
    ef_zone_free(zone);
}
