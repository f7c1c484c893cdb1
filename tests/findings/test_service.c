/* SPDX-License-Identifier: MIT
 * test_service.c - a week of a small shop's chats, worked out by hand. */
#include <criterion/criterion.h>
#include <math.h>
#include <stdlib.h>

#include "../tally/hearing.h"
#include "findings/figure.h"
#include "findings/service.h"

enum { MINUTE = 60, HOUR = 3600, DAY = 86400 };

#define ASKS(TALK, WHO, AT, SCORE)                                                         \
    {                                                                                      \
        .talk = TALK, .author = WHO, .role = EF_ROLE_CUSTOMER, .second = AT,               \
        .score = SCORE                                                                     \
    }
#define SAYS(TALK, WHO, ROLE, AT)                                                          \
    {                                                                                      \
        .talk = TALK, .author = WHO, .role = ROLE, .second = AT                            \
    }
#define HAPPENS(TALK, WHAT, AT)                                                            \
    {                                                                                      \
        .talk = TALK, .role = EF_ROLE_SYSTEM, .second = AT, .event = WHAT,                 \
        .is_unlabelled = true                                                              \
    }

/* C1: a bot, then after ten minutes a human; ends better; closed after 1 h, no return.
 * C2: the same customer two days after C1's end: repeats it; waits 2 h; ends worse; closed,
 *     goes on, is closed again.
 * C3: asks for a manager and is never answered.
 * C4: answered at once, handed over, another agent answers; still open.
 * C5: one word only, answered after 14 h, from 18:00 to 08:00. */
static const told week[] = {
    ASKS("C1", "mara", 9 * HOUR, -5000),
    SAYS("C1", "bot", EF_ROLE_BOT, 9 * HOUR + 1),
    SAYS("C1", "jo", EF_ROLE_STAFF, 9 * HOUR + 10 * MINUTE),
    ASKS("C1", "mara", 9 * HOUR + 20 * MINUTE, 0),
    ASKS("C1", "mara", 9 * HOUR + 25 * MINUTE, 6000),
    SAYS("C1", "jo", EF_ROLE_STAFF, 9 * HOUR + 30 * MINUTE),
    HAPPENS("C1", EF_EVENT_CLOSED, 10 * HOUR),

    ASKS("C2", "mara", 2 * DAY + 10 * HOUR, 1000),
    SAYS("C2", "jo", EF_ROLE_STAFF, 2 * DAY + 12 * HOUR),
    HAPPENS("C2", EF_EVENT_CLOSED, 2 * DAY + 13 * HOUR),
    ASKS("C2", "mara", 2 * DAY + 14 * HOUR, -8000),
    SAYS("C2", "ann", EF_ROLE_STAFF, 2 * DAY + 15 * HOUR),
    HAPPENS("C2", EF_EVENT_CLOSED, 2 * DAY + 16 * HOUR),

    { .talk = "C3",
      .author = "tom",
      .role = EF_ROLE_CUSTOMER,
      .second = 3 * DAY,
      .score = -9000,
      .signals = EF_SIGNAL_ESCALATION | EF_SIGNAL_EFFORT },

    ASKS("C4", "zoe", 4 * DAY, 0),
    SAYS("C4", "jo", EF_ROLE_STAFF, 4 * DAY + MINUTE),
    HAPPENS("C4", EF_EVENT_HANDED_OVER, 4 * DAY + 2 * MINUTE),
    SAYS("C4", "ann", EF_ROLE_STAFF, 4 * DAY + 5 * MINUTE),
    ASKS("C4", "zoe", 4 * DAY + 6 * MINUTE, 2400),

    ASKS("C5", "lee", 7 * DAY + 18 * HOUR, 3000),
    SAYS("C5", "ann", EF_ROLE_STAFF, 8 * DAY + 8 * HOUR),
    HAPPENS("C5", EF_EVENT_CLOSED, 8 * DAY + 9 * HOUR),
};

static void hear(ef_conversations *all, const told *messages, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        hearing made;
        cr_assert(ef_conversations_add(all, hearing_of(&made, &messages[i])));
    }
    cr_assert(ef_conversations_settle(all));
}

static ef_service_options options_at(int64_t now_second)
{
    return (ef_service_options){ .now_ms = (EPOCH_2024 + now_second) * INT64_C(1000) };
}

