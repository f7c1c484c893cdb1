/* SPDX-License-Identifier: MIT
 * tests/input/test_chatjson.c - chats in JSON: every row's own sample, and the traps. */
#include "chat_rows.h"
#include "input/chatjson.h"

/* id|time|role|conversation|author|text, with / for a line end. */
static void print_json_message(ef_buffer *out, const ef_record *record)
{
    ef_slice cells[] = {
        record->fields[EF_CHAT_ID],     record->fields[EF_CHAT_TIME],
        record->fields[EF_CHAT_ROLE],   record->fields[EF_CHAT_CONVERSATION],
        record->fields[EF_CHAT_AUTHOR], record->text
    };
    for (size_t i = 0; i < 6; i++) {
        for (size_t at = 0; at < cells[i].size; at++)
            ef_buffer_append_byte(out, cells[i].data[at] == '\n' ? '/' : cells[i].data[at]);
        ef_buffer_append_byte(out, i < 5 ? '|' : '\n');
    }
}

static void read_json(rows *it, const char *format, const char *file, ef_slice bytes,
                      size_t first, size_t step)
{
    rows_open(it, named(format), bytes,
              &(ef_reader_options){ .inputs = &file, .input_count = 1 });
    it->print = print_json_message;
    rows_read(it, bytes, first, step);
}

static void expect_json(const char *format, const char *file, const char *text,
                        const char *expected)
{
    rows it;
    read_json(&it, format, file, ef_slice_of(text), SIZE_MAX, 0);
    cr_assert_eq(it.status, EF_OK, "%s", it.error.message);
    cr_assert_str_eq(ef_buffer_text(&it.text), expected);
    cr_assert_eq(it.errors.size, 0, "%s", ef_buffer_text(&it.errors));
    rows_release(&it);
}

Test(chatjson, reads_the_sample_of_every_row)
{
    for (const ef_format *format = ef_chatjson_formats; format->name != NULL; format++) {
        const ef_json_chat *row = format->row;
        cr_assert(row->sample != NULL && row->expected != NULL && row->file != NULL,
                  "%s has no sample", format->name);
        expect_json(format->name, row->file, row->sample, row->expected);
    }
}

Test(chatjson, takes_the_sample_of_a_row_for_that_row)
{
    for (const ef_format *format = ef_chatjson_formats; format->name != NULL; format++) {
        const ef_json_chat *row = format->row;
        ef_arena arena = { NULL };
        const ef_format *best = NULL;
        int most = 0;
        for (size_t i = 0; ef_format_at(i) != NULL; i++) {
            const char *why = NULL;
            const ef_format *tried = ef_format_at(i);
            int fit = tried->sniff(tried, ef_slice_of(row->sample), true, &arena, &why);
            if (fit > most) {
                most = fit;
                best = tried;
            }
        }
        cr_assert_str_eq(best->name, format->name);
        ef_arena_release(&arena);
    }
}

Test(chatjson, gives_the_same_wherever_its_bytes_are_cut)
{
    for (const ef_format *format = ef_chatjson_formats; format->name != NULL; format++) {
        const ef_json_chat *row = format->row;
        for (size_t step = 1; step < 60; step += 7) {
            rows it;
            read_json(&it, format->name, row->file, ef_slice_of(row->sample), step, step);
            cr_assert_str_eq(ef_buffer_text(&it.text), row->expected);
            rows_release(&it);
        }
    }
}

/* Whatever is cut off at the end, what could be read is as it was. */
Test(chatjson, keeps_what_is_whole_of_an_export_that_is_cut_off)
{
    for (const ef_format *format = ef_chatjson_formats; format->name != NULL; format++) {
        const ef_json_chat *row = format->row;
        for (size_t size = 0; size < strlen(row->sample); size++) {
            rows it;
            read_json(&it, format->name, row->file,
                      (ef_slice){ (const uint8_t *)row->sample, size }, SIZE_MAX, 0);
            const char *got = ef_buffer_text(&it.text);
            cr_assert_eq(strncmp(got, row->expected, strlen(got)), 0, "%s, %zu bytes:\n%s",
                         format->name, size, got);
            rows_release(&it);
        }
    }
}

