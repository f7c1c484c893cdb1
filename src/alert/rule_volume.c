/* SPDX-License-Identifier: MIT
 * alert/rule_volume.c - far more messages than this hour of the week brings, or none where
 * there should be some.
 *
 * Surge: the chance of so many in the last hour, by a negative binomial distribution with
 * the hour's mean and the spread that hours have shown, is below `surge`. (Poisson's, which
 * knows no spread, would be wrong by a factor of a hundred.) Silence: the chance of nothing
 * since the last message is below `silence`, by the same distribution, and at least
 * `expected` messages are missing. */
#include "alert/rule.h"

#include "aggregate/tails.h"
#include "base/real.h"

#ifdef __clang__
#pragma STDC FP_CONTRACT OFF
#endif

enum { HOUR = 60, LONGEST_SILENCE = 4 * EF_HOURS_A_WEEK };

static const ef_setting settings[] = {
    { "on", EF_SETTING_OF, offsetof(ef_rule, volume.of), 0, EF_SEASON_COUNT,
      "must be messages or negatives" },
    { "surge", EF_SETTING_NUMBER, offsetof(ef_rule, volume.surge), 0, 0.1,
      "must be a chance from 0 (never) to 0.1" },
    { "silence", EF_SETTING_NUMBER, offsetof(ef_rule, volume.silence), 0, 0.1,
      "must be a chance from 0 (never) to 0.1" },
    { "expected", EF_SETTING_COUNT, offsetof(ef_rule, volume.expected), 1, 1000000,
      "must be a number from 1 to 1000000" },
};

static void set_defaults(ef_rule *rule)
{
    rule->volume.of = EF_SEASON_MESSAGES;
    rule->volume.surge = 1e-5;
    rule->volume.silence = 1e-6;
    rule->volume.expected = 5;
}

static int64_t reach(const ef_rule *rule)
{
    (void)rule;
    return HOUR;
}

/* Messages, or negative ones, an hour: the mean of all hours. */
static double usual_of(const ef_rule *rule, const ef_usual *usual)
{
    double share = rule->volume.of == EF_SEASON_NEGATIVES ? usual->share : 1;
    return usual->rate * HOUR * share;
}

static double expect(const ef_rule *rule, const ef_outlook *view, int64_t hour)
{
    return ef_seasons_expect(view->closing->group->seasons, rule->volume.of, hour,
                             usual_of(rule, view->usual));
}

/* The minute from which on silence is beyond chance: hours add up the logarithm of the
 * chance of nothing, size ln(1 + mean / size) each. */
static int64_t find_silence(const ef_rule *rule, const ef_outlook *view)
{
    double size = ef_seasons_size(view->closing->group->seasons, rule->volume.of);
    double missing = 0, evidence = 0, wanted = -ef_ln(rule->volume.silence);
    int64_t minute = view->closing->minute + 1;
    for (int i = 0; i < LONGEST_SILENCE; i++) {
        int64_t left = HOUR - minute % HOUR;
        double mean = expect(rule, view, minute / HOUR) / HOUR;
        double step = size * ef_ln(1 + mean * HOUR / size) / HOUR;
        double more = (double)rule->volume.expected - missing;
        double minutes = more > 0 ? more / mean : 0;
        double others = (wanted - evidence) / step;
        double need = others > minutes ? others : minutes;
        if (need <= (double)left)
            return minute + (int64_t)need;
        missing += mean * (double)left;
        evidence += step * (double)left;
        minute += left;
    }
    return INT64_MAX;
}

static void judge_surge(const ef_rule *rule, const ef_outlook *view, ef_verdict *verdict)
{
    int64_t end = view->closing->minute + 1;
    ef_pane pane = ef_timeline_sum(&view->closing->group->timeline, end - HOUR, end);
    double part = (double)(end % HOUR) / HOUR;
    double mean = part * expect(rule, view, end / HOUR) +
                  (1 - part) * expect(rule, view, end / HOUR - 1);
    int64_t count = rule->volume.of == EF_SEASON_NEGATIVES ? pane.negative : pane.n;
    double size = ef_seasons_size(view->closing->group->seasons, rule->volume.of);
    double chance = (double)count > mean ? ef_tail_negative_binomial(count, mean, size) : 1;
    verdict->holds = count >= rule->volume.expected && chance < rule->volume.surge;
    verdict->is_clear = chance > 0.01;
    verdict->onset = end - HOUR;
    verdict->n = pane.n;
    verdict->k = pane.negative;
    verdict->value = (double)count;
    verdict->usual = mean;
}

static void judge(const ef_rule *rule, ef_detector *detector, const ef_outlook *view,
                  ef_verdict *verdict)
{
    int64_t minute = view->closing->minute;
    verdict->kind = EF_VERDICT_VOLUME;
    verdict->is_clear = true;
    const ef_seasons *seasons = view->closing->group->seasons;
    if (seasons == NULL || seasons->hours < EF_HOURS_A_WEEK)
        return; /* a week that it has not seen cannot surprise it */
    bool is_said =
        view->closing->entry != NULL &&
        (rule->volume.of == EF_SEASON_MESSAGES || view->closing->entry->pane.negative > 0);
    judge_surge(rule, view, verdict);
    if (is_said && rule->volume.silence > 0)
        detector->volume.alarm_minute = find_silence(rule, view);
    if (is_said)
        detector->volume.last_minute = minute;
    if (is_said || detector->volume.alarm_minute == 0 ||
        minute < detector->volume.alarm_minute)
        return;
    verdict->holds = true;
    verdict->is_clear = false;
    verdict->onset = detector->volume.last_minute + 1;
    verdict->n = verdict->k = 0;
    verdict->value = 0;
    verdict->usual = expect(rule, view, minute / HOUR);
}

static int64_t wakes_at(const ef_detector *detector)
{
    return detector->volume.alarm_minute == 0 ? INT64_MAX : detector->volume.alarm_minute;
}

static double false_alarms(const ef_rule *rule, const ef_usual *usual)
{
    (void)usual;
    return (rule->volume.surge + rule->volume.silence) * EF_HOURS_A_WEEK;
}

const ef_rule_kind ef_rule_volume = {
    .name = "volume",
    .summary = "far more messages than this hour of the week brings, or none at all",
    .settings = settings,
    .setting_count = sizeof settings / sizeof settings[0],
    .needs = EF_NEEDS_WARMTH,
    .needs_seasons = true,
    .set_defaults = set_defaults,
    .reach = reach,
    .judge = judge,
    .wakes_at = wakes_at,
    .false_alarms = false_alarms,
};
