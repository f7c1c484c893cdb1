/* SPDX-License-Identifier: MIT
 * tests/input/test_chatlog_irc.c - what clients of IRC make of their logs.
 */
#include <criterion/criterion.h>

#include "chat_rows.h"
#include "input/chatlog.h"

Test(chatlog_irc, decodes_each_line_of_irc_by_itself)
{
    expect("irc-plain", "2024-11-03.txt",
           "[12:34] <mara> caf\xE9 is closed\n"
           "[12:35] <mara> caf\xC3\xA9 is \x03"
           "04,12open\x0F \x02now\x1F!\n"
           "[12:36] <mara> \x93quoted\x94 \x03"
           "12345\n",
           NULL,
           "2024-11-03T12:34:00Z||mara|caf\xC3\xA9 is closed\n"
           "2024-11-03T12:35:00Z||mara|caf\xC3\xA9 is open now!\n"
           "2024-11-03T12:36:00Z||mara|\xE2\x80\x9Cquoted\xE2\x80\x9D 345\n");
}

Test(chatlog_irc, takes_the_mode_off_a_nick)
{
    expect("irc-plain", "2024-11-03.txt",
           "[12:34] <@mara> a\n[12:34] <+jo> b\n[12:34] <kim|away> c\n[12:35] <x>\n", NULL,
           "2024-11-03T12:34:00Z||mara|a\n2024-11-03T12:34:00Z||jo|b\n"
           "2024-11-03T12:34:00Z||kim|away|c\n2024-11-03T12:35:00Z||x|\n");
}

Test(chatlog_irc, tells_doings_of_irc_from_events_that_look_so)
{
    expect("irc-plain", "2024-11-03.txt",
           "[20:48] * Now talking in #help\n[20:49] * jo waves\n"
           "[20:50] * kim (~k@example.org) has joined #help\n"
           "[20:51] * kim is now known as kim2\n"
           "[20:52] <kim2> is now known as broken\n",
           NULL,
           "2024-11-03T20:48:00Z|system||\n2024-11-03T20:49:00Z||jo|waves\n"
           "2024-11-03T20:50:00Z|system||\n2024-11-03T20:51:00Z|system||\n"
           "2024-11-03T20:52:00Z||kim2|is now known as broken\n");
}

Test(chatlog_irc, takes_the_day_from_the_sessions_of_mirc)
{
    expect("irc-plain", "help.log",
           "\nSession Start: Sun Nov 03 20:48:00 2024\nSession Ident: #help\n"
           "[20:49] <mara> it broke\nSession Time: Mon Nov 04 00:00:00 2024\n"
           "[00:01] <@mara> still\nSession Close: Mon Nov 04 00:02:00 2024\n",
           NULL, "2024-11-03T20:49:00Z||mara|it broke\n2024-11-04T00:01:00Z||mara|still\n");
}

Test(chatlog_irc, reads_irssi_with_seconds)
{
    expect("irssi", "help.log",
           "--- Log opened Sun Nov 03 20:48:00 2024\n20:49:05 <@mara> it broke\n"
           "20:49:06 -!- jo [jo@example.org] has joined #help\n20:49:07  * jo waves\n",
           NULL,
           "2024-11-03T20:49:05Z||mara|it broke\n2024-11-03T20:49:06Z|system||\n"
           "2024-11-03T20:49:07Z||jo|waves\n");
}

/* A header of Discord's text ends behind the name; other logs put a text there. */
Test(chatlog_irc, does_not_take_other_logs_for_discords)
{
    static const struct {
        const char *line, *format;
    } lines[] = {
        { "[13/11/2024 20:49:05] Mara: hi\n[13/11/2024 20:50:05] Jo: yes\n", "whatsapp" },
        { "[2024-11-13 20:49] Mara: hi\n[2024-11-13 20:50:05] Jo: yes\n", "dated" },
        { "[2024-11-13 20:49] Mara\nhi\n\n[2024-11-13 20:50] Jo\nyes\n", "discord-txt" },
    };
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
        ef_arena arena = { NULL };
        const char *why, *best = "";
        int most = 0;
        for (const ef_format *format = ef_chatlog_formats; format->name != NULL; format++) {
            int fit = format->sniff(format, ef_slice_of(lines[i].line), true, &arena, &why);
            if (fit > most)
                best = format->name;
            most = fit > most ? fit : most;
        }
        cr_assert_str_eq(best, lines[i].format);
        ef_arena_release(&arena);
    }
}

Test(chatlog_irc, makes_no_day_up)
{
    rows it;
    read_as(&it, "irc-plain", "help.txt", ef_slice_of("[12:34] <mara> hello\n"), NULL,
            SIZE_MAX, 0);
    cr_assert_str_eq(ef_buffer_text(&it.text), "12:34||mara|hello\n");
    cr_assert_eq(it.cursor.counts.bad_times, 0);
    cr_assert_str_eq(rows_decision(&it, "day"), "none");
    rows_release(&it);
}

Test(chatlog_irc, finds_day_and_channel_in_the_name_of_a_file)
{
    static const struct {
        const char *name;
        uint32_t day;
        const char *channel;
    } names[] = {
        { "logs/2024-11-03.log", 20030, "" },
        { "logs/#help_20241103.log", 20030, "#help" },
        { "#help-2024-11-03.log", 20030, "#help" },
        { "a.zip:irc/2024-11-03/help.log", 0, "" },
        { "logs/irc.net.#help.weechatlog", 0, "#help" },
        { "net/#help/2024-11-03.log", 20030, "#help" },
        { "#help/mara.log", 0, "" },
        { "#help", 0, "#help" },
        { "20241399.log", 0, "" },
        { "123456789.log", 0, "" },
        { "2024-11-03", 20030, "" },
        { "", 0, "" },
    };
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        ef_slice name = ef_slice_of(names[i].name);
        ef_slice channel = ef_chatlog_channel_of_name(name);
        cr_assert_eq(ef_chatlog_day_of_name(name), names[i].day, "%s", names[i].name);
        cr_assert_eq(channel.size, strlen(names[i].channel), "%s", names[i].name);
        cr_assert(channel.size == 0 ||
                  memcmp(channel.data, names[i].channel, channel.size) == 0);
    }
}

Test(chatlog_irc, knows_the_day_in_every_block)
{
    static const char text[] = "--- Log opened Sun Nov 03 23:58:01 2024\n"
                               "23:58 <mara> a\n--- Day changed Mon Nov 04 2024\n"
                               "00:01 <mara> b\n00:02 <mara> c\n";
    for (size_t step = 1; step < sizeof text; step++) {
        rows it;
        read_as(&it, "irssi", "help.log", ef_slice_of(text), NULL, step, step);
        cr_assert_str_eq(ef_buffer_text(&it.text), "2024-11-03T23:58:00Z||mara|a\n"
                                                   "2024-11-04T00:01:00Z||mara|b\n"
                                                   "2024-11-04T00:02:00Z||mara|c\n");
        rows_release(&it);
    }
}
