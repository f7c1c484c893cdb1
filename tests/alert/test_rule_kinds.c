/* SPDX-License-Identifier: MIT
 * test_rule_kinds.c - each kind of rule on minutes made by hand. */
#include "alert/rule.h"
#include "stream.h"

/* `count` messages, one a minute from a time on, of one conversation each; every `bad`-th
 * is negative. */
static int64_t talk(watched *w, int64_t from, int count, int bad)
{
    for (int i = 0; i < count; i++)
        say(w, (said){ .time_ms = from + i * (int64_t)MINUTE,
                       .channel = "web",
                       .score = bad > 0 && i % bad == 0 ? -6000 : 3000 });
    return from + count * (int64_t)MINUTE;
}

Test(rule_kinds, share_waits_for_evidence_and_for_its_time)
{
    watched w = watch("[alert.a]\nkind = share\nbaseline = 0.1\nwindow = 1h\nfor = 10m\n"
                      "cooldown = 0\nkeep = 5m\n");
    int64_t now = talk(&w, MONDAY, 300, 10);
    cr_assert_eq(w.fired, 0);
    now = talk(&w, now, 60, 2);
    cr_assert_eq(w.fired, 1);
    cr_assert_gt(w.last.since.value, 2000);
    cr_assert_lt(w.last.since.low, w.last.since.value);
    cr_assert_geq(w.last.starts_ms, MONDAY + 310 * (int64_t)MINUTE, "it held for ten");
    cr_assert_eq(w.last.starts_ms - w.last.onset_ms, HOUR);
    talk(&w, now, 120, 10);
    cr_assert_eq(w.resolved, 1);
    cr_assert_str_eq(w.rule, "a");
    unwatch(&w);
}

Test(rule_kinds, share_of_few_messages_says_nothing)
{
    watched w = watch("[alert.a]\nkind = share\nbaseline = 0.1\nwindow = 1h\nfor = 0\n");
    talk(&w, MONDAY, 19, 1);
    end(&w);
    cr_assert_eq(w.fired, 0);
    unwatch(&w);
}

Test(rule_kinds, budget_needs_both_windows)
{
    watched w = watch("[alert.a]\nkind = budget\nobjective = 0.2\nburn = 2\nwindow = 2h\n"
                      "n_min_short = 5\nfor = 0\n");
    int64_t now = talk(&w, MONDAY, 60, 10);
    now = talk(&w, now, 60, 1); /* over 2 x 0.2 in two hours and in ten minutes */
    cr_assert_eq(w.fired, 1);
    talk(&w, now, 60, 0); /* the long window is still bad, the short one is not */
    end(&w);
    cr_assert_eq(w.fired, 1);
    cr_assert_eq(w.resolved, 1);
    unwatch(&w);
}

Test(rule_kinds, budget_never_asks_for_more_than_there_can_be)
{
    watched w = watch("[alert.a]\nkind = budget\nobjective = 0.5\nburn = 14.4\nfor = 0\n");
    talk(&w, MONDAY, 60, 1);
    end(&w);
    cr_assert_eq(w.fired, 1, "a burn of 14.4 x 0.5 is over one");
    unwatch(&w);
}

Test(rule_kinds, mean_falls)
{
    watched w = watch("[alert.a]\nkind = mean\n");
    uint64_t seed = 4;
    chatter(&w, MONDAY, MONDAY + 7 * DAY, 60, 15, &seed);
    size_t before = w.fired;
    chatter(&w, MONDAY + 7 * DAY, MONDAY + 7 * DAY + 3 * (int64_t)HOUR, 60, 60, &seed);
    cr_assert_eq(w.fired, before + 1);
    cr_assert_eq(w.last.measure, EF_MEASURE_MEAN);
    cr_assert_lt(w.last.since.value, w.last.before.low);
    cr_assert_lt(w.last.since.low, w.last.since.value);
    unwatch(&w);
}

