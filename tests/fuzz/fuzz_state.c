/* SPDX-License-Identifier: MIT
 * tests/fuzz/fuzz_state.c - rows of the state database that somebody has tampered with.
 *
 * The rows of a good run lie in memory, in the place of SQLite; the seals that the database
 * checks are taken to be right, as an attacker would make them. An input changes rows:
 *
 *     row (2 bytes), what (1 byte), where (2 bytes), value (1 byte or 8)
 *
 * Rows are refused with a message, or the run goes on with them: it hears messages, its
 * events are lines of JSON, and what it saves can be loaded again. Hours are reported on.
 */
#include "fuzz.h"

#include "aggregate/pack.h"
#include "alert/alert_rows.h"
#include "base/hash.h"
#include "findings/findings.h"
#include "pipeline/state_panes.h"
#include "report/event_json.h"
#include "state/tables.h"
#include "views/views.h"

enum { ROWS = 4096, MINUTE = 60000, MINUTES = 9 * 24 * 60 };
static const int64_t begin_ms = INT64_C(1704067200000); /* 2024-01-01 */

/* --- a database in memory ------------------------------------------------------------- */

struct ef_state {
    ef_row rows[ROWS];
    uint64_t keys[ROWS]; /* hashes */
    size_t count;
};

static void copy_slices(ef_row *row, bool frees)
{
    const ef_table_layout *layout = ef_table_layout_of(row->table);
    for (size_t i = 0; i < layout->count; i++) {
        if (layout->columns[i].kind == EF_COLUMN_INTEGER)
            continue;
        ef_slice *slice = ef_row_slice(row, &layout->columns[i]);
        if (frees)
            free((void *)(uintptr_t)slice->data);
        else
            slice->data = fuzz_copy(slice->data, slice->size);
    }
}

static uint64_t key_of(const ef_row *row)
{
    const ef_table_layout *layout = ef_table_layout_of(row->table);
    uint64_t key = (uint64_t)row->table;
    for (size_t i = 0; i < layout->key_count; i++) {
        const ef_table_column *column = &layout->columns[i];
        key = ef_hash_combine(key, column->kind == EF_COLUMN_INTEGER
                                       ? (uint64_t)*ef_row_integer(row, column)
                                       : fuzz_touch(*ef_row_slice(row, column)));
    }
    return key;
}

static void take_out(ef_state *state, size_t at)
{
    copy_slices(&state->rows[at], true);
    state->rows[at] = state->rows[--state->count];
    state->keys[at] = state->keys[state->count];
}

ef_status ef_state_delete(ef_state *state, const ef_row *row, ef_error *error)
{
    (void)error;
    uint64_t key = key_of(row);
    for (size_t i = state->count; i-- > 0;)
        if (state->keys[i] == key)
            take_out(state, i);
    return EF_OK;
}

ef_status ef_state_put(ef_state *state, const ef_row *row, ef_error *error)
{
    ef_state_delete(state, row, error);
    REQUIRE(state->count < ROWS);
    state->rows[state->count] = *row;
    state->keys[state->count] = key_of(row);
    copy_slices(&state->rows[state->count++], false);
    return EF_OK;
}

ef_status ef_state_each(ef_state *state, ef_table table, ef_row_fn *fn, void *user,
                        ef_error *error)
{
    ef_status status = EF_OK;
    for (size_t i = 0; i < state->count && status == EF_OK; i++)
        if (state->rows[i].table == table)
            status = fn(user, &state->rows[i], error);
    return status == EF_END ? EF_OK : status;
}

static ef_state *shown; /* what a report opens */

ef_status ef_state_open(ef_state **state, const char *path, ef_state_use use,
                        ef_error *error)
{
    (void)path, (void)use, (void)error;
    *state = shown;
    return EF_OK;
}

void ef_state_close(ef_state *state)
{
    (void)state;
}

static void empty(ef_state *state)
{
    while (state->count > 0)
        take_out(state, 0);
}

/* --- a run ------------------------------------------------------------------------------
 */

