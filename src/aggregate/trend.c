/* SPDX-License-Identifier: MIT
 * aggregate/trend.c - all groups of all groupings, and the minutes that are still open.
 *
 *     for each message, in order:
 *         close the minutes that its time closes: for each, in order of time,
 *             for each group that spoke in it: judge, then learn
 *         if its own minute is closed: count it as late; it stands in its pane all the
 *             same, and if that is not long ago, minutes from there on are judged again
 *         count it in the pane and the conversation of each of its groups
 *         let the judge hear it */
#include "aggregate/trend.h"

#include <stdlib.h>

#include "base/error.h"

enum {
    DEFAULT_GROUPS = 1000,
    LEAST_KEPT = 2 * 60,    /* minutes: hours are summed up from them */
    VOICE_MINUTES = 2 * 60, /* a customer without a word for so long has had his say */
    DEFAULT_GAP = 30,       /* minutes */
    IDLE_MINUTES = 24 * 60, /* a conversation without a word for so long is closed */
    CLUSTER_LIMIT = 65535   /* messages; keeps its squares, summed for weeks, in 64 bits */
};
static const int64_t default_lateness_ms = 2 * EF_MINUTE_MS;

ef_status ef_trend_new(ef_trend **trend, const ef_trend_options *options, ef_error *error)
{
    static const ef_trend_options defaults = { 0 };
    if (options == NULL)
        options = &defaults;
    *trend = calloc(1, sizeof **trend);
    if (*trend == NULL)
        return ef_error_memory(error);
    ef_trend *made = *trend;
    made->lateness_ms =
        options->lateness_ms > 0 ? options->lateness_ms : default_lateness_ms;
    made->most_groups = options->most_groups > 1 ? options->most_groups : DEFAULT_GROUPS;
    made->salt = options->salt;
    made->redactions = options->redactions;
    made->gap_minutes = options->gap_minutes > 0 ? options->gap_minutes : DEFAULT_GAP;
    made->latest_ms = made->closed_before = EF_NEVER;
    made->asked_next = INT64_MAX;
    made->kept_minutes = LEAST_KEPT;
    ef_status status = ef_delta_new(&made->own, made, error);
    if (status != EF_OK) {
        ef_trend_free(made);
        *trend = NULL;
    }
    return status;
}

void ef_trend_free(ef_trend *trend)
{
    if (trend == NULL)
        return;
    for (size_t i = 0; i < trend->grouping_count; i++)
        ef_grouping_release(&trend->groupings[i]);
    ef_delta_free(trend->own);
    ef_phrases_release(&trend->phrases);
    free(trend->open);
    free(trend);
}

ef_status ef_trend_group_by(ef_trend *trend, const char *columns, size_t *grouping,
                            ef_error *error)
{
    for (size_t i = 0; i < trend->grouping_count; i++)
        if (strcmp(trend->groupings[i].columns.text, columns) == 0) {
            *grouping = i;
            return EF_OK;
        }
    if (trend->grouping_count == EF_MOST_GROUPINGS)
        return ef_error_set(error, EF_ERR_LIMIT, "rules use more than %d kinds of groups",
                            EF_MOST_GROUPINGS);
    ef_grouping *made = &trend->groupings[trend->grouping_count];
    if (!ef_grouping_init(made, columns, trend->salt)) {
        ef_grouping_release(made);
        return ef_error_memory(error);
    }
    *grouping = trend->grouping_count++;
    return EF_OK;
}

void ef_trend_count(const ef_trend *trend, ef_trend_counts *counts)
{
    *counts = trend->counts;
}

/* --- minutes ------------------------------------------------------------------------ */

static bool is_before(const ef_open_minute *one, const ef_open_minute *two)
{
    if (one->minute != two->minute)
        return one->minute < two->minute;
    if (one->grouping != two->grouping)
        return one->grouping < two->grouping;
    return one->group < two->group;
}