Test(rule_kinds, volume_tells_a_surge_and_not_the_usual_morning)
{
    watched w = watch("[alert.a]\nkind = volume\nsilence = 0\n");
    uint64_t seed = 4;
    for (int day = 0; day < 21; day++) { /* 120 an hour from nine to five, else 6 */
        int64_t from = MONDAY + day * DAY;
        chatter(&w, from, from + 9 * HOUR, 6, 10, &seed);
        chatter(&w, from + 9 * HOUR, from + 17 * (int64_t)HOUR, 120, 10, &seed);
        chatter(&w, from + 17 * (int64_t)HOUR, from + DAY, 6, 10, &seed);
        if (day == 9)
            cr_assert_leq(w.fired, 2, "%zu in the first days", w.fired);
    }
    size_t before = w.fired;
    chatter(&w, MONDAY + 21 * DAY, MONDAY + 21 * DAY + 3 * HOUR, 120, 10, &seed);
    cr_assert_eq(w.fired, before + 1);
    cr_assert_eq(w.last.measure, EF_MEASURE_VOLUME);
    cr_assert_gt(w.last.since.value, w.last.before.value * 3);
    unwatch(&w);
}

Test(rule_kinds, volume_tells_silence_by_the_time_of_arrival)
{
    watched w = watch("[alert.a]\nkind = volume\nsurge = 0\n");
    uint64_t seed = 4;
    ef_delta *delta;
    cr_assert_eq(ef_delta_new(&delta, w.trend, NULL), EF_OK);
    chatter(&w, MONDAY, MONDAY + 14 * DAY, 30, 10, &seed);
    int64_t now = MONDAY + 14 * DAY;
    ef_record record;
    ef_score score;
    char id[32];
    said message = { .time_ms = now, .channel = "web", .score = 1 };
    make(&message, &record, &score, id);
    ef_delta_reset(delta, now + 5 * (int64_t)HOUR, false); /* it came five hours late */
    cr_assert_eq(ef_delta_add(delta, NULL, 0, &record, &score, NULL), EF_OK);
    cr_assert_eq(ef_trend_merge(w.trend, delta, NULL), EF_OK);
    cr_assert_eq(ef_trend_advance(w.trend, now + 5 * (int64_t)HOUR + 5 * MINUTE, NULL),
                 EF_OK);
    collect(&w);
    cr_assert_eq(w.fired, 0);
    cr_assert_eq(ef_trend_advance(w.trend, now + 8 * (int64_t)HOUR, NULL), EF_OK);
    collect(&w);
    cr_assert_eq(w.fired, 1);
    cr_assert_eq(w.last.since.n, 0);
    cr_assert_eq(ef_trend_advance(w.trend, now + 9 * (int64_t)HOUR, NULL), EF_OK);
    collect(&w);
    cr_assert_eq(w.fired, 1);
    chatter(&w, now + 4 * (int64_t)HOUR, now + 6 * (int64_t)HOUR, 30, 10, &seed);
    cr_assert_eq(w.resolved, 1);
    ef_delta_free(delta);
    unwatch(&w);
}

static const char *const person =
    "[alert.person]\nkind = conversation\nseverity = ticket\n";

static void speak(watched *w, int minute, const char *talk_of, int32_t score,
                  uint32_t signals)
{
    say(w, (said){ .time_ms = MONDAY + minute * (int64_t)MINUTE,
                   .channel = "web",
                   .conversation = talk_of,
                   .score = score,
                   .signals = signals });
}

Test(rule_kinds, conversation_is_handed_over_once_at_the_third_bad_message)
{
    watched w = watch(person);
    speak(&w, 0, "one", -3000, 0);
    speak(&w, 1, "one", 2000, 0);
    speak(&w, 2, "two", -3000, 0);
    speak(&w, 3, "one", -3000, 0);
    cr_assert_eq(w.fired, 0);
    speak(&w, 4, "one", -3000, 0);
    cr_assert_eq(w.fired, 1);
    cr_assert_eq(w.last.since.k, 3);
    cr_assert_eq(w.last.since.n, 4);
    cr_assert_not_null(strstr(ef_buffer_text(&w.events), "\"conversation\":\"one\""));
    speak(&w, 5, "one", -9000, EF_SIGNAL_ESCALATION);
    cr_assert_eq(w.fired, 1);
    unwatch(&w);
}