static const char rules_text[] =
    "[alert.mood]\nkind = shift\ngroup = channel\n"
    "[alert.window]\nkind = share\nwindow = 2h\nratio = 2\n"
    "[alert.spent]\nkind = budget\nobjective = 0.2\nwindow = 2h\nn_min_short = 1\n"
    "[alert.low]\nkind = mean\n"
    "[alert.much]\nkind = volume\ngroup = channel\n"
    "[alert.person]\nkind = conversation\n";

typedef struct watched {
    ef_rules *rules;
    ef_trend *trend;
    ef_alerts *alerts;
} watched;

static watched watch(void)
{
    watched w;
    REQUIRE(ef_rules_read(&w.rules, ef_slice_of(rules_text), NULL, NULL, NULL) == EF_OK);
    REQUIRE(ef_trend_new(&w.trend, NULL, NULL) == EF_OK);
    REQUIRE(ef_alerts_new(&w.alerts, w.rules, w.trend, NULL) == EF_OK);
    return w;
}

static void unwatch(watched *w)
{
    ef_alerts_free(w->alerts);
    ef_trend_free(w->trend);
    ef_rules_free(w->rules);
}

/* An event is one line. */
static void take_events(watched *w)
{
    static const ef_engine_info engine = { .version = "0", .lexicon_hash = "" };
    ef_alert alert;
    while (ef_alerts_next(w->alerts, &alert) == EF_OK) {
        ef_buffer out = { 0 };
        ef_redactor redactor = { 0 };
        ef_event_json(&out, &engine, &redactor, &alert);
        REQUIRE(!out.failed && out.size > 2 && out.data[0] == '{');
        REQUIRE(memchr(out.data, '\n', out.size) == NULL);
        ef_buffer_release(&out);
    }
}

static void say(watched *w, int64_t minute, bool is_bad)
{
    static const char *const words[2] = { "the box was fine", "the login fails again" };
    char id[32], talk[32];
    snprintf(id, sizeof id, "m%lld", (long long)minute);
    snprintf(talk, sizeof talk, "t%lld", (long long)(minute % 7));
    ef_record record = { .id = ef_slice_of(id),
                         .channel = ef_slice_of(minute % 3 == 0 ? "web" : "phone"),
                         .conversation = ef_slice_of(talk),
                         .text = ef_slice_of(words[is_bad]),
                         .has_time = true,
                         .time_ms = begin_ms + minute * MINUTE };
    ef_score score = { .label = is_bad ? EF_LABEL_NEGATIVE : EF_LABEL_POSITIVE,
                       .score = is_bad ? -7000 : 3000 };
    REQUIRE(ef_trend_add(w->trend, NULL, 0, &record, &score, NULL) == EF_OK);
    take_events(w);
}

static void save(watched *w, ef_state *state)
{
    REQUIRE(ef_alerts_save(w->alerts, state, NULL) == EF_OK);
    ef_alerts_saved(w->alerts);
}

/* --- the input --------------------------------------------------------------------------
 */

static const int64_t odd_values[] = {
    0,         1,          -1,      INT64_MAX, INT64_MIN,        INT32_MAX,
    INT32_MIN, UINT32_MAX, 1 << 20, -60000,    INT64_MAX / 60000
};

static int64_t value_of(fuzz_bytes *bytes)
{
    uint8_t choice = fuzz_byte(bytes);
    if (choice > 0)
        return odd_values[choice % (sizeof odd_values / sizeof odd_values[0])];
    uint64_t value = 0;
    for (int i = 0; i < 8; i++)
        value |= (uint64_t)fuzz_byte(bytes) << 8 * i;
    return (int64_t)value;
}

/* In the bytes of a row numbers are eight bytes, most of them one behind the other. */
static void change_bytes(ef_slice *slice, uint8_t what, size_t where, fuzz_bytes *bytes)
{
    uint8_t *data = (uint8_t *)(uintptr_t)slice->data;
    if (slice->size == 0)
        return;
    if (what % 4 == 0)
        slice->size = where % slice->size;
    else if (what % 4 == 1)
        data[where % slice->size] = fuzz_byte(bytes);
    else if (slice->size >= 8) {
        int64_t value = value_of(bytes);
        memcpy(data + where % (slice->size / 8) * 8, &value, 8);
    }
}

