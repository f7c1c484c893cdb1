/* SPDX-License-Identifier: MIT
 * tests/alert/test_outbox.c - every alert leaves at least once, in order, through restarts.
 */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "alert/outbox.h"

#define FIRING   "{\"schema\":1,\"event\":\"alert\",\"status\":\"firing\",\"rule\":\"r\"}"
#define RESOLVED "{\"schema\":1,\"event\":\"alert\",\"status\":\"resolved\",\"rule\":\"r\"}"

typedef struct box {
    char folder[64], path[96];
    ef_state *state;
    ef_outbox *outbox;
} box;

static void open_box(box *b, size_t sinks)
{
    static const ef_outbox_sink named[] = { { .name = "a" },
                                            { .name = "am", .is_told_again = true } };
    cr_assert_eq(ef_state_open(&b->state, b->path, EF_STATE_OWN, NULL), EF_OK);
    cr_assert_eq(ef_outbox_new(&b->outbox, NULL), EF_OK);
    cr_assert_eq(ef_outbox_load(b->outbox, b->state, NULL), EF_OK);
    cr_assert_eq(ef_outbox_set_sinks(b->outbox, named, sinks, NULL), EF_OK);
}

static void close_box(box *b)
{
    ef_outbox_free(b->outbox);
    ef_state_close(b->state);
}

static void start(box *b, size_t sinks)
{
    strcpy(b->folder, "/tmp/earful-outbox-XXXXXX");
    cr_assert_not_null(mkdtemp(b->folder));
    snprintf(b->path, sizeof b->path, "%s/state.db", b->folder);
    open_box(b, sinks);
}

static void end(box *b)
{
    char command[128];
    close_box(b);
    snprintf(command, sizeof command, "rm -r %s", b->folder);
    cr_assert_eq(system(command), 0);
}

static void commit(box *b)
{
    cr_assert_eq(ef_state_begin(b->state, NULL), EF_OK);
    cr_assert_eq(ef_outbox_save(b->outbox, b->state, NULL), EF_OK);
    cr_assert_eq(ef_state_commit(b->state, NULL), EF_OK);
    ef_outbox_saved(b->outbox);
}

static void put(box *b, const char *id, const char *payload)
{
    cr_assert_eq(ef_outbox_put(b->outbox, ef_slice_of(id), ef_slice_of(payload), NULL),
                 EF_OK);
}

/* The sequence of the next item that is due; 0: none. */
static int64_t next(box *b, int64_t now)
{
    ef_outbox_due due;
    return ef_outbox_next(b->outbox, now, &due) ? due.sequence : 0;
}

static void answer(box *b, int64_t sequence, ef_outbox_answer answer, int64_t wait,
                   int64_t now)
{
    ef_outbox_answer_to(b->outbox, sequence, answer, wait, now);
}

static uint64_t waiting(const box *b)
{
    ef_outbox_counts counts;
    ef_outbox_count(b->outbox, &counts);
    return counts.waiting;
}

Test(outbox, sends_nothing_before_it_is_committed)
{
    box b;
    start(&b, 1);
    put(&b, "1", FIRING);
    cr_expect_eq(next(&b, 1000), 0);
    cr_expect(ef_outbox_is_changed(b.outbox));
    commit(&b);
    cr_expect_not(ef_outbox_is_changed(b.outbox));
    cr_expect_eq(next(&b, 1000), 1);
    end(&b);
}

Test(outbox, keeps_order_and_sends_one_at_a_time)
{
    box b;
    start(&b, 1);
    put(&b, "1", FIRING);
    put(&b, "1", RESOLVED);
    commit(&b);
    cr_expect_eq(next(&b, 1000), 1);
    cr_expect_eq(next(&b, 1000), 0);
    answer(&b, 1, EF_ANSWER_AGAIN, 0, 1000);
    cr_expect_eq(next(&b, 1999), 0); /* the second does not overtake it */
    cr_expect_eq(next(&b, 2000), 1);
    answer(&b, 1, EF_ANSWER_OK, 0, 2000);
    cr_expect_eq(next(&b, 2000), 2);
    answer(&b, 2, EF_ANSWER_OK, 0, 2000);
    commit(&b);
    cr_expect_eq(waiting(&b), 0);
    cr_expect_eq(ef_outbox_deadline(b.outbox), INT64_MAX);
    end(&b);
}

