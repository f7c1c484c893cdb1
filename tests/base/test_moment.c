/* SPDX-License-Identifier: MIT
 * test_moment.c - against the system's calendar, day by day. */
#include <criterion/criterion.h>
#include <time.h>

#include "base/moment.h"

static void expect(int64_t time_ms, const char *wanted)
{
    ef_buffer buffer = { 0 };
    cr_assert(ef_moment_append(&buffer, time_ms));
    cr_assert_str_eq(ef_buffer_text(&buffer), wanted);
    ef_buffer_release(&buffer);
}

Test(moment, is_what_the_system_says)
{
    for (int64_t day = -200000; day < 200000; day += 17) {
        time_t seconds = (time_t)(day * 86400 + day % 86400);
        struct tm parts;
        char wanted[64];
        cr_assert_not_null(gmtime_r(&seconds, &parts));
        strftime(wanted, sizeof wanted, "%Y-%m-%dT%H:%M:%SZ", &parts);
        expect((int64_t)seconds * 1000, wanted);
    }
}

Test(moment, knows_leap_days_and_negative_times)
{
    expect(0, "1970-01-01T00:00:00Z");
    expect(-1, "1969-12-31T23:59:59Z");
    expect(INT64_C(951782400000), "2000-02-29T00:00:00Z");
    expect(INT64_C(1730631480000), "2024-11-03T10:58:00Z");
    expect(INT64_MAX, "9999-12-31T23:59:59Z");
    expect(INT64_MIN, "0000-01-01T00:00:00Z");
}