Test(chatjson, leaves_other_json_to_others)
{
    static const char *const others[] = {
        "{\"id\":1,\"text\":\"good\"}\n{\"id\":2,\"text\":\"bad\"}\n",
        "[{\"type\":\"review\",\"ts\":1,\"text\":\"good\"},{\"message\":\"x\"}]",
        "{\"messages\":[{\"text\":\"good\",\"date\":\"2024-11-03\"}]}",
        "{\"value\":[{\"body\":{\"content\":\"x\"}}]}",
        "{\"history\":[1,2,3]}",
        "[",
        "{}",
        "text",
        "",
    };
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
        for (const ef_format *format = ef_chatjson_formats; format->name != NULL;
             format++) {
            ef_arena arena = { NULL };
            const char *why = NULL;
            int fit = format->sniff(format, ef_slice_of(others[i]), true, &arena, &why);
            cr_assert_eq(fit, 0, "%s for %s", format->name, others[i]);
            ef_arena_release(&arena);
        }
}

Test(chatjson, takes_an_empty_list_for_one_of_the_lists_of_a_slack_export)
{
    expect_json("slack", "export/groups.json", " [ ]\n", "");
    expect_json("slack", "export/dms.json",
                "[{\"id\":\"D1\",\"created\":1,\"members\":[\"U1\",\"U2\"]}]", "");
}

Test(chatjson, reads_the_blocks_of_slack_where_there_is_no_text)
{
    expect_json(
        "slack", "export/help/2024-11-03.json",
        "[{\"type\":\"message\",\"user\":\"U1\",\"text\":\"\",\"ts\":\"1730633950.5\","
        "\"blocks\":[{\"type\":\"rich_text\",\"elements\":[{\"type\":"
        "\"rich_text_section\",\"elements\":[{\"type\":\"text\",\"text\":\"it \"},"
        "{\"type\":\"text\",\"text\":\"broke\"}]}]}]},"
        "{\"type\":\"message\",\"user\":\"U1\",\"text\":\"said\",\"ts\":"
        "\"1730633951.5\",\"blocks\":[{\"text\":\"shown\"}]}]",
        "1730633950.5|2024-11-03T11:39:10.500Z||help|U1|it broke\n"
        "1730633951.5|2024-11-03T11:39:11.500Z||help|U1|said\n");
}

Test(chatjson, reads_livechat_one_by_one_and_by_the_list)
{
    static const char chat[] =
        "\"users\":[{\"id\":\"c1\",\"type\":\"customer\",\"name\":\"Mara\"},{\"id\":\"a1\","
        "\"type\":\"agent\",\"name\":\"Jo\"}],\"thread\":{\"events\":[{\"id\":\"e1\","
        "\"type\":\"message\",\"text\":\"hi\",\"author_id\":\"c1\",\"created_at\":"
        "\"2024-11-03T11:39:10Z\"},{\"id\":\"e2\",\"type\":\"message\",\"text\":\"yes?\","
        "\"author_id\":\"a1\",\"created_at\":\"2024-11-03T11:39:11Z\"}]}";
    ef_buffer one = { 0 }, list = { 0 };
    ef_buffer_printf(&one, "{\"id\":\"C1\",%s}", chat);
    ef_buffer_printf(&list, "{\"chats\":[{\"id\":\"C1\",%s}],\"found_chats\":1}", chat);
    static const char expected[] = "e1|2024-11-03T11:39:10Z|customer|C1|Mara|hi\n"
                                   "e2|2024-11-03T11:39:11Z|staff|C1|Jo|yes?\n";
    expect_json("livechat", "chat.json", ef_buffer_text(&one), expected);
    expect_json("livechat", "chats.json", ef_buffer_text(&list), expected);
    ef_buffer_release(&one);
    ef_buffer_release(&list);
}

Test(chatjson, begins_a_thread_with_each_post_in_a_channel_of_teams)
{
    expect_json(
        "teams", "teams.json",
        "{\"value\":[{\"id\":\"1\",\"createdDateTime\":\"2024-11-03T11:39:10Z\","
        "\"messageType\":\"message\",\"channelIdentity\":{\"channelId\":\"19:x\"},"
        "\"from\":{\"user\":{\"displayName\":\"Mara\"}},\"body\":{\"content\":\"a\"}},"
        "{\"id\":\"2\",\"replyToId\":\"1\",\"createdDateTime\":\"2024-11-03T11:39:11Z\","
        "\"messageType\":\"message\",\"channelIdentity\":{\"channelId\":\"19:x\"},"
        "\"from\":{\"user\":{\"displayName\":\"Jo\"}},\"body\":{\"content\":\"b\"}}]}",
        "1|2024-11-03T11:39:10Z||1|Mara|a\n2|2024-11-03T11:39:11Z||1|Jo|b\n");
}