Test(outbox, one_sink_that_fails_holds_up_no_other)
{
    box b;
    start(&b, 2);
    put(&b, "1", FIRING);
    put(&b, "2", FIRING);
    commit(&b);
    cr_expect_eq(next(&b, 1000), 1);
    cr_expect_eq(next(&b, 1000), 2);
    answer(&b, 1, EF_ANSWER_AGAIN, 0, 1000);
    answer(&b, 2, EF_ANSWER_OK, 0, 1000);
    cr_expect_eq(next(&b, 1500), 4);
    end(&b);
}

Test(outbox, waits_longer_after_each_failure_and_as_long_as_it_is_asked_to)
{
    static const int64_t pauses[] = { 1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300 };
    box b;
    int64_t now = 1000;
    start(&b, 1);
    put(&b, "1", FIRING);
    commit(&b);
    for (size_t i = 0; i < sizeof pauses / sizeof pauses[0]; i++) {
        cr_expect_eq(next(&b, now), 1);
        cr_expect(ef_outbox_is_busy(b.outbox)); /* unanswered, it would be sent again */
        answer(&b, 1, EF_ANSWER_AGAIN, 0, now);
        cr_expect(!ef_outbox_is_busy(b.outbox), "between two attempts nothing is awaited");
        cr_expect_eq(ef_outbox_deadline(b.outbox), now + pauses[i] * 1000);
        now += pauses[i] * 1000;
    }
    cr_expect_eq(next(&b, now), 1);
    answer(&b, 1, EF_ANSWER_AGAIN, 3600000, now);
    cr_expect_eq(next(&b, now + 3599999), 0);
    cr_expect_eq(next(&b, now + 3600000), 1);
    end(&b);
}

Test(outbox, survives_a_restart_with_what_was_under_way)
{
    box b;
    start(&b, 1);
    put(&b, "1", FIRING);
    put(&b, "2", FIRING);
    commit(&b);
    cr_expect_eq(next(&b, 1000), 1);
    answer(&b, 1, EF_ANSWER_AGAIN, 60000, 1000);
    commit(&b);
    put(&b, "3", FIRING); /* not committed: it is raised again */
    close_box(&b);
    open_box(&b, 1);
    cr_expect_eq(waiting(&b), 2);
    cr_expect_eq(next(&b, 60999), 0);
    cr_expect_eq(next(&b, 61000), 1);
    answer(&b, 1, EF_ANSWER_OK, 0, 61000);
    cr_expect_eq(next(&b, 61000), 2);
    put(&b, "3", FIRING);
    commit(&b);
    answer(&b, 2, EF_ANSWER_OK, 0, 61000);
    cr_expect_eq(next(&b, 61000), 3);
    end(&b);
}

Test(outbox, an_answer_that_never_comes_is_a_failure)
{
    box b;
    start(&b, 1);
    put(&b, "1", FIRING);
    commit(&b);
    cr_expect_eq(next(&b, 1000), 1);
    cr_expect_eq(next(&b, 120999), 0);
    cr_expect_eq(next(&b, 121000), 0);
    cr_expect_eq(next(&b, 122000), 1);
    ef_outbox_forget_answers(b.outbox);
    cr_expect_eq(next(&b, 122000), 1);
    end(&b);
}

