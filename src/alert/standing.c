/* SPDX-License-Identifier: MIT
 * alert/standing.c - how each rule stands with each group: for status and reports. */
#include "alert/alerts.h"
#include "base/real.h"

static const char *state_of(const ef_rule *rule, const ef_usual *learned,
                            const ef_instance *instance)
{
    static const char *const states[] = { "inactive", "pending", "firing" };
    if (!ef_rule_is_warm(rule, learned))
        return "warming";
    return states[instance != NULL ? instance->state : EF_INSTANCE_INACTIVE];
}

static void describe(const ef_alerts *alerts, size_t index, size_t number,
                     ef_alert_standing *standing)
{
    const ef_rule *rule = &alerts->rules->items[index];
    const ef_grouping *grouping = &alerts->trend->groupings[rule->grouping];
    const ef_usual *learned = &grouping->groups[number]->baseline.usual;
    const ef_usual usual = ef_rule_usual(rule, learned);
    const ef_instance *instance =
        number < alerts->instance_counts[index] ? &alerts->instances[index][number] : NULL;
    *standing = (ef_alert_standing){ .rule = rule->name,
                                     .kind = rule->kind->name,
                                     .state = state_of(rule, learned, instance),
                                     .columns = rule->group,
                                     .group = ef_names_text(&grouping->keys, number),
                                     .usual = ef_unit_of(usual.share),
                                     .deff = ef_unit_of(usual.deff),
                                     .false_alarms = -1 };
    standing->per_week = (int64_t)(usual.rate * 7 * EF_MINUTES_A_DAY + 0.5);
    if (ef_rule_is_warm(rule, learned)) {
        double expected = rule->kind->false_alarms(rule, &usual);
        standing->false_alarms = expected < 0 ? -1 : ef_unit_of(expected);
    }
    if (rule->kind == &ef_rule_shift && instance != NULL) {
        standing->threshold = instance->detector.shift.threshold;
        standing->statistic = instance->detector.shift.s;
    }
}

ef_status ef_alerts_standing(const ef_alerts *alerts, size_t index,
                             ef_alert_standing *standing)
{
    for (size_t i = 0; i < alerts->rules->count; i++) {
        const ef_rule *rule = &alerts->rules->items[i];
        if (rule->kind->judge == NULL) /* of conversations: they come and go */
            continue;
        size_t groups = alerts->trend->groupings[rule->grouping].keys.count;
        if (index < groups) {
            describe(alerts, i, index, standing);
            return EF_OK;
        }
        index -= groups;
    }
    return EF_END;
}