/* The list is short: few minutes are open, and most messages belong to the youngest. */
bool ef_trend_open(ef_trend *trend, ef_open_minute wanted)
{
    size_t at = trend->open_count;
    while (at > 0 && is_before(&wanted, &trend->open[at - 1]))
        at--;
    if (at > 0 && !is_before(&trend->open[at - 1], &wanted))
        return true;
    if (trend->open_count == trend->open_capacity) {
        size_t capacity = trend->open_capacity == 0 ? 64 : trend->open_capacity * 2;
        ef_open_minute *open = realloc(trend->open, capacity * sizeof *open);
        if (open == NULL)
            return false;
        trend->open = open;
        trend->open_capacity = capacity;
    }
    memmove(trend->open + at + 1, trend->open + at,
            (trend->open_count - at) * sizeof *trend->open);
    trend->open[at] = wanted;
    trend->open_count++;
    return true;
}

/* Without memory a group has no seasons, and its rule of volume waits for them. */
static void learn_season(ef_trend *trend, const ef_closing *closing)
{
    ef_group *group = closing->group;
    const ef_usual *usual = &group->baseline.usual;
    double hourly[EF_SEASON_COUNT] = { usual->rate * 60, usual->rate * 60 * usual->share };
    if (!trend->groupings[closing->grouping].keeps_seasons)
        return;
    if (group->seasons == NULL)
        group->seasons = calloc(1, sizeof *group->seasons);
    if (group->seasons != NULL)
        ef_seasons_learn(group->seasons, closing->minute, &closing->entry->pane,
                         group->is_frozen, hourly);
}

static ef_closing closing_of(ef_trend *trend, const ef_open_minute *open)
{
    ef_group *group = trend->groupings[open->grouping].groups[open->group];
    ef_closing closing = { .grouping = open->grouping,
                           .number = open->group,
                           .group = group,
                           .voices = &trend->groupings[open->grouping].voices,
                           .minute = open->minute,
                           .entry = ef_timeline_find(&group->timeline, open->minute) };
    closing.is_live = closing.entry->is_live;
    return closing;
}

/* A minute that is closed has one more message: it is judged again if that is not long ago;
 * what was learned of it stays. */
static void correct(ef_trend *trend, const ef_open_minute *late)
{
    ef_closing closing = closing_of(trend, late);
    closing.is_live = !trend->is_history;
    if (trend->judge.corrects != NULL &&
        trend->closed_before - late->minute <= EF_LATE_MINUTES)
        trend->judge.corrects(trend->judge.user, &closing, trend->closed_before - 1);
}

static void close_group(ef_trend *trend, const ef_open_minute *open)
{
    ef_group *group = trend->groupings[open->grouping].groups[open->group];
    ef_closing closing = closing_of(trend, open);
    group->is_frozen =
        trend->judge.closes != NULL && trend->judge.closes(trend->judge.user, &closing);
    bool is_refreshed = ef_baseline_learn(&group->baseline, open->minute,
                                          &closing.entry->pane, group->is_frozen);
    learn_season(trend, &closing);
    if (is_refreshed && trend->judge.refreshed != NULL)
        trend->judge.refreshed(trend->judge.user, &closing);
    group->kept_from = open->minute - trend->kept_minutes;
    ef_timeline_forget(&group->timeline, group->kept_from);
    group->is_dirty = true;
}

/* Closes the open entries of the first minute in the list. */
static void close_first(ef_trend *trend)
{
    size_t count = 0;
    while (count < trend->open_count && trend->open[count].minute == trend->open[0].minute)
        close_group(trend, &trend->open[count++]);
    trend->open_count -= count;
    memmove(trend->open, trend->open + count, trend->open_count * sizeof *trend->open);
}

static void pass(ef_trend *trend, int64_t minute)
{
    if (trend->judge.passes != NULL)
        trend->asked_next = trend->judge.passes(trend->judge.user, minute);
}

/* Closes all minutes before one, in order. Minutes in which nobody spoke cost nothing,
 * unless the judge asked to be told. */
static void close_minutes(ef_trend *trend, int64_t before)
{
    while (trend->closed_before < before) {
        int64_t next = trend->asked_next < trend->closed_before ? trend->closed_before
                                                                : trend->asked_next;
        if (trend->open_count > 0 && trend->open[0].minute < next)
            next = trend->open[0].minute;
        if (next >= before) {
            trend->closed_before = before;
            return;
        }
        if (trend->open_count > 0 && trend->open[0].minute == next)
            close_first(trend);
        trend->closed_before = next + 1;
        pass(trend, next);
    }
}

static int64_t minute_of(int64_t time_ms)
{
    return time_ms / EF_MINUTE_MS - (time_ms % EF_MINUTE_MS < 0);
}

