/* SPDX-License-Identifier: MIT */
#include "tally/sums.h"

#include <criterion/criterion.h>

#include "base/hash.h"

static void add(ef_sums *sums, int64_t key, int64_t more)
{
    int64_t *found;
    cr_assert(ef_sums_at(sums, ef_hash_mix((uint64_t)key, 7), &key, &found));
    if (found != NULL)
        *found += more;
}

static ef_sums made(size_t most, int64_t first, int64_t last)
{
    ef_sums sums;
    ef_sums_init(&sums, 1, 1, most);
    for (int64_t key = first; key < last; key++)
        add(&sums, key, key + 1);
    return sums;
}

static void expect_same(const ef_sums *one, const ef_sums *two)
{
    ef_buffer a = { 0 }, b = { 0 };
    cr_assert(ef_sums_save(one, &a) && ef_sums_save(two, &b));
    cr_assert_eq(a.size, b.size);
    cr_assert_eq(memcmp(a.data, b.data, a.size), 0);
    ef_buffer_release(&a);
    ef_buffer_release(&b);
}

Test(sums, keep_every_key_and_add_up)
{
    ef_sums sums = made(0, 0, 1000);
    add(&sums, 17, 5);
    const int64_t *found = ef_sums_find(&sums, ef_hash_mix(17, 7));
    cr_assert_not_null(found);
    cr_assert_eq(*found, 23);
    cr_assert_eq(sums.count, 1000);
    cr_assert_null(ef_sums_find(&sums, ef_hash_mix(1000, 7)));
    ef_sums_release(&sums);
}

Test(sums, a_bound_keeps_an_even_share_whose_sums_are_whole)
{
    ef_sums sums = made(100, 0, 10000);
    cr_assert_leq(sums.count, 100);
    cr_assert_gt(sums.count, 30);
    size_t at = 0;
    uint64_t hash;
    for (const int64_t *entry; (entry = ef_sums_next(&sums, &at, &hash)) != NULL;)
        cr_assert_eq(entry[1], entry[0] + 1);
    cr_assert_leq((double)(sums.count << sums.level), 15000.0);
    cr_assert_geq((double)(sums.count << sums.level), 7000.0);
    ef_sums_release(&sums);
}

/* Whatever was left out on the way, the same is left at the end. */
Test(sums, merge_to_the_same_however_they_were_cut)
{
    ef_sums all = made(100, 0, 5000);
    for (int64_t cut = 0; cut <= 5000; cut += 333) {
        ef_sums one = made(100, 0, cut), two = made(100, cut, 5000);
        cr_assert(ef_sums_merge(&one, &two));
        expect_same(&one, &all);
        ef_sums_release(&one);
        ef_sums_release(&two);
    }
    ef_sums_release(&all);
}

Test(sums, come_back_from_bytes_and_bytes_that_are_cut_do_not)
{
    ef_sums all = made(100, 0, 5000), back;
    ef_buffer bytes = { 0 };
    cr_assert(ef_sums_save(&all, &bytes));
    for (size_t size = 0; size <= bytes.size; size += size < bytes.size - 9 ? 9 : 1) {
        ef_unpack in = { { bytes.data, size }, false };
        ef_sums_init(&back, 1, 1, 100);
        cr_assert(ef_sums_load(&back, &in));
        cr_assert_eq(in.failed, size < bytes.size, "%zu", size);
        if (!in.failed)
            expect_same(&back, &all);
        ef_sums_release(&back);
    }
    ef_sums_release(&all);
    ef_buffer_release(&bytes);
}
