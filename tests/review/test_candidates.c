/* SPDX-License-Identifier: MIT
 * test_candidates.c - the same few are kept, whatever the order and the number of lists. */
#include "review/candidates.h"

#include <criterion/criterion.h>
#include <stdio.h>

enum { TEXTS = 500, WANTED = 20 };

static ef_candidate made(unsigned number)
{
    static char texts[TEXTS][16];
    snprintf(texts[number], sizeof texts[number], "text %u", number);
    unsigned kind = number % 100;                     /* every text comes five times */
    return (ef_candidate){ .worth = kind * 7919 % 50, /* and many are worth the same */
                           .key = kind + 1,
                           .place = number,
                           .text = ef_slice_of(texts[number]) };
}

static void offer(ef_candidates *list, unsigned number)
{
    ef_candidate candidate = made(number);
    cr_assert(ef_candidates_offer(list, &candidate));
}

static void assert_same(const ef_candidates *one, const ef_candidates *other)
{
    cr_assert_eq(one->count, WANTED);
    cr_assert_eq(other->count, WANTED);
    for (size_t i = 0; i < WANTED; i++) {
        cr_assert_eq(one->items[i]->key, other->items[i]->key);
        cr_assert_eq(one->items[i]->place, other->items[i]->place);
        cr_assert_eq(one->items[i]->text.size, other->items[i]->text.size);
    }
}

Test(candidates, do_not_depend_on_order_or_on_how_they_were_spread)
{
    ef_candidates forward, backward, parts[3];
    ef_candidates_init(&forward, WANTED);
    ef_candidates_init(&backward, WANTED);
    for (unsigned i = 0; i < 3; i++)
        ef_candidates_init(&parts[i], WANTED);
    for (unsigned i = 0; i < TEXTS; i++) {
        offer(&forward, i);
        offer(&backward, TEXTS - 1 - i);
        offer(&parts[i * 7 % 3], (i * 211 + 3) % TEXTS);
    }
    cr_assert(ef_candidates_merge(&parts[2], &parts[0]));
    cr_assert(ef_candidates_merge(&parts[2], &parts[1]));
    cr_assert(ef_candidates_sort(&forward));
    cr_assert(ef_candidates_sort(&backward));
    cr_assert(ef_candidates_sort(&parts[2]));
    assert_same(&forward, &backward);
    assert_same(&forward, &parts[2]);
    ef_candidates_release(&forward);
    ef_candidates_release(&backward);
    for (unsigned i = 0; i < 3; i++)
        ef_candidates_release(&parts[i]);
}

Test(candidates, keep_the_best_each_once_and_the_first_of_repeats)
{
    ef_candidates list;
    ef_candidates_init(&list, WANTED);
    for (unsigned i = 0; i < TEXTS; i++)
        offer(&list, TEXTS - 1 - i);
    cr_assert(ef_candidates_sort(&list));
    for (size_t i = 0; i < list.count; i++) {
        cr_assert_lt(list.items[i]->place, 100);
        cr_assert_geq(list.items[i]->worth, 40);
        for (size_t k = 0; k < i; k++)
            cr_assert_neq(list.items[k]->key, list.items[i]->key);
    }
    ef_candidates_release(&list);
}

Test(candidates, that_are_not_wanted_take_no_memory)
{
    ef_candidates list;
    ef_candidates_init(&list, 0);
    offer(&list, 1);
    cr_assert(ef_candidates_sort(&list));
    cr_assert_eq(list.count, 0);
    cr_assert_null(list.items);
    ef_candidates_release(&list);
}

/* A repeat may be worth more where what parts the two was redacted. */
Test(candidates, keep_the_repeat_that_is_worth_most)
{
    ef_candidates list;
    ef_candidates_init(&list, 2);
    for (uint64_t i = 0; i < 20; i++) {
        ef_candidate c = { .worth = i % 7, .key = i % 2, .place = i };
        cr_assert(ef_candidates_offer(&list, &c));
    }
    cr_assert(ef_candidates_sort(&list));
    cr_assert_eq(list.count, 2);
    cr_assert_eq(list.items[0]->worth, 6);
    cr_assert_eq(list.items[1]->worth, 6);
    cr_assert_neq(list.items[0]->key, list.items[1]->key);
    ef_candidates_release(&list);
}
