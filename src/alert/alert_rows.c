/* SPDX-License-Identifier: MIT
 * alert/alert_rows.c - detectors and alerts as rows of the state database, and back.
 *
 *     detector  rule, group         print of the rule, detector, life cycle
 *               "#alerts", ""       sequence, the hourly cap
 *               "#talks", "3f9"     a bucket of conversations
 *
 * Names of rules hold no '#', so that the kinds of rows keep apart. */
#include "alert/alert_rows.h"

#include <string.h>

#include "aggregate/pack.h"
#include "aggregate/rows.h"
#include "base/error.h"

enum { DETECTOR_WORDS = sizeof(ef_detector) / sizeof(int64_t) };

static ef_status put(ef_state *state, ef_slice rule, ef_slice group, int64_t time_ms,
                     ef_buffer *bytes, ef_error *error)
{
    if (bytes->failed)
        return ef_error_memory(error);
    ef_row row = { .table = EF_TABLE_DETECTOR,
                   .detector = { .rule = rule,
                                 .group = group,
                                 .time_ms = time_ms,
                                 .state = ef_buffer_slice(bytes) } };
    return ef_state_put(state, &row, error);
}

static void pack_instance(ef_buffer *out, const ef_rule *rule, const ef_instance *instance)
{
    const int64_t whole[] = {
        (int64_t)rule->print,   instance->state,       instance->is_suppressed,
        instance->is_refreshed, instance->judged,      instance->since,
        instance->last_held,    instance->started,     instance->quiet_until,
        instance->onset,        (int64_t)instance->id, instance->before_n,
        instance->before_k,     instance->n,           instance->k,
    };
    for (size_t i = 0; i < sizeof whole / sizeof whole[0]; i++)
        ef_pack_int(out, whole[i]);
    for (size_t i = 0; i < DETECTOR_WORDS; i++)
        ef_pack_int(out, instance->detector.room[i]);
}

static void unpack_instance(ef_unpack *in, ef_instance *instance)
{
    int64_t state = ef_unpack_int(in);
    instance->is_suppressed = ef_unpack_int(in) != 0;
    instance->is_refreshed = ef_unpack_int(in) != 0;
    int64_t *const whole[] = { &instance->judged,      &instance->since,
                               &instance->last_held,   &instance->started,
                               &instance->quiet_until, &instance->onset };
    for (size_t i = 0; i < sizeof whole / sizeof whole[0]; i++)
        *whole[i] = ef_unpack_minute(in);
    instance->id = (uint64_t)ef_unpack_int(in);
    instance->before_n = ef_unpack_sum(in);
    instance->before_k = ef_unpack_sum(in);
    instance->n = ef_unpack_sum(in);
    instance->k = ef_unpack_sum(in);
    for (size_t i = 0; i < DETECTOR_WORDS && in->rest.size > 0; i++)
        instance->detector.room[i] = ef_unpack_int(in); /* older rows have fewer */
    in->failed |= state < EF_INSTANCE_INACTIVE || state > EF_INSTANCE_FIRING;
    instance->state = in->failed ? EF_INSTANCE_INACTIVE : (ef_instance_state)state;
}

static ef_status save_rule(ef_alerts *alerts, size_t index, ef_state *state,
                           ef_buffer *bytes, ef_error *error)
{
    const ef_rule *rule = &alerts->rules->items[index];
    const ef_grouping *grouping = &alerts->trend->groupings[rule->grouping];
    ef_status status = EF_OK;
    for (size_t i = 0; i < alerts->instance_counts[index] && status == EF_OK; i++) {
        const ef_instance *instance = &alerts->instances[index][i];
        if (!instance->is_dirty)
            continue;
        ef_buffer_reset(bytes);
        pack_instance(bytes, rule, instance);
        status = put(state, ef_slice_of(rule->name), ef_names_text(&grouping->keys, i),
                     instance->judged * EF_MINUTE_MS, bytes, error);
    }
    return status;
}

static ef_status save_common(ef_alerts *alerts, ef_state *state, ef_buffer *bytes,
                             ef_error *error)
{
    ef_buffer_reset(bytes);
    ef_pack_int(bytes, (int64_t)alerts->seq);
    ef_pack_int(bytes, (int64_t)alerts->raised_count);
    for (size_t i = 0; i < EF_ALERTS_AN_HOUR; i++)
        ef_pack_int(bytes, alerts->raised[i]);
    ef_pack_int(bytes, (int64_t)alerts->suppressed);
    ef_pack_int(bytes, alerts->suppressed_from);
    ef_pack_int(bytes, alerts->talks_swept);
    return put(state, ef_slice_of("#alerts"), ef_slice_of(""), alerts->trend->latest_ms,
               bytes, error);
}

