/* SPDX-License-Identifier: MIT
 * test_excerpts.c - the messages from which a report quotes: the same however they came. */
#include <criterion/criterion.h>
#include <stdio.h>

#include "saying.h"
#include "tally/excerpts.h"

enum { MESSAGES = 900 };

/* Three labels in nine months, one of which has most of them. */
static void say(ef_excerpts *excerpts, uint64_t i)
{
    char text[80];
    hand_made made;
    snprintf(text, sizeof text, "The kettle of %d is a kettle. Yes.", (int)i);
    const ef_heard *heard = saying(&made, text, i, 0, (ef_label)(1 + i % 3));
    made.heard.has_time = i % 11 != 0;
    made.heard.day = (int32_t)(i % 7 == 0 ? 15000 + i % 270 : 15000);
    cr_assert(ef_excerpts_add(excerpts, heard, i % 4));
}

static void expect_equal(ef_excerpts *one, ef_excerpts *two)
{
    ef_buffer a = { 0 }, b = { 0 };
    cr_assert(ef_excerpts_settle(one, false) && ef_excerpts_save(one, &a));
    cr_assert(ef_excerpts_settle(two, false) && ef_excerpts_save(two, &b));
    cr_assert_eq(a.size, b.size);
    cr_assert_arr_eq(a.data, b.data, a.size);
    ef_buffer_release(&a);
    ef_buffer_release(&b);
}

Test(excerpts, are_the_same_in_any_order_and_in_any_parts)
{
    static const size_t most[] = { 0, 300, 64, 40 };
    for (size_t k = 0; k < sizeof most / sizeof most[0]; k++) {
        ef_excerpts whole = { .most = most[k] };
        for (uint64_t i = 0; i < MESSAGES; i++)
            say(&whole, i);
        for (uint64_t turn = 1; turn <= 40; turn++) {
            ef_excerpts parts[4], merged = { .most = most[k] };
            for (size_t p = 0; p < 4; p++)
                parts[p] = (ef_excerpts){ .most = most[k] };
            for (uint64_t i = 0; i < MESSAGES; i++) {
                uint64_t at = turn % 2 == 0 ? i : MESSAGES - 1 - i;
                /* Parts of very different sizes: one of them hardly drops anything. */
                uint64_t dice = ef_hash_mix(at, turn) % 16;
                say(&parts[dice < 10 ? 0 : dice < 14 ? 1 : dice - 12], at);
            }
            for (size_t p = 0; p < 4; p++)
                cr_assert(ef_excerpts_merge(&merged, &parts[(p + turn) % 4]));
            expect_equal(&whole, &merged);
            for (size_t p = 0; p < 4; p++)
                ef_excerpts_release(&parts[p]);
            ef_excerpts_release(&merged);
        }
        cr_assert(whole.count <= (most[k] == 0 ? MESSAGES : most[k]));
        ef_excerpts_release(&whole);
    }
}

Test(excerpts, are_of_every_label_and_month)
{
    ef_excerpts excerpts = { .most = 64 };
    unsigned labels[4] = { 0 }, late = 0;
    for (uint64_t i = 0; i < MESSAGES; i++)
        say(&excerpts, i);
    cr_assert(ef_excerpts_settle(&excerpts, false));
    for (size_t i = 0; i < excerpts.count; i++) {
        labels[excerpts.items[i].label]++;
        late += excerpts.items[i].time_ms > INT64_C(15100) * 86400000;
    }
    cr_assert(labels[1] > 10 && labels[2] > 10 && labels[3] > 10);
    cr_assert_gt(late, 15);
    ef_excerpts_release(&excerpts);
}

static void expect_text(const char *text, bool shows_words, const char *wanted)
{
    ef_excerpts excerpts = { 0 };
    hand_made made;
    const ef_heard *heard = saying(&made, text, 1, 0, EF_LABEL_NEGATIVE);
    cr_assert(ef_excerpts_add(&excerpts, heard, 0));
    cr_assert(ef_excerpts_settle(&excerpts, shows_words));
    ef_slice got = ef_excerpt_text(&excerpts, &excerpts.items[0]);
    cr_assert(got.size == strlen(wanted) && memcmp(got.data, wanted, got.size) == 0,
              "%s: %.*s", text, (int)got.size, (const char *)got.data);
    ef_excerpts_release(&excerpts);
}

Test(excerpts, are_one_line_without_tags_and_personal_data)
{
    expect_text(" The\tlid<br/><br />is \n loose ", false, "The lid is loose");
    expect_text("Bad lid\n\nIt < is > loose", false, "Bad lid\nIt < is > loose");
    expect_text("Write to anna.b@example.org now", false, "Write to [email] now");
    expect_text("Write to anna.b@example.org now", true, "Write to anna.b@example.org now");
    expect_text("", false, "");
}

Test(excerpts, end_with_a_sentence_or_at_least_a_word)
{
    char text[2000] = "";
    for (int i = 0; i < 40; i++)
        snprintf(text + strlen(text), sizeof text - strlen(text), "The lid is %d. ", i);
    ef_excerpts excerpts = { 0 };
    hand_made made;
    cr_assert(ef_excerpts_add(&excerpts, saying(&made, text, 1, 0, EF_LABEL_NEGATIVE), 0));
    memset(text, 'x', 1500);
    cr_assert(ef_excerpts_add(&excerpts, saying(&made, text, 2, 0, EF_LABEL_NEGATIVE), 0));
    cr_assert(ef_excerpts_settle(&excerpts, true));
    ef_slice first = ef_excerpt_text(&excerpts, &excerpts.items[0]);
    ef_slice second = ef_excerpt_text(&excerpts, &excerpts.items[1]);
    cr_assert(first.size > 400 && first.size <= EF_EXCERPT_TEXT);
    cr_assert_eq(first.data[first.size - 1], '.');
    cr_assert_eq(second.size, EF_EXCERPT_TEXT);
    ef_excerpts_release(&excerpts);
}

static bool is_read(ef_excerpts *read, ef_slice bytes)
{
    ef_unpack in = { .rest = bytes };
    return ef_excerpts_load(read, &in) && !in.failed;
}

Test(excerpts, are_read_back_as_they_were_and_refused_when_damaged)
{
    ef_excerpts excerpts = { .most = 100 }, read = { .most = 100 };
    ef_buffer bytes = { 0 };
    for (uint64_t i = 0; i < MESSAGES; i++)
        say(&excerpts, i);
    cr_assert(ef_excerpts_settle(&excerpts, false) && ef_excerpts_save(&excerpts, &bytes));
    cr_assert(is_read(&read, ef_buffer_slice(&bytes)));
    expect_equal(&excerpts, &read);
    ef_excerpts_release(&read);
    for (size_t size = 0; size < bytes.size; size += 1 + size / 50)
        cr_assert(!is_read(&read, (ef_slice){ bytes.data, size }));
    for (size_t at = 0; at < bytes.size; at += 3) { /* anything but a crash */
        bytes.data[at] ^= 0xFF;
        if (is_read(&read, ef_buffer_slice(&bytes)))
            cr_assert(ef_excerpts_settle(&read, false));
        ef_excerpts_release(&read);
        bytes.data[at] ^= 0xFF;
    }
    ef_buffer_release(&bytes);
    ef_excerpts_release(&excerpts);
}
