/* SPDX-License-Identifier: MIT
 * test_talks.c - what is one conversation where many share a place, and when it is handed
 * to a person. */
#include "alert/rule.h"
#include "stream.h"

static const char *const person =
    "[alert.person]\nkind = conversation\nseverity = ticket\n";

/* Somebody speaks in the channel #help. */
static void speak(watched *w, int minute, const char *author, int32_t score,
                  uint32_t signals)
{
    say(w, (said){ .time_ms = MONDAY + minute * (int64_t)MINUTE,
                   .channel = "web",
                   .conversation = "#help",
                   .author = author,
                   .score = score,
                   .signals = signals });
}

/* So many say hello. */
static void gather(watched *w, int people)
{
    static const char *const names[] = { "ada", "ben", "cem", "dot", "eve", "fay" };
    for (int i = 0; i < people; i++)
        speak(w, 0, names[i], 1000, 0);
}

Test(talks, of_two_people_in_one_place_are_two)
{
    watched w = watch(person);
    speak(&w, 1, "mara", -3000, 0);
    speak(&w, 2, "jo", -3000, 0);
    speak(&w, 3, "mara", -3000, 0);
    speak(&w, 4, "jo", -3000, 0);
    cr_assert_eq(w.fired, 0, "four bad messages, two of each");
    speak(&w, 5, "jo", -3000, 0);
    cr_assert_eq(w.fired, 1);
    const char *told = ef_buffer_text(&w.events);
    cr_assert_not_null(strstr(told, "\"labels\":{\"conversation\":\"#help\","
                                    "\"author\":\"jo\"}"));
    speak(&w, 6, "mara", -3000, 0);
    cr_assert_eq(w.fired, 2);
    unwatch(&w);
}

Test(talks, end_with_silence_and_begin_anew)
{
    watched w = watch(person);
    speak(&w, 1, "mara", -3000, 0);
    speak(&w, 2, "mara", -3000, 0);
    speak(&w, 33, "mara", -3000, 0);
    speak(&w, 62, "mara", -3000, 0);
    cr_assert_eq(w.fired, 0, "half an hour of silence lies between them");
    speak(&w, 91, "mara", -3000, 0);
    cr_assert_eq(w.fired, 1);
    cr_assert_eq(w.last.since.n, 3);
    uint64_t first = w.last.id;
    for (int i = 0; i < 3; i++)
        speak(&w, 200 + i, "mara", -3000, 0);
    cr_assert_eq(w.fired, 2);
    cr_assert_neq(w.last.id, first, "it is another conversation");
    unwatch(&w);
}

Test(talks, go_on_while_the_gap_that_was_asked_for_is_not_reached)
{
    watched w = watch(person);
    ef_trend_options options = { .gap_minutes = 120 };
    ef_alerts_free(w.alerts);
    ef_trend_free(w.trend);
    cr_assert_eq(ef_trend_new(&w.trend, &options, NULL), EF_OK);
    cr_assert_eq(ef_alerts_new(&w.alerts, w.rules, w.trend, NULL), EF_OK);
    for (int i = 0; i < 3; i++)
        speak(&w, 1 + 119 * i, "mara", -3000, 0);
    cr_assert_eq(w.fired, 1);
    unwatch(&w);
}

Test(talks, of_a_named_thread_do_not_end_with_silence)
{
    watched w = watch(person);
    for (int i = 0; i < 3; i++)
        say(&w, (said){ .time_ms = MONDAY + i * (int64_t)HOUR,
                        .channel = "web",
                        .conversation = "ticket 7",
                        .score = -3000 });
    cr_assert_eq(w.fired, 1);
    unwatch(&w);
}

Test(talks, in_a_crowd_need_more)
{
    watched w = watch(person);
    gather(&w, 4);
    for (int i = 0; i < 3; i++)
        speak(&w, 1 + i, "mara", -3000, 0);
    speak(&w, 4, "mara", -3000, EF_SIGNAL_LEGAL);
    cr_assert_eq(w.fired, 1, "five talk: bad messages are not enough, such words are");
    unwatch(&w);
    w = watch(person);
    gather(&w, 3);
    for (int i = 0; i < 3; i++)
        speak(&w, 1 + i, "mara", -3000, 0);
    cr_assert_eq(w.fired, 1, "four talk");
    unwatch(&w);
}

Test(talks, in_a_crowd_are_handed_over_when_they_are_very_bad)
{
    watched w = watch(person);
    gather(&w, 6);
    speak(&w, 1, "mara", 1000, EF_SIGNAL_SAFETY);
    cr_assert_eq(w.fired, 0, "who says calmly that something is dangerous, helps");
    for (int i = 0; i < 3; i++)
        speak(&w, 2 + i, "mara", -9000, 0);
    cr_assert_eq(w.fired, 1);
    unwatch(&w);
}

Test(talks, of_whom_the_log_calls_a_customer_need_no_more_in_a_crowd)
{
    watched w = watch(person);
    gather(&w, 6);
    for (int i = 0; i < 3; i++)
        say(&w, (said){ .time_ms = MONDAY + (2 + i) * (int64_t)MINUTE,
                        .channel = "web",
                        .conversation = "#help",
                        .author = "mara",
                        .role = EF_ROLE_CUSTOMER,
                        .score = -3000 });
    cr_assert_eq(w.fired, 1);
    unwatch(&w);
}

/* Everybody says four things in a row, all good or all bad; two of three are good. */
static void moody(watched *w, int64_t from, int people, uint64_t *seed)
{
    char name[16];
    for (int i = 0; i < people; i++) {
        bool is_bad = draw(seed) % 3 == 0;
        snprintf(name, sizeof name, "n%d", i);
        for (int k = 0; k < 4; k++)
            say(w, (said){ .time_ms = from + i * (int64_t)(5 * MINUTE) + k * MINUTE,
                           .channel = "web",
                           .conversation = "#help",
                           .author = name,
                           .score = is_bad ? -100 : 3000 });
    }
}

Test(talks, are_the_clusters_of_the_design_effect)
{
    watched w = watch("[alert.a]\nkind = shift\n");
    uint64_t seed = 5;
    moody(&w, MONDAY, 1500, &seed);
    ef_alert_standing standing;
    cr_assert_eq(ef_alerts_standing(w.alerts, 0, &standing), EF_OK);
    cr_assert_gt(standing.deff, 37000, "four messages say as much as one: %g",
                 (double)standing.deff / 1e4);
    cr_assert_lt(standing.deff, 43000);
    unwatch(&w);
}

Test(talks, what_was_usual_years_ago_is_forgotten)
{
    watched w = watch("[alert.a]\nkind = shift\ngroup = channel\n");
    uint64_t seed = 5;
    ef_alert_standing standing;
    chatter(&w, MONDAY, MONDAY + 7 * DAY, 20, 15, &seed);
    cr_assert_eq(ef_alerts_standing(w.alerts, 0, &standing), EF_OK);
    cr_assert_str_neq(standing.state, "warming");
    size_t before = w.fired;
    chatter(&w, MONDAY + 400 * DAY, MONDAY + 401 * DAY, 20, 60, &seed);
    cr_assert_eq(w.fired, before);
    cr_assert_eq(ef_alerts_standing(w.alerts, 0, &standing), EF_OK);
    cr_assert_str_eq(standing.state, "warming");
    unwatch(&w);
}