/* As in a database, no two rows have one key, also when a key was changed. */
static void settle_key(ef_state *state, size_t changed)
{
    uint64_t key = key_of(&state->rows[changed]);
    bool is_taken = false;
    for (size_t i = 0; i < state->count; i++)
        is_taken |= i != changed && state->keys[i] == key;
    state->keys[changed] = key;
    if (is_taken)
        take_out(state, changed);
}

static void change(ef_state *state, fuzz_bytes *bytes)
{
    size_t at = fuzz_number(bytes) % state->count;
    ef_row *row = &state->rows[at];
    const ef_table_layout *layout = ef_table_layout_of(row->table);
    uint8_t what = fuzz_byte(bytes);
    size_t where = fuzz_number(bytes);
    const ef_table_column *column = &layout->columns[(what >> 3) % layout->count];
    if (what == 255)
        take_out(state, at);
    else if (column->kind == EF_COLUMN_INTEGER)
        *ef_row_integer(row, column) = value_of(bytes);
    else
        change_bytes(ef_row_slice(row, column), what, where, bytes);
    if (what != 255)
        settle_key(state, at);
}

/* --- what must hold ---------------------------------------------------------------------
 */

static void go_on(ef_state *state)
{
    watched w = watch(), again = watch();
    ef_error error = { 0 };
    ef_status status = ef_alerts_load(w.alerts, state, &error);
    fuzz_check_error(status, &error);
    if (status == EF_OK) {
        for (int64_t minute = MINUTES; minute < MINUTES + 40; minute += 5)
            say(&w, minute, minute % 20 == 0);
        save(&w, state);
        /* Rows that were passed by may lie in the way now. */
        status = ef_alerts_load(again.alerts, state, &error);
        fuzz_check_error(status, &error);
        REQUIRE(ef_trend_finish(w.trend, NULL) == EF_OK);
        take_events(&w);
    }
    unwatch(&w);
    unwatch(&again);
}

static void report_on(ef_state *state)
{
    ef_plan plan;
    ef_tally tally;
    ef_findings *findings;
    ef_error error = { 0 };
    ef_finding_options options = { .is_remembered = true,
                                   .engine = { .version = "0", .scorer = "blend" } };
    shown = state;
    ef_status status = ef_state_plan(&plan, "state", &(ef_plan_wishes){ 0 }, &error);
    fuzz_check_error(status, &error);
    if (status != EF_OK)
        return;
    ef_tally_init(&tally, &plan);
    status = ef_state_count(&tally, "state", &error);
    fuzz_check_error(status, &error);
    if (status == EF_OK && ef_tally_settle(&tally)) {
        ef_buffer out = { 0 };
        REQUIRE(ef_findings_make(&findings, &tally, &options, NULL) == EF_OK);
        ef_view_json.write(&out, findings, &(ef_view_options){ 0 });
        REQUIRE(!out.failed);
        ef_buffer_release(&out);
        ef_findings_free(findings);
    }
    ef_tally_release(&tally);
    ef_plan_release(&plan);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static ef_state good, changed;
    fuzz_bytes bytes = { data, size };
    if (good.count == 0) {
        watched w = watch();
        for (int64_t minute = 0; minute < MINUTES; minute += 17 + minute % 7)
            say(&w, minute, minute % 11 == 0 || minute > MINUTES - 200);
        save(&w, &good);
        unwatch(&w);
    }
    for (size_t i = 0; i < good.count; i++) {
        changed.rows[i] = good.rows[i];
        changed.keys[i] = good.keys[i];
        copy_slices(&changed.rows[i], false);
    }
    changed.count = good.count;
    while (bytes.n > 0 && changed.count > 0)
        change(&changed, &bytes);
    report_on(&changed);
    go_on(&changed);
    empty(&changed);
    return 0;
}
