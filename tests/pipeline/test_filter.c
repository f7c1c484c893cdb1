/* SPDX-License-Identifier: MIT
 * tests/pipeline/test_filter.c - COL=VALUE. */
#include <criterion/criterion.h>

#include "pipeline/filter.h"

static ef_slice names[] = { { (const uint8_t *)"Store Name", 10 },
                            { (const uint8_t *)"b", 1 } };
static const ef_layout layout = { .label = "a.csv", .names = names, .name_count = 2 };

static bool holds(const char *where, const char *first, const char *second)
{
    ef_filter filter;
    ef_slice fields[2] = { ef_slice_of(first), ef_slice_of(second) };
    ef_record record = { .fields = fields, .field_count = second == NULL ? 1 : 2 };
    cr_assert_eq(ef_filter_init(&filter, &where, 1, NULL), EF_OK);
    cr_assert_eq(ef_filter_enter(&filter, &layout, NULL), EF_OK);
    bool result = ef_filter_holds(&filter, &record);
    ef_filter_release(&filter);
    return result;
}

Test(filter, compares_a_column_by_name_or_number)
{
    cr_assert(holds("store_name=x", "x", "y"));
    cr_assert_not(holds("Store Name=X", "x", "y"));
    cr_assert(holds("2=y", "x", "y"));
    cr_assert(holds("b=a=b", "x", "a=b"));
}

Test(filter, missing_cell_is_empty)
{
    cr_assert(holds("b=", "x", NULL));
    cr_assert_not(holds("b=y", "x", NULL));
}

Test(filter, all_conditions_must_hold)
{
    const char *where[] = { "1=x", "2=y" };
    ef_filter filter;
    ef_slice fields[2] = { ef_slice_of("x"), ef_slice_of("z") };
    ef_record record = { .fields = fields, .field_count = 2 };
    cr_assert_eq(ef_filter_init(&filter, where, 2, NULL), EF_OK);
    cr_assert_eq(ef_filter_enter(&filter, &layout, NULL), EF_OK);
    cr_assert_not(ef_filter_holds(&filter, &record));
    fields[1] = ef_slice_of("y");
    cr_assert(ef_filter_holds(&filter, &record));
    ef_filter_release(&filter);
}

Test(filter, refuses_what_is_no_condition_and_no_column)
{
    const char *where[] = { "store" };
    ef_filter filter;
    ef_error error = { 0 };
    cr_assert_eq(ef_filter_init(&filter, where, 1, &error), EF_ERR_ARGUMENT);
    where[0] = "StoreNmae=x";
    cr_assert_eq(ef_filter_init(&filter, where, 1, &error), EF_OK);
    cr_assert_eq(ef_filter_enter(&filter, &layout, &error), EF_ERR_ARGUMENT);
    cr_assert_str_eq(error.message,
                     "'a.csv' has no column 'StoreNmae': did you mean 'Store Name'?");
    ef_filter_release(&filter);
}
