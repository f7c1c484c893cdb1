/* SPDX-License-Identifier: MIT
 * alert/rule_mean.c - the mean score has fallen: a mean that fades with time.
 *
 * With w = 2^(-dt / half life) for the time since the last minute:
 *     A = w A + sum of scores,  B = w B + n,  C = w^2 C + n
 *     z = (A / B - mu) B / (sigma sqrt(C deff)),  an alert at z <= -L.
 * The limit is one of time, not of messages: a limit for each message gives sixty times as
 * many false alarms at 500 messages an hour as at 5. */
#include "alert/rule.h"

#include "aggregate/interval.h"
#include "alert/run_length.h"
#include "base/real.h"

#ifdef __clang__
#pragma STDC FP_CONTRACT OFF
#endif

static const ef_setting settings[] = {
    { "half_life", EF_SETTING_TIME, offsetof(ef_rule, mean.half_life), 5, 7 * 24 * 60,
      "must be a time from 5m to 7d, such as 2h" },
    { "every", EF_SETTING_TIME, offsetof(ef_rule, mean.every), 60, 520 * 7 * 24 * 60,
      "must be a time from 1h to 520w" },
    { "n_min", EF_SETTING_COUNT, offsetof(ef_rule, mean.least), 2, 1000000,
      "must be a number from 2 to 1000000" },
};

static void set_defaults(ef_rule *rule)
{
    rule->mean.half_life = 2 * 60;
    rule->mean.every = 4 * 7 * EF_MINUTES_A_DAY;
    rule->mean.least = 20;
}

static const char *prepare(ef_rule *rule)
{
    if (rule->mean.every < 4 * rule->mean.half_life)
        return "every must be at least four half lives";
    rule->mean.limit =
        ef_run_length_level((double)rule->mean.half_life, (double)rule->mean.every);
    return NULL;
}

static int64_t reach(const ef_rule *rule)
{
    return rule->mean.half_life;
}

static void fade(ef_detector *detector, int64_t minutes, int64_t half_life)
{
    double w = ef_exp(-ef_ln(2) * (double)minutes / (double)half_life);
    detector->mean.a *= w;
    detector->mean.b *= w;
    detector->mean.c *= w * w;
}

static void judge(const ef_rule *rule, ef_detector *detector, const ef_outlook *view,
                  ef_verdict *verdict)
{
    const ef_minute *entry = view->closing->entry;
    int64_t minute = view->closing->minute;
    fade(detector, minute - detector->mean.minute, rule->mean.half_life);
    detector->mean.minute = minute;
    if (entry != NULL) {
        detector->mean.a += (double)entry->pane.sum;
        detector->mean.b += (double)entry->pane.n;
        detector->mean.c += (double)entry->pane.n;
    }
    double b = detector->mean.b, c = detector->mean.c;
    verdict->kind = EF_VERDICT_MEAN;
    verdict->is_clear = true;
    if (!(c > 0) || !(b * b >= (double)rule->mean.least * c))
        return;
    /* Variance of A / B, in units squared. */
    double spread = view->usual->deviation * ef_sqrt(c * view->usual->deff) / b;
    double mean = detector->mean.a / b;
    double z = (mean - view->usual->mean) / spread;
    ef_interval interval = ef_interval_normal(mean, spread * spread);
    ef_interval usual = ef_interval_normal(
        view->usual->mean, view->usual->deviation * view->usual->deviation *
                               view->usual->deff / (double)(view->usual->n + 1));
    verdict->holds = z <= -rule->mean.limit;
    verdict->is_clear = z > -rule->mean.limit / 2;
    verdict->onset = minute + 1 - rule->mean.half_life;
    ef_pane pane =
        ef_timeline_sum(&view->closing->group->timeline, verdict->onset, minute + 1);
    verdict->n = pane.n;
    verdict->k = pane.negative;
    verdict->value = mean / EF_UNIT;
    verdict->low = interval.low / EF_UNIT;
    verdict->high = interval.high / EF_UNIT;
    verdict->usual = view->usual->mean / EF_UNIT;
    verdict->usual_low = usual.low / EF_UNIT;
    verdict->usual_high = usual.high / EF_UNIT;
}

static double false_alarms(const ef_rule *rule, const ef_usual *usual)
{
    (void)usual;
    return 7.0 * EF_MINUTES_A_DAY / (double)rule->mean.every;
}

const ef_rule_kind ef_rule_mean = {
    .name = "mean",
    .summary = "the mean score has fallen, weighing the last hours most",
    .settings = settings,
    .setting_count = sizeof settings / sizeof settings[0],
    .needs = EF_NEEDS_WARMTH,
    .set_defaults = set_defaults,
    .prepare = prepare,
    .reach = reach,
    .judge = judge,
    .false_alarms = false_alarms,
};
