/* SPDX-License-Identifier: MIT
 * test_alerts.c - the life of alerts, on streams made by hand. */
#include "stream.h"

static const char *const shift = "[alert.mood]\nkind = shift\ngroup = channel\n"
                                 "summary = {{k}} of {{n}} in {{channel}}\n";

Test(alerts, fire_once_when_a_share_rises_and_resolve_when_it_falls)
{
    watched w = watch(shift);
    uint64_t seed = 1;
    chatter(&w, MONDAY, MONDAY + 28 * DAY, 60, 15, &seed);
    cr_assert_leq(w.fired, 2, "%zu false alarms in four weeks", w.fired);
    size_t before = w.fired;
    chatter(&w, MONDAY + 28 * DAY, MONDAY + 28 * DAY + 3 * HOUR, 60, 60, &seed);
    cr_assert_eq(w.fired, before + 1);
    cr_assert_str_eq(w.rule, "mood");
    cr_assert_geq(w.last.onset_ms, MONDAY + 28 * DAY - 6 * (int64_t)HOUR);
    cr_assert_gt(w.last.since.k, w.last.since.n / 4);
    cr_assert_lt(w.last.before.value, 2000);
    uint64_t id = w.last.id;
    chatter(&w, MONDAY + 28 * DAY + 3 * HOUR, MONDAY + 29 * DAY, 60, 15, &seed);
    cr_assert_eq(w.resolved, w.fired);
    cr_assert_eq(w.last.id, id);
    unwatch(&w);
}

Test(alerts, say_nothing_while_they_learn)
{
    watched w = watch(shift);
    uint64_t seed = 1;
    chatter(&w, MONDAY, MONDAY + 2 * DAY, 60, 15, &seed);
    chatter(&w, MONDAY + 2 * DAY, MONDAY + 2 * DAY + 5 * HOUR, 60, 90, &seed);
    end(&w);
    cr_assert_eq(w.fired, 0);
    ef_alert_standing standing;
    cr_assert_eq(ef_alerts_standing(w.alerts, 0, &standing), EF_OK);
    cr_assert_str_eq(standing.state, "warming");
    cr_assert_eq(ef_alerts_standing(w.alerts, 1, &standing), EF_END);
    unwatch(&w);
}

/* The same stream, cut into deltas at random: what comes out is the same to the byte. */
static void merge_in_pieces(watched *w, uint64_t *cuts, bool is_cut)
{
    ef_delta *delta;
    uint64_t seed = 7;
    cr_assert_eq(ef_delta_new(&delta, w->trend, NULL), EF_OK);
    ef_delta_reset(delta, 0, false);
    int64_t time_ms = MONDAY;
    for (int i = 0; i < 4000; i++) {
        char id[32];
        ef_record record;
        ef_score score;
        time_ms += (int64_t)(draw(&seed) % (4 * MINUTE));
        int64_t late = (int64_t)(draw(&seed) % (2 * MINUTE));
        unsigned percent = i > 3600 ? 60 : 10;
        said message = { .time_ms = time_ms - late,
                         .channel = draw(&seed) % 2 ? "web" : "phone",
                         .score = draw(&seed) % 100 < percent ? -5000 : 100 };
        make(&message, &record, &score, id);
        cr_assert_eq(ef_delta_add(delta, NULL, 0, &record, &score, NULL), EF_OK);
        if (is_cut && draw(cuts) % 50 == 0) {
            cr_assert_eq(ef_trend_merge(w->trend, delta, NULL), EF_OK);
            ef_delta_reset(delta, 0, false);
        }
    }
    cr_assert_eq(ef_trend_merge(w->trend, delta, NULL), EF_OK);
    ef_delta_free(delta);
    end(w);
}

Test(alerts, are_the_same_bytes_for_any_cut_of_the_stream, .timeout = 120)
{
    uint64_t cuts = 42;
    watched whole = watch(shift);
    merge_in_pieces(&whole, &cuts, false);
    cr_assert_geq(whole.fired, 1);
    ef_trend_counts counts;
    ef_trend_count(whole.trend, &counts);
    cr_assert_eq(counts.messages, 4000);
    cr_assert_eq(counts.late, 0);
    for (int i = 0; i < 1000; i++) {
        watched w = watch(shift);
        merge_in_pieces(&w, &cuts, true);
        cr_assert_str_eq(ef_buffer_text(&w.events), ef_buffer_text(&whole.events));
        unwatch(&w);
    }
    unwatch(&whole);
}

Test(alerts, of_history_are_not_raised)
{
    watched w = watch(shift);
    ef_delta *delta;
    uint64_t seed = 3;
    cr_assert_eq(ef_delta_new(&delta, w.trend, NULL), EF_OK);
    ef_delta_reset(delta, 0, true);
    for (int i = 0; i < 4000; i++) {
        char id[32];
        ef_record record;
        ef_score score;
        said message = { .time_ms = MONDAY + i * (int64_t)(2 * MINUTE),
                         .channel = "web",
                         .score = draw(&seed) % 100 < (i > 3500 ? 70 : 10) ? -1 : 1 };
        make(&message, &record, &score, id);
        cr_assert_eq(ef_delta_add(delta, NULL, 0, &record, &score, NULL), EF_OK);
    }
    cr_assert_eq(ef_trend_merge(w.trend, delta, NULL), EF_OK);
    end(&w);
    cr_assert_eq(w.fired, 0);
    ef_delta_free(delta);
    unwatch(&w);
}

