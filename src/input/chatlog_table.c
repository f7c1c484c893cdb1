/* SPDX-License-Identifier: MIT
 * input/chatlog_table.c - the layouts of chat logs, one row each, in the order in which
 * equal fits are decided: the stricter before the looser.
 *
 * Every row carries its own sample and what is to be read from it; names and words are
 * made up. */
#include "input/chatlog.h"

#define WHATSAPP "{?[}{date}{?,}{?.}{?\xD8\x8C} {words}{clock}{?]}{? -}{?:} "
#define WEECHAT  "{ymd} {hms}\t"

static const ef_chat_layout whatsapp = {
    .lines = { { EF_LINE_MESSAGE, WHATSAPP "{name}: {text}" },
               { EF_LINE_SYSTEM, WHATSAPP "{text}" } },
    .joins_lines = true,
    .dialect = EF_CHAT_WHATSAPP,
    .file = "_chat.txt",
    .sample = "\xE2\x80\x8E[13/11/2024, 20:49:05] Mara Lindt: still no parcel\r\n"
              "and nobody answers\r\n"
              "[13/11/2024, 20:50:00] Jo: \xE2\x80\x8Eimage omitted\r\n"
              "[13/11/2024, 8:51:07\xE2\x80\xAFPM] Mara Lindt added Kim\r\n",
    .expected = "2024-11-13T20:49:05Z||Mara Lindt|still no parcel/and nobody answers\n"
                "2024-11-13T20:50:00Z||Jo|\n"
                "2024-11-13T20:51:07Z|system||\n",
};

static const ef_chat_layout signal_messenger = {
    .lines = { { EF_LINE_MESSAGE, "[{ymd}, {hm}] {name}: {text}" } },
    .joins_lines = true,
    .file = "signal.txt",
    .sample = "[2024-11-03, 20:49] Mara Lindt: hello\n"
              "is anybody there?\n"
              "[2024-11-03, 20:52] Jo: yes\n",
    .expected = "2024-11-03T20:49:00Z||Mara Lindt|hello/is anybody there?\n"
                "2024-11-03T20:52:00Z||Jo|yes\n",
};

static const char *const discord_stops[] = { "{Attachments}", "{Embed}", "{Reactions}",
                                             "{Stickers}",    "====",    NULL };

static const ef_chat_layout discord = {
    .lines = { { EF_LINE_MESSAGE, "[{date} {clock}] {name} (pinned)" },
               { EF_LINE_MESSAGE, "[{date} {clock}] {name}" } },
    .joins_lines = true,
    .dialect = EF_CHAT_DISCORD,
    .has_preamble = true,
    .stops = discord_stops,
    .file = "Shop - help.txt",
    .sample = "==============================================================\n"
              "Guild: Shop\n"
              "Channel: help\n"
              "==============================================================\n"
              "\n"
              "[03-Nov-24 11:39 AM] mara (pinned)\n"
              "first line\n"
              "second line\n"
              "\n"
              "{Reactions}\n"
              "\xF0\x9F\x91\x8D (2)\n"
              "\n"
              "[03-Nov-24 11:41 PM] jo\n"
              "\n"
              "{Attachments}\n"
              "https://example.org/a.png\n"
              "\n"
              "==============================================================\n"
              "Exported 2 message(s)\n"
              "==============================================================\n",
    .expected = "2024-11-03T11:39:00Z||mara|first line/second line\n"
                "2024-11-03T23:41:00Z||jo|\n",
};

static const ef_chat_layout irssi = {
    .lines = { { EF_LINE_MESSAGE, "{clock} <{mode}{name}> {text}" },
               { EF_LINE_MESSAGE, "{clock}  * {word} {text}" },
               { EF_LINE_SYSTEM, "{clock} -!- {text}" },
               { EF_LINE_MESSAGE, "{clock} -{name}- {text}" },
               { EF_LINE_DAY, "--- Day changed {when}" },
               { EF_LINE_DAY, "--- Log opened {when}" },
               { EF_LINE_IGNORED, "--- Log closed {when}" } },
    .dialect = EF_CHAT_IRC,
    .file = "help.log",
    .sample = "--- Log opened Sun Nov 03 23:58:01 2024\n"
              "23:58 <@mara> it does not start\n"
              "23:59  * jo sighs\n"
              "23:59 -!- jo [jo@example.org] has left #help []\n"
              "--- Day changed Mon Nov 04 2024\n"
              "00:01 < mara> \x02now\x02 it does\n"
              "--- Log closed Mon Nov 04 00:02:00 2024\n",
    .expected = "2024-11-03T23:58:00Z||mara|it does not start\n"
                "2024-11-03T23:59:00Z||jo|sighs\n"
                "2024-11-03T23:59:00Z|system||\n"
                "2024-11-04T00:01:00Z||mara|now it does\n",
};

