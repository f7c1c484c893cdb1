/* SPDX-License-Identifier: MIT
 * test_key_set.c - keys go in once, and are found again. */
#include "review/key_set.h"

#include <criterion/criterion.h>

Test(key_set, finds_what_was_added_and_nothing_else)
{
    ef_key_set set = { 0 };
    bool is_new;
    cr_assert_not(ef_key_set_has(&set, 0));
    cr_assert_not(ef_key_set_has(&set, 5));
    for (uint64_t key = 0; key < 10000; key += 2) {
        cr_assert(ef_key_set_add(&set, key << 40 | key, &is_new) && is_new);
        cr_assert(ef_key_set_add(&set, key << 40 | key, &is_new) && !is_new);
    }
    for (uint64_t key = 0; key < 10000; key++)
        cr_assert_eq(ef_key_set_has(&set, key << 40 | key), key % 2 == 0);
    ef_key_set_release(&set);
}
