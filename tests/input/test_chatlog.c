/* SPDX-License-Identifier: MIT
 * tests/input/test_chatlog.c - logs of chats: every row's own sample, and the traps of
 * each.
 */
#include <criterion/criterion.h>

#include "chat_rows.h"
#include "input/chatlog.h"

static void print_conversation(ef_buffer *out, const ef_record *record)
{
    ef_buffer_append_slice(out, record->conversation);
    ef_buffer_append_byte(out, '\n');
}

/* --- every row of the table ---------------------------------------------------------- */

Test(chatlog, reads_the_sample_of_every_row)
{
    for (const ef_format *format = ef_chatlog_formats; format->name != NULL; format++) {
        const ef_chat_layout *row = format->row;
        cr_assert(row->sample != NULL && row->expected != NULL && row->file != NULL,
                  "%s has no sample", format->name);
        expect(format->name, row->file, row->sample,
               &(ef_reader_options){ .pattern = row->pattern }, row->expected);
        for (size_t i = 0; i < EF_LINE_KINDS && row->lines[i].pattern != NULL; i++) {
            ef_line_pattern pattern;
            cr_assert(ef_line_pattern_make(&pattern, row->lines[i].pattern), "%s: %s",
                      format->name, row->lines[i].pattern);
        }
    }
}

