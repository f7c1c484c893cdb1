/* SPDX-License-Identifier: MIT */
#include "tally/plan.h"

#include <criterion/criterion.h>

static int64_t ms(int64_t year, unsigned month, unsigned day, int64_t hour)
{
    return (ef_days_from_date(year, month, day) * 24 + hour) * 3600000;
}

static void expect(const char *text, int64_t begin, int64_t end)
{
    ef_zone *zone;
    ef_period period;
    cr_assert_eq(ef_zone_open(&zone, "+02:00", NULL), EF_OK);
    cr_assert(ef_period_read(&period, zone, ef_slice_of(text)), "%s", text);
    cr_assert_eq(period.begin_ms, begin - 7200000, "%s", text);
    cr_assert_eq(period.end_ms, end - 7200000, "%s", text);
    ef_zone_free(zone);
}

Test(plan, reads_stretches_of_time_as_people_write_them)
{
    expect("2026", ms(2026, 1, 1, 0), ms(2027, 1, 1, 0));
    expect("2026-02", ms(2026, 2, 1, 0), ms(2026, 3, 1, 0));
    expect("2026-12", ms(2026, 12, 1, 0), ms(2027, 1, 1, 0));
    expect("2020-W53", ms(2020, 12, 28, 0), ms(2021, 1, 4, 0));
    expect("2024-02-29", ms(2024, 2, 29, 0), ms(2024, 3, 1, 0));
    expect("2026-03-01 14", ms(2026, 3, 1, 14), ms(2026, 3, 1, 15));
    expect("2026-03-01T14:30", ms(2026, 3, 1, 14) + 1800000, ms(2026, 3, 1, 14) + 1860000);
    expect("2026-03-01 14:30:05", ms(2026, 3, 1, 14) + 1805000,
           ms(2026, 3, 1, 14) + 1806000);
}

Test(plan, refuses_what_is_no_time)
{
    static const char *const wrong[] = { "",
                                         "26",
                                         "2026-",
                                         "2026-13",
                                         "2026-00",
                                         "2026-W00",
                                         "2021-W53",
                                         "2026-02-29",
                                         "2026-04-31",
                                         "2026-03-1",
                                         "2026-03-01 ",
                                         "2026-03-01 24",
                                         "2026-03-01 14:60",
                                         "yesterday",
                                         "2026-03-01 14:30x" };
    ef_zone *zone;
    ef_period period;
    cr_assert_eq(ef_zone_open(&zone, "UTC", NULL), EF_OK);
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++)
        cr_assert_not(ef_period_read(&period, zone, ef_slice_of(wrong[i])), "%s", wrong[i]);
    ef_zone_free(zone);
}

static ef_status try(const ef_plan_wishes *wishes)
{
    ef_plan plan;
    ef_error error = { 0 };
    ef_status status = ef_plan_make(&plan, wishes, &error);
    ef_plan_release(&plan);
    return status;
}

Test(plan, refuses_wishes_that_cannot_be_met)
{
    cr_assert_eq(try(&(ef_plan_wishes){ .zone = "Mars/Olympus" }), EF_ERR_ARGUMENT);
    cr_assert_eq(try(&(ef_plan_wishes){ .since = "soon" }), EF_ERR_ARGUMENT);
    cr_assert_eq(try(&(ef_plan_wishes){ .since = "2026-03", .until = "2026-02" }),
                 EF_ERR_ARGUMENT);
    cr_assert_eq(try(&(ef_plan_wishes){ .compare = "2026-03" }), EF_ERR_ARGUMENT);
    cr_assert_eq(try(&(ef_plan_wishes){ .compare = "2026..2026-03" }), EF_ERR_ARGUMENT);
    cr_assert_eq(try(&(ef_plan_wishes){ .compare = "2025..2026", .before = "2026" }),
                 EF_ERR_ARGUMENT);
    cr_assert_eq(try(&(ef_plan_wishes){ .compare = "2025..2026" }), EF_OK);
}

Test(plan, compares_periods_and_values_of_a_column)
{
    ef_plan plan;
    const char *groups[] = { "product,agent" };
    ef_plan_wishes wishes = { .groups = groups,
                              .group_count = 1,
                              .compare = "agent=Bo..Al" };
    cr_assert_eq(ef_plan_make(&plan, &wishes, NULL), EF_OK);
    cr_assert_eq(plan.group_count, 2);
    cr_assert_eq(plan.sides.column, 1);
    cr_assert_eq(plan.sides.names[EF_SIDE_AFTER].size, 2);
    ef_plan_release(&plan);
    cr_assert_eq(ef_plan_make(&plan, &(ef_plan_wishes){ .before = "2026-04-14" }, NULL),
                 EF_OK);
    cr_assert_eq(plan.sides.periods[EF_SIDE_BEFORE].end_ms, ms(2026, 4, 14, 0));
    cr_assert_eq(plan.sides.periods[EF_SIDE_AFTER].begin_ms, ms(2026, 4, 14, 0));
    ef_plan_release(&plan);
}

Test(plan, comes_back_from_bytes)
{
    ef_plan plan, back;
    const char *groups[] = { "product", "channel" }, *where[] = { "lang=en" };
    ef_plan_wishes wishes = { .zone = "+01:00",
                              .groups = groups,
                              .group_count = 2,
                              .where = where,
                              .where_count = 1,
                              .until = "2026",
                              .before = "2025-06",
                              .shows_words = true };
    ef_buffer one = { 0 }, two = { 0 };
    cr_assert_eq(ef_plan_make(&plan, &wishes, NULL), EF_OK);
    cr_assert(ef_plan_save(&plan, &one));
    ef_unpack in = { ef_buffer_slice(&one), false };
    cr_assert_eq(ef_plan_load(&back, &in, NULL), EF_OK);
    cr_assert(ef_plan_save(&back, &two));
    cr_assert_eq(one.size, two.size);
    cr_assert_eq(memcmp(one.data, two.data, one.size), 0);
    for (size_t size = 0; size < one.size; size++) {
        ef_plan cut;
        in = (ef_unpack){ { one.data, size }, false };
        cr_assert_eq(ef_plan_load(&cut, &in, NULL), EF_ERR_FORMAT, "%zu", size);
    }
    ef_plan_release(&plan);
    ef_plan_release(&back);
    ef_buffer_release(&one);
    ef_buffer_release(&two);
}
