/* SPDX-License-Identifier: MIT
 * alert/alerts.c - the life of alerts: inactive, pending, firing, resolved.
 *
 *     inactive -> pending    the condition holds and the cool-down is over
 *     pending  -> firing     it has held for `for`
 *     pending  -> inactive   it does not hold
 *     firing   -> inactive   it has been clear for `keep`: resolved
 *
 * Whatever a group says is judged when its minute closes. Who pends or fires is judged in
 * every minute, also when nobody speaks: time passes for an alert, too. */
#include "alert/alerts.h"

#include <stdlib.h>

#include "base/error.h"
#include "base/hash.h"

ef_usual ef_rule_usual(const ef_rule *rule, const ef_usual *learned)
{
    ef_usual usual = *learned;
    if (usual.deff < 1)
        usual.deff = 1; /* nothing is learned yet */
    if (rule->baseline > 0)
        usual.share = rule->baseline;
    if (rule->deff > 0)
        usual.deff = rule->deff;
    return usual;
}

bool ef_rule_is_warm(const ef_rule *rule, const ef_usual *learned)
{
    switch (rule->kind->needs) {
    case EF_NEEDS_NOTHING:
        return true;
    case EF_NEEDS_SHARE:
        return learned->is_warm || rule->baseline > 0;
    case EF_NEEDS_WARMTH:
        break;
    }
    return learned->is_warm;
}

/* --- one judgement ------------------------------------------------------------------ */

/* A judgement under way. */
typedef struct judgement {
    ef_alerts *alerts;
    size_t index; /* of the rule */
    const ef_rule *rule;
    const ef_closing *closing;
    ef_usual usual;
    ef_instance *instance;
    ef_verdict verdict;
} judgement;

bool ef_alerts_take_turn(ef_alerts *alerts, int64_t minute)
{
    int64_t *turn = &alerts->raised[alerts->raised_count % EF_ALERTS_AN_HOUR];
    if (alerts->raised_count >= EF_ALERTS_AN_HOUR && minute - *turn < EF_MINUTES_AN_HOUR) {
        if (alerts->suppressed++ == 0)
            alerts->suppressed_from = minute;
        return false;
    }
    *turn = minute;
    alerts->raised_count++;
    return true;
}

static uint64_t id_of(const judgement *j)
{
    const ef_grouping *grouping = &j->alerts->trend->groupings[j->closing->grouping];
    ef_slice key = ef_names_text(&grouping->keys, j->closing->number);
    uint64_t hash = ef_hash_combine(j->rule->identity, ef_hash_bytes(key.data, key.size));
    return ef_hash_combine(hash, (uint64_t)j->verdict.onset);
}

static void tell(const judgement *j, ef_alert_status status)
{
    if (j->instance->is_suppressed)
        return;
    ef_happening happening = { .rule = j->rule,
                               .closing = j->closing,
                               .usual = &j->usual,
                               .verdict = &j->verdict,
                               .instance = j->instance,
                               .status = status,
                               .minute = j->closing->minute };
    ef_alerts_tell(j->alerts, &happening);
}

static void fire(judgement *j)
{
    ef_instance *instance = j->instance;
    instance->state = EF_INSTANCE_FIRING;
    instance->started = instance->last_held = j->closing->minute;
    instance->quiet_until = j->closing->minute + j->rule->cooldown;
    instance->onset = j->verdict.onset;
    instance->id = id_of(j);
    instance->n = j->verdict.n;
    instance->k = j->verdict.k;
    instance->before_n = j->usual.n;
    instance->before_k = j->usual.k;
    instance->is_suppressed = !ef_alerts_take_turn(j->alerts, j->closing->minute);
    tell(j, EF_ALERT_FIRING);
    if (j->rule->kind->raised != NULL)
        j->rule->kind->raised(j->rule, &instance->detector);
}

static void begin(judgement *j)
{
    int64_t minute = j->closing->minute;
    if (!j->closing
             ->is_live) { /* history raises nothing; what it has added up is forgotten */
        if (j->rule->kind->raised != NULL)
            j->rule->kind->raised(j->rule, &j->instance->detector);
        return;
    }
    if (minute < j->instance->quiet_until ||
        !ef_alerts_activate(j->alerts, j->index, j->closing->number))
        return;
    j->instance->state = EF_INSTANCE_PENDING;
    j->instance->since = minute;
    if (j->rule->hold == 0)
        fire(j);
}