static ef_figure find(const ef_figures *figures, const char *key)
{
    size_t i = 0;
    while (i < figures->count && strcmp(figures->items[i].key, key) != 0)
        i++;
    cr_assert_lt(i, figures->count, "no figure '%s'", key);
    return figures->items[i];
}

static ef_figures figures_of(const told *messages, size_t count, ef_service_options options,
                             ef_talk_choice choice)
{
    ef_conversations all = { 0 };
    ef_service service;
    ef_figures figures = { 0 };
    hear(&all, messages, count);
    cr_assert(ef_service_measure(&service, &all, &options));
    cr_assert(ef_service_figures(&figures, &service, &options, &choice));
    cr_assert(ef_conversation_figures(&figures, &service, &options, &choice));
    ef_service_release(&service);
    ef_conversations_release(&all);
    return figures;
}

static ef_figures week_figures(ef_service_options options)
{
    return figures_of(week, sizeof week / sizeof week[0], options, (ef_talk_choice){ 0 });
}

static void expect_share(const ef_figures *figures, const char *key, int64_t count,
                         int64_t n)
{
    ef_figure figure = find(figures, key);
    cr_assert(figure.count == count && figure.n == n, "%s: %lld of %lld", key,
              (long long)figure.count, (long long)figure.n);
}

static void expect(const ef_figures *figures, const char *key, double value, int64_t n)
{
    ef_figure figure = find(figures, key);
    cr_assert(fabs(figure.value - value) < 1e-9 && figure.n == n, "%s: %f of %lld", key,
              figure.value, (long long)figure.n);
}

Test(service, waits_are_those_of_humans)
{
    ef_figures figures = week_figures(options_at(20 * DAY));
    /* 1 min, 10 min, 2 h, 14 h */
    expect(&figures, "first_response", (10 * MINUTE + 2 * HOUR) / 2.0, 4);
    expect(&figures, "first_response_p90", 14 * HOUR, 4);
    expect(&figures, "first_response_mean", (11 * MINUTE + 16 * HOUR) / 4.0, 4);
    expect_share(&figures, "unanswered", 1, 5);
    expect(&figures, "unanswered_age", 17 * DAY, 1);
    /* 10, 10, 5 min; 120, 60; 1, none; 14 h: sorted 1, 5, 10, 10, 60, 120, 840 min */
    expect(&figures, "reply_gap", 10 * MINUTE, 7);
    expect(&figures, "reply_gap_p90", 14 * HOUR, 7);
    ef_figures_release(&figures);
}

Test(service, waits_for_a_bot_if_asked)
{
    ef_service_options options = options_at(20 * DAY);
    options.bots_respond = true;
    ef_figures figures = week_figures(options);
    expect(&figures, "first_response", (MINUTE + 2 * HOUR) / 2.0, 4); /* 1 s, 1 min, … */
    ef_figures_release(&figures);
}

Test(service, waits_count_business_hours_if_asked)
{
    ef_hours hours;
    ef_zone *zone;
    ef_open_times open;
    ef_service_options options = options_at(20 * DAY);
    cr_assert_eq(ef_hours_read(&hours, "mon-sun 07:30-18:30", NULL), EF_OK);
    cr_assert_eq(ef_zone_open(&zone, "UTC", NULL), EF_OK);
    cr_assert(ef_open_times_make(&open, &hours, zone, EPOCH_2024 * INT64_C(1000),
                                 options.now_ms));
    options.open = &open;
    ef_figures figures = week_figures(options);
    /* The 14 h are 30 min in the evening and 30 in the morning; C4's minute is at midnight.
     */
    expect(&figures, "first_response_p90", 2 * HOUR, 4);
    expect(&figures, "first_response_mean", (10 * MINUTE + 2 * HOUR + HOUR) / 4.0, 4);
    ef_figures_release(&figures);
    ef_open_times_release(&open);
    ef_zone_free(zone);
}

Test(service, resolution_is_the_last_closing)
{
    ef_figures figures = week_figures(options_at(20 * DAY));
    expect(&figures, "resolution", 6 * HOUR, 3); /* 1 h, 6 h, 15 h */
    expect(&figures, "resolution_p95", 15 * HOUR, 3);
    cr_assert_not(find(&figures, "resolution").is_approximate);
    expect_share(&figures, "open", 2, 5);
    expect_share(&figures, "reopened", 1, 5);
    ef_figures_release(&figures);
    ef_service_options options = options_at(20 * DAY);
    options.first_close = true;
    figures = week_figures(options);
    expect(&figures, "resolution", 3 * HOUR, 3); /* C2: at its first closing */
    ef_figures_release(&figures);
}

