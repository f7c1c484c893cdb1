/* SPDX-License-Identifier: MIT
 * test_alert_rows.c - a run that is stopped, saved and loaded at any place goes on as if
 * nothing had been. */
#include <unistd.h>

#include "alert/alert_rows.h"
#include "stream.h"

static const char *const rules =
    "[alert.mood]\nkind = shift\ngroup = channel\n"
    "[alert.window]\nkind = share\nwindow = 2h\nratio = 2\n"
    "[alert.spent]\nkind = budget\nobjective = 0.2\nwindow = 2h\nn_min_short = 1\n"
    "[alert.low]\nkind = mean\n"
    "[alert.much]\nkind = volume\ngroup = channel\n"
    "[alert.person]\nkind = conversation\n";

/* Six days of two channels: a bad evening on the fifth, silence at the end of the sixth. */
static size_t stream(said *messages, size_t room)
{
    static char names[50][16];
    static const char *const texts[2][3] = {
        { "the delivery came late", "my parcel never came", "the box was open" },
        { "the login fails again", "cannot sign in, login fails", "the box was open" }
    };
    uint64_t seed = 5;
    int64_t time_ms = MONDAY;
    size_t count = 0;
    for (int i = 0; i < 50; i++)
        snprintf(names[i], sizeof names[i], "talk%d", i);
    for (; count < room && time_ms < MONDAY + 6 * DAY; count++) {
        bool is_bad = time_ms > MONDAY + 4 * DAY && time_ms < MONDAY + 4 * DAY + 6 * HOUR;
        int64_t step = is_bad ? MINUTE : 6 * MINUTE;
        time_ms += 1 + (int64_t)(draw(&seed) % (uint64_t)step);
        messages[count] =
            (said){ .time_ms = time_ms - (int64_t)(draw(&seed) %
                                                   (count % 50 == 7 ? 8 * MINUTE : MINUTE)),
                    .channel = draw(&seed) % 3 ? "web" : "phone",
                    .conversation = names[draw(&seed) % 50],
                    .text = texts[is_bad][draw(&seed) % 3],
                    .score = draw(&seed) % 100 < (is_bad ? 60 : 8) ? -7000 : 3000 };
    }
    return count;
}

typedef struct database {
    char path[64];
} database;

static database make_database(void)
{
    database made = { "/tmp/earful-state-XXXXXX" };
    cr_assert_not_null(mkdtemp(made.path));
    strcat(made.path, "/state.db");
    return made;
}

static void remove_database(database *made)
{
    static const char *const ends[] = { "", "-wal", "-shm", ".lock", ".1" };
    char path[80];
    for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++) {
        snprintf(path, sizeof path, "%s%s", made->path, ends[i]);
        unlink(path);
    }
    *strrchr(made->path, '/') = '\0';
    rmdir(made->path);
}

static void save(watched *w, const char *path)
{
    ef_state *state;
    ef_error error = { 0 };
    cr_assert_eq(ef_state_open(&state, path, EF_STATE_OWN, &error), EF_OK, "%s",
                 error.message);
    cr_assert_eq(ef_state_begin(state, &error), EF_OK);
    cr_assert_eq(ef_alerts_save(w->alerts, state, &error), EF_OK, "%s", error.message);
    cr_assert_eq(ef_state_commit(state, &error), EF_OK, "%s", error.message);
    ef_alerts_saved(w->alerts);
    ef_state_close(state);
}

/* The same watch in another process: everything but its events comes from the rows. */
static void restart(watched *w, const char *path)
{
    watched fresh = watch(rules);
    ef_state *state;
    ef_error error = { 0 };
    cr_assert_eq(ef_state_open(&state, path, EF_STATE_OWN, &error), EF_OK);
    cr_assert_eq(ef_alerts_load(fresh.alerts, state, &error), EF_OK, "%s", error.message);
    ef_state_close(state);
    fresh.events = w->events;
    fresh.fired = w->fired;
    fresh.resolved = w->resolved;
    w->events = (ef_buffer){ 0 };
    unwatch(w);
    *w = fresh;
}

static said messages[8000];

Test(alert_rows, bring_a_run_back_to_where_it_was, .timeout = 120)
{
    size_t count = stream(messages, 8000);
    watched whole = watch(rules), broken = watch(rules);
    database made = make_database();
    uint64_t seed = 9;
    for (size_t i = 0; i < count; i++)
        say(&whole, messages[i]);
    end(&whole);
    cr_assert_geq(whole.fired, 6, "%s", ef_buffer_text(&whole.events));
    cr_assert_not_null(strstr(ef_buffer_text(&whole.events), "login fails"));
    for (size_t i = 0; i < count; i++) {
        say(&broken, messages[i]);
        uint64_t what = draw(&seed) % 40;
        if (what < 2)
            save(&broken, made.path);
        if (what == 0)
            restart(&broken, made.path);
    }
    end(&broken);
    cr_assert_str_eq(ef_buffer_text(&broken.events), ef_buffer_text(&whole.events));
    ef_trend_counts one, two;
    ef_trend_count(whole.trend, &one);
    ef_trend_count(broken.trend, &two);
    cr_assert_eq(memcmp(&one, &two, sizeof one), 0);
    remove_database(&made);
    unwatch(&whole);
    unwatch(&broken);
}
