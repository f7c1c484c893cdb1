/* SPDX-License-Identifier: MIT
 * test_group_names.c - values numbered in the order they appear. */
#include "pipeline/group_names.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

static uint32_t number_of(ef_group_names *names, const char *name)
{
    uint32_t number = 99;
    cr_assert_eq(ef_group_names_number(names, ef_slice_of(name), &number, NULL), EF_OK);
    return number;
}

Test(group_names, numbers_values_in_the_order_they_appear)
{
    ef_group_names names = { 0 };
    static const char *const values[] = { "west", "", "east", "west", "we", "east", "" };
    static const uint32_t numbers[] = { 0, 1, 2, 0, 3, 2, 1 };
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        cr_assert_eq(number_of(&names, values[i]), numbers[i], "%zu", i);
    cr_assert_eq(ef_group_names_count(&names), 4);
    cr_assert_eq(ef_group_names_at(&names, 1).size, 0);
    cr_assert_eq(ef_group_names_at(&names, 3).size, 2);
    cr_assert_eq(memcmp(ef_group_names_at(&names, 2).data, "east", 4), 0);
    ef_group_names_release(&names);
}

Test(group_names, refuses_a_column_where_every_value_is_another)
{
    ef_group_names names = { 0 };
    ef_error error = { 0 };
    char name[16];
    uint32_t number;
    for (int i = 0; i < EF_GROUP_LIMIT; i++) {
        snprintf(name, sizeof name, "%d", i * 7919 % EF_GROUP_LIMIT);
        cr_assert_eq(number_of(&names, name), (uint32_t)i);
    }
    cr_assert_eq(ef_group_names_number(&names, ef_slice_of("one more"), &number, &error),
                 EF_ERR_LIMIT);
    cr_assert_eq(number_of(&names, "7919"), 1);
    ef_group_names_release(&names);
}
