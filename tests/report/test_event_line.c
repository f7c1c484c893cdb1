/* SPDX-License-Identifier: MIT
 * tests/report/test_event_line.c - an alert as one line, harmless on any terminal. */
#include <criterion/criterion.h>

#include "report/event_json.h"
#include "report/event_line.h"

static ef_alert some_alert(void)
{
    return (ef_alert){ .status = EF_ALERT_FIRING,
                       .id = 0xab,
                       .rule = "r",
                       .kind = "shift",
                       .severity = "warning",
                       .summary = ef_slice_of("9 of 20\nnegative \x1b[2J"),
                       .labels = { { ef_slice_of("channel"), ef_slice_of("we\tb") } },
                       .label_count = 1,
                       .since = { 20, 9, 4500, 2582, 6579 },
                       .before = { 5210, 781, 1499, 1405, 1599 },
                       .onset_ms = 1730631480000,
                       .starts_ms = 1730634000000,
                       .ends_ms = 1730637600000,
                       .false_alarms = 2500,
                       .examples = { ef_slice_of("a:1:0"), ef_slice_of("a:1:9") },
                       .example_count = 2 };
}

static const char *line_of(const ef_alert *alert)
{
    static ef_buffer out;
    ef_buffer_reset(&out);
    ef_event_line(&out, alert);
    return ef_buffer_text(&out);
}

Test(event_line, says_when_what_and_where)
{
    ef_alert alert = some_alert();
    cr_expect_str_eq(line_of(&alert),
                     "2024-11-03T11:40:00Z firing r (warning): 9 of 20 negative \\x1b[2J "
                     "[channel=we b]; usual 14.9 %; id 00000000000000ab");
    alert.status = EF_ALERT_RESOLVED;
    alert.label_count = 0;
    alert.before.n = 0;
    cr_expect_str_eq(line_of(&alert), "2024-11-03T12:40:00Z resolved r (warning): 9 of 20 "
                                      "negative \\x1b[2J; id 00000000000000ab");
}

Test(event_line, events_carry_text_only_when_it_is_given_and_then_redacted)
{
    ef_alert alert = some_alert();
    ef_engine_info engine = { .version = "9" };
    ef_slice texts[EF_ALERT_EXAMPLES] = { ef_slice_of("mail a@b.example \"now\"") };
    ef_buffer plain = { 0 }, with = { 0 };
    ef_redactor redactor = { 0 };
    ef_event_json(&plain, &engine, &redactor, &alert);
    cr_expect_null(strstr(ef_buffer_text(&plain), "texts"));
    ef_event_json_with_texts(&with, &engine, &redactor, &alert, texts);
    cr_expect_not_null(strstr(ef_buffer_text(&with),
                              "\"texts\":[\"mail [email] \\\"now\\\"\",\"\"],\"engine\""));
    ef_buffer_release(&plain);
    ef_buffer_release(&with);
}
