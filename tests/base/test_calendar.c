/* SPDX-License-Identifier: MIT */
#include "base/calendar.h"

#include <criterion/criterion.h>

#include "base/zone.h"

Test(calendar, dates_and_days_lead_back_to_each_other)
{
    for (int64_t day = -800000; day < 800000; day += 13) {
        ef_date date = ef_date_of_day(day);
        cr_assert_eq(ef_days_from_date(date.year, date.month, date.day), day);
    }
}

static void expect_week(int64_t year, unsigned month, unsigned day, int64_t in,
                        unsigned number)
{
    ef_week week = ef_week_of_day(ef_days_from_date(year, month, day));
    cr_assert_eq(week.year, in);
    cr_assert_eq(week.number, number, "%u, expected %u", week.number, number);
}

/* Years whose first days belong to the old one, and whose last days to the new one. */
Test(calendar, weeks_are_those_of_iso_8601)
{
    expect_week(2021, 1, 3, 2020, 53);
    expect_week(2021, 1, 4, 2021, 1);
    expect_week(2024, 12, 30, 2025, 1);
    expect_week(2026, 3, 1, 2026, 9);
    expect_week(1970, 1, 1, 1970, 1);
}