static void live_on(judgement *j)
{
    ef_instance *instance = j->instance;
    int64_t minute = j->closing->minute;
    switch (instance->state) {
    case EF_INSTANCE_INACTIVE:
        if (j->verdict.holds)
            begin(j);
        break;
    case EF_INSTANCE_PENDING:
        if (!j->verdict.holds)
            ef_alerts_deactivate(j->alerts, instance);
        else if (minute - instance->since >= j->rule->hold)
            fire(j);
        break;
    case EF_INSTANCE_FIRING:
        if (j->closing->entry != NULL) {
            instance->n += j->closing->entry->pane.n;
            instance->k += j->closing->entry->pane.negative;
        }
        if (!j->verdict.is_clear)
            instance->last_held = minute;
        if (minute - instance->last_held < j->rule->keep)
            break;
        tell(j, EF_ALERT_RESOLVED);
        ef_alerts_deactivate(j->alerts, instance);
        break;
    }
}

static void refresh(const judgement *j)
{
    if (j->usual.is_warm && j->rule->kind->refresh != NULL)
        j->rule->kind->refresh(j->rule, &j->instance->detector, &j->usual);
    j->instance->is_refreshed = true;
    j->instance->is_dirty = true;
}

/* What is usual is not known any more: what was added up by it says nothing. */
static void cool(ef_instance *instance)
{
    if (!instance->is_refreshed)
        return;
    memset(&instance->detector, 0, sizeof instance->detector);
    instance->is_refreshed = false;
    instance->is_dirty = true;
}

static bool prepare(judgement *j, ef_alerts *alerts, size_t index,
                    const ef_closing *closing)
{
    const ef_rule *rule = &alerts->rules->items[index];
    if (rule->grouping != closing->grouping || rule->kind->judge == NULL)
        return false;
    *j = (judgement){ .alerts = alerts, .index = index, .rule = rule, .closing = closing };
    j->usual = ef_rule_usual(rule, &closing->group->baseline.usual);
    j->instance = ef_alerts_instance(alerts, index, closing->number);
    return j->instance != NULL;
}

/* Judges one rule. True if the baseline must not learn this minute. */
static bool judge_rule(judgement *j)
{
    ef_outlook view = { .closing = j->closing, .usual = &j->usual };
    const ef_rule_kind *kind = j->rule->kind;
    bool is_near =
        j->instance->state == EF_INSTANCE_FIRING ||
        (kind->is_near != NULL && kind->is_near(j->rule, &j->instance->detector));
    j->instance->judged = j->closing->minute;
    if (!ef_rule_is_warm(j->rule, &j->closing->group->baseline.usual)) {
        cool(j->instance);
        return false;
    }
    if (!j->instance->is_refreshed)
        refresh(j);
    kind->judge(j->rule, &j->instance->detector, &view, &j->verdict);
    j->instance->is_dirty = true;
    live_on(j);
    return is_near;
}

/* --- what the trend calls ----------------------------------------------------------- */

/* Whether to freeze is decided by what was known before this minute: else the minutes that
 * are left out would be the bad ones, and the baseline too good. */
static bool closes(void *user, const ef_closing *closing)
{
    ef_alerts *alerts = user;
    bool is_frozen = false;
    judgement j;
    for (size_t i = 0; i < alerts->rules->count; i++)
        if (prepare(&j, alerts, i, closing))
            is_frozen |= judge_rule(&j);
    return is_frozen;
}

/* A rule that judged a minute too early judges again. What it finds now begins now. */
static void corrects(void *user, const ef_closing *closing, int64_t last)
{
    ef_alerts *alerts = user;
    ef_closing now = *closing;
    judgement j;
    now.minute = last;
    now.entry = NULL;
    for (size_t i = 0; i < alerts->rules->count; i++) {
        if (alerts->rules->items[i].kind->correct == NULL ||
            !prepare(&j, alerts, i, &now) || !j.instance->is_refreshed ||
            !ef_rule_is_warm(j.rule, &now.group->baseline.usual))
            continue;
        ef_outlook view = { .closing = closing, .usual = &j.usual };
        j.rule->kind->correct(j.rule, &j.instance->detector, &view, last, &j.verdict);
        j.instance->is_dirty = true;
        if (j.instance->state == EF_INSTANCE_INACTIVE && j.verdict.holds)
            begin(&j);
    }
}

static void refreshed(void *user, const ef_closing *closing)
{
    ef_alerts *alerts = user;
    judgement j;
    for (size_t i = 0; i < alerts->rules->count; i++)
        if (prepare(&j, alerts, i, closing))
            refresh(&j);
}

