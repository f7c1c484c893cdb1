/* SPDX-License-Identifier: MIT
 * alert/rule_share.c - the share of negative messages in a window is too high, and it is
 * no accident.
 *
 * A share alone fires many times a week at low traffic; so the exact chance of so many
 * negative messages must be small, too, counted in strangers: n / deff of them. */
#include "alert/rule.h"

#include "aggregate/tails.h"

#ifdef __clang__
#pragma STDC FP_CONTRACT OFF
#endif

static const ef_setting settings[] = {
    { "window", EF_SETTING_TIME, offsetof(ef_rule, share.window), 1, 7 * 24 * 60,
      "must be a time from 1m to 7d, such as 6h" },
    { "n_min", EF_SETTING_COUNT, offsetof(ef_rule, share.least), 1, 1000000,
      "must be a number from 1 to 1000000" },
    { "ratio", EF_SETTING_NUMBER, offsetof(ef_rule, share.ratio), 1, 100,
      "must be a number from 1 to 100" },
    { "alpha", EF_SETTING_NUMBER, offsetof(ef_rule, share.alpha), 1e-9, 1,
      "must be a chance from 1e-9 to 1" },
    { "clear_ratio", EF_SETTING_NUMBER, offsetof(ef_rule, share.clear_ratio), 0.1, 100,
      "must be a number from 0.1 to 100" },
    { "clear_alpha", EF_SETTING_NUMBER, offsetof(ef_rule, share.clear_alpha), 1e-9, 1,
      "must be a chance from 1e-9 to 1" },
};

static void set_defaults(ef_rule *rule)
{
    rule->hold = 10;
    rule->share.window = 6 * 60;
    rule->share.least = 20;
    rule->share.ratio = 1.5;
    rule->share.alpha = 1e-4;
    rule->share.clear_ratio = 1.2;
    rule->share.clear_alpha = 0.05;
}

static const char *prepare(ef_rule *rule)
{
    if (rule->share.clear_ratio > rule->share.ratio)
        return "clear_ratio must not be above ratio: the alert would end where it begins";
    if (rule->share.clear_alpha < rule->share.alpha)
        return "clear_alpha must not be below alpha: the alert would end where it begins";
    return NULL;
}

static int64_t reach(const ef_rule *rule)
{
    return rule->share.window;
}

/* P(X >= ceil(k / deff) | n / deff, p): of as many strangers as the messages are worth. */
static double chance(const ef_pane *pane, const ef_usual *usual)
{
    double k = (double)pane->negative / usual->deff, n = (double)pane->n / usual->deff;
    int64_t least = (int64_t)k + ((double)(int64_t)k < k);
    return ef_tail_binomial(least, (int64_t)(n + 0.5), usual->share);
}

static void judge(const ef_rule *rule, ef_detector *detector, const ef_outlook *view,
                  ef_verdict *verdict)
{
    int64_t end = view->closing->minute + 1, from = end - rule->share.window;
    ef_pane pane = ef_timeline_sum(&view->closing->group->timeline, from, end);
    (void)detector;
    verdict->onset = from;
    verdict->n = pane.n;
    verdict->k = pane.negative;
    verdict->is_clear = true;
    if (pane.n == 0)
        return;
    double share = (double)pane.negative / (double)pane.n, usual = view->usual->share;
    bool is_worse = pane.n >= rule->share.least && share >= rule->share.ratio * usual;
    bool is_bad = share >= rule->share.clear_ratio * usual;
    /* The chance is computed only where it decides. */
    double tail = is_worse || is_bad ? chance(&pane, view->usual) : 1;
    verdict->holds = is_worse && tail <= rule->share.alpha;
    verdict->is_clear = !is_bad || tail > rule->share.clear_alpha;
}

/* Not known beforehand: windows overlap. The tables of README say what it comes to. */
static double false_alarms(const ef_rule *rule, const ef_usual *usual)
{
    (void)rule;
    (void)usual;
    return -1;
}

const ef_rule_kind ef_rule_share = {
    .name = "share",
    .summary = "too large a share of negative messages in a window, beyond chance",
    .settings = settings,
    .setting_count = sizeof settings / sizeof settings[0],
    .needs = EF_NEEDS_SHARE,
    .set_defaults = set_defaults,
    .prepare = prepare,
    .reach = reach,
    .judge = judge,
    .false_alarms = false_alarms,
};