Test(chatlog, takes_the_sample_of_a_row_for_that_row)
{
    for (const ef_format *format = ef_chatlog_formats; format->name != NULL; format++) {
        const ef_chat_layout *row = format->row;
        if (row->pattern != NULL)
            continue; /* only where it is given */
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

Test(chatlog, gives_the_same_wherever_its_bytes_are_cut)
{
    for (const ef_format *format = ef_chatlog_formats; format->name != NULL; format++) {
        const ef_chat_layout *row = format->row;
        for (size_t step = 1; step < 40; step += 3) {
            rows it;
            read_as(&it, format->name, row->file, ef_slice_of(row->sample),
                    &(ef_reader_options){ .pattern = row->pattern }, step, step);
            cr_assert_str_eq(ef_buffer_text(&it.text), row->expected);
            rows_release(&it);
        }
    }
}

/* Whatever is cut off at the end, the records before the last are as they were. */
Test(chatlog, keeps_what_is_whole_of_a_log_that_is_cut_off)
{
    for (const ef_format *format = ef_chatlog_formats; format->name != NULL; format++) {
        const ef_chat_layout *row = format->row;
        for (size_t size = 0; size < strlen(row->sample); size++) {
            rows it;
            read_as(&it, format->name, row->file,
                    (ef_slice){ (const uint8_t *)row->sample, size },
                    &(ef_reader_options){ .date_order = "dmy", .pattern = row->pattern },
                    SIZE_MAX, 0);
            const char *got = ef_buffer_text(&it.text), *last = strrchr(got, '\n');
            size_t whole = 0;
            for (const char *p = got; last != NULL && p < last; p++)
                whole = *p == '\n' ? (size_t)(p - got) + 1 : whole;
            cr_assert_eq(strncmp(got, row->expected, whole), 0, "%s, %zu bytes:\n%s",
                         format->name, size, got);
            rows_release(&it);
        }
    }
}

Test(chatlog, reads_other_line_ends_and_no_end_alike)
{
    for (const ef_format *format = ef_chatlog_formats; format->name != NULL; format++) {
        const ef_chat_layout *row = format->row;
        ef_buffer other = { 0 };
        for (const char *p = row->sample; *p != '\0'; p++)
            if (*p == '\n' && (p == row->sample || p[-1] != '\r'))
                ef_buffer_append_text(&other, "\r\n");
            else
                ef_buffer_append_byte(&other, (uint8_t)*p);
        other.size -= 2;
        expect(format->name, row->file, ef_buffer_text(&other),
               &(ef_reader_options){ .pattern = row->pattern }, row->expected);
        ef_buffer_release(&other);
    }
}

/* --- WhatsApp ------------------------------------------------------------------------ */

Test(chatlog, reads_every_family_of_whatsapp_headers)
{
    static const struct {
        const char *line, *time;
    } headers[] = {
        { "13/11/24, 20:49 - Mara: hi", "2024-11-13T20:49:00Z" },
        { "[13/11/2024, 20:49:05] Mara: hi", "2024-11-13T20:49:05Z" },
        { "\xE2\x80\x8E[13.11.24, 20:49:05] Mara: hi", "2024-11-13T20:49:05Z" },
        { "13.11.24, 20:49 - Mara: hi", "2024-11-13T20:49:00Z" },
        { "13-11-2024 20:49 - Mara: hi", "2024-11-13T20:49:00Z" },
        { "11/13/24, 8:49 PM - Mara: hi", "2024-11-13T20:49:00Z" },
        { "11/13/24, 8:49\xE2\x80\xAFPM - Mara: hi", "2024-11-13T20:49:00Z" },
        { "[11/13/24, 8:49:05\xE2\x80\xAFPM] Mara: hi", "2024-11-13T20:49:05Z" },
        { "13/11/2024, 8:49 p. m. - Mara: hi", "2024-11-13T20:49:00Z" },
        { "13/11/2024, 8:49 p.\xC2\xA0m. - Mara: hi", "2024-11-13T20:49:00Z" },
        { "13/11/2024, 12:49 a. m. - Mara: hi", "2024-11-13T00:49:00Z" },
        { "2024-11-13, 8:49 p.m. - Mara: hi", "2024-11-13T20:49:00Z" },
        { "2024-11-13 20:49 - Mara: hi", "2024-11-13T20:49:00Z" },
        { "2024/11/13, 20:49 - Mara: hi", "2024-11-13T20:49:00Z" },
        { "13/11/2024, 24:05 - Mara: hi", "2024-11-13T00:05:00Z" },
        /* Arabic-Indic digits behind a mark of writing to the left. */
        { "\xe2\x80\x8f[٢٥/١١/٢٠٢٤, ٢٠:٤٩:٠٥] Mara: hi", "2024-11-25T20:49:05Z" },
        { "13/11/24 20:49: Mara: hi", "2024-11-13T20:49:00Z" },
        { "13. 11. 2024 20:49 - Mara: hi", "2024-11-13T20:49:00Z" },
        { "13.11.2024 klo 20.49 - Mara: hi", "2024-11-13T20:49:00Z" },
        { "13/11/2024 \xC3\xA0 20:49 - Mara: hi", "2024-11-13T20:49:00Z" },
        { "\xE2\x80\x8F[\xD9\xA1\xD9\xA3\xE2\x80\x8F/\xD9\xA1\xD9\xA1\xE2\x80\x8F/"
          "\xD9\xA2\xD9\xA0\xD9\xA2\xD9\xA4, \xD9\xA2\xD9\xA0:\xD9\xA4\xD9\xA9:"
          "\xD9\xA0\xD9\xA5] Mara: hi",
          "2024-11-13T20:49:05Z" },
        { "\xE2\x80\x8F[\xD9\xA1\xD9\xA3\xE2\x80\x8F/\xD9\xA1\xD9\xA1\xE2\x80\x8F/"
          "\xD9\xA2\xD9\xA0\xD9\xA2\xD9\xA4\xD8\x8C \xD9\xA8:\xD9\xA4\xD9\xA9:"
          "\xD9\xA0\xD9\xA5 \xD9\x85] Mara: hi",
          "2024-11-13T20:49:05Z" },
        { "[2024/11/13 \xE4\xB8\x8B\xE5\x8D\x88"
          "8:49:05] Mara: hi",
          "2024-11-13T20:49:05Z" },
        { "[2024/11/13 \xE4\xB8\x8A\xE5\x8D\x88"
          "12:49:05] Mara: hi",
          "2024-11-13T00:49:05Z" },
        { "2024. 11. 13. \xEC\x98\xA4\xED\x9B\x84 8:49 - Mara: hi",
          "2024-11-13T20:49:00Z" },
        { "13/11/24, 8:49 \xCE\xBC.\xCE\xBC. - Mara: hi", "2024-11-13T20:49:00Z" },
        { "[13/11/2024 20:49:05] Mara: hi", "2024-11-13T20:49:05Z" },
    };
    for (size_t i = 0; i < sizeof headers / sizeof headers[0]; i++) {
        ef_buffer expected = { 0 };
        ef_buffer_printf(&expected, "%s||Mara|hi\n", headers[i].time);
        expect("whatsapp", "chat.txt", headers[i].line, NULL, ef_buffer_text(&expected));
        ef_buffer_release(&expected);
    }
}

static void expect_order(const char *text, const char *value, const char *expected)
{
    rows it;
    read_as(&it, "whatsapp", "chat.txt", ef_slice_of(text), NULL, SIZE_MAX, 0);
    cr_assert_str_eq(rows_decision(&it, "date order"), value);
    cr_assert_str_eq(ef_buffer_text(&it.text), expected);
    rows_release(&it);
}

Test(chatlog, tells_day_from_month_by_all_dates_of_the_sample)
{
    expect_order("3/4/24, 20:49 - a: x\n14/4/24, 20:49 - a: y\n", "day first",
                 "2024-04-03T20:49:00Z||a|x\n2024-04-14T20:49:00Z||a|y\n");
    expect_order("3/4/24, 20:49 - a: x\n3/14/24, 20:49 - a: y\n", "month first",
                 "2024-03-04T20:49:00Z||a|x\n2024-03-14T20:49:00Z||a|y\n");
    expect_order("3/4/24, 20:49 - a: x\n2/5/24, 20:49 - a: y\n", "day first",
                 "2024-04-03T20:49:00Z||a|x\n2024-05-02T20:49:00Z||a|y\n");
    expect_order("3/4/24, 20:49 - a: x\n3/5/24, 20:49 - a: y\n3/6/24, 20:49 - a: z\n",
                 "month first",
                 "2024-03-04T20:49:00Z||a|x\n2024-03-05T20:49:00Z||a|y\n"
                 "2024-03-06T20:49:00Z||a|z\n");
    expect_order("3/4/24, 20:49 - a: x\n", "day first if in doubt",
                 "2024-04-03T20:49:00Z||a|x\n");
}

Test(chatlog, takes_the_order_of_dates_that_is_asked_for)
{
    expect("whatsapp", "chat.txt", "3/4/24, 20:49 - a: x\n",
           &(ef_reader_options){ .date_order = "mdy" }, "2024-03-04T20:49:00Z||a|x\n");
}

Test(chatlog, counts_a_date_that_contradicts_the_order)
{
    rows it;
    read_as(&it, "whatsapp", "chat.txt", ef_slice_of("3/14/24, 20:49 - a: x\n"),
            &(ef_reader_options){ .date_order = "dmy" }, SIZE_MAX, 0);
    cr_assert_str_eq(ef_buffer_text(&it.text), "3/14/24, 20:49||a|x\n");
    cr_assert_eq(it.cursor.counts.bad_times, 1);
    rows_release(&it);
}

Test(chatlog, keeps_a_colon_in_text_and_in_names_apart)
{
    expect("whatsapp", "chat.txt",
           "13/11/24, 20:49 - Mara: note: it is late\n"
           "13/11/24, 20:50 - Shop: Support: hello\n"
           "13/11/24, 20:51 - Shop: Support: see: below\n"
           "13/11/24, 20:52 - Shop: Support: bye\n"
           "13/11/24, 20:53 - Mara: bye\n"
           "13/11/24, 20:54 - Mara: http://example.org\n",
           NULL,
           "2024-11-13T20:49:00Z||Mara|note: it is late\n"
           "2024-11-13T20:50:00Z||Shop: Support|hello\n"
           "2024-11-13T20:51:00Z||Shop: Support|see: below\n"
           "2024-11-13T20:52:00Z||Shop: Support|bye\n"
           "2024-11-13T20:53:00Z||Mara|bye\n"
           "2024-11-13T20:54:00Z||Mara|http://example.org\n");
}

Test(chatlog, tells_events_from_messages)
{
    expect("whatsapp", "chat.txt",
           "13/11/24, 20:49 - Messages and calls are end-to-end encrypted.\n"
           "13/11/24, 20:50 - Mara changed the subject to \"Shop: help\"\n"
           "13/11/24, 20:51 - ~\xE2\x80\xAFKim: hello\n",
           NULL,
           "2024-11-13T20:49:00Z|system||\n2024-11-13T20:50:00Z|system||\n"
           "2024-11-13T20:51:00Z||Kim|hello\n");
}

Test(chatlog, scores_no_words_that_a_phone_put_there)
{
    static const char *const notes[] = {
        "<Media omitted>",
        "<Medien ausgeschlossen>",
        "\xE2\x80\x8Eimage omitted",
        "\xE2\x80\x8E"
        "Bild weggelassen",
        "Contact card omitted",
        "IMG-20241113-WA0001.jpg (file attached)",
        "\xE2\x80\x8E<attached: 00000012-PHOTO-2024-11-13-20-49-05.jpg>",
        "This message was deleted",
        "You deleted this message.",
        "Diese Nachricht wurde gel\xC3\xB6scht.",
        "<M\xC3\xAD"
        "dia oculta>",
        "<\xE3\x83\xA1\xE3\x83\x87\xE3\x82\xA3\xE3\x82\xA2\xE3\x81\xAA\xE3\x81\x97>",
        "Ta wiadomo\xC5\x9B\xC4\x87 zosta\xC5\x82"
        "a usuni\xC4\x99ta",
        "This message was deleted by admin Jo",
        "live location shared",
        "location: https://maps.google.com/?q=1.5,2.5",
        "Missed voice call",
        "\xE2\x80\x8EMissed video call. \xE2\x80\x8ETap to call back",
    };
    for (size_t i = 0; i < sizeof notes / sizeof notes[0]; i++) {
        ef_buffer text = { 0 };
        rows it;
        ef_buffer_printf(&text, "13/11/24, 20:49 - Mara: %s\n", notes[i]);
        read_as(&it, "whatsapp", "chat.txt", ef_buffer_slice(&text), NULL, SIZE_MAX, 0);
        cr_assert_str_eq(ef_buffer_text(&it.text), "2024-11-13T20:49:00Z||Mara|\n");
        cr_assert_eq(it.cursor.counts.empty, 1);
        rows_release(&it);
        ef_buffer_release(&text);
    }
    expect("whatsapp", "chat.txt",
           "[13/11/24, 20:49:05] Shop: \xE2\x80\x8EYour security code has changed.\n"
           "[13/11/24, 20:49:06] Shop: hello\n",
           NULL, "2024-11-13T20:49:05Z||Shop|\n2024-11-13T20:49:06Z||Shop|hello\n");
    expect("whatsapp", "chat.txt",
           "13/11/24, 20:49 - Mara: IMG-1.jpg (file attached)\nlook at this crack\n"
           "13/11/24, 20:50 - Mara: it broke <This message was edited>\n"
           "13/11/24, 20:51 - Mara: the important part was omitted\n",
           NULL,
           "2024-11-13T20:49:00Z||Mara|look at this crack\n"
           "2024-11-13T20:50:00Z||Mara|it broke\n"
           "2024-11-13T20:51:00Z||Mara|the important part was omitted\n");
}

Test(chatlog, takes_off_what_a_phone_put_behind_a_text_in_any_language)
{
    expect("whatsapp", "chat.txt",
           "[13/11/24, 20:49:05] Mara: nul \xE2\x80\x8E<Ce message a \xC3\xA9t\xC3\xA9 "
           "chang\xC3\xA9>\n"
           "[13/11/24, 20:50:05] Mara: see \xE2\x80\x8E<attached: 12-PHOTO.jpg>\n"
           "[13/11/24, 20:51:05] Mara: I am 5 < 6 > 4\n"
           "[13/11/24, 20:52:05] Mara: use <your name>\n",
           NULL,
           "2024-11-13T20:49:05Z||Mara|nul\n2024-11-13T20:50:05Z||Mara|see\n"
           "2024-11-13T20:51:05Z||Mara|I am 5 < 6 > 4\n"
           "2024-11-13T20:52:05Z||Mara|use <your name>\n");
}

Test(chatlog, keeps_the_question_of_a_poll_and_not_its_options)
{
    expect("whatsapp", "chat.txt",
           "[13/11/24, 20:49:05] Mara: \xE2\x80\x8EPOLL:\r\nRefund or repair?\r\n"
           "\xE2\x80\x8EOPTION: Refund (2 votes)\r\n\xE2\x80\x8EOPTION: Repair (0 "
           "votes)\r\n\r\n"
           "13/11/24, 20:50 - Jo: POLL:\nGood?\nOPTION: yes (1 vote)\n",
           NULL,
           "2024-11-13T20:49:05Z||Mara|Refund or repair?\n"
           "2024-11-13T20:50:00Z||Jo|Good?\n");
}

/* --- records ------------------------------------------------------------------------- */

Test(chatlog, tells_a_line_that_it_does_not_know)
{
    rows it;
    read_as(&it, "irc-plain", "2024-11-03.txt",
            ef_slice_of("[12:34] <mara> a\nwhat is this\n\n[12:35] <mara> b\n"), NULL,
            SIZE_MAX, 0);
    cr_assert_str_eq(ef_buffer_text(&it.errors),
                     "2024-11-03.txt:2:1: not a line of this layout\n");
    cr_assert_eq(it.cursor.counts.rejected, 1);
    cr_assert_eq(it.cursor.counts.records, 2);
    rows_release(&it);
}

/* What a follower relies on: a record is given out once the next one begins. */
Test(chatlog, waits_for_the_line_that_begins_the_next_record)
{
    rows it;
    const ef_kernels *kernels = ef_kernels_select(NULL);
    static const char text[] = "2024-11-03 20:49:05 mara: a\nb\n2024-11-03 20:50:05 jo: c";
    const uint8_t *p = (const uint8_t *)text;
    uint64_t state = 0;
    rows_open(&it, named("dated"), ef_slice_of(text), NULL);
    const ef_format *format = it.layout.format;
    cr_assert_eq(format->cut(&it.layout, kernels, p, 28, false, &state), 0);
    cr_assert_eq(format->cut(&it.layout, kernels, p, 30, false, &state), 0);
    cr_assert_eq(format->cut(&it.layout, kernels, p, strlen(text), false, &state), 0,
                 "half a line begins nothing yet");
    cr_assert_eq(format->cut(&it.layout, kernels, p, strlen(text), true, &state),
                 strlen(text));
    static const char more[] =
        "2024-11-03 20:49:05 mara: a\nb\n2024-11-03 20:50:05 jo: c\n";
    cr_assert_eq(format->cut(&it.layout, kernels, (const uint8_t *)more, strlen(more),
                             false, &state),
                 30);
    rows_release(&it);
}

Test(chatlog, parts_conversations_by_silence)
{
    static const char text[] = "2024-11-03 10:00:00 mara: a\n"
                               "2024-11-03 10:20:00 jo: b\n"
                               "2024-11-03 10:50:00 mara: c\n"
                               "2024-11-03 10:40:00 jo: late\n"
                               "2024-11-03 11:19:00 jo: d\n";
    for (size_t step = 1; step < sizeof text; step += 5) {
        rows it;
        const char *file = "chat.log";
        rows_open(
            &it, named("dated"), ef_slice_of(text),
            &(ef_reader_options){ .inputs = &file, .input_count = 1, .gap_minutes = 30 });
        it.print = print_conversation;
        rows_read(&it, ef_slice_of(text), step, step);
        cr_assert_str_eq(ef_buffer_text(&it.text), "chat.log@2024-11-03T10:00:00Z\n"
                                                   "chat.log@2024-11-03T10:00:00Z\n"
                                                   "chat.log@2024-11-03T10:50:00Z\n"
                                                   "chat.log@2024-11-03T10:50:00Z\n"
                                                   "chat.log@2024-11-03T10:50:00Z\n");
        rows_release(&it);
    }
}

Test(chatlog, calls_those_staff_who_are_named_and_all_others_customers)
{
    const char *staff[] = { "Shop", "jo O'Neil" };
    ef_reader_options options = { .staff = staff, .staff_count = 2 };
    expect("whatsapp", "chat.txt",
           "13/11/24, 20:49 - Mara: hi\n13/11/24, 20:50 - SHOP: hi\n"
           "13/11/24, 20:51 - Jo O'Neil: hi\n13/11/24, 20:52 - Mara left\n",
           &options,
           "2024-11-13T20:49:00Z|customer|Mara|hi\n2024-11-13T20:50:00Z|staff|SHOP|hi\n"
           "2024-11-13T20:51:00Z|staff|Jo O'Neil|hi\n2024-11-13T20:52:00Z|system||\n");
    rows it;
    rows_all(&it, named("whatsapp"), "13/11/24, 20:49 - Mara: hi\n", &options);
    cr_assert_str_eq(rows_flag(&it, "staff"), "--staff Shop --staff 'jo O'\\''Neil'");
    rows_release(&it);
}

Test(chatlog, writes_times_of_every_day)
{
    static const struct {
        int64_t time_ms;
        const char *text;
    } times[] = { { 0, "1970-01-01T00:00:00Z" },
                  { 951782400000, "2000-02-29T00:00:00Z" },
                  { 951868799999, "2000-02-29T23:59:59.999Z" },
                  { 1709164800000, "2024-02-29T00:00:00Z" },
                  { 1735689599000, "2024-12-31T23:59:59Z" },
                  { 4102444800000, "2100-01-01T00:00:00Z" },
                  { 4107542400000, "2100-03-01T00:00:00Z" } };
    for (size_t i = 0; i < sizeof times / sizeof times[0]; i++) {
        char text[EF_CHAT_TIME_SIZE];
        size_t size = ef_chat_time_text(times[i].time_ms, text);
        cr_assert_eq(size, strlen(times[i].text));
        cr_assert_eq(memcmp(text, times[i].text, size), 0, "%.*s", (int)size, text);
    }
}
