/* SPDX-License-Identifier: MIT
 * aggregate/rows_load.c - a trend from rows of the state database.
 *
 * Groups get the numbers they had: rows come in the order of their keys, so they are
 * gathered first and made in the order of their numbers. Nothing in a row is believed. */
#include "aggregate/rows.h"

#include <stdlib.h>

#include "aggregate/pack.h"
#include "base/error.h"

/* A group's row on its way: its bytes are copied, since rows die with their call. */
typedef struct found {
    size_t grouping;
    int64_t number;
    size_t key_at, key_size, bytes_at, bytes_size;
} found;

typedef struct loading {
    ef_trend *trend;
    ef_buffer bytes;
    found *items;
    size_t count, capacity;
    bool has_time;
} loading;

static ef_status damaged(ef_error *error, const char *what)
{
    return ef_error_set(error, EF_ERR_FORMAT, "the state's %s do not fit together", what);
}

static void unpack_baseline(ef_unpack *in, ef_baseline *b)
{
    int64_t is_warm = 0;
    int64_t *const whole[] = { &b->n,
                               &b->k,
                               &b->sum,
                               &b->minutes,
                               &b->squares,
                               &b->clusters.k,
                               &b->clusters.n,
                               &b->clusters.x,
                               &b->clusters.nn,
                               &b->clusters.xn,
                               &b->clusters.xx,
                               &b->messages,
                               &b->learned_minutes,
                               &b->last_minute,
                               &b->day,
                               &is_warm,
                               &b->usual.n,
                               &b->usual.k };
    const int64_t most_minute = INT64_C(1) << 40;
    double *const reals[] = { &b->usual.share, &b->usual.rate, &b->usual.deff,
                              &b->usual.mean, &b->usual.deviation };
    for (size_t i = 0; i < sizeof whole / sizeof whole[0]; i++)
        *whole[i] = ef_unpack_sum(in);
    for (size_t i = 0; i < sizeof reals / sizeof reals[0]; i++)
        *reals[i] = ef_unpack_real(in);
    b->usual.is_warm = is_warm != 0;
    /* Thresholds are computed from these: what cannot be is damage. */
    bool is_sound = b->usual.share >= 0 && b->usual.share < 1 && b->usual.rate >= 0 &&
                    b->usual.rate < 1e12 && b->usual.deff >= 0 && b->usual.deff < 1e9 &&
                    b->usual.deviation >= 0 && b->usual.deviation <= 1e6 && b->n >= 0 &&
                    b->k >= 0 && b->k <= b->n && b->last_minute >= 0 &&
                    b->last_minute < most_minute && b->day >= 0 && b->day < most_minute &&
                    (!b->usual.is_warm || (b->usual.share > 0 && b->usual.deff >= 1));
    in->failed |= !is_sound;
}

static bool unpack_examples(ef_unpack *in, ef_group *group)
{
    int64_t kept = ef_unpack_int(in);
    for (int64_t i = 0; i < kept && !in->failed; i++) {
        int64_t minute = ef_unpack_minute(in);
        uint64_t conversation = (uint64_t)ef_unpack_int(in);
        int32_t score = (int32_t)ef_unpack_int(in);
        ef_slice id = ef_unpack_bytes(in);
        if (!in->failed && !ef_group_remember(group, minute, score, conversation, id))
            return false;
    }
    return true;
}

static bool unpack_seasons(ef_unpack *in, ef_group *group)
{
    if (ef_unpack_int(in) == 0)
        return true;
    group->seasons = calloc(1, sizeof *group->seasons);
    if (group->seasons == NULL)
        return false;
    group->seasons->hour = ef_unpack_minute(in);
    group->seasons->hours = ef_unpack_minute(in);
    in->failed |= group->seasons->hour < 0;
    for (int i = 0; i < EF_HOURS_A_WEEK; i++) {
        group->seasons->weights[i] = ef_unpack_real(in);
        in->failed |= !(group->seasons->weights[i] >= 0);
    }
    for (int of = 0; of < EF_SEASON_COUNT; of++) {
        ef_season *season = &group->seasons->of[of];
        for (int i = 0; i < EF_HOURS_A_WEEK; i++) {
            season->cells[i] = ef_unpack_real(in);
            in->failed |= !(season->cells[i] >= 0);
        }
        season->excess = ef_unpack_real(in);
        season->squares = ef_unpack_real(in);
        season->now = ef_unpack_sum(in);
    }
    return true;
}