Test(service, first_contact_leaves_out_what_is_too_young)
{
    ef_figures figures = week_figures(options_at(20 * DAY));
    expect_share(&figures, "first_contact_resolution", 1, 3); /* C1 repeated, C2 reopened */
    expect_share(&figures, "repeat_contact", 1, 5);
    ef_figures_release(&figures);
    figures = week_figures(options_at(14 * DAY));
    expect_share(&figures, "first_contact_resolution", 0, 2); /* C5 is six days old */
    ef_figures_release(&figures);
    ef_service_options options = options_at(20 * DAY);
    options.contact_days = 1;
    figures = week_figures(options);
    expect_share(&figures, "first_contact_resolution", 2, 3);
    expect_share(&figures, "repeat_contact", 0, 5);
    ef_figures_release(&figures);
}

Test(service, escalation_is_told_by_events_then_by_phrases)
{
    ef_figures figures = week_figures(options_at(20 * DAY));
    expect_share(&figures, "escalation", 3, 5);
    expect_share(&figures, "escalation_events", 2, 5); /* C1 from a bot, C4 handed over */
    expect_share(&figures, "escalation_phrases", 1, 5);
    expect_share(&figures, "containment", 2, 5);
    ef_figures_release(&figures);
    ef_service_options options = options_at(20 * DAY);
    options.events_only = true;
    figures = week_figures(options);
    expect_share(&figures, "escalation", 2, 5);
    ef_figures_release(&figures);
}

Test(service, conversations_improve_or_worsen_from_the_limit_on)
{
    ef_figures figures = week_figures(options_at(20 * DAY));
    expect_share(&figures, "arc_improved", 1, 3); /* C1: 0.6 - -0.5 */
    expect_share(&figures, "arc_worsened", 1, 3); /* C2: -0.8 - 0.1 */
    expect_share(&figures, "arc_steady", 1, 3);   /* C4: 0.24 */
    expect(&figures, "arc", (1.1 - 0.9 + 0.24) / 3, 3);
    /* C1 (-5000 + 0 + 2 · 6000) / 4, C2 (1000 - 2 · 8000) / 3, C3, C4 4800 / 3, C5 */
    expect(&figures, "conversation_score", (0.175 - 0.5 - 0.9 + 0.16 + 0.3) / 5, 5);
    expect(&figures, "worst_message", (-0.5 - 0.8 - 0.9 + 0 + 0.3) / 5, 5);
    expect(&figures, "customer_messages", 9 / 5.0, 5);
    expect_share(&figures, "effort", 1, 5);
    ef_figures_release(&figures);
    ef_service_options options = options_at(20 * DAY);
    options.arc_limit = 2400;
    figures = week_figures(options);
    expect_share(&figures, "arc_improved", 2, 3); /* exactly at the limit */
    ef_figures_release(&figures);
}

Test(service, agents_have_figures_of_their_own)
{
    ef_conversations all = { 0 };
    ef_service service;
    ef_service_options options = options_at(20 * DAY);
    hear(&all, week, sizeof week / sizeof week[0]);
    cr_assert(ef_service_measure(&service, &all, &options));
    uint32_t jo = ef_numbering_of(&all.person_numbers, hearing_hash("jo")) + 1;
    ef_figures figures = { 0 };
    cr_assert(ef_service_figures(&figures, &service, &options,
                                 &(ef_talk_choice){ .responder = jo }));
    expect(&figures, "first_response", 10 * MINUTE, 3); /* 10 min, 2 h, 1 min */
    expect(&figures, "reply_gap", 10 * MINUTE, 5);      /* 10, 10, 5, 120, 1 */
    for (size_t i = 0; i < figures.count; i++)
        cr_assert_str_neq(figures.items[i].key, "unanswered");
    ef_figures_release(&figures);
    ef_service_release(&service);
    ef_conversations_release(&all);
}

