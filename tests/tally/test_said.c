/* SPDX-License-Identifier: MIT
 * test_said.c - the even sample of what customers said: the same however it came. */
#include <criterion/criterion.h>
#include <stdio.h>

#include "saying.h"
#include "tally/said.h"

enum { MESSAGES = 600 };

/* The i-th message: its words, author and mood follow from i. */
static void say(ef_said *said, uint64_t i)
{
    char text[120];
    hand_made made;
    snprintf(text, sizeof text, "the kettle%c has a %c%chandle and %c%c%c%clids",
             (char)('a' + i % 26), (char)('a' + i % 7), (char)('a' + i % 11),
             (char)('a' + i % 13), (char)('a' + i % 5), (char)('a' + i % 3),
             (char)('a' + i % 17));
    const ef_heard *heard =
        saying(&made, text, i, i % 4 == 0 ? i / 8 + 1 : 0, (ef_label)(1 + i % 3));
    made.heard.has_time = i % 5 != 0;
    made.heard.day = (int32_t)(i % 90);
    made.heard.side = (ef_side)(i % 3);
    cr_assert(ef_said_add(said, heard, i % 6));
}

static void expect_equal(ef_said *one, ef_said *two)
{
    ef_buffer a = { 0 }, b = { 0 };
    cr_assert(ef_said_settle(one) && ef_said_save(one, &a));
    cr_assert(ef_said_settle(two) && ef_said_save(two, &b));
    cr_assert_eq(a.size, b.size);
    cr_assert_arr_eq(a.data, b.data, a.size);
    ef_buffer_release(&a);
    ef_buffer_release(&b);
}

Test(said, is_the_same_in_any_order_and_in_any_parts)
{
    static const uint64_t bounds[] = { 0, 20000, 3000, 1 };
    for (size_t k = 0; k < sizeof bounds / sizeof bounds[0]; k++) {
        ef_said whole = { .bound = bounds[k] };
        for (uint64_t i = 0; i < MESSAGES; i++)
            say(&whole, i);
        for (uint64_t turn = 1; turn <= 40; turn++) {
            ef_said parts[5], merged = { .bound = bounds[k] };
            for (size_t p = 0; p < 5; p++)
                parts[p] = (ef_said){ .bound = bounds[k] };
            for (uint64_t i = 0; i < MESSAGES; i++) {
                uint64_t at = (i * (turn * 2 + 1) + turn) % MESSAGES; /* an odd step … */
                if ((turn * 2 + 1) % 3 == 0 || (turn * 2 + 1) % 5 == 0)
                    at = MESSAGES - 1 - i; /* … without a common factor with 600 */
                say(&parts[ef_hash_mix(at, turn) % 5], at);
            }
            for (size_t p = 0; p < 5; p++)
                cr_assert(ef_said_merge(&merged, &parts[(p + turn) % 5]));
            expect_equal(&whole, &merged);
            for (size_t p = 0; p < 5; p++)
                ef_said_release(&parts[p]);
            ef_said_release(&merged);
        }
        cr_assert_eq(whole.total, MESSAGES);
        cr_assert_eq(ef_said_is_sample(&whole), bounds[k] != 0);
        ef_said_release(&whole);
    }
}

static void say_plainly(ef_said *said, uint64_t number)
{
    static const char *const texts[] = { "the kettle leaks water and the lid sticks",
                                         "a quiet kettle, the handle gets warm",
                                         "water tastes fine, lid fits, handle stays cool" };
    hand_made made;
    cr_assert(ef_said_add(said, saying(&made, texts[number % 3], number, 0, (ef_label)1), 0));
}

/* Few words, many messages: what is beyond the bound goes without the rest being sorted,
 * and many of one record are beyond it only in part. */
Test(said, is_the_same_in_any_parts_where_few_words_return)
{
    enum { MANY = 20000, TWINS = 500 };
    ef_said whole = { .bound = 20000 }, merged = { .bound = 20000 };
    ef_said parts[3] = { { .bound = 20000 }, { .bound = 20000 }, { .bound = 20000 } };
    for (uint64_t i = 0; i < MANY; i++) {
        say_plainly(&whole, i);
        say_plainly(&parts[i % 7 % 3], MANY - 1 - i);
        cr_assert_leq(whole.count * sizeof *whole.messages, 26000);
    }
    uint64_t first = whole.messages[0].order;
    for (size_t i = 0; i < whole.count; i++)
        first = whole.messages[i].order < first ? whole.messages[i].order : first;
    for (uint64_t number = 0; number < MANY; number++)
        for (uint64_t i = 0; ef_hash_mix(number, 1) == first && i < TWINS; i++) {
            say_plainly(&whole, number);
            say_plainly(&parts[i % 3], number);
        }
    for (size_t p = 0; p < 3; p++)
        cr_assert(ef_said_merge(&merged, &parts[p]));
    cr_assert_eq(whole.total, MANY + TWINS);
    expect_equal(&whole, &merged);
    for (size_t p = 0; p < 3; p++)
        ef_said_release(&parts[p]);
    ef_said_release(&whole);
    ef_said_release(&merged);
}

Test(said, keeps_an_even_share_of_all_kinds_beyond_its_bound)
{
    ef_said said = { .bound = 100 * 80 };
    size_t negative = 0;
    for (uint64_t i = 0; i < 30000; i++)
        say(&said, i);
    cr_assert(ef_said_settle(&said));
    cr_assert(said.count > 100 && said.count < 160 && said.total == 30000);
    for (size_t i = 0; i < said.count; i++)
        negative += ef_said_label(&said.messages[i]) == EF_LABEL_NEGATIVE;
    cr_assert(negative * 3 > said.count * 2 / 3 && negative * 3 < said.count * 4 / 3);
    ef_said_release(&said);
}

Test(said, leaves_out_staff_and_what_has_no_label)
{
    ef_said said = { 0 };
    hand_made made;
    const ef_heard *heard = saying(&made, "the lid", 1, 0, EF_LABEL_NONE);
    cr_assert(ef_said_add(&said, heard, 0));
    heard = saying(&made, "the lid", 2, 0, EF_LABEL_POSITIVE);
    made.heard.is_customer = false;
    cr_assert(ef_said_add(&said, heard, 0));
    cr_assert(said.total == 0 && said.count == 0);
    cr_assert(ef_said_settle(&said));
    ef_said_release(&said);
}

static bool is_read(ef_said *read, ef_slice bytes)
{
    ef_unpack in = { .rest = bytes };
    return ef_said_load(read, &in) && !in.failed;
}

Test(said, is_read_back_as_it_was_and_refused_when_damaged)
{
    ef_said said = { .bound = 20000 }, read = { .bound = 20000 };
    ef_buffer bytes = { 0 };
    for (uint64_t i = 0; i < MESSAGES; i++)
        say(&said, i);
    cr_assert(ef_said_settle(&said) && ef_said_save(&said, &bytes));
    cr_assert(is_read(&read, ef_buffer_slice(&bytes)));
    expect_equal(&said, &read);
    ef_said_release(&read);
    for (size_t size = 0; size < bytes.size; size += 1 + size / 50)
        cr_assert(!is_read(&read, (ef_slice){ bytes.data, size }));
    for (size_t at = 0; at < bytes.size; at += 7) { /* anything but a crash */
        bytes.data[at] ^= 0xFF;
        if (is_read(&read, ef_buffer_slice(&bytes)))
            cr_assert(ef_said_settle(&read));
        ef_said_release(&read);
        bytes.data[at] ^= 0xFF;
    }
    ef_buffer_release(&bytes);
    ef_said_release(&said);
}
