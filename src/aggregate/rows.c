/* SPDX-License-Identifier: MIT
 * aggregate/rows.c - a trend as rows of the state database, and back.
 *
 *     pane      "channel=web", minute       what stands in the timeline, and 400 days of
 * hours detector  "#trend"                    how far time has come, counters
 *               "#group channel", "web"     number, baseline, examples, seasons
 *               "#clusters channel", "3f9"  a bucket of conversations
 *               "#voices channel", "3f9"    a bucket of customers heard lately
 *
 * Minutes that leave the timeline leave the table with the next commit; the hour they
 * belong to stays. */
#include "aggregate/rows.h"

#include "aggregate/pack.h"
#include "base/error.h"

enum { HOUR_MINUTES = 60, KEPT_HOURS = 400 * 24, TREND_FORM = 1 };

/* A save under way. */
typedef struct saving {
    ef_trend *trend;
    ef_state *state;
    ef_error *error;
    ef_buffer name, bytes;
} saving;

static ef_status put_detector(saving *s, ef_slice rule, ef_slice group, int64_t time_ms)
{
    if (s->bytes.failed || s->name.failed)
        return ef_error_memory(s->error);
    ef_row row = { .table = EF_TABLE_DETECTOR,
                   .detector = { .rule = rule,
                                 .group = group,
                                 .time_ms = time_ms,
                                 .state = ef_buffer_slice(&s->bytes) } };
    return ef_state_put(s->state, &row, s->error);
}

/* --- panes -------------------------------------------------------------------------- */

static ef_slice pane_name(saving *s, const ef_grouping *grouping, size_t number)
{
    ef_buffer_reset(&s->name);
    ef_buffer_append_text(&s->name, grouping->columns.text);
    ef_buffer_append_byte(&s->name, '=');
    ef_buffer_append_slice(&s->name, ef_names_text(&grouping->keys, number));
    return ef_buffer_slice(&s->name);
}

static ef_status put_pane(saving *s, ef_slice group, int64_t start, int64_t minutes,
                          const ef_pane *pane, bool is_live)
{
    ef_buffer_reset(&s->bytes);
    ef_pack_int(&s->bytes, pane->positive);
    ef_pack_int(&s->bytes, pane->mixed);
    ef_pack_int(&s->bytes, is_live);
    if (s->bytes.failed || s->name.failed)
        return ef_error_memory(s->error);
    ef_row row = { .table = EF_TABLE_PANE,
                   .pane = { .group = group,
                             .start_ms = start * EF_MINUTE_MS,
                             .width_ms = minutes * EF_MINUTE_MS,
                             .n = pane->n,
                             .k = pane->negative,
                             .sum = pane->sum,
                             .squares = pane->squares,
                             .more = ef_buffer_slice(&s->bytes) } };
    return ef_state_put(s->state, &row, s->error);
}

static ef_status delete_panes(saving *s, ef_slice group, int64_t from, int64_t to,
                              int64_t minutes)
{
    ef_status status = EF_OK;
    for (int64_t start = from; start < to && status == EF_OK; start += minutes) {
        ef_row row = { .table = EF_TABLE_PANE,
                       .pane = { .group = group,
                                 .start_ms = start * EF_MINUTE_MS,
                                 .width_ms = minutes * EF_MINUTE_MS } };
        status = ef_state_delete(s->state, &row, s->error);
    }
    return status;
}

/* The hour of a minute that changed, as far as its minutes are still here. An hour whose
 * first minutes have left is as it was: what comes so late is in no hour. */
static ef_status put_hour(saving *s, const ef_group *group, ef_slice name, int64_t hour)
{
    if (hour * HOUR_MINUTES < group->kept_from)
        return EF_OK;
    ef_pane pane =
        ef_timeline_sum(&group->timeline, hour * HOUR_MINUTES, (hour + 1) * HOUR_MINUTES);
    ef_status status = put_pane(s, name, hour * HOUR_MINUTES, HOUR_MINUTES, &pane, false);
    int64_t oldest = hour - KEPT_HOURS, known = group->saved_hour - KEPT_HOURS;
    if (status == EF_OK && group->saved_hour != 0 && known < oldest)
        status = delete_panes(s, name, known * HOUR_MINUTES, oldest * HOUR_MINUTES,
                              HOUR_MINUTES);
    return status;
}