/* The grouping whose columns follow a prefix; false if there is none. */
static bool grouping_named(const ef_trend *trend, ef_slice name, const char *prefix,
                           size_t *grouping)
{
    size_t skip = strlen(prefix);
    if (name.size < skip || memcmp(name.data, prefix, skip) != 0)
        return false;
    for (size_t i = 0; i < trend->grouping_count; i++) {
        const char *text = trend->groupings[i].columns.text;
        if (name.size - skip == strlen(text) &&
            memcmp(name.data + skip, text, name.size - skip) == 0) {
            *grouping = i;
            return true;
        }
    }
    return false;
}

static ef_status read_time(ef_trend *t, ef_slice state, ef_error *error)
{
    ef_unpack in = { .rest = state };
    enum { TREND_FORM = 1 };
    bool is_known = ef_unpack_int(&in) == TREND_FORM;
    t->latest_ms = ef_unpack_int(&in);
    t->arrived_ms = ef_unpack_sum(&in);
    t->closed_before = ef_unpack_minute(&in);
    t->asked_next = ef_unpack_int(&in); /* only compared */
    t->swept_hour = ef_unpack_minute(&in);
    in.failed |= t->latest_ms != EF_NEVER && (t->latest_ms < 0 || t->latest_ms >> 57 != 0);
    uint64_t *const counts[] = { &t->counts.messages,      &t->counts.unlabelled,
                                 &t->counts.not_customers, &t->counts.untimed,
                                 &t->counts.late,          &t->counts.future,
                                 &t->counts.in_other };
    for (size_t i = 0; i < sizeof counts / sizeof counts[0]; i++)
        *counts[i] = (uint64_t)ef_unpack_int(&in);
    return in.failed || !is_known ? damaged(error, "times") : EF_OK;
}

static ef_status gather_group(loading *l, size_t grouping, const ef_detector_row *row,
                              ef_error *error)
{
    ef_unpack in = { .rest = row->state };
    if (l->count == l->capacity) {
        size_t capacity = l->capacity == 0 ? 64 : l->capacity * 2;
        found *items = realloc(l->items, capacity * sizeof *items);
        if (items == NULL)
            return ef_error_memory(error);
        l->items = items;
        l->capacity = capacity;
    }
    found *item = &l->items[l->count++];
    *item = (found){ .grouping = grouping,
                     .number = ef_unpack_int(&in),
                     .key_at = l->bytes.size,
                     .key_size = row->group.size };
    ef_buffer_append_slice(&l->bytes, row->group);
    item->bytes_at = l->bytes.size;
    item->bytes_size = in.rest.size;
    ef_buffer_append_slice(&l->bytes, in.rest);
    if (l->bytes.failed)
        return ef_error_memory(error);
    return in.failed ? damaged(error, "groups") : EF_OK;
}

static ef_status gather(void *user, const ef_row *row, ef_error *error)
{
    loading *l = user;
    const ef_detector_row *detector = &row->detector;
    ef_slice name = detector->rule;
    size_t grouping;
    if (name.size == 6 && memcmp(name.data, "#trend", 6) == 0) {
        l->has_time = true;
        return read_time(l->trend, detector->state, error);
    }
    if (name.size == 5 && memcmp(name.data, "#said", 5) == 0)
        return ef_phrases_load(&l->trend->phrases, detector->group, detector->state, error);
    if (grouping_named(l->trend, name, "#group ", &grouping))
        return gather_group(l, grouping, detector, error);
    if (grouping_named(l->trend, name, "#clusters ", &grouping))
        return ef_clusters_load(&l->trend->groupings[grouping].clusters, detector->state,
                                error);
    if (grouping_named(l->trend, name, "#voices ", &grouping))
        return ef_clusters_load(&l->trend->groupings[grouping].voices, detector->state,
                                error);
    return EF_OK;
}

static int by_number(const void *one, const void *two)
{
    const found *a = one, *b = two;
    if (a->grouping != b->grouping)
        return a->grouping < b->grouping ? -1 : 1;
    return a->number < b->number ? -1 : a->number > b->number;
}

static ef_status make_group(loading *l, const found *item, ef_error *error)
{
    ef_grouping *grouping = &l->trend->groupings[item->grouping];
    ef_slice key = { l->bytes.data + item->key_at, item->key_size };
    ef_unpack in = { .rest = { l->bytes.data + item->bytes_at, item->bytes_size } };
    bool is_other;
    if (item->number != (int64_t)grouping->keys.count)
        return damaged(error, "groups");
    int64_t number = ef_grouping_group(grouping, key, UINT32_MAX, &is_other);
    if (number == EF_NO_NAME)
        return ef_error_memory(error);
    if (number != item->number)
        return damaged(error, "groups");
    ef_group *group = grouping->groups[number];
    group->is_frozen = ef_unpack_int(&in) != 0;
    group->kept_from = ef_unpack_minute(&in);
    unpack_baseline(&in, &group->baseline);
    if (!unpack_examples(&in, group) || !unpack_seasons(&in, group))
        return ef_error_memory(error);
    return in.failed ? damaged(error, "groups") : EF_OK;
}