Test(chatjson, reads_times_as_a_database_writes_them)
{
    expect_json("rocketchat", "rocket.json",
                "[{\"_id\":\"m1\",\"ts\":{\"$date\":\"2024-11-03T11:39:10.000Z\"},\"u\":"
                "{\"username\":\"mara\"},\"msg\":\"a\"},{\"_id\":\"m2\",\"ts\":"
                "{\"$date\":1730633951000},\"u\":{\"username\":\"jo\"},\"msg\":\"b\"}]",
                "m1|2024-11-03T11:39:10Z||rocket.json|mara|a\n"
                "m2|2024-11-03T11:39:11Z||rocket.json|jo|b\n");
}

Test(chatjson, parts_the_chats_of_a_whole_telegram_account)
{
    expect_json("telegram", "result.json",
                "{\"contacts\":{\"list\":[{\"first_name\":\"Jo\",\"date\":\"x\"}]},"
                "\"chats\":{\"about\":\"all\",\"list\":["
                "{\"name\":\"Mara\",\"id\":1,\"messages\":[{\"id\":5,\"type\":\"message\","
                "\"date\":\"2024-11-03T11:39:10\",\"from\":\"Mara\",\"text\":\"hi\"},"
                "{\"id\":6,\"type\":\"message\",\"date\":\"2024-11-03T11:39:11\",\"from\":"
                "\"Jo\",\"text\":\"yo\"}]},{\"name\":\"Empty\",\"messages\":[]},"
                "{\"name\":\"Kim\",\"id\":2,\"messages\":[{\"id\":5,\"type\":\"message\","
                "\"date\":\"2024-11-03T11:40:00\",\"from\":\"Kim\",\"text\":\"hey\"}]}]}}",
                "5|2024-11-03T11:39:10Z||result.json#1|Mara|hi\n"
                "6|2024-11-03T11:39:11Z||result.json#1|Jo|yo\n"
                "5|2024-11-03T11:40:00Z||result.json#3|Kim|hey\n");
}

Test(chatjson, repairs_mojibake_and_nothing_else)
{
    static const struct {
        const char *text, *repaired;
    } texts[] = {
        { "Zo\\u00c3\\u00ab", "Zo\xC3\xAB" },
        { "Zo\\u00eb", "Zo\xC3\xAB" },
        { "\\u201cZo\\u00c3\\u00ab\\u201d", "\xE2\x80\x9CZo\xC3\x83\xC2\xAB\xE2\x80\x9D" },
        { "plain", "plain" },
        { "\\u00e2\\u0080\\u0099", "\xE2\x80\x99" },
    };
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        ef_buffer text = { 0 }, expected = { 0 };
        ef_buffer_printf(&text,
                         "{\"messages\":[{\"sender_name\":\"a\",\"timestamp_ms\":"
                         "1730633950000,\"content\":\"%s\"}]}",
                         texts[i].text);
        ef_buffer_printf(&expected, "|2024-11-03T11:39:10Z||in|a|%s\n", texts[i].repaired);
        expect_json("messenger", "in", ef_buffer_text(&text), ef_buffer_text(&expected));
        ef_buffer_release(&text);
        ef_buffer_release(&expected);
    }
}

static ef_slice name_of(const void *user, ef_slice id)
{
    (void)user;
    bool is_known = id.size == 2 && memcmp(id.data, "U1", 2) == 0;
    return is_known ? ef_slice_of("Mara Lindt") : (ef_slice){ NULL, 0 };
}

Test(chatjson, reads_the_markup_of_slack)
{
    static const struct {
        const char *text, *shown;
    } texts[] = {
        { "<@U1> and <@U2> and <@U3|jo>", "@Mara Lindt and @U2 and @jo" },
        { "in <#C1|help> <!here> <!subteam^S1|@team>", "in #help  @team" },
        { "<https://example.org|this> or <https://example.org>",
          "this or https://example.org" },
        { "1 &lt; 2 &amp;&amp; 3 &gt; 2 &quot;", "1 < 2 && 3 > 2 &quot;" },
        { "a < b", "a < b" },
        { "<>", "" },
        { "<<@U1>", "<@U1" },
        { "plain", "plain" },
    };
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        ef_arena arena = { NULL };
        ef_slice text = ef_slice_of(texts[i].text);
        cr_assert(ef_markup_slack(&arena, name_of, NULL, &text));
        cr_assert_eq(text.size, strlen(texts[i].shown), "%.*s", (int)text.size,
                     (const char *)text.data);
        cr_assert_eq(memcmp(text.data, texts[i].shown, text.size), 0);
        ef_arena_release(&arena);
    }
}