static ef_status save_panes(saving *s, ef_group *group, ef_slice name)
{
    const ef_timeline *timeline = &group->timeline;
    ef_status status = EF_OK;
    int64_t hour = INT64_MIN;
    for (size_t i = timeline->begin; i < timeline->end && status == EF_OK; i++) {
        const ef_minute *entry = &timeline->items[i];
        if (!entry->is_dirty)
            continue;
        status = put_pane(s, name, entry->minute, 1, &entry->pane, entry->is_live);
        if (status == EF_OK && entry->minute / HOUR_MINUTES != hour) {
            hour = entry->minute / HOUR_MINUTES;
            status = put_hour(s, group, name, hour);
        }
    }
    int64_t gone = group->saved_to < group->kept_from ? group->saved_to : group->kept_from;
    return status == EF_OK ? delete_panes(s, name, group->saved_from, gone, 1) : status;
}

/* --- groups ------------------------------------------------------------------------- */

static void pack_baseline(ef_buffer *out, const ef_baseline *b)
{
    const int64_t whole[] = { b->n,
                              b->k,
                              b->sum,
                              b->minutes,
                              b->squares,
                              b->clusters.k,
                              b->clusters.n,
                              b->clusters.x,
                              b->clusters.nn,
                              b->clusters.xn,
                              b->clusters.xx,
                              b->messages,
                              b->learned_minutes,
                              b->last_minute,
                              b->day,
                              b->usual.is_warm,
                              b->usual.n,
                              b->usual.k };
    const double reals[] = { b->usual.share, b->usual.rate, b->usual.deff, b->usual.mean,
                             b->usual.deviation };
    for (size_t i = 0; i < sizeof whole / sizeof whole[0]; i++)
        ef_pack_int(out, whole[i]);
    for (size_t i = 0; i < sizeof reals / sizeof reals[0]; i++)
        ef_pack_real(out, reals[i]);
}

static void pack_examples(ef_buffer *out, const ef_group *group)
{
    size_t kept =
        group->example_count < EF_KEPT_EXAMPLES ? group->example_count : EF_KEPT_EXAMPLES;
    ef_pack_int(out, (int64_t)kept);
    for (size_t i = group->example_count - kept; i < group->example_count; i++) {
        const ef_example *example = &group->examples[i % EF_KEPT_EXAMPLES];
        ef_pack_int(out, example->minute);
        ef_pack_int(out, (int64_t)example->conversation);
        ef_pack_int(out, example->score);
        ef_pack_bytes(out, (ef_slice){ example->id, example->size });
    }
}

static void pack_seasons(ef_buffer *out, const ef_seasons *seasons)
{
    ef_pack_int(out, seasons != NULL);
    if (seasons == NULL)
        return;
    ef_pack_int(out, seasons->hour);
    ef_pack_int(out, seasons->hours);
    for (int i = 0; i < EF_HOURS_A_WEEK; i++)
        ef_pack_real(out, seasons->weights[i]);
    for (int of = 0; of < EF_SEASON_COUNT; of++) {
        const ef_season *season = &seasons->of[of];
        for (int i = 0; i < EF_HOURS_A_WEEK; i++)
            ef_pack_real(out, season->cells[i]);
        ef_pack_real(out, season->excess);
        ef_pack_real(out, season->squares);
        ef_pack_int(out, season->now);
    }
}

static ef_status save_group(saving *s, const ef_grouping *grouping, size_t number)
{
    ef_group *group = grouping->groups[number];
    if (!group->is_dirty)
        return EF_OK;
    ef_status status = save_panes(s, group, pane_name(s, grouping, number));
    if (status != EF_OK)
        return status;
    ef_buffer_reset(&s->name);
    ef_buffer_append_text(&s->name, "#group ");
    ef_buffer_append_text(&s->name, grouping->columns.text);
    ef_buffer_reset(&s->bytes);
    ef_pack_int(&s->bytes, (int64_t)number);
    ef_pack_int(&s->bytes, group->is_frozen);
    ef_pack_int(&s->bytes, group->kept_from);
    pack_baseline(&s->bytes, &group->baseline);
    pack_examples(&s->bytes, group);
    pack_seasons(&s->bytes, group->seasons);
    return put_detector(s, ef_buffer_slice(&s->name),
                        ef_names_text(&grouping->keys, number),
                        group->baseline.last_minute * EF_MINUTE_MS);
}

