/* SPDX-License-Identifier: MIT
 * alert/instances.c - one instance for each (rule, group), and the list of those that pend
 * or fire, for which time passes. */
#include "alert/alerts.h"

#include <stdlib.h>

ef_instance *ef_alerts_instance(ef_alerts *alerts, size_t rule, size_t number)
{
    size_t count = alerts->instance_counts[rule];
    if (number >= count) {
        size_t wanted = number < 8 ? 16 : number * 2;
        ef_instance *items = realloc(alerts->instances[rule], wanted * sizeof(ef_instance));
        if (items == NULL) {
            alerts->failed = true;
            return NULL;
        }
        memset(items + count, 0, (wanted - count) * sizeof(ef_instance));
        alerts->instances[rule] = items;
        alerts->instance_counts[rule] = wanted;
    }
    return &alerts->instances[rule][number];
}

static bool is_before(const ef_active *one, const ef_active *two)
{
    return one->rule != two->rule ? one->rule < two->rule : one->number < two->number;
}

bool ef_alerts_activate(ef_alerts *alerts, size_t rule, size_t number)
{
    if (alerts->active_count == alerts->active_capacity) {
        size_t capacity = alerts->active_capacity == 0 ? 16 : alerts->active_capacity * 2;
        ef_active *active = realloc(alerts->active, capacity * sizeof *active);
        if (active == NULL) {
            alerts->failed = true;
            return false;
        }
        alerts->active = active;
        alerts->active_capacity = capacity;
    }
    ef_active wanted = { (uint32_t)rule, (uint32_t)number };
    size_t at = alerts->active_count++;
    for (; at > 0 && is_before(&wanted, &alerts->active[at - 1]); at--)
        alerts->active[at] = alerts->active[at - 1];
    alerts->active[at] = wanted;
    return true;
}

void ef_alerts_deactivate(ef_alerts *alerts, ef_instance *instance)
{
    for (size_t i = 0; i < alerts->active_count; i++) {
        const ef_active *active = &alerts->active[i];
        if (&alerts->instances[active->rule][active->number] != instance)
            continue;
        memmove(alerts->active + i, alerts->active + i + 1,
                (--alerts->active_count - i) * sizeof *alerts->active);
        break;
    }
    instance->state = EF_INSTANCE_INACTIVE;
}