Test(chatjson, reads_html_as_it_is_shown)
{
    static const struct {
        const char *text, *shown;
    } texts[] = {
        { "<p>Hi <b>you</b> &amp; bye</p>", "Hi  you  & bye" },
        { "one<br>two<br/>three", "one\ntwo\nthree" },
        { "<ul><li>a</li><li>b</li></ul>", "a\n\nb" },
        { "2 <3 and <your name>", "2 <3 and <your name>" },
        { "<at id=\"0\">Mara</at> <attachment id=\"x\"></attachment>!", "Mara !" },
        { "a&nbsp;b", "a b" },
        { "no <emoji id=\"sad\" alt=\"\xF0\x9F\x98\xA2\" title=\"Sad\"></emoji>!",
          "no \xF0\x9F\x98\xA2!" },
        { "<emoji> and <emojis alt=x>", "and" },
        { "<p></p>", "" },
    };
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        ef_arena arena = { NULL };
        ef_slice text = ef_slice_of(texts[i].text);
        cr_assert(ef_markup_html(&arena, &text));
        cr_assert_eq(text.size, strlen(texts[i].shown), "'%.*s'", (int)text.size,
                     (const char *)text.data);
        cr_assert_eq(memcmp(text.data, texts[i].shown, text.size), 0, "'%.*s'",
                     (int)text.size, (const char *)text.data);
        ef_arena_release(&arena);
    }
}

Test(chatjson, rejects_a_broken_message_and_goes_on)
{
    rows it;
    read_json(&it, "rocketchat", "in",
              ef_slice_of("[{\"_id\":\"1\",\"ts\":\"2024-11-03T11:39:10Z\",\"u\":"
                          "{\"username\":\"a\"},\"msg\":\"hi\"},\n{\"_id\" \"2\"},\n"
                          "{\"_id\":\"3\",\"ts\":\"2024-11-03T11:39:10Z\",\"u\":"
                          "{\"username\":\"a\"},\"msg\":\"yo\"}]"),
              SIZE_MAX, 0);
    cr_assert_str_eq(ef_buffer_text(&it.text), "1|2024-11-03T11:39:10Z||in|a|hi\n"
                                               "3|2024-11-03T11:39:10Z||in|a|yo\n");
    cr_assert_eq(it.cursor.counts.rejected, 1);
    rows_release(&it);
}

/* Event and whether customers see it. */
static void print_event(ef_buffer *out, const ef_record *record)
{
    ef_buffer_printf(out, "%d%s\n", (int)record->event, record->is_hidden ? " hidden" : "");
}

Test(chatjson, tells_what_happens_to_a_conversation)
{
    static const char text[] =
        "{\"id\":\"9\",\"created_at\":1730633950,\"source\":{\"body\":\"Hi\",\"author\":"
        "{\"type\":\"user\",\"name\":\"Mara\"}},\"conversation_parts\":"
        "{\"conversation_parts\":["
        "{\"part_type\":\"assignment\",\"author\":{\"type\":\"bot\"},\"created_at\":1730634000},"
        "{\"part_type\":\"note\",\"body\":\"x\",\"author\":{\"type\":\"admin\"},\"created_at\":"
        "1730634010},"
        "{\"part_type\":\"close\",\"author\":{\"type\":\"admin\"},\"created_at\":1730634020},"
        "{\"part_type\":\"open\",\"author\":{\"type\":\"user\"},\"created_at\":1730634030}]}}";
    const char *file = "conversations.json";
    rows it;
    rows_open(&it, named("intercom"), ef_slice_of(text),
              &(ef_reader_options){ .inputs = &file, .input_count = 1 });
    it.print = print_event;
    rows_read(&it, ef_slice_of(text), SIZE_MAX, 0);
    cr_assert_str_eq(ef_buffer_text(&it.text), "0\n3\n0 hidden\n1\n2\n");
    rows_release(&it);
}