Test(outbox, tells_again_while_an_alert_fires_and_for_five_minutes_when_it_is_over)
{
    box b;
    start(&b, 2);
    cr_assert_eq(
        ef_outbox_set_sinks(
            b.outbox, &(ef_outbox_sink){ .name = "am", .is_told_again = true }, 1, NULL),
        EF_OK);
    put(&b, "1", FIRING);
    commit(&b);
    for (int64_t now = 60000; now <= 600000; now += 60000) {
        cr_expect_eq(next(&b, now), 1);
        answer(&b, 1, EF_ANSWER_OK, 0, now);
        cr_expect_eq(next(&b, now + 59999), 0);
    }
    commit(&b);
    cr_expect_eq(waiting(&b), 0);
    close_box(&b);
    open_box(&b, 2); /* what is delivered is told again after a restart, too */
    cr_expect_eq(next(&b, 630000), 1);
    put(&b, "1", RESOLVED);
    commit(&b);
    answer(&b, 1, EF_ANSWER_OK, 0, 660000);
    int64_t ends[8] = { 0 };
    size_t told = 0;
    for (int64_t now = 660000; now <= 1200000; now += 60000) {
        int64_t sequence;
        while ((sequence = next(&b, now)) != 0) {
            cr_expect_neq(sequence, 1);
            if (sequence == 3 && told < 8)
                ends[told++] = now;
            answer(&b, sequence, EF_ANSWER_OK, 0, now);
        }
    }
    cr_expect_eq(told, 6);
    cr_expect_eq(ends[told - 1], 660000 + 5 * 60000);
    end(&b);
}

/* An Alertmanager knows alerts by their labels: "resolved" of an earlier one, told again,
 * would end the one that fires now. */
Test(outbox, an_earlier_alert_does_not_end_the_one_that_fires_now)
{
#define OF(status)                                                                         \
    "{\"schema\":1,\"event\":\"alert\",\"status\":\"" status "\",\"rule\":\"r\",\"kind\":" \
    "\"shift\",\"severity\":\"page\",\"labels\":{\"shop\":\"x\"},\"measure\":\"share\"}"
    static const ef_outbox_sink am = { .name = "am", .is_told_again = true };
    for (int is_late = 0; is_late < 2; is_late++) {
        box b;
        int64_t last = 0, sequence;
        start(&b, 2);
        cr_assert_eq(ef_outbox_set_sinks(b.outbox, &am, 1, NULL), EF_OK);
        put(&b, "1", OF("firing"));
        put(&b, "1", OF("resolved"));
        commit(&b);
        while (is_late == 0 && (sequence = next(&b, 1000)) != 0)
            answer(&b, sequence, EF_ANSWER_OK, 0, 1000);
        put(&b, "2", OF("firing"));
        commit(&b);
        for (int64_t now = 2000; now <= 602000; now += 60000)
            while ((sequence = next(&b, now)) != 0) {
                cr_expect_geq(sequence, last);
                last = sequence;
                answer(&b, sequence, EF_ANSWER_OK, 0, now);
            }
        cr_expect_eq(last, 3);
        end(&b);
    }
}

/* Nobody resolves a conversation that was handed over: it is told for half an hour. */
Test(outbox, a_conversation_that_is_handed_over_ends_by_itself)
{
    static const char talk[] = "{\"schema\":1,\"event\":\"alert\",\"status\":\"firing\","
                               "\"rule\":\"r\",\"kind\":\"conversation\"}";
    box b;
    int64_t last = 0;
    start(&b, 2);
    cr_assert_eq(
        ef_outbox_set_sinks(
            b.outbox, &(ef_outbox_sink){ .name = "am", .is_told_again = true }, 1, NULL),
        EF_OK);
    put(&b, "1", talk);
    commit(&b);
    for (int64_t now = 60000; now <= 6000000; now += 60000) {
        if (next(&b, now) == 0)
            continue;
        last = now;
        answer(&b, 1, EF_ANSWER_OK, 0, now);
    }
    cr_expect_eq(last, 60000 + 30 * 60000);
    end(&b);
}

/* Both waited when the sink came back: it must not be told for ever that it fires. */
Test(outbox, an_alert_that_ended_while_a_sink_was_down_ends_there_too)
{
    box b;
    start(&b, 2);
    put(&b, "1", FIRING);
    put(&b, "1", RESOLVED);
    commit(&b);
    close_box(&b);
    open_box(&b, 2);
    for (int64_t now = 60000; now < 1200000; now += 60000) {
        int64_t sequence;
        while ((sequence = next(&b, now)) != 0)
            answer(&b, sequence, EF_ANSWER_OK, 0, now);
    }
    commit(&b);
    cr_expect_eq(ef_outbox_deadline(b.outbox), INT64_MAX);
    end(&b);
}