Test(service, without_roles_is_not_guessed)
{
    const told talk[] = {
        { .talk = "C1", .author = "mara", .second = 1, .score = -9000 },
        { .talk = "C1", .author = "tom", .second = 2, .score = 9000 },
    };
    ef_figures figures = figures_of(talk, 2, options_at(DAY), (ef_talk_choice){ 0 });
    for (size_t i = 0; i < figures.count; i++)
        cr_assert_str_neq(figures.items[i].key, "first_response");
    expect_share(&figures, "arc_improved", 1, 1);
    ef_figures_release(&figures);
}

Test(service, without_closing_events_resolution_is_approximate)
{
    const told talk[] = { ASKS("C1", "mara", 0, 0), SAYS("C1", "jo", EF_ROLE_STAFF, HOUR),
                          ASKS("C1", "mara", 2 * HOUR, 5000), ASKS("C2", "tom", 0, 0) };
    ef_figures figures = figures_of(talk, 4, options_at(30 * DAY), (ef_talk_choice){ 0 });
    expect(&figures, "resolution", 2 * HOUR, 1); /* C2 has no answer and is not resolved */
    cr_assert(find(&figures, "resolution").is_approximate);
    ef_figures_release(&figures);
}

Test(service, of_nothing_has_no_numbers)
{
    const told staff = SAYS("C1", "jo", EF_ROLE_STAFF, 0);
    ef_figures figures = figures_of(&staff, 1, options_at(0), (ef_talk_choice){ 0 });
    for (size_t i = 0; i < figures.count; i++) {
        const ef_figure *figure = &figures.items[i];
        cr_assert(figure->n == 0 && isnan(figure->value) && isnan(figure->low), "%s",
                  figure->key);
    }
    ef_figures_release(&figures);
    figures = figures_of(NULL, 0, options_at(0), (ef_talk_choice){ 0 });
    ef_figures_release(&figures);
}

Test(service, in_a_channel_a_conversation_is_what_one_customer_says_until_a_silence)
{
#define IN_CHANNEL(WHO, ROLE, AT, SCORE)                                                   \
    {                                                                                      \
        .talk = "#help", .author = WHO, .role = ROLE, .second = AT, .score = SCORE,        \
        .is_shared = true                                                                  \
    }
    const told talk[] = {
        IN_CHANNEL("jo", EF_ROLE_STAFF, 0, 0), /* to nobody */
        IN_CHANNEL("mara", EF_ROLE_CUSTOMER, MINUTE, -5000),
        IN_CHANNEL("tom", EF_ROLE_CUSTOMER, 2 * MINUTE, 5000),
        IN_CHANNEL("bot", EF_ROLE_BOT, 2 * MINUTE + 1, 0),
        IN_CHANNEL("bot", EF_ROLE_BOT, 2 * MINUTE + 2, 0), /* nobody waits for a bot now */
        IN_CHANNEL("jo", EF_ROLE_STAFF, 5 * MINUTE, 0),    /* to both */
        IN_CHANNEL("mara", EF_ROLE_CUSTOMER, 6 * MINUTE, 5000),
        IN_CHANNEL("mara", EF_ROLE_CUSTOMER, 36 * MINUTE, 0), /* half an hour later */
        IN_CHANNEL("jo", EF_ROLE_STAFF, 40 * MINUTE, 0),
    };
    ef_figures figures = figures_of(talk, sizeof talk / sizeof talk[0], options_at(DAY),
                                    (ef_talk_choice){ 0 });
    expect(&figures, "first_response", 4 * MINUTE, 3); /* 4, 3 and 4 min */
    expect_share(&figures, "unanswered", 0, 3);
    expect_share(&figures, "arc_improved", 1, 1);      /* mara's first */
    expect_share(&figures, "repeat_contact", 1, 3);    /* mara's second */
    expect_share(&figures, "escalation_events", 2, 3); /* from the bot to jo */
    ef_figures_release(&figures);
}

Test(service, a_note_that_customers_do_not_see_is_no_answer)
{
    const told talk[] = {
        ASKS("C1", "mara", 0, 0),
        { .talk = "C1",
          .author = "jo",
          .role = EF_ROLE_STAFF,
          .second = 60,
          .is_hidden = true },
        SAYS("C1", "jo", EF_ROLE_STAFF, HOUR),
    };
    ef_figures figures = figures_of(talk, 3, options_at(DAY), (ef_talk_choice){ 0 });
    expect(&figures, "first_response", HOUR, 1);
    ef_figures_release(&figures);
}