static const ef_chat_layout znc = {
    .lines = { { EF_LINE_MESSAGE, "[{hms}] <{mode}{name}> {text}" },
               { EF_LINE_SYSTEM, "[{hms}] *** {text}" },
               { EF_LINE_MESSAGE, "[{hms}] * {word} {text}" },
               { EF_LINE_MESSAGE, "[{hms}] -{name}- {text}" } },
    .dialect = EF_CHAT_IRC,
    .file = "#help_20241103.log",
    .sample = "[12:34:56] <mara> hello\n"
              "[12:35:01] *** Joins: jo (jo@example.org)\n"
              "[12:35:40] * jo waves\n",
    .expected = "2024-11-03T12:34:56Z||mara|hello\n"
                "2024-11-03T12:35:01Z|system||\n"
                "2024-11-03T12:35:40Z||jo|waves\n",
};

static const ef_chat_layout weechat = {
    .lines = { { EF_LINE_SYSTEM, WEECHAT "-->\t{text}" },
               { EF_LINE_SYSTEM, WEECHAT "<--\t{text}" },
               { EF_LINE_SYSTEM, WEECHAT "--\t{text}" },
               { EF_LINE_SYSTEM, WEECHAT "=!=\t{text}" },
               { EF_LINE_SYSTEM, WEECHAT "\t{text}" },
               { EF_LINE_MESSAGE, WEECHAT " *\t{word} {text}" },
               { EF_LINE_MESSAGE, WEECHAT "{mode}{name}\t{text}" } },
    .dialect = EF_CHAT_IRC,
    .file = "irc.example.#help.weechatlog",
    .sample = "2024-11-03 12:34:56\t@mara\thello\n"
              "2024-11-03 12:35:01\t-->\tjo (jo@example.org) has joined #help\n"
              "2024-11-03 12:35:40\t *\tjo waves\n",
    .expected = "2024-11-03T12:34:56Z||mara|hello\n"
                "2024-11-03T12:35:01Z|system||\n"
                "2024-11-03T12:35:40Z||jo|waves\n",
};

static const ef_chat_layout irc_plain = {
    .lines = { { EF_LINE_MESSAGE, "[{hm}] <{mode}{name}> {text}" },
               { EF_LINE_MESSAGE, "[{hm}]  * {word} {text}" },
               { EF_LINE_MESSAGE, "[{hm}] * {word} {text}" },
               { EF_LINE_MESSAGE, "[{hm}] -{name}- {text}" },
               { EF_LINE_SYSTEM, "=== {text}" },
               { EF_LINE_DAY, "Session Start: {when}" },
               { EF_LINE_DAY, "Session Time: {when}" },
               { EF_LINE_IGNORED, "Session {text}" } },
    .dialect = EF_CHAT_IRC,
    .file = "2024-11-03-help.txt",
    .sample = "[12:34] <mara> hello, the display is dark\n"
              "=== jo [jo@example.org] has joined #help\n"
              "[12:36]  * jo waves\n",
    .expected = "2024-11-03T12:34:00Z||mara|hello, the display is dark\n"
                "|system||\n"
                "2024-11-03T12:36:00Z||jo|waves\n",
};

#define HEXCHAT "{md} {hms} "

static const ef_chat_layout hexchat = {
    .lines = { { EF_LINE_MESSAGE, HEXCHAT "<{mode}{name}>\t{text}" },
               { EF_LINE_MESSAGE, HEXCHAT "*\t{word} {text}" },
               { EF_LINE_MESSAGE, HEXCHAT "-{name}-\t{text}" },
               { EF_LINE_SYSTEM, HEXCHAT "{text}" },
               { EF_LINE_DAY, "**** BEGIN LOGGING AT {when}" },
               { EF_LINE_IGNORED, "**** ENDING LOGGING AT {when}" } },
    .dialect = EF_CHAT_IRC,
    .file = "net-#help.log",
    .sample = "**** BEGIN LOGGING AT Sun Dec 29 23:58:01 2024\n"
              "\n"
              "Dec 29 23:58:01 *\tNow talking on #help\n"
              "Dec 29 23:58:10 <@mara>\tit does not start\n"
              "Dec 30 00:01:10 *\tjo sighs\n"
              "Dec 30 00:01:20 *\tjo (~jo@example.org) has quit (Quit)\n"
              "Jan 02 08:00:00 <mara>\tnow it does\n",
    .expected = "2024-12-29T23:58:01Z|system||\n"
                "2024-12-29T23:58:10Z||mara|it does not start\n"
                "2024-12-30T00:01:10Z||jo|sighs\n"
                "2024-12-30T00:01:20Z|system||\n"
                "2025-01-02T08:00:00Z||mara|now it does\n",
};