ef_status ef_alerts_save(ef_alerts *alerts, ef_state *state, ef_error *error)
{
    ef_buffer bytes = { 0 };
    ef_status status = ef_trend_save(alerts->trend, state, error);
    for (size_t i = 0; i < alerts->rules->count && status == EF_OK; i++)
        status = save_rule(alerts, i, state, &bytes, error);
    if (status == EF_OK)
        status = save_common(alerts, state, &bytes, error);
    if (status == EF_OK)
        status = ef_clusters_save(&alerts->talks, "#talks", state, error);
    ef_buffer_release(&bytes);
    return status;
}

void ef_alerts_saved(ef_alerts *alerts)
{
    ef_trend_saved(alerts->trend);
    for (size_t i = 0; i < alerts->rules->count; i++)
        for (size_t k = 0; k < alerts->instance_counts[i]; k++)
            alerts->instances[i][k].is_dirty = false;
    memset(alerts->talks.changed, 0, sizeof alerts->talks.changed);
}

/* --- loading ------------------------------------------------------------------------ */

static bool is(ef_slice text, const char *word)
{
    return text.size == strlen(word) && memcmp(text.data, word, text.size) == 0;
}

static ef_status load_common(ef_alerts *alerts, ef_slice bytes, ef_error *error)
{
    ef_unpack in = { .rest = bytes };
    alerts->seq = (uint64_t)ef_unpack_int(&in);
    alerts->raised_count = (uint64_t)ef_unpack_int(&in);
    for (size_t i = 0; i < EF_ALERTS_AN_HOUR; i++)
        alerts->raised[i] = ef_unpack_minute(&in);
    alerts->suppressed = (uint64_t)ef_unpack_int(&in);
    alerts->suppressed_from = ef_unpack_minute(&in);
    alerts->talks_swept = ef_unpack_minute(&in);
    return in.failed ? ef_error_set(error, EF_ERR_FORMAT, "the state's alerts are damaged")
                     : EF_OK;
}

static ef_status load_instance(ef_alerts *alerts, size_t index, const ef_detector_row *row,
                               ef_error *error)
{
    const ef_rule *rule = &alerts->rules->items[index];
    const ef_names *keys = &alerts->trend->groupings[rule->grouping].keys;
    int64_t number = ef_names_find(keys, row->group);
    ef_unpack in = { .rest = row->state };
    if ((uint64_t)ef_unpack_int(&in) != rule->print || number == EF_NO_NAME)
        return EF_OK; /* the rule, or what it looks at, has changed */
    ef_instance *instance = ef_alerts_instance(alerts, index, (size_t)number);
    if (instance == NULL)
        return ef_error_memory(error);
    unpack_instance(&in, instance);
    if (in.failed)
        return ef_error_set(error, EF_ERR_FORMAT, "the state's detectors are damaged");
    if (instance->state != EF_INSTANCE_INACTIVE &&
        !ef_alerts_activate(alerts, index, (size_t)number))
        return ef_error_memory(error);
    return EF_OK;
}

static ef_status load_row(void *user, const ef_row *row, ef_error *error)
{
    ef_alerts *alerts = user;
    const ef_detector_row *detector = &row->detector;
    if (is(detector->rule, "#alerts"))
        return load_common(alerts, detector->state, error);
    if (is(detector->rule, "#talks"))
        return ef_clusters_load(&alerts->talks, detector->state, error);
    for (size_t i = 0; i < alerts->rules->count; i++)
        if (is(detector->rule, alerts->rules->items[i].name))
            return load_instance(alerts, i, detector, error);
    return EF_OK;
}

ef_status ef_alerts_load(ef_alerts *alerts, ef_state *state, ef_error *error)
{
    ef_status status = ef_trend_load(alerts->trend, state, error);
    if (status == EF_OK)
        status = ef_state_each(state, EF_TABLE_DETECTOR, load_row, alerts, error);
    memset(alerts->talks.changed, 0, sizeof alerts->talks.changed);
    return status;
}