Test(outbox, drops_the_oldest_of_too_many_and_counts_them)
{
    ef_outbox_counts counts;
    box b;
    start(&b, 1);
    for (int i = 0; i < EF_OUTBOX_MOST + 5; i++)
        put(&b, "1", FIRING);
    char *huge = calloc(1, EF_OUTBOX_LONGEST + 2);
    memset(huge, 'x', EF_OUTBOX_LONGEST + 1);
    put(&b, "1", huge);
    commit(&b);
    ef_outbox_count(b.outbox, &counts);
    cr_expect_eq(counts.waiting, EF_OUTBOX_MOST);
    cr_expect_eq(counts.dropped, 6);
    cr_expect_eq(next(&b, 1000), 6);
    answer(&b, 6, EF_ANSWER_REFUSED, 0, 1000);
    cr_expect_eq(next(&b, 1000), 7);
    free(huge);
    end(&b);
}

Test(outbox, keeps_items_of_a_sink_that_is_not_named_now)
{
    box b;
    start(&b, 2);
    put(&b, "1", FIRING);
    commit(&b);
    close_box(&b);
    open_box(&b, 1);
    cr_expect_eq(next(&b, 1000), 1);
    cr_expect_eq(next(&b, 1000), 0);
    cr_assert_eq(
        ef_outbox_set_sinks(
            b.outbox, &(ef_outbox_sink){ .name = "am", .is_told_again = true }, 1, NULL),
        EF_OK);
    cr_expect_eq(next(&b, 1000), 2);
    end(&b);
}

/* --- groups --------------------------------------------------------------------------- */

#define TALK                                                                               \
    "{\"schema\":1,\"event\":\"alert\",\"status\":\"firing\",\"rule\":\"r\","              \
    "\"kind\":\"conversation\"}"

enum { SECOND = 1000, MINUTE = 60 * SECOND, HOUR = 60 * MINUTE };

/* A sink that takes three together: wait 30 s, interval 5 min, repeat 4 h. */
static void group(box *b)
{
    static const ef_outbox_sink sink = { .name = "a",
                                         .group_wait_ms = 30 * SECOND,
                                         .group_interval_ms = 5 * MINUTE,
                                         .repeat_ms = 4 * HOUR,
                                         .most_together = 3 };
    cr_assert_eq(ef_outbox_set_sinks(b->outbox, &sink, 1, NULL), EF_OK);
}

/* Expects the group that goes now, such as "1+2+3"; "": none. Answers it. */
static void expect_group(box *b, int64_t now, const char *wanted, ef_outbox_answer said)
{
    char text[128] = "";
    int64_t given[16];
    size_t count = 0;
    ef_outbox_due due;
    while (count < 16 && ef_outbox_next(b->outbox, now, &due)) {
        size_t used = strlen(text);
        snprintf(text + used, sizeof text - used, "%d%s", (int)due.sequence,
                 due.has_more ? "+" : "");
        given[count++] = due.sequence;
    }
    cr_expect_str_eq(text, wanted, "at %lld: %s, not %s", (long long)now, text, wanted);
    for (size_t i = 0; i < count; i++)
        answer(b, given[i], said, 0, now);
    commit(b);
}

Test(outbox, the_first_waits_for_others_and_they_travel_together)
{
    box b;
    start(&b, 1);
    group(&b);
    put(&b, "1", FIRING);
    commit(&b);
    expect_group(&b, 10 * MINUTE, "", EF_ANSWER_OK);
    cr_expect_eq(ef_outbox_deadline(b.outbox), 10 * MINUTE + 30 * SECOND);
    put(&b, "2", FIRING);
    commit(&b);
    expect_group(&b, 10 * MINUTE + 29 * SECOND, "", EF_ANSWER_OK);
    expect_group(&b, 10 * MINUTE + 30 * SECOND, "1+2", EF_ANSWER_OK);
    end(&b);
}

