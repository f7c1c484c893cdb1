/* SPDX-License-Identifier: MIT
 * test_select.c - a kernel set by name, or the best one. */
#include "kernels/kernels.h"

#include <criterion/criterion.h>

Test(select, lists_the_reference_first)
{
    cr_assert_str_eq(ef_kernels_at(0)->name, "scalar");
}

Test(select, ends_the_list_with_null)
{
    size_t count = 0;
    while (ef_kernels_at(count) != NULL)
        count++;
    cr_assert_geq(count, 1);
    cr_assert_null(ef_kernels_at(count + 1));
}

Test(select, finds_every_supported_set_by_its_name)
{
    for (size_t i = 0; ef_kernels_at(i) != NULL; i++) {
        const ef_kernels *set = ef_kernels_at(i);
        cr_assert_eq(ef_kernels_select(set->name), set->is_supported() ? set : NULL);
        cr_assert_neq(set->summary[0], '\0');
    }
}

Test(select, takes_the_last_supported_set_without_a_name)
{
    const ef_kernels *best = ef_kernels_select(NULL);
    cr_assert_not_null(best);
    for (size_t i = 0; ef_kernels_at(i) != NULL; i++)
        if (ef_kernels_at(i)->is_supported() && ef_kernels_at(i + 1) == NULL)
            cr_assert_eq(best, ef_kernels_at(i));
}

Test(select, knows_no_other_name)
{
    cr_assert_null(ef_kernels_select("abacus"));
    cr_assert_null(ef_kernels_select(""));
}
