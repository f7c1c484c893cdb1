/* SPDX-License-Identifier: MIT
 * tests/notify/test_body.c - nothing in an event breaks out of the place it is put into. */
#include <criterion/criterion.h>

#include "notify/body.h"

#define NASTY                                                                              \
    "{\"status\":\"firing\",\"rule\":\"r\\\"},{\\\"x\",\"severity\":\"page\","             \
    "\"summary\":\"<!channel> & \\\"quotes\\\"\\n\\u0007\",\"value\":0.3125,"              \
    "\"n\":64,\"labels\":{\"shop no\":\"a\\\"b\",\"kind\":\"k\",\"1st\":\"x\"},"           \
    "\"phrases\":[{\"text\":\"refund\",\"z\":4.49}],\"endsAt\":null,"                      \
    "\"startsAt\":\"2024-11-03T11:40:00Z\",\"fingerprint\":\"5b1c\"}"

static const char *made(ef_sink_kind kind, const char *body, const char *event)
{
    static ef_buffer out;
    static char copy[1024];
    ef_sink sink = { .kind = kind, .key = (char[]){ "k3y" } };
    if (body != NULL)
        sink.body = strcpy(copy, body);
    ef_buffer_reset(&out);
    cr_assert_eq(ef_body_make(&out, &sink, ef_slice_of(event)), EF_OK);
    return ef_buffer_text(&out);
}

Test(body, a_webhook_gets_the_event_as_it_is)
{
    cr_expect_str_eq(made(EF_SINK_WEBHOOK, NULL, NASTY), NASTY);
}

Test(body, places_in_strings_are_text_and_others_are_values)
{
    cr_expect_str_eq(
        made(EF_SINK_WEBHOOK,
             "{\"t\":\"{{rule}} {{value}} {{labels.shop no}} {{labels.1st}} {{none}}\","
             "\"v\":{{value}},\"s\":{{summary}},\"p\":{{phrases}},\"e\":{{endsAt}},"
             "\"q\":\"\\\"{{n}}\",\"w\":\"{{phrases}}\",\"l\":\"{{labels.kind}}\"}",
             NASTY),
        "{\"t\":\"r\\\"},{\\\"x 0.3125 {{labels.shop no}} x \","
        "\"v\":0.3125,\"s\":\"<!channel> & \\\"quotes\\\"\\n\\u0007\","
        "\"p\":[{\"text\":\"refund\",\"z\":4.49}],\"e\":null,"
        "\"q\":\"\\\"64\",\"w\":\"[{\\\"text\\\":\\\"refund\\\",\\\"z\\\":4.49}]\","
        "\"l\":\"k\"}");
}

Test(body, pagerduty_gets_a_trigger_and_a_resolve_with_the_same_key)
{
    const char *body = made(EF_SINK_PAGERDUTY, NULL, NASTY);
    cr_expect_eq(strstr(body, "{\"routing_key\":\"k3y\",\"event_action\":\"trigger\","
                              "\"dedup_key\":\"5b1c\","),
                 body, "%s", body);
    cr_expect_not_null(strstr(body, "\"severity\":\"critical\""));
    body =
        made(EF_SINK_PAGERDUTY, NULL,
             "{\"status\":\"resolved\",\"severity\":\"ticket\",\"fingerprint\":\"5b1c\"}");
    cr_expect_not_null(strstr(body, "\"event_action\":\"resolve\",\"dedup_key\":\"5b1c\""));
    cr_expect_not_null(strstr(body, "\"severity\":\"warning\""));
}

Test(body, slack_is_not_made_to_call_everybody)
{
    const char *body = made(EF_SINK_SLACK, NULL, NASTY);
    cr_expect_null(strstr(body, "<"), "%s", body);
    cr_expect_null(strstr(body, "u003c"), "%s", body);
    cr_expect_not_null(strstr(body, "lt;!channel"));
}

Test(body, labels_of_an_alertmanager_have_names_it_takes)
{
    const char *body = made(EF_SINK_ALERTMANAGER, NULL, NASTY);
    cr_expect_eq(strstr(body, "[{\"labels\":{\"shop_no\":\"a\\\"b\",\"label_kind\":\"k\","
                              "\"_1st\":\"x\",\"alertname\":\"r\\\"},{\\\"x\","),
                 body, "%s", body);
    cr_expect_not_null(strstr(body, "\"startsAt\":\"2024-11-03T11:40:00Z\"}]"));
}

/* Alerts of one kind of sink must not say less than those of another. */
Test(body, of_slack_and_an_alertmanager_say_all_that_an_event_says)
{
    static const char event[] =
        "{\"status\":\"firing\",\"rule\":\"r-0\",\"kind\":\"k-1\",\"severity\":\"s-2\","
        "\"summary\":\"s-3\",\"labels\":{\"shop\":\"l-4\"},\"measure\":\"m-5\","
        "\"value\":6.5,\"n\":77,\"k\":88,\"interval\":[9.5,10.5],\"baseline\":{\"value\":"
        "11.5,\"n\":1212,\"k\":1313,\"interval\":[14.5,15.5]},\"onset\":\"o-16\","
        "\"startsAt\":\"s-17\",\"endsAt\":\"e-18\",\"false_alarms_per_week\":19.5,"
        "\"phrases\":[{\"text\":\"p-20\",\"z\":21.5}],\"examples\":[\"e-22\"],"
        "\"texts\":[\"t-23\"],\"engine\":\"e-24\",\"model\":\"m-25\",\"lexicon\":"
        "\"l-26\",\"fingerprint\":\"f-27\",\"seq\":2828}";
    static const char *const said[] = {
        "r-0",  "k-1",  "s-2",  "s-3",  "l-4",  "m-5",  "6.5",  "77",   "88",
        "9.5",  "10.5", "11.5", "1212", "14.5", "15.5", "o-16", "s-17", "19.5",
        "p-20", "21.5", "e-22", "t-23", "e-24", "m-25", "l-26", "f-27", "2828",
    };
    for (int is_slack = 0; is_slack < 2; is_slack++) {
        const char *body =
            made(is_slack ? EF_SINK_SLACK : EF_SINK_ALERTMANAGER, NULL, event);
        for (size_t i = 0; i < sizeof said / sizeof said[0]; i++)
            cr_expect_not_null(strstr(body, said[i]), "%s: %s", said[i], body);
    }
}

Test(body, refuses_what_no_reader_should_be_given)
{
    static const char *const bad[] = {
        "",
        "[]",
        "{\"a\":",
        "{\"a\":\"open}",
        "{\"a\":[[[[[[[[1]]]]]]]]}",
        "{\"a\":1111111111111111111111111111111111}",
        "{}}",
        "{} {}",
        "{}\n[1]",
        "nonsense",
    };
    ef_buffer out = { 0 };
    ef_sink sink = { .kind = EF_SINK_WEBHOOK };
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        cr_expect_eq(ef_body_make(&out, &sink, ef_slice_of(bad[i])), EF_ERR_FORMAT, "%s",
                     bad[i]);
    cr_expect_eq(out.size, 0);
    ef_buffer_release(&out);
}

Test(body, knows_a_template_from_other_text)
{
    cr_expect(ef_body_is_template("{\"text\":\"{{summary}}\",\"all\":{{event}}}"));
    cr_expect_not(ef_body_is_template("{\"text\":{{summary}}"));
    cr_expect_not(ef_body_is_template("text={{summary}}"));
}