Test(alerts, keep_their_state_when_other_rules_come)
{
    watched w = watch(shift);
    uint64_t seed = 1;
    chatter(&w, MONDAY, MONDAY + 10 * DAY, 60, 15, &seed);
    size_t before = w.fired;
    ef_rules *more;
    const char *text = "[alert.new]\nkind = shift\n[alert.mood]\nkind = shift\n"
                       "group = channel\nsummary = {{k}} of {{n}} in {{channel}}\n";
    cr_assert_eq(ef_rules_read(&more, ef_slice_of(text), NULL, NULL, NULL), EF_OK);
    cr_assert_eq(ef_alerts_replace(w.alerts, more, NULL), EF_OK);
    ef_rules_free(w.rules);
    w.rules = more;
    chatter(&w, MONDAY + 10 * DAY, MONDAY + 10 * DAY + 3 * HOUR, 60, 60, &seed);
    cr_assert_eq(w.fired, before + 1);
    cr_assert_str_eq(w.rule, "mood");
    unwatch(&w);
}

Test(alerts, of_a_rule_that_goes_are_resolved)
{
    watched w = watch(shift);
    uint64_t seed = 1;
    chatter(&w, MONDAY, MONDAY + 10 * DAY, 60, 15, &seed);
    chatter(&w, MONDAY + 10 * DAY, MONDAY + 10 * DAY + 3 * HOUR, 60, 60, &seed);
    size_t open = w.fired - w.resolved;
    cr_assert_eq(open, 1);
    uint64_t id = w.last.id;
    ef_rules *other;
    const char *text = "[alert.mood]\nkind = shift\ngroup = channel\nodds_ratio = 4\n";
    cr_assert_eq(ef_rules_read(&other, ef_slice_of(text), NULL, NULL, NULL), EF_OK);
    cr_assert_eq(ef_alerts_replace(w.alerts, other, NULL), EF_OK);
    ef_rules_free(w.rules);
    w.rules = other;
    collect(&w);
    cr_assert_eq(w.resolved, w.fired);
    cr_assert_eq(w.last.id, id);
    cr_assert_str_eq(w.rule, "mood");
    unwatch(&w);
}

/* A week of chatter, then 40 messages in 40 minutes, a third of them bad; the message of
 * minute `which` comes when `later` more minutes have begun. */
static void say_late(watched *w, int which, int later)
{
    uint64_t seed = 4;
    chatter(w, MONDAY, MONDAY + 7 * DAY, 20, 15, &seed);
    said held = { 0 };
    for (int i = 0; i < 40; i++) {
        said message = { .time_ms = MONDAY + 7 * DAY + HOUR + i * (int64_t)MINUTE,
                         .channel = "web",
                         .score = i % 3 == 0 ? -6000 : 4000 };
        if (i == which)
            held = message;
        else
            say(w, message);
        if (i == which + later)
            say(w, held);
    }
}

static int64_t statistic(const watched *w)
{
    ef_alert_standing standing;
    cr_assert_eq(ef_alerts_standing(w->alerts, 0, &standing), EF_OK);
    return standing.statistic;
}

Test(alerts, of_a_shift_count_what_comes_late_but_not_too_late)
{
    static const struct {
        int later;
        bool counts;
    } cases[] = { { 2, true }, { 5, true }, { 9, true }, { 11, true }, { 14, false } };
    watched whole = watch("[alert.a]\nkind = shift\n");
    say_late(&whole, 21, 0);
    cr_assert_gt(statistic(&whole), 0);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        watched w = watch("[alert.a]\nkind = shift\n");
        ef_trend_counts counts;
        say_late(&w, 21, cases[i].later);
        ef_trend_count(w.trend, &counts);
        cr_assert_eq(counts.late, cases[i].later > 2, "%d minutes", cases[i].later);
        cr_assert_eq(statistic(&w) == statistic(&whole), cases[i].counts, "%d minutes",
                     cases[i].later);
        unwatch(&w);
    }
    unwatch(&whole);
}

Test(alerts, of_a_shift_are_raised_by_what_comes_late)
{
    watched w = watch("[alert.a]\nkind = shift\n");
    uint64_t seed = 4;
    chatter(&w, MONDAY, MONDAY + 7 * DAY, 20, 15, &seed);
    size_t before = w.fired;
    for (int i = 0; i < 12; i++) /* good ones, so that minutes close */
        say(&w, (said){ .time_ms = MONDAY + 7 * DAY + HOUR + i * (int64_t)MINUTE,
                        .channel = "web",
                        .score = 4000 });
    cr_assert_eq(w.fired, before);
    for (int i = 0; i < 60 && w.fired == before; i++)
        say(&w, (said){ .time_ms = MONDAY + 7 * DAY + HOUR + (4 + i % 5) * (int64_t)MINUTE,
                        .channel = "web",
                        .score = -6000 });
    cr_assert_eq(w.fired, before + 1);
    cr_assert_lt(w.last.onset_ms, MONDAY + 7 * DAY + HOUR + 9 * (int64_t)MINUTE);
    unwatch(&w);
}
