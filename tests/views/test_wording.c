/* SPDX-License-Identifier: MIT
 * tests/views/test_wording.c - figures as people read them. */
#include <criterion/criterion.h>

#include "fixture.h"
#include "views/wording.h"

static void expect(ef_word word, const char *text)
{
    cr_assert_str_eq(word.text, text);
}

Test(wording, decimals_come_with_n)
{
    expect(ef_word_value(EF_UNIT_SHARE, 0.2134, 199), "21%");
    expect(ef_word_value(EF_UNIT_SHARE, 0.2134, 200), "21.3%");
    expect(ef_word_value(EF_UNIT_NET, 23.44, 199), "+23");
    expect(ef_word_value(EF_UNIT_NET, 23.44, 1204), "+23.4");
    expect(ef_word_value(EF_UNIT_NET, -0.04, 1204), "0.0");
    expect(ef_word_value(EF_UNIT_NET, 0.04, 1204), "0.0");
    expect(ef_word_value(EF_UNIT_MEAN, 4.125, 30), "4.13");
    expect(ef_word_value(EF_UNIT_SCORE, 0.1, 30), "+0.10");
    expect(ef_word_value(EF_UNIT_COUNT, 1234567, 0), "1,234,567");
    expect(ef_word_value(EF_UNIT_SHARE, (double)NAN, 500), "-");
    expect(ef_word_difference(EF_UNIT_SHARE, 0.021, 500), "+2.1 points");
    expect(ef_word_interval(EF_UNIT_SHARE, 0.1071359, 0.2060558, 200), "10.7 to 20.6%");
    expect(ef_word_difference_interval(EF_UNIT_SHARE, -0.026, 0.066, 500), "-2.6 to 6.6");
    expect(ef_word_interval(EF_UNIT_NET, -18.4075, 78.4075, 10), "-18 to 78");
    expect(ef_word_interval(EF_UNIT_NET, (double)NAN, 1, 10), "");
}

Test(wording, thousands_and_extremes)
{
    expect(ef_word_count(0), "0");
    expect(ef_word_count(999), "999");
    expect(ef_word_count(1000), "1,000");
    expect(ef_word_count(-12345678), "-12,345,678");
    expect(ef_word_count(INT64_MIN), "-9,223,372,036,854,775,808");
    expect(ef_word_number(999.96, 1), "1,000.0");
    expect(ef_word_number(-0.05, 1), "-0.1");
    expect(ef_word_number((double)INFINITY, 0), "9,000,000,000,000,000");
    expect(ef_word_counted(1, "message"), "1 message");
    expect(ef_word_counted(0, "message"), "0 messages");
}

Test(wording, times_as_people_say_them)
{
    expect(ef_word_value(EF_UNIT_SECONDS, 0, 9), "0 s");
    expect(ef_word_value(EF_UNIT_SECONDS, 59.4, 9), "59 s");
    expect(ef_word_value(EF_UNIT_SECONDS, 59.6, 9), "1 min");
    expect(ef_word_value(EF_UNIT_SECONDS, 90, 9), "1 min 30 s");
    expect(ef_word_value(EF_UNIT_SECONDS, 7800, 9), "2 h 10 min");
    expect(ef_word_value(EF_UNIT_SECONDS, 7199, 9), "2 h");
    expect(ef_word_value(EF_UNIT_SECONDS, 86399, 9), "1 d");
    expect(ef_word_value(EF_UNIT_SECONDS, 273600, 9), "3 d 4 h");
    expect(ef_word_value(EF_UNIT_SECONDS, (double)NAN, 9), "-");
    expect(ef_word_interval(EF_UNIT_SECONDS, 60, 7800, 9), "1 min to 2 h 10 min");
}

Test(wording, dates_before_and_after_1970)
{
    expect(ef_word_date(1767225600000), "2026-01-01");
    expect(ef_word_date(951782400000), "2000-02-29");
    expect(ef_word_date(-1), "1969-12-31");
    expect(ef_word_date(4102444799000), "2099-12-31");
    expect(ef_word_time(1767225600000 + 3661000), "2026-01-01T01:01:01");
    expect(ef_word_time(-1000), "1969-12-31T23:59:59");
    expect(ef_word_date(0), "-");
    expect(ef_word_time(0), "");
}

Test(wording, few_and_withheld)
{
    ef_findings findings;
    fixture_full(&findings);
    ef_figure net = fixture_net(30, 48, 29);
    cr_assert_eq(ef_standing_of(&findings, &net), EF_STANDING_FEW);
    expect(ef_word_figure(&findings, &net), "+30");
    net.n = 4;
    cr_assert_eq(ef_standing_of(&findings, &net), EF_STANDING_WITHHELD);
    expect(ef_word_figure(&findings, &net), "-");
    expect(ef_word_bounds(&findings, &net), "");
    net.n = 30;
    cr_assert_eq(ef_standing_of(&findings, &net), EF_STANDING_SOLID);
    net.value = (double)NAN;
    cr_assert_eq(ef_standing_of(&findings, &net), EF_STANDING_NONE);
}