#define IRC_DATED "{?[}{ymd}{?T}{? }{clock}{?]} "

static const ef_chat_layout irc_dated = {
    .lines = { { EF_LINE_MESSAGE, IRC_DATED "<{mode}{name}> {text}" },
               { EF_LINE_SYSTEM, IRC_DATED "*** {text}" },
               { EF_LINE_MESSAGE, IRC_DATED "* {word} {text}" },
               { EF_LINE_MESSAGE, IRC_DATED "-{name}- {text}" } },
    .dialect = EF_CHAT_IRC,
    .file = "help.txt",
    .sample = "2024-11-03 20:49:05 <@mara> it does not start\n"
              "[2024-11-03T20:50:05+0100] <jo> let us see\n"
              "[2024-11-03T20:51:05+0100] * jo waves\n",
    .expected = "2024-11-03T20:49:05Z||mara|it does not start\n"
                "2024-11-03T19:50:05Z||jo|let us see\n"
                "2024-11-03T19:51:05Z||jo|waves\n",
};

static const ef_chat_layout dated = {
    .lines = { { EF_LINE_MESSAGE, "{?[}{ymd}{?T}{? }{clock}{?]} {!- }{name}: {text}" } },
    .joins_lines = true,
    .file = "chat.log",
    .sample = "2024-11-03 20:49:05 Mara Lindt: hello\n"
              "is anybody there?\n"
              "2024-11-03T20:52:00.250+02:00 Jo: yes\n",
    .expected = "2024-11-03T20:49:05Z||Mara Lindt|hello/is anybody there?\n"
                "2024-11-03T18:52:00.250Z||Jo|yes\n",
};

/* Its patterns are one, the user's. */
static const ef_chat_layout generic = {
    .joins_lines = true,
    .pattern = "(?<id>\\d+) at (?<time>[^|]+) \\| (?<author>\\w+) \\((?<role>\\w+)\\): "
               "(?<text>.*)",
    .file = "desk.log",
    .sample = "17 at Nov 3, 2024 8:49 pm | mara (visitor): it does not start\n"
              "and the light is red\n"
              "18 at Nov 3, 2024 8:52 pm | jo (agent): let us see\n",
    .expected =
        "2024-11-03T20:49:00Z|customer|mara|it does not start/and the light is red\n"
        "2024-11-03T20:52:00Z|staff|jo|let us see\n",
};

#define LAYOUT(format_name, words, layout, irc)                                            \
    {                                                                                      \
        .name = format_name, .summary = words, .sniff = ef_chatlog_sniff,                  \
        .open = ef_chatlog_open, .cut = ef_chatlog_cut, .skip = ef_chatlog_skip,           \
        .next = ef_chatlog_next, .close_cursor = ef_chatlog_close_cursor,                  \
        .close = ef_chatlog_close, .ends_at_next = true, .is_line_format = true,           \
        .decodes_lines = irc, .parts_talk = true, .row = &layout                           \
    }

const ef_format ef_chatlog_formats[] = {
    LAYOUT("signal", "Signal: [2024-11-03, 20:49] name: text", signal_messenger, false),
    LAYOUT("irssi", "irssi: 20:49 <nick> text, days in lines of their own", irssi, true),
    LAYOUT("znc", "ZNC: [20:49:05] <nick> text, the day in the file's name", znc, true),
    LAYOUT("weechat", "WeeChat: date and time, nick and text with tabs between", weechat,
           true),
    LAYOUT("irc-plain", "IRC: [20:49] <nick> text, the day in the file's name", irc_plain,
           true),
    LAYOUT("hexchat",
           "HexChat and XChat: Nov 03 20:49:05, nick and text with a tab between", hexchat,
           true),
    LAYOUT("irc-dated", "IRC: 2024-11-03 20:49:05 <nick> text", irc_dated, true),
    LAYOUT("discord-txt", "Discord, exported as text: [date] name, the text below", discord,
           false),
    LAYOUT("dated", "2024-11-03 20:49:05 name: text", dated, false),
    LAYOUT("whatsapp", "WhatsApp, exported from a phone", whatsapp, false),
    LAYOUT("generic", "any log of lines, by --pattern", generic, false),
    { .name = NULL },
};
