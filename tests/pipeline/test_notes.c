/* SPDX-License-Identifier: MIT
 * tests/pipeline/test_notes.c - notices that wait. */
#include <criterion/criterion.h>

#include "pipeline/notes.h"

static int replayed;

static void look(void *user, const ef_notice *notice)
{
    size_t raw_size = *(size_t *)user;
    cr_assert_eq(notice->line, (uint64_t)replayed);
    cr_assert_str_eq(notice->message, "a.csv:1: too long");
    cr_assert_str_eq(notice->reason, replayed == 0 ? "" : "too long");
    cr_assert_str_eq(notice->path, "a.csv");
    cr_assert_eq(notice->raw.size, raw_size);
    if (raw_size > 0)
        cr_assert_eq(memcmp(notice->raw.data, "b\0c", 3), 0);
    replayed++;
}

static void keep_five(ef_notes *notes)
{
    for (uint64_t i = 0; i < 5; i++) {
        char message[] = "a.csv:1: too long", path[] = "a.csv", raw[] = "b\0c";
        ef_notice notice = { .kind = EF_NOTICE_REJECT,
                             .message = message,
                             .reason = i == 0 ? NULL : "too long",
                             .path = path,
                             .line = i,
                             .raw = { (const uint8_t *)raw, 3 } };
        ef_notes_keep(notes, &notice);
        memset(message, 'x', sizeof message - 1);
    }
}

Test(notes, come_back_whole_and_in_order)
{
    for (size_t raw_size = 0; raw_size <= 3; raw_size += 3) {
        ef_notes notes = { .keeps_raw = raw_size > 0 };
        keep_five(&notes);
        replayed = 0;
        ef_notes_replay(&notes, look, &raw_size);
        cr_assert_eq(replayed, 5);
        ef_notes_replay(&notes, look, &raw_size);
        cr_assert_eq(replayed, 5);
        ef_notes_release(&notes);
    }
}

Test(notes, nobody_needs_to_listen)
{
    ef_notes notes = { 0 };
    ef_notes_keep(&notes, &(ef_notice){ .message = "x" });
    ef_notes_replay(&notes, NULL, NULL);
    cr_assert_eq(notes.bytes.size, 0);
    ef_notes_release(&notes);
}