Test(outbox, the_next_group_goes_an_interval_after_the_last_and_no_larger_than_agreed)
{
    box b;
    start(&b, 1);
    group(&b);
    put(&b, "1", FIRING);
    commit(&b);
    expect_group(&b, HOUR, "", EF_ANSWER_OK);
    expect_group(&b, HOUR + 30 * SECOND, "1", EF_ANSWER_OK);
    for (char id[] = "2"; *id < '6'; (*id)++)
        put(&b, id, FIRING);
    commit(&b);
    expect_group(&b, HOUR + MINUTE, "", EF_ANSWER_OK);
    expect_group(&b, HOUR + 5 * MINUTE + 30 * SECOND, "2+3+4", EF_ANSWER_OK);
    expect_group(&b, HOUR + 6 * MINUTE, "", EF_ANSWER_OK);
    expect_group(&b, HOUR + 10 * MINUTE + 30 * SECOND, "5", EF_ANSWER_OK);
    end(&b);
}

/* What fails is not made to wait for the interval, and nothing overtakes it. */
Test(outbox, a_group_that_failed_goes_again_with_what_came_since)
{
    box b;
    start(&b, 1);
    group(&b);
    put(&b, "1", FIRING);
    put(&b, "2", FIRING);
    commit(&b);
    expect_group(&b, HOUR, "", EF_ANSWER_OK);
    expect_group(&b, HOUR + 30 * SECOND, "1+2", EF_ANSWER_AGAIN);
    put(&b, "1", RESOLVED);
    commit(&b);
    expect_group(&b, HOUR + 30 * SECOND + 999, "", EF_ANSWER_OK);
    expect_group(&b, HOUR + 31 * SECOND, "1+2+3", EF_ANSWER_OK);
    cr_expect_eq(waiting(&b), 0);
    end(&b);
}

Test(outbox, an_alert_that_lasts_is_told_again_until_it_is_over, .timeout = 60)
{
    box b;
    start(&b, 1);
    group(&b);
    put(&b, "1", FIRING);
    put(&b, "2", TALK);
    commit(&b);
    expect_group(&b, HOUR, "", EF_ANSWER_OK);
    expect_group(&b, HOUR + 30 * SECOND, "1+2", EF_ANSWER_OK);
    expect_group(&b, 5 * HOUR, "", EF_ANSWER_OK);
    expect_group(&b, 5 * HOUR + 30 * SECOND, "1", EF_ANSWER_OK); /* a talk has no end */
    close_box(&b);
    open_box(&b, 1);
    group(&b);
    expect_group(&b, 6 * HOUR, "", EF_ANSWER_OK); /* a restart is no reason */
    expect_group(&b, 9 * HOUR + 30 * SECOND, "1", EF_ANSWER_OK);
    put(&b, "1", RESOLVED);
    commit(&b);
    expect_group(&b, 10 * HOUR, "", EF_ANSWER_OK);
    expect_group(&b, 10 * HOUR + 30 * SECOND, "2", EF_ANSWER_OK);
    expect_group(&b, 20 * HOUR, "", EF_ANSWER_OK);
    end(&b);
}

Test(outbox, what_waits_for_others_goes_at_once_when_we_end)
{
    box b;
    start(&b, 1);
    group(&b);
    put(&b, "1", FIRING);
    commit(&b);
    expect_group(&b, HOUR, "", EF_ANSWER_OK);
    ef_outbox_hurry(b.outbox);
    put(&b, "2", FIRING);
    commit(&b);
    expect_group(&b, HOUR + 1, "1+2", EF_ANSWER_OK);
    end(&b);
}

/* Nothing is lost with the process that waits. */
Test(outbox, a_group_that_waits_outlives_a_restart)
{
    box b;
    start(&b, 1);
    group(&b);
    put(&b, "1", FIRING);
    put(&b, "2", FIRING);
    commit(&b);
    expect_group(&b, HOUR, "", EF_ANSWER_OK);
    close_box(&b);
    open_box(&b, 1);
    group(&b);
    expect_group(&b, HOUR + MINUTE, "", EF_ANSWER_OK);
    expect_group(&b, HOUR + MINUTE + 30 * SECOND, "1+2", EF_ANSWER_OK);
    end(&b);
}