/* --- conversations ------------------------------------------------------------------ */

static void learn_cluster(void *user, const ef_cluster *cluster)
{
    ef_grouping *grouping = user;
    ef_cluster_sums *sums = &grouping->groups[cluster->group]->baseline.clusters;
    ef_cluster_count(sums, cluster->n, cluster->x, EF_BASELINE_SCALE);
}

static void sweep_clusters(ef_trend *trend, int64_t minute)
{
    int64_t hour = minute / 60;
    if (hour <= trend->swept_hour)
        return;
    trend->swept_hour = hour;
    for (size_t i = 0; i < trend->grouping_count; i++) {
        ef_grouping *grouping = &trend->groupings[i];
        ef_clusters_close(&grouping->clusters, minute - IDLE_MINUTES, learn_cluster,
                          grouping);
        ef_clusters_close(&grouping->voices, minute - VOICE_MINUTES, NULL, NULL);
    }
}

static bool count_cluster(ef_grouping *grouping, uint32_t number, int64_t minute,
                          const ef_observation *item, int64_t gap)
{
    bool is_negative = item->label == EF_LABEL_NEGATIVE;
    ef_cluster alone = { .hash = 1, .group = number, .n = 1, .x = is_negative };
    uint64_t hash = item->cluster;
    if (hash == 0) {
        learn_cluster(grouping, &alone);
        return true;
    }
    ef_cluster *cluster = ef_clusters_at(&grouping->clusters, number, hash);
    if (cluster == NULL && grouping->clusters.count >= EF_MOST_CLUSTERS) {
        ef_clusters_close(&grouping->clusters, minute, learn_cluster, grouping);
        if (grouping->clusters.count >= EF_MOST_CLUSTERS) /* all spoke this very minute */
            ef_clusters_close(&grouping->clusters, INT64_MAX, learn_cluster, grouping);
        cluster = ef_clusters_at(&grouping->clusters, number, hash);
    }
    if (cluster == NULL)
        return false;
    bool is_over = item->place != 0 && ef_cluster_is_silent(cluster, minute, gap);
    if (cluster->n == CLUSTER_LIMIT || is_over) {
        learn_cluster(grouping, cluster);
        cluster->n = cluster->x = 0;
    }
    cluster->n++;
    cluster->x += is_negative;
    if (minute > cluster->last_minute)
        cluster->last_minute = minute;
    return true;
}

static bool count_voice(ef_grouping *grouping, uint32_t number, int64_t minute,
                        uint64_t hash, bool is_negative)
{
    if (hash == 0)
        return true;
    ef_cluster *voice = ef_clusters_at(&grouping->voices, number, hash);
    if (voice == NULL && grouping->voices.count >= EF_MOST_CLUSTERS) {
        ef_clusters_close(&grouping->voices, INT64_MAX, NULL, NULL);
        voice = ef_clusters_at(&grouping->voices, number, hash);
    }
    if (voice == NULL)
        return false;
    voice->n++;
    voice->x += is_negative;
    if (minute > voice->last_minute)
        voice->last_minute = minute;
    return true;
}

/* --- messages ----------------------------------------------------------------------- */

static bool count_in_group(ef_trend *trend, size_t index, const ef_delta *delta,
                           const ef_observation *item, uint32_t local, uint32_t *counted_in)
{
    ef_grouping *grouping = &trend->groupings[index];
    int64_t minute = minute_of(item->time_ms);
    bool is_other, is_negative = item->label == EF_LABEL_NEGATIVE;
    int64_t number = ef_grouping_group(grouping, ef_names_text(&delta->keys[index], local),
                                       trend->most_groups, &is_other);
    if (number == EF_NO_NAME)
        return false;
    *counted_in = (uint32_t)number;
    trend->counts.in_other += is_other;
    ef_group *group = grouping->groups[number];
    ef_minute *entry = ef_timeline_at(&group->timeline, minute);
    if (entry == NULL)
        return false;
    ef_pane_count(&entry->pane, item->label, item->score, item->is_mixed);
    entry->is_live |= !delta->is_history;
    entry->is_dirty = group->is_dirty = true;
    if (!group->is_frozen &&
        !count_cluster(grouping, (uint32_t)number, minute, item, trend->gap_minutes))
        return false;
    if (!count_voice(grouping, (uint32_t)number, minute, item->voice, is_negative))
        return false;
    if (is_negative && !ef_group_remember(group, minute, item->score, item->cluster,
                                          ef_delta_id(delta, item)))
        return false;
    ef_open_minute open = { minute, (uint32_t)index, (uint32_t)number };
    if (minute >= trend->closed_before)
        return ef_trend_open(trend, open);
    correct(trend, &open);
    return true;
}

