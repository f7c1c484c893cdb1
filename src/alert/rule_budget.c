/* SPDX-License-Identifier: MIT
 * alert/rule_budget.c - a budget of negative messages is used up too fast.
 *
 * burn = share / objective, over a long window and over its last twelfth: the long one says
 * that it matters, the short one that it is still so. The largest burn there can be is
 * 1 / objective, so the wanted one is capped at 0.9 of it. */
#include "alert/rule.h"

#ifdef __clang__
#pragma STDC FP_CONTRACT OFF
#endif

enum { SHORT_PART = 12 };

static const ef_setting settings[] = {
    { "objective", EF_SETTING_NUMBER, offsetof(ef_rule, budget.objective), 0.001, 0.9,
      "must be a share from 0.001 to 0.9" },
    { "burn", EF_SETTING_NUMBER, offsetof(ef_rule, budget.burn), 1, 1000,
      "must be a number from 1 to 1000" },
    { "window", EF_SETTING_TIME, offsetof(ef_rule, budget.window), 12, 7 * 24 * 60,
      "must be a time from 12m to 7d, such as 6h" },
    { "n_min", EF_SETTING_COUNT, offsetof(ef_rule, budget.least), 1, 1000000,
      "must be a number from 1 to 1000000" },
    { "n_min_short", EF_SETTING_COUNT, offsetof(ef_rule, budget.least_short), 0, 1000000,
      "must be a number from 0 to 1000000" },
};

static void set_defaults(ef_rule *rule)
{
    rule->hold = 10;
    rule->budget.burn = 2;
    rule->budget.window = 6 * 60;
    rule->budget.least = rule->budget.least_short = 20;
}

static const char *prepare(ef_rule *rule)
{
    if (!(rule->budget.objective > 0))
        return "a budget needs an objective, such as objective = 0.15";
    if (rule->budget.burn > 0.9 / rule->budget.objective)
        rule->budget.burn = 0.9 / rule->budget.objective;
    return NULL;
}

static int64_t reach(const ef_rule *rule)
{
    return rule->budget.window;
}

static bool burns(const ef_rule *rule, const ef_pane *pane, int64_t least)
{
    double allowed = rule->budget.burn * rule->budget.objective;
    return pane->n >= least && pane->n > 0 &&
           (double)pane->negative >= allowed * (double)pane->n;
}

static void judge(const ef_rule *rule, ef_detector *detector, const ef_outlook *view,
                  ef_verdict *verdict)
{
    const ef_timeline *timeline = &view->closing->group->timeline;
    int64_t end = view->closing->minute + 1, from = end - rule->budget.window;
    ef_pane slow = ef_timeline_sum(timeline, from, end);
    ef_pane fast = ef_timeline_sum(timeline, end - rule->budget.window / SHORT_PART, end);
    (void)detector;
    verdict->onset = from;
    verdict->n = slow.n;
    verdict->k = slow.negative;
    verdict->holds = burns(rule, &slow, rule->budget.least) &&
                     burns(rule, &fast, rule->budget.least_short);
    verdict->is_clear = !verdict->holds;
}

static double false_alarms(const ef_rule *rule, const ef_usual *usual)
{
    (void)rule;
    (void)usual;
    return -1;
}

const ef_rule_kind ef_rule_budget = {
    .name = "budget",
    .summary = "a budget of negative messages is used up too fast, over two windows",
    .settings = settings,
    .setting_count = sizeof settings / sizeof settings[0],
    .needs = EF_NEEDS_NOTHING,
    .set_defaults = set_defaults,
    .prepare = prepare,
    .reach = reach,
    .judge = judge,
    .false_alarms = false_alarms,
};