/* --- panes -------------------------------------------------------------------------- */

/* The group of "channel=web"; false if there is none. */
static bool group_named(const ef_trend *trend, ef_slice name, ef_open_minute *at)
{
    const uint8_t *equals = memchr(name.data, '=', name.size);
    size_t grouping, size = equals == NULL ? 0 : (size_t)(equals - name.data);
    if (equals == NULL ||
        !grouping_named(trend, (ef_slice){ name.data, size }, "", &grouping))
        return false;
    ef_slice key = { equals + 1, name.size - size - 1 };
    int64_t number = ef_names_find(&trend->groupings[grouping].keys, key);
    at->grouping = (uint32_t)grouping;
    at->group = (uint32_t)number;
    return number != EF_NO_NAME;
}

/* Whether such messages can have been counted in a minute. */
static bool is_sound(const ef_pane *pane)
{
    int64_t n = pane->n;
    return n >= 0 && n < INT64_C(1) << 32 && pane->negative >= 0 && pane->positive >= 0 &&
           pane->negative <= n && pane->positive <= n - pane->negative &&
           pane->mixed >= 0 && pane->mixed <= n && pane->sum >= -n * EF_UNIT &&
           pane->sum <= n * EF_UNIT && pane->squares >= 0 &&
           pane->squares <= n * EF_UNIT * EF_UNIT;
}

static ef_status load_pane(void *user, const ef_row *row, ef_error *error)
{
    loading *l = user;
    const ef_pane_row *pane = &row->pane;
    ef_open_minute open;
    if (pane->width_ms != EF_MINUTE_MS || !group_named(l->trend, pane->group, &open))
        return EF_OK;
    if (pane->start_ms < 0 || pane->start_ms >> 57 != 0)
        return damaged(error, "panes");
    open.minute = pane->start_ms / EF_MINUTE_MS;
    ef_group *group = l->trend->groupings[open.grouping].groups[open.group];
    if (open.minute < group->kept_from)
        return EF_OK;
    ef_unpack in = { .rest = pane->more };
    ef_minute *entry = ef_timeline_at(&group->timeline, open.minute);
    if (entry == NULL)
        return ef_error_memory(error);
    entry->pane = (ef_pane){ .n = pane->n,
                             .negative = pane->k,
                             .positive = ef_unpack_sum(&in),
                             .mixed = ef_unpack_sum(&in),
                             .sum = pane->sum,
                             .squares = pane->squares };
    entry->is_live = ef_unpack_int(&in) != 0;
    if (in.failed || !is_sound(&entry->pane))
        return damaged(error, "panes");
    if (group->saved_from == 0)
        group->saved_from = open.minute;
    group->saved_to = open.minute + 1;
    group->saved_hour = open.minute / 60;
    if (open.minute >= l->trend->closed_before && !ef_trend_open(l->trend, open))
        return ef_error_memory(error);
    return EF_OK;
}

ef_status ef_trend_load(ef_trend *trend, ef_state *state, ef_error *error)
{
    loading l = { .trend = trend };
    ef_status status = ef_state_each(state, EF_TABLE_DETECTOR, gather, &l, error);
    if (status == EF_OK && l.count > 0)
        qsort(l.items, l.count, sizeof *l.items, by_number);
    for (size_t i = 0; i < l.count && status == EF_OK; i++)
        status = make_group(&l, &l.items[i], error);
    if (status == EF_OK && l.count > 0 && !l.has_time)
        status = damaged(error, "times");
    if (status == EF_OK)
        status = ef_state_each(state, EF_TABLE_PANE, load_pane, &l, error);
    for (size_t i = 0; i < trend->grouping_count; i++) {
        ef_grouping *grouping = &trend->groupings[i];
        memset(grouping->clusters.changed, 0, sizeof grouping->clusters.changed);
        memset(grouping->voices.changed, 0, sizeof grouping->voices.changed);
    }
    free(l.items);
    ef_buffer_release(&l.bytes);
    return status;
}

static ef_status find_counts(void *user, const ef_row *row, ef_error *error)
{
    ef_slice name = row->detector.rule;
    bool is_trend = name.size == 6 && memcmp(name.data, "#trend", 6) == 0;
    return is_trend ? read_time(user, row->detector.state, error) : EF_OK;
}

ef_status ef_trend_load_counts(ef_trend_counts *counts, ef_state *state, ef_error *error)
{
    ef_trend times = { 0 };
    ef_status status = ef_state_each(state, EF_TABLE_DETECTOR, find_counts, &times, error);
    *counts = times.counts;
    return status;
}
