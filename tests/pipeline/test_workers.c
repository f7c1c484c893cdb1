/* SPDX-License-Identifier: MIT
 * tests/pipeline/test_workers.c - in parallel, and yet in order. */
#include <criterion/criterion.h>

#include "pipeline/workers.h"

#include <stdatomic.h>
#include <stdint.h>
#include <time.h>
#include <unistd.h>

enum { MOST_SLOTS = 64 };

/* A job that squares the numbers from 0 to last. */
typedef struct squares {
    uint64_t next, last, stop_at;
    uint64_t slots[MOST_SLOTS];
    bool is_used[MOST_SLOTS];
    uint64_t committed;
    atomic_int readers;
    atomic_bool is_busy[16];
    int idles;
    unsigned pause_us; /* of a read */
    struct timespec first_commit;
} squares;

static bool read_number(void *user, size_t slot)
{
    squares *s = user;
    cr_assert_eq(atomic_fetch_add(&s->readers, 1), 0, "two reads at once");
    cr_assert_lt(slot, MOST_SLOTS);
    cr_assert_not(s->is_used[slot], "a slot is read before it is committed");
    if (s->pause_us > 0)
        usleep(s->pause_us);
    s->is_used[slot] = true;
    s->slots[slot] = s->next++;
    uint64_t number = s->slots[slot];
    atomic_fetch_sub(&s->readers, 1);
    return number < s->last;
}

static void square(void *user, size_t slot, unsigned worker)
{
    squares *s = user;
    cr_assert_not(atomic_exchange(&s->is_busy[worker], true), "a worker is used twice");
    if (s->slots[slot] % 7 == 3)
        usleep(200);
    s->slots[slot] *= s->slots[slot];
    atomic_store(&s->is_busy[worker], false);
}

static bool commit(void *user, size_t slot)
{
    squares *s = user;
    uint64_t n = s->committed++;
    if (n == 0)
        clock_gettime(CLOCK_MONOTONIC, &s->first_commit);
    cr_assert_eq(s->slots[slot], n < s->last ? n * n : n);
    s->is_used[slot] = false;
    return s->stop_at == 0 || s->committed < s->stop_at;
}

static bool count_idle(void *user)
{
    ((squares *)user)->idles++;
    return true;
}

static void run_squares(squares *s, unsigned threads)
{
    ef_job job = { .user = s,
                   .threads = threads,
                   .read = read_number,
                   .work = square,
                   .commit = commit,
                   .idle = count_idle };
    ef_job_run(&job);
}

Test(workers, commit_in_order_at_any_number_of_threads)
{
    for (unsigned threads = 1; threads <= 8; threads++) {
        squares s = { .last = 500 };
        run_squares(&s, threads);
        cr_assert_eq(s.committed, 501, "the end is committed too");
    }
}

Test(workers, nothing_to_read_is_committed_once)
{
    for (unsigned threads = 1; threads <= 4; threads += 3) {
        squares s = { .last = 0 };
        run_squares(&s, threads);
        cr_assert_eq(s.committed, 1);
    }
}

Test(workers, end_early_when_commit_says_so)
{
    for (unsigned threads = 1; threads <= 4; threads += 3) {
        squares s = { .last = 100000, .stop_at = 10 };
        run_squares(&s, threads);
        cr_assert_eq(s.committed, 10);
        cr_assert_leq(s.next, 10 + ef_job_slots(threads), "memory is bounded by the slots");
    }
}

Test(workers, what_is_done_goes_out_while_a_read_waits)
{
    squares s = { .last = 2, .pause_us = 250000 };
    struct timespec end;
    run_squares(&s, 3);
    clock_gettime(CLOCK_MONOTONIC, &end);
    double late = (double)(end.tv_sec - s.first_commit.tv_sec) +
                  (double)(end.tv_nsec - s.first_commit.tv_nsec) / 1e9;
    cr_assert_gt(late, 0.4, "the first number waited for the others");
    cr_assert_geq(s.idles, 3);
}
