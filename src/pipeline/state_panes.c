/* SPDX-License-Identifier: MIT
 * pipeline/state_panes.c - what `follow` remembers of its messages, as a tally.
 *
 * A pane's row is named "COLUMNS=VALUE": each message stands in one pane of every grouping.
 * All messages are those of the grouping without columns, or, if no rule looks at all of
 * them, of any other one. Groups of several columns at once are not reported on. */
#include "pipeline/state_panes.h"

#include "aggregate/keys.h"
#include "aggregate/pane.h"
#include "base/error.h"
#include "state/state.h"

static const int64_t hour_ms = 3600000, last_ms = INT64_C(253402300799000);

/* A walk over all hours. */
typedef struct walk {
    ef_tally *tally;    /* NULL: only the groupings are looked for */
    ef_names groupings; /* their columns */
    ef_slice all;       /* the grouping that stands for all messages */
    ef_buffer bytes;    /* it */
} walk;

static ef_slice columns_of(const ef_pane_row *row)
{
    const uint8_t *equals =
        row->group.size == 0 ? NULL : memchr(row->group.data, '=', row->group.size);
    size_t size = equals == NULL ? row->group.size : (size_t)(equals - row->group.data);
    return (ef_slice){ row->group.data, size };
}

static bool is_same(ef_slice one, ef_slice two)
{
    return one.size == two.size &&
           (one.size == 0 || memcmp(one.data, two.data, one.size) == 0);
}

static bool read_mood(const ef_pane_row *row, ef_mood *mood)
{
    ef_unpack in = { row->more, false };
    *mood = (ef_mood){
        .n = row->n, .negative = row->k, .sum = row->sum, .squares = row->squares
    };
    mood->positive = ef_unpack_int(&in);
    mood->mixed = ef_unpack_int(&in);
    return !in.failed && row->start_ms >= 0 && row->start_ms < last_ms && mood->n >= 0 &&
           mood->n < INT64_C(1) << 32 && mood->negative >= 0 && mood->positive >= 0 &&
           mood->negative + mood->positive <= mood->n && mood->mixed >= 0 &&
           mood->mixed <= mood->n && mood->sum >= -mood->n * EF_UNIT &&
           mood->sum <= mood->n * EF_UNIT && mood->squares >= 0 &&
           mood->squares <= mood->n * EF_UNIT * EF_UNIT;
}

static bool count_all(ef_tally *tally, int64_t start_ms, const ef_mood *mood)
{
    ef_whole *whole = &tally->whole;
    int64_t local = ef_zone_to_local(tally->plan->zone, start_ms / 1000);
    whole->records += mood->n;
    whole->labelled += mood->n;
    whole->first_ms = start_ms < whole->first_ms ? start_ms : whole->first_ms;
    whole->last_ms = start_ms > whole->last_ms ? start_ms : whole->last_ms;
    ef_mood_merge(&whole->sides[EF_SIDE_NONE], mood);
    return ef_days_put(&tally->days, local / 3600, mood);
}

/* The number of a column in the plan; its count if it is not in there. */
static size_t group_of(const ef_plan *plan, ef_slice columns)
{
    size_t i = 0;
    while (i < plan->group_count && !is_same(plan->groups[i], columns))
        i++;
    return i;
}

static ef_status count_pane(walk *w, const ef_pane_row *row, ef_slice columns,
                            ef_error *error)
{
    const ef_plan *plan = w->tally->plan;
    size_t group = group_of(plan, columns);
    ef_slice value = { row->group.data + columns.size, row->group.size - columns.size };
    ef_mood mood;
    if (row->start_ms < plan->span.begin_ms || row->start_ms >= plan->span.end_ms)
        return EF_OK;
    if (!read_mood(row, &mood))
        return ef_error_set(error, EF_ERR_FORMAT, "the state's hours do not fit together");
    value = value.size > 0 ? (ef_slice){ value.data + 1, value.size - 1 } : value;
    if ((is_same(columns, w->all) && !count_all(w->tally, row->start_ms, &mood)) ||
        (group < plan->group_count &&
         !ef_groups_put(&w->tally->groups, group, value, &mood)))
        return ef_error_memory(error);
    return EF_OK;
}