static void judge_silent(ef_alerts *alerts, const ef_active *active, int64_t minute)
{
    const ef_rule *rule = &alerts->rules->items[active->rule];
    ef_grouping *grouping = &alerts->trend->groupings[rule->grouping];
    ef_closing closing = { .grouping = rule->grouping,
                           .number = active->number,
                           .group = grouping->groups[active->number],
                           .voices = &grouping->voices,
                           .minute = minute,
                           .is_live = !alerts->trend->is_history };
    judgement j;
    if (alerts->instances[active->rule][active->number].judged < minute &&
        prepare(&j, alerts, active->rule, &closing))
        judge_rule(&j);
}

/* Judges whoever wants to be judged in silence; gives the next minute of such a wish. */
static int64_t wake(ef_alerts *alerts, int64_t minute)
{
    int64_t next = INT64_MAX;
    for (size_t i = 0; i < alerts->rules->count; i++) {
        int64_t (*wakes_at)(const ef_detector *) = alerts->rules->items[i].kind->wakes_at;
        for (size_t k = 0; wakes_at != NULL && k < alerts->instance_counts[i]; k++) {
            const ef_instance *instance = &alerts->instances[i][k];
            if (wakes_at(&instance->detector) <= minute &&
                instance->state == EF_INSTANCE_INACTIVE) {
                ef_active sleeper = { (uint32_t)i, (uint32_t)k };
                judge_silent(alerts, &sleeper, minute);
            } else if (wakes_at(&instance->detector) < next) {
                next = wakes_at(&instance->detector);
            }
        }
    }
    return next > minute ? next : minute + 1;
}

static int64_t passes(void *user, int64_t minute)
{
    ef_alerts *alerts = user;
    for (size_t i = alerts->active_count; i-- > 0;) { /* backwards: one may leave */
        ef_active active = alerts->active[i];
        judge_silent(alerts, &active, minute);
    }
    int64_t next = wake(alerts, minute);
    if (alerts->suppressed > 0 && minute - alerts->suppressed_from >= EF_MINUTES_AN_HOUR)
        ef_alerts_tell_suppressed(alerts, minute);
    return alerts->active_count > 0 || alerts->suppressed > 0 ? minute + 1 : next;
}

static void waits(void *user, int64_t minute)
{
    wake(user, minute);
}

static void ends(void *user, int64_t minute)
{
    ef_alerts *alerts = user;
    if (alerts->suppressed > 0)
        ef_alerts_tell_suppressed(alerts, minute);
}

static bool hears(void *user, const ef_delta *delta, const ef_observation *observation)
{
    ef_alerts *alerts = user;
    return ef_alerts_hear(alerts, delta, observation) && !alerts->failed;
}

/* --- the object --------------------------------------------------------------------- */

static ef_status bind(ef_alerts *alerts, const ef_rules *rules, ef_error *error)
{
    for (size_t i = 0; i < rules->count; i++) {
        ef_rule *rule = &rules->items[i];
        ef_status status =
            ef_trend_group_by(alerts->trend, rule->group, &rule->grouping, error);
        if (status != EF_OK)
            return status;
        int64_t reach = rule->kind->reach == NULL ? 0 : rule->kind->reach(rule);
        if (reach > alerts->trend->kept_minutes)
            alerts->trend->kept_minutes = reach;
        alerts->trend->groupings[rule->grouping].keeps_seasons |= rule->kind->needs_seasons;
    }
    ef_instance **instances = calloc(rules->count, sizeof *instances);
    size_t *counts = calloc(rules->count, sizeof *counts);
    if (instances == NULL || counts == NULL) {
        free(instances);
        free(counts);
        return ef_error_memory(error);
    }
    alerts->rules = rules;
    alerts->instances = instances;
    alerts->instance_counts = counts;
    return EF_OK;
}

ef_status ef_alerts_new(ef_alerts **alerts, const ef_rules *rules, ef_trend *trend,
                        ef_error *error)
{
    ef_alerts *made = calloc(1, sizeof *made);
    *alerts = NULL;
    if (made == NULL)
        return ef_error_memory(error);
    made->trend = trend;
    ef_status status = bind(made, rules, error);
    if (status != EF_OK) {
        ef_alerts_free(made);
        return status;
    }
    trend->judge = (ef_judge){ .user = made,
                               .closes = closes,
                               .corrects = corrects,
                               .refreshed = refreshed,
                               .passes = passes,
                               .hears = hears,
                               .waits = waits,
                               .ends = ends };
    trend->keeps_phrases = true;
    *alerts = made;
    return EF_OK;
}