/* A document is of the groups that its message was counted in. */
static bool keep_document(ef_trend *trend, const ef_delta *delta,
                          const ef_observation *item, const uint32_t *groups)
{
    const ef_said_phrase *said = (const ef_said_phrase *)(const void *)delta->phrases.data;
    ef_document document = { .minute = minute_of(item->time_ms),
                             .count = item->phrase_count };
    if (!trend->keeps_phrases || item->phrase_count == 0)
        return true;
    said += item->phrases_at;
    document.voice = item->voice != 0 ? item->voice : trend->phrases.count + 1;
    for (uint32_t i = 0; i < item->phrase_count; i++)
        document.phrases[i] = said[i].hash;
    memset(document.groups, 0xFF, sizeof document.groups);
    memcpy(document.groups, groups, delta->grouping_count * sizeof *groups);
    return ef_phrases_add(&trend->phrases, &document, said);
}

static bool count_message(ef_trend *trend, const ef_delta *delta, size_t number)
{
    const ef_observation *item = &delta->items[number];
    int64_t minute = minute_of(item->time_ms);
    trend->arrived_ms = delta->arrival_ms;
    trend->is_history = delta->is_history;
    if (item->time_ms > trend->latest_ms) {
        trend->latest_ms = item->time_ms;
        close_minutes(trend, minute_of(item->time_ms - trend->lateness_ms));
        sweep_clusters(trend, minute);
    }
    trend->counts.messages++;
    trend->counts.late += minute < trend->closed_before;
    uint32_t groups[EF_MOST_GROUPINGS];
    for (size_t i = 0; i < delta->grouping_count; i++)
        if (!count_in_group(trend, i, delta, item, ef_delta_groups(delta, number)[i],
                            &groups[i]))
            return false;
    if (!keep_document(trend, delta, item, groups))
        return false;
    return trend->judge.hears == NULL || trend->judge.hears(trend->judge.user, delta, item);
}

ef_status ef_trend_merge(ef_trend *trend, const ef_delta *delta, ef_error *error)
{
    trend->counts.unlabelled += delta->counts.unlabelled;
    trend->counts.not_customers += delta->counts.not_customers;
    trend->counts.untimed += delta->counts.untimed;
    trend->counts.future += delta->counts.future;
    for (size_t i = 0; i < delta->count; i++)
        if (!count_message(trend, delta, i))
            return ef_error_memory(error);
    return EF_OK;
}

ef_status ef_trend_add(ef_trend *trend, const ef_slice *columns, size_t column_count,
                       const ef_record *record, const ef_score *score, ef_error *error)
{
    ef_delta_reset(trend->own, trend->now_ms, false);
    ef_status status =
        ef_delta_add(trend->own, columns, column_count, record, score, error);
    return status == EF_OK ? ef_trend_merge(trend, trend->own, error) : status;
}

ef_status ef_trend_advance(ef_trend *trend, int64_t now_ms, ef_error *error)
{
    (void)error;
    trend->now_ms = now_ms;
    if (trend->latest_ms == EF_NEVER || trend->arrived_ms == 0 ||
        now_ms <= trend->arrived_ms || trend->judge.waits == NULL)
        return EF_OK;
    int64_t then_ms = trend->latest_ms + (now_ms - trend->arrived_ms);
    trend->judge.waits(trend->judge.user, minute_of(then_ms - trend->lateness_ms));
    return EF_OK;
}

ef_status ef_trend_finish(ef_trend *trend, ef_error *error)
{
    (void)error;
    if (trend->latest_ms == EF_NEVER)
        return EF_OK;
    close_minutes(trend, minute_of(trend->latest_ms) + 1);
    if (trend->judge.ends != NULL)
        trend->judge.ends(trend->judge.user, minute_of(trend->latest_ms));
    return EF_OK;
}