static ef_status save_grouping(saving *s, const ef_grouping *grouping)
{
    ef_status status = EF_OK;
    for (size_t i = 0; i < grouping->keys.count && status == EF_OK; i++)
        status = save_group(s, grouping, i);
    if (status != EF_OK)
        return status;
    ef_buffer_reset(&s->name);
    ef_buffer_append_text(&s->name, "#clusters ");
    ef_buffer_append_text(&s->name, grouping->columns.text);
    status =
        ef_clusters_save(&grouping->clusters, ef_buffer_text(&s->name), s->state, s->error);
    if (status != EF_OK)
        return status;
    ef_buffer_reset(&s->name);
    ef_buffer_append_text(&s->name, "#voices ");
    ef_buffer_append_text(&s->name, grouping->columns.text);
    return ef_clusters_save(&grouping->voices, ef_buffer_text(&s->name), s->state,
                            s->error);
}

/* --- the trend ---------------------------------------------------------------------- */

static ef_status save_time(saving *s)
{
    const ef_trend *t = s->trend;
    const ef_trend_counts *c = &t->counts;
    const int64_t whole[] = {
        TREND_FORM,           t->latest_ms,           t->arrived_ms,
        t->closed_before,     t->asked_next,          t->swept_hour,
        (int64_t)c->messages, (int64_t)c->unlabelled, (int64_t)c->not_customers,
        (int64_t)c->untimed,  (int64_t)c->late,       (int64_t)c->future,
        (int64_t)c->in_other,
    };
    ef_buffer_reset(&s->bytes);
    for (size_t i = 0; i < sizeof whole / sizeof whole[0]; i++)
        ef_pack_int(&s->bytes, whole[i]);
    return put_detector(s, ef_slice_of("#trend"), ef_slice_of(""), t->latest_ms);
}

ef_status ef_trend_save(ef_trend *trend, ef_state *state, ef_error *error)
{
    saving s = { .trend = trend, .state = state, .error = error };
    ef_status status = save_time(&s);
    for (size_t i = 0; i < trend->grouping_count && status == EF_OK; i++)
        status = save_grouping(&s, &trend->groupings[i]);
    if (status == EF_OK)
        status = ef_phrases_save(&trend->phrases, state, error);
    ef_buffer_release(&s.name);
    ef_buffer_release(&s.bytes);
    return status;
}

static void group_saved(ef_group *group)
{
    for (size_t i = group->timeline.begin; i < group->timeline.end; i++) {
        ef_minute *entry = &group->timeline.items[i];
        if (entry->is_dirty && entry->minute / HOUR_MINUTES > group->saved_hour)
            group->saved_hour = entry->minute / HOUR_MINUTES;
        entry->is_dirty = false;
    }
    group->saved_from = group->saved_to = group->kept_from;
    if (group->timeline.begin < group->timeline.end) {
        group->saved_from = group->timeline.items[group->timeline.begin].minute;
        group->saved_to = group->timeline.items[group->timeline.end - 1].minute + 1;
    }
    group->is_dirty = false;
}

void ef_trend_saved(ef_trend *trend)
{
    trend->phrases.saved = trend->phrases.count;
    for (size_t i = 0; i < trend->grouping_count; i++) {
        ef_grouping *grouping = &trend->groupings[i];
        for (size_t k = 0; k < grouping->keys.count; k++)
            if (grouping->groups[k]->is_dirty)
                group_saved(grouping->groups[k]);
        memset(grouping->clusters.changed, 0, sizeof grouping->clusters.changed);
        memset(grouping->voices.changed, 0, sizeof grouping->voices.changed);
    }
}