static void free_instances(ef_alerts *alerts)
{
    for (size_t i = 0; alerts->instances != NULL && i < alerts->rules->count; i++)
        free(alerts->instances[i]);
    free(alerts->instances);
    free(alerts->instance_counts);
}

static void free_events(ef_event *event)
{
    while (event != NULL) {
        ef_event *next = event->next;
        ef_buffer_release(&event->bytes);
        free(event);
        event = next;
    }
}

void ef_alerts_free(ef_alerts *alerts)
{
    if (alerts == NULL)
        return;
    if (alerts->trend->judge.user == alerts)
        alerts->trend->judge = (ef_judge){ 0 };
    free_instances(alerts);
    free(alerts->active);
    ef_clusters_release(&alerts->talks);
    free_events(alerts->first);
    free_events(alerts->taken);
    free(alerts);
}

ef_status ef_alerts_next(ef_alerts *alerts, ef_alert *alert)
{
    ef_event *event = alerts->first;
    free_events(alerts->taken);
    alerts->taken = event;
    if (event == NULL)
        return EF_AGAIN;
    alerts->first = event->next;
    if (alerts->first == NULL)
        alerts->last = NULL;
    event->next = NULL;
    *alert = event->alert;
    return EF_OK;
}

void ef_alerts_warm_up(ef_alerts *alerts)
{
    ef_trend *trend = alerts->trend;
    for (size_t i = 0; i < trend->grouping_count; i++)
        for (size_t k = 0; k < trend->groupings[i].keys.count; k++)
            ef_baseline_forget(&trend->groupings[i].groups[k]->baseline);
    for (size_t i = 0; i < alerts->rules->count; i++)
        for (size_t k = 0; k < alerts->instance_counts[i]; k++) {
            ef_instance *instance = &alerts->instances[i][k];
            memset(&instance->detector, 0, sizeof instance->detector);
            instance->is_refreshed = false;
        }
}

/* Resolves what fires by a rule that goes. */
static void retire(ef_alerts *alerts, size_t rule)
{
    ef_grouping *grouping = &alerts->trend->groupings[alerts->rules->items[rule].grouping];
    for (size_t i = alerts->active_count; i-- > 0;) {
        if (alerts->active[i].rule != rule)
            continue;
        uint32_t number = alerts->active[i].number;
        ef_closing closing = { .grouping = alerts->rules->items[rule].grouping,
                               .number = number,
                               .group = grouping->groups[number],
                               .minute = alerts->trend->closed_before - 1 };
        judgement j;
        if (!prepare(&j, alerts, rule, &closing))
            continue;
        j.verdict.onset = j.instance->onset;
        if (j.instance->state == EF_INSTANCE_FIRING)
            tell(&j, EF_ALERT_RESOLVED);
        ef_alerts_deactivate(alerts, j.instance);
    }
}

static size_t find_same(const ef_rules *rules, const ef_rule *wanted)
{
    size_t i = 0;
    while (i < rules->count && rules->items[i].print != wanted->print)
        i++;
    return i;
}

ef_status ef_alerts_replace(ef_alerts *alerts, const ef_rules *rules, ef_error *error)
{
    ef_alerts before = *alerts;
    ef_status status = bind(alerts, rules, error);
    if (status != EF_OK)
        return status;
    ef_alerts after = *alerts;
    alerts->rules = before.rules; /* what goes is resolved by its own rule */
    alerts->instances = before.instances;
    alerts->instance_counts = before.instance_counts;
    for (size_t i = 0; i < before.rules->count; i++)
        if (find_same(rules, &before.rules->items[i]) == rules->count)
            retire(alerts, i);
    for (size_t i = 0; i < alerts->active_count; i++)
        alerts->active[i].rule =
            (uint32_t)find_same(rules, &before.rules->items[alerts->active[i].rule]);
    for (size_t i = 0; i < before.rules->count; i++) {
        size_t now = find_same(rules, &before.rules->items[i]);
        if (now == rules->count)
            continue;
        after.instances[now] = before.instances[i];
        after.instance_counts[now] = before.instance_counts[i];
        before.instances[i] = NULL;
    }
    free_instances(alerts);
    alerts->rules = rules;
    alerts->instances = after.instances;
    alerts->instance_counts = after.instance_counts;
    return EF_OK;
}
