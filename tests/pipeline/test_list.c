/* SPDX-License-Identifier: MIT
 * tests/pipeline/test_list.c - everything that stands in a table. */
#include <criterion/criterion.h>

#include "earful/app/list.h"

#include <string.h>

static bool has(const char *list, const char *name)
{
    ef_listed entry;
    for (size_t i = 0; ef_list(list, i, &entry) == EF_OK; i++)
        if (strcmp(entry.name, name) == 0)
            return true;
    return false;
}

Test(list, every_entry_says_what_it_is)
{
    size_t lists = 0;
    for (; ef_list_name(lists) != NULL; lists++) {
        ef_listed entry;
        size_t count = 0;
        for (; ef_list(ef_list_name(lists), count, &entry) == EF_OK; count++)
            cr_assert(strlen(entry.name) > 0 && strlen(entry.summary) > 0, "%s %zu",
                      ef_list_name(lists), count);
        cr_assert_gt(count, 0, "%s", ef_list_name(lists));
        cr_assert_eq(ef_list(ef_list_name(lists), count, &entry), EF_END);
    }
    cr_assert_eq(lists, 10);
}

Test(list, knows_what_users_ask_for)
{
    cr_assert(has("formats", "csv"));
    cr_assert(has("sources", "gzip"));
    cr_assert(has("writers", "ndjson"));
    cr_assert(has("kernels", "scalar"));
    cr_assert(has("classifiers", "naive-bayes"));
    cr_assert(has("scorers", "blend"));
    cr_assert(has("encodings", "utf-8"));
}

Test(list, unknown_list_is_refused)
{
    ef_listed entry;
    cr_assert_eq(ef_list("colours", 0, &entry), EF_ERR_ARGUMENT);
}
