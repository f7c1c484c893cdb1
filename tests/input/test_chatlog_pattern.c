/* SPDX-License-Identifier: MIT
 * tests/input/test_chatlog_pattern.c - logs that a user's own pattern describes. */
#include "chat_rows.h"

static void expect_by(const char *pattern, const char *text, const char *expected)
{
    expect("generic", "2024-11-03.log", text, &(ef_reader_options){ .pattern = pattern },
           expected);
}

Test(chatlog_pattern, reads_what_a_pattern_says)
{
    expect_by("(?<author>[^>]+)> (?<text>.*)", "mara> hi\nthere\njo> yes\n",
              "||mara|hi/there\n||jo|yes\n");
    expect_by(
        "(?<text>.*) \\((?<author>\\w+), (?<time>[-0-9: ]+)\\)$",
        "it broke (mara, 2024-11-03 20:49)\nin two\nsorry (jo, 2024-11-03 20:50)\n",
        "2024-11-03T20:49:00Z||mara|it broke/in two\n2024-11-03T20:50:00Z||jo|sorry\n");
    expect_by("(?<author>\\w+)(?: says (?<text>.*))?", "mara says hi\njo\n",
              "||mara|hi\n||jo|\n");
    expect_by("(?<author>.+?): (?<text>.*)", "m\xE4ra: gr\xFC\xDF dich\n",
              "||m\xE4ra|gr\xEF\xBF\xBD\xEF\xBF\xBD dich\n");
}

Test(chatlog_pattern, says_what_is_wrong_with_a_pattern)
{
    static const struct {
        const char *pattern, *message;
    } bad[] = {
        { NULL, "the format 'generic' needs a pattern: --pattern '(?<author>[^:]+): "
                "(?<text>.*)'" },
        { "(?<text>", "bad pattern at byte 9: missing closing parenthesis" },
        { "(?<author>.*)", "the pattern has no group (?<text>...)" },
        { "(?<nick>.*) (?<text>.*)", "group 'nick' of the pattern is none of time, author, "
                                     "text, role, channel, conversation, id" },
    };
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        rows it;
        rows_open(&it, named("generic"), ef_slice_of("a\n"),
                  &(ef_reader_options){ .pattern = bad[i].pattern });
        cr_assert_eq(it.status, EF_ERR_ARGUMENT);
        cr_assert_str_eq(it.error.message, bad[i].message);
        rows_release(&it);
    }
}

/* Each line costs a bounded number of steps; a line that takes more begins nothing. */
Test(chatlog_pattern, outlives_a_pattern_that_tracks_back, .timeout = 30)
{
    ef_buffer text = { 0 };
    ef_buffer_append_text(&text, "b\n");
    for (int i = 0; i < 50; i++)
        ef_buffer_append_text(&text,
                              "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\n");
    rows it;
    read_as(&it, "generic", "a.log", ef_buffer_slice(&text),
            &(ef_reader_options){ .pattern = "(a+)+(?<text>b)|(?<author>b)" }, SIZE_MAX, 0);
    cr_assert_eq(it.cursor.counts.records, 1);
    rows_release(&it);
    ef_buffer_release(&text);
}
