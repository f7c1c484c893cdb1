/* SPDX-License-Identifier: MIT
 * tests/notify/test_outward.c - alerts leave through earful-notify: late, twice at worst,
 * never lost, and nobody waits for a receiver. */
#include "notified.h"
#include "pipeline/outward.h"

#define FIRING  "{\"schema\":1,\"event\":\"alert\",\"status\":\"firing\",\"rule\":\"r\"}"
#define AT_ONCE "group_wait = 0\ngroup_interval = 0\n"
#define PLAN(...)                                                                          \
    (const receiver_step[]){ __VA_ARGS__ },                                                \
        sizeof((const receiver_step[]){ __VA_ARGS__ }) / sizeof(receiver_step)

typedef struct desk {
    char folder[64], state_path[96], sinks[96];
    ef_state *state;
    ef_outward out;
    const char *news;
} desk;

static int64_t wall_ms(void *user)
{
    struct timespec now;
    (void)user;
    clock_gettime(CLOCK_REALTIME, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static void open_desk(desk *d)
{
    ef_error error = { 0 };
    cr_assert_eq(ef_state_open(&d->state, d->state_path, EF_STATE_OWN, NULL), EF_OK);
    cr_assert_eq(
        ef_outward_start(&d->out, notified_program(), d->sinks, EF_SANDBOX_AUTO, &error),
        EF_OK);
    cr_assert_eq(ef_outward_open(&d->out, d->state, &error), EF_OK, "%s", error.message);
}

static void close_desk(desk *d)
{
    ef_outward_close(&d->out);
    ef_state_close(d->state);
}

static void start(desk *d, const char *format, unsigned port)
{
    notified_program();
    memset(d, 0, sizeof *d);
    strcpy(d->folder, "/tmp/earful-outward-XXXXXX");
    cr_assert_not_null(mkdtemp(d->folder));
    snprintf(d->state_path, sizeof d->state_path, "%s/state.db", d->folder);
    snprintf(d->sinks, sizeof d->sinks, "%s/sinks.ini", d->folder);
    FILE *file = fopen(d->sinks, "w");
    cr_assert_not_null(file);
    fprintf(file, format, port);
    fclose(file);
    open_desk(d);
}

static void end(desk *d)
{
    char command[128];
    close_desk(d);
    snprintf(command, sizeof command, "rm -r %s", d->folder);
    cr_assert_eq(system(command), 0);
}

static void commit(desk *d)
{
    cr_assert_eq(ef_state_begin(d->state, NULL), EF_OK);
    cr_assert_eq(ef_outbox_save(d->out.outbox, d->state, NULL), EF_OK);
    cr_assert_eq(ef_state_commit(d->state, NULL), EF_OK);
    ef_outbox_saved(d->out.outbox);
}

static void put(desk *d, const char *id)
{
    cr_assert_eq(ef_outbox_put(d->out.outbox, ef_slice_of(id), ef_slice_of(FIRING), NULL),
                 EF_OK);
    commit(d);
}

static ef_outbox_counts counts_of(const desk *d)
{
    ef_outbox_counts counts;
    ef_outbox_count(d->out.outbox, &counts);
    return counts;
}

/* Turns as the loop of follow does, until so many have been delivered. */
static void turn_until(desk *d, uint64_t delivered)
{
    for (int i = 0; i < 1500 && counts_of(d).delivered < delivered; i++) {
        if (ef_outward_turn(&d->out, wall_ms(NULL)))
            commit(d);
        if (d->out.news != NULL)
            d->news = d->out.news;
        d->out.news = NULL;
        usleep(20000);
    }
    cr_assert_eq(counts_of(d).delivered, delivered);
    commit(d);
}

Test(outward, a_failure_is_tried_again, .timeout = 60)
{
    receiver r;
    desk d;
    receiver_start(&r, PLAN({ ANSWER_500, 0 }, { ANSWER_OK, 0 }));
    start(&d, "[sink.hook]\nkind = webhook\nurl = http://127.0.0.1:%u/\n" AT_ONCE, r.port);
    put(&d, "1");
    turn_until(&d, 1);
    cr_expect_eq(counts_of(&d).failed, 1);
    cr_expect_eq(r.count, 2);
    cr_expect_str_eq(receiver_body(&r, 1), FIRING);
    cr_expect_geq(r.came_ms[1] - r.came_ms[0], 990);
    end(&d);
    receiver_stop(&r);
}

/* The receiver accepts and is silent: others are served, and a restart loses nothing. */
Test(outward, a_receiver_that_hangs_holds_up_nobody_and_loses_nothing, .timeout = 60)
{
    receiver r;
    desk d;
    receiver_start(&r, PLAN({ NULL, 0 }, { ANSWER_OK, 0 }));
    start(&d,
          "[sink.hook]\nkind = webhook\nurl = http://127.0.0.1:%u/\ntimeout = 3s\n" AT_ONCE
          "[sink.page]\nkind = exec\ncommand = /bin/cat\n",
          r.port);
    put(&d, "1");
    put(&d, "2");
    turn_until(&d, 2);
    cr_expect_eq(counts_of(&d).waiting, 2);
    close_desk(&d);
    open_desk(&d);
    cr_expect_eq(counts_of(&d).waiting, 2);
    turn_until(&d, 2);
    cr_expect_eq(counts_of(&d).waiting, 0);
    cr_expect_str_eq(receiver_body(&r, r.count - 1), "[" FIRING "," FIRING "]");
    end(&d);
    receiver_stop(&r);
}

Test(outward, a_notifier_that_is_killed_is_started_again, .timeout = 60)
{
    receiver r;
    desk d;
    receiver_start(&r, PLAN({ ANSWER_OK, 0 }));
    start(&d, "[sink.hook]\nkind = webhook\nurl = http://127.0.0.1:%u/\n" AT_ONCE, r.port);
    put(&d, "1");
    turn_until(&d, 1);
    cr_assert_eq(kill(d.out.notifier.pid, SIGKILL), 0);
    put(&d, "2");
    turn_until(&d, 2);
    cr_expect_not_null(d.news);
    end(&d);
    receiver_stop(&r);
}

Test(outward, a_file_that_is_wrong_later_leaves_the_old_sinks, .timeout = 60)
{
    receiver r;
    desk d;
    receiver_start(&r, PLAN({ ANSWER_OK, 0 }));
    start(&d, "[sink.hook]\nkind = webhook\nurl = http://127.0.0.1:%u/\n" AT_ONCE, r.port);
    FILE *file = fopen(d.sinks, "w");
    fputs("[sink.hook]\nkind = fax\n", file);
    fclose(file);
    ef_outward_reload(&d.out);
    put(&d, "1");
    turn_until(&d, 1);
    cr_expect_not_null(d.news);
    file = fopen(d.sinks, "w");
    fputs("[sink.page]\nkind = exec\ncommand = /bin/cat\n", file);
    fclose(file);
    ef_outward_reload(&d.out);
    while (d.out.notifier.is_reloading)
        ef_outward_turn(&d.out, wall_ms(NULL));
    put(&d, "2");
    turn_until(&d, 2);
    cr_expect_eq(r.count, 1);
    end(&d);
    receiver_stop(&r);
}

/* What a fault would find: the pipe is full, as the other side is stopped. */
Test(outward, a_notifier_that_is_stopped_blocks_nothing, .timeout = 60)
{
    receiver r;
    desk d;
    char id[16];
    receiver_start(&r, PLAN({ ANSWER_OK, 0 }));
    start(&d, "[sink.hook]\nkind = webhook\nurl = http://127.0.0.1:%u/\n" AT_ONCE, r.port);
    pid_t worker = 0;
    char path[64];
    snprintf(path, sizeof path, "/proc/%d/task/%d/children", (int)d.out.notifier.pid,
             (int)d.out.notifier.pid);
    FILE *file = fopen(path, "r");
    if (file == NULL || fscanf(file, "%d", &worker) != 1)
        cr_skip_test("this system does not tell the children of a process");
    fclose(file);
    cr_assert_eq(kill(worker, SIGSTOP), 0);
    for (int i = 0; i < 50; i++) {
        snprintf(id, sizeof id, "%d", i);
        put(&d, id);
        ef_outward_turn(&d.out, wall_ms(NULL));
    }
    cr_expect_eq(counts_of(&d).waiting, 50);
    cr_assert_eq(kill(worker, SIGCONT), 0);
    turn_until(&d, 50);
    end(&d);
    receiver_stop(&r);
}

Test(outward, what_comes_within_the_wait_travels_in_one_request, .timeout = 60)
{
    receiver r;
    desk d;
    receiver_start(&r, PLAN({ ANSWER_OK, 0 }));
    start(&d, "[sink.hook]\nkind = webhook\nurl = http://127.0.0.1:%u/\ngroup_wait = 1s\n",
          r.port);
    put(&d, "1");
    ef_outward_turn(&d.out, wall_ms(NULL));
    put(&d, "2");
    turn_until(&d, 2);
    cr_expect_eq(r.count, 1);
    cr_expect_str_eq(receiver_body(&r, 0), "[" FIRING "," FIRING "]");
    end(&d);
    receiver_stop(&r);
}

/* Wait and interval are long by default: the end of a run does not wait for them. */
Test(outward, the_end_of_a_run_sends_what_waits_for_others, .timeout = 25)
{
    receiver r;
    desk d;
    receiver_start(&r, PLAN({ ANSWER_OK, 0 }));
    start(&d, "[sink.hook]\nkind = webhook\nurl = http://127.0.0.1:%u/\n", r.port);
    put(&d, "1");
    ef_outward_turn(&d.out, wall_ms(NULL));
    cr_expect_eq(r.count, 0);
    ef_outward_drain(&d.out, wall_ms, NULL, 10000);
    cr_expect_eq(r.count, 1);
    cr_expect_eq(counts_of(&d).delivered, 1);
    end(&d);
    receiver_stop(&r);
}