static ef_status see_row(void *user, const ef_row *row, ef_error *error)
{
    walk *w = user;
    if (row->pane.width_ms != hour_ms)
        return EF_OK; /* minutes are in their hours */
    ef_slice columns = columns_of(&row->pane);
    if (w->tally != NULL)
        return count_pane(w, &row->pane, columns, error);
    return ef_names_add(&w->groupings, columns) == EF_NO_NAME ? ef_error_memory(error)
                                                              : EF_OK;
}

static ef_status walk_over(walk *w, const char *path, ef_error *error)
{
    ef_state *state;
    ef_status status = ef_state_open(&state, path, EF_STATE_LOOK, error);
    if (status == EF_OK)
        status = ef_state_each(state, EF_TABLE_PANE, see_row, w, error);
    ef_state_close(state);
    return status;
}

static bool is_one_column(ef_slice columns)
{
    return columns.size > 0 && memchr(columns.data, ',', columns.size) == NULL;
}

/* Every column that the state groups by, as a wish. */
static ef_status wish_all(ef_plan *plan, const walk *w, const ef_plan_wishes *wishes,
                          ef_error *error)
{
    const char *groups[EF_MOST_REPORT_GROUPS];
    ef_arena arena = { 0 };
    ef_plan_wishes all = *wishes;
    ef_status status = EF_OK;
    all.groups = groups;
    all.group_count = 0;
    for (size_t i = 0; i < w->groupings.count && status == EF_OK; i++) {
        ef_slice columns = ef_names_text(&w->groupings, i);
        if (!is_one_column(columns) || all.group_count == EF_MOST_REPORT_GROUPS)
            continue;
        groups[all.group_count] = ef_arena_copy(&arena, columns);
        if (groups[all.group_count++] == NULL)
            status = ef_error_memory(error);
    }
    if (status == EF_OK)
        status = ef_plan_make(plan, &all, error);
    ef_arena_release(&arena);
    return status;
}

static ef_status check_groups(const ef_plan *plan, const walk *w, const char *path,
                              ef_error *error)
{
    for (size_t i = 0; i < plan->group_count && !plan->groups_are_usual; i++)
        if (ef_names_find(&w->groupings, plan->groups[i]) == EF_NO_NAME)
            return ef_error_set(
                error, EF_ERR_ARGUMENT,
                "'%s' remembers no groups of '%.*s': only columns that a rule "
                "groups by are there",
                path, (int)plan->groups[i].size, (const char *)plan->groups[i].data);
    return EF_OK;
}

ef_status ef_state_plan(ef_plan *plan, const char *path, const ef_plan_wishes *wishes,
                        ef_error *error)
{
    walk w = { 0 };
    ef_status status = walk_over(&w, path, error);
    if (status == EF_OK)
        status = wishes->group_count == 0 ? wish_all(plan, &w, wishes, error)
                                          : ef_plan_make(plan, wishes, error);
    if (status == EF_OK) {
        status = check_groups(plan, &w, path, error);
        if (status != EF_OK)
            ef_plan_release(plan);
    }
    ef_names_release(&w.groupings);
    return status;
}

/* The grouping without columns, else the first. */
static bool choose_all(walk *w)
{
    if (w->groupings.count == 0)
        return true;
    ef_slice none = ef_slice_of("");
    size_t chosen = 0;
    for (size_t i = 0; i < w->groupings.count; i++)
        if (is_same(ef_names_text(&w->groupings, i), none))
            chosen = i;
    bool is_good = ef_buffer_append_slice(&w->bytes, ef_names_text(&w->groupings, chosen));
    w->all = ef_buffer_slice(&w->bytes);
    return is_good;
}

ef_status ef_state_count(ef_tally *tally, const char *path, ef_error *error)
{
    walk w = { 0 };
    ef_status status = walk_over(&w, path, error);
    if (status == EF_OK && !choose_all(&w))
        status = ef_error_memory(error);
    if (status == EF_OK && w.groupings.count > 0) {
        w.tally = tally;
        status = walk_over(&w, path, error);
    }
    ef_names_release(&w.groupings);
    ef_buffer_release(&w.bytes);
    return status;
}