Test(rule_kinds, conversation_is_handed_over_for_words_sums_and_falls)
{
    watched w = watch(person);
    speak(&w, 0, "words", 1000, EF_SIGNAL_SAFETY);
    cr_assert_eq(w.fired, 1);
    speak(&w, 1, "sum", -9900, 0);
    speak(&w, 2, "sum", -9900, 0);
    cr_assert_eq(w.fired, 1);
    speak(&w, 3, "sum", -9900, 0);
    cr_assert_eq(w.fired, 2);
    static const int32_t falling[] = { 8000, 8000, 0, -4000, -4000 };
    for (int i = 0; i < 5; i++)
        speak(&w, 10 + i, "fall", falling[i], 0);
    cr_assert_eq(w.fired, 3);
    speak(&w, 20, "", -9900, EF_SIGNAL_SAFETY); /* of no conversation */
    cr_assert_eq(w.fired, 3);
    unwatch(&w);
}

Test(rule_kinds, more_than_twenty_alerts_an_hour_become_one)
{
    watched w = watch(person);
    char name[16];
    for (int i = 0; i < 33; i++) {
        snprintf(name, sizeof name, "talk%d", i);
        speak(&w, 10, name, -1000, EF_SIGNAL_ESCALATION);
    }
    cr_assert_eq(w.fired, 20);
    end(&w);
    cr_assert_eq(w.fired, 21);
    cr_assert_str_eq(w.rule, "suppressed");
    cr_assert_eq(w.last.suppressed, 13);
    unwatch(&w);
}

/* A month of two conversations an hour, of four messages each. */
static void quiet_month(watched *w, uint64_t *seed)
{
    static char names[1500][16];
    for (int i = 0; i < 1344; i++) {
        snprintf(names[i], sizeof names[i], "talk%d", i);
        for (int k = 0; k < 4; k++)
            say(w, (said){ .time_ms = MONDAY + i * (int64_t)(30 * MINUTE) + k * 2 * MINUTE,
                           .channel = "web",
                           .conversation = names[i],
                           .score = draw(seed) % 100 < 15 ? -6000 : 3000 });
    }
}

Test(rule_kinds, shift_is_not_made_by_one_angry_customer)
{
    watched w = watch("[alert.a]\nkind = shift\n");
    uint64_t seed = 2;
    quiet_month(&w, &seed);
    size_t before = w.fired;
    for (int i = 0; i < 100; i++)
        say(&w, (said){ .time_ms = MONDAY + 28 * DAY + i * (int64_t)20000,
                        .channel = "web",
                        .conversation = "fury",
                        .score = -9000 });
    end(&w);
    cr_assert_eq(w.fired, before);
    ef_alert_standing standing;
    cr_assert_eq(ef_alerts_standing(w.alerts, 0, &standing), EF_OK);
    cr_assert_lt(standing.statistic, standing.threshold);
    cr_assert_eq(standing.false_alarms, 2500);
    unwatch(&w);
}

Test(rule_kinds, shift_is_made_by_many)
{
    static char names[100][16];
    watched w = watch("[alert.a]\nkind = shift\n");
    uint64_t seed = 2;
    quiet_month(&w, &seed);
    size_t before = w.fired;
    for (int i = 0; i < 100; i++) {
        snprintf(names[i], sizeof names[i], "many%d", i);
        say(&w, (said){ .time_ms = MONDAY + 28 * DAY + i * (int64_t)20000,
                        .channel = "web",
                        .conversation = names[i],
                        .score = -9000 });
    }
    end(&w);
    cr_assert_eq(w.fired, before + 1);
    unwatch(&w);
}

Test(rule_kinds, stand_in_the_table_with_all_that_they_need)
{
    for (size_t i = 0; ef_rule_kind_at(i) != NULL; i++) {
        const ef_rule_kind *kind = ef_rule_kind_at(i);
        cr_assert(strlen(kind->name) > 0 && strlen(kind->summary) > 0);
        cr_assert_not_null(kind->false_alarms);
        cr_assert((kind->judge == NULL) != (kind->is_bad == NULL), "%s", kind->name);
        for (size_t k = 0; k < kind->setting_count; k++) {
            ef_rule rule = { .kind = kind };
            double value = 0;
            kind->set_defaults(&rule);
            memcpy(&value, (char *)&rule + kind->settings[k].offset, sizeof value);
            cr_assert_leq(kind->settings[k].low, kind->settings[k].high);
        }
        for (size_t k = 0; k < i; k++)
            cr_assert_str_neq(kind->name, ef_rule_kind_at(k)->name);
    }
}
