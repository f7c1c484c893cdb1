/* SPDX-License-Identifier: MIT
 * notify/deliver.c - one thread a sink, so that one that hangs holds up no other. */
#include "notify/deliver.h"

#include <inttypes.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "base/buffer.h"
#include "notify/body.h"
#include "notify/outcome.h"
#include "notify/runner.h"

enum { MOST_WAITING = EF_MOST_TOGETHER + 4 };

typedef struct waiting {
    uint64_t seq;
    bool has_more; /* the next one travels with it */
    ef_buffer event;
} waiting;

typedef struct lane {
    struct ef_deliveries *all;
    const ef_sink *sink;
    pthread_t thread;
    ef_postman *postman; /* NULL for a program */
    ef_buffer body;
    waiting queue[MOST_WAITING]; /* a ring */
    size_t first, count;
    bool is_failing; /* and that was told */
    struct timespec sent;
} sink_lane;

struct ef_deliveries {
    pthread_mutex_t mutex;
    pthread_cond_t news;
    bool is_finishing;
    int answers;
    size_t count;
    sink_lane lanes[EF_MOST_SINKS];
};

/* A line of this size is written whole or not at all. */
static void answer(ef_deliveries *all, uint64_t seq, const char *what)
{
    char line[64];
    int size = snprintf(line, sizeof line, "%" PRIu64 " %s\n", seq, what);
    ssize_t written = write(all->answers, line, (size_t)size);
    (void)written; /* nobody listens any more: the end of our input tells */
}

/* The first failure of several is told, and that it is over. */
static void tell(sink_lane *lane, const ef_outcome *outcome)
{
    bool is_failing = outcome->kind != EF_OUTCOME_DELIVERED;
    if (is_failing && (!lane->is_failing || outcome->kind == EF_OUTCOME_REFUSED))
        fprintf(stderr, "earful-notify: sink '%s': %s; %s\n", lane->sink->name,
                outcome->why,
                outcome->kind == EF_OUTCOME_REFUSED ? "the alert is given up"
                                                    : "it will be tried again");
    if (!is_failing && lane->is_failing)
        fprintf(stderr, "earful-notify: sink '%s': works again\n", lane->sink->name);
    lane->is_failing = is_failing;
}

/* Slack takes a message a second. */
static void keep_pace(sink_lane *lane)
{
    if (lane->sink->kind == EF_SINK_SLACK && lane->sent.tv_sec != 0) {
        struct timespec due = { lane->sent.tv_sec + 1, lane->sent.tv_nsec };
        clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &due, NULL);
    }
}

static ef_outcome try_once(sink_lane *lane, const ef_slice *events, size_t count)
{
    ef_outcome outcome = { .kind = EF_OUTCOME_REFUSED };
    ef_buffer_reset(&lane->body);
    ef_status status = ef_body_make_group(&lane->body, lane->sink, events, count);
    if (status != EF_OK) {
        outcome.kind = status == EF_ERR_MEMORY ? EF_OUTCOME_AGAIN : EF_OUTCOME_REFUSED;
        snprintf(outcome.why, sizeof outcome.why, "%s",
                 status == EF_ERR_MEMORY ? "out of memory" : "the event is not readable");
        return outcome;
    }
    keep_pace(lane);
    outcome = lane->sink->kind == EF_SINK_EXEC
                  ? ef_runner_run(lane->sink, ef_buffer_slice(&lane->body))
                  : ef_post(lane->postman, ef_buffer_slice(&lane->body));
    clock_gettime(CLOCK_MONOTONIC, &lane->sent);
    return outcome;
}

static waiting *item_at(sink_lane *lane, size_t index)
{
    return &lane->queue[(lane->first + index) % MOST_WAITING];
}

/* Delivers some items in one request. False: not answered, as the receiver takes them
 * together never; one alone is always answered. */
static bool deliver(sink_lane *lane, size_t first, size_t count)
{
    char again[32];
    ef_slice events[MOST_WAITING];
    for (size_t i = 0; i < count; i++)
        events[i] = ef_buffer_slice(&item_at(lane, first + i)->event);
    ef_outcome outcome = try_once(lane, events, count);
    if (outcome.kind == EF_OUTCOME_REFUSED && count > 1)
        return false;
    tell(lane, &outcome);
    snprintf(again, sizeof again, "retry %u", outcome.wait_seconds);
    for (size_t i = 0; i < count; i++)
        answer(lane->all, item_at(lane, first + i)->seq,
               outcome.kind == EF_OUTCOME_DELIVERED ? "ok"
               : outcome.kind == EF_OUTCOME_AGAIN   ? again
                                                    : "refused");
    return true;
}

/* One that nobody can read must not cost those that travel with it. */
static void deliver_group(sink_lane *lane, size_t count)
{
    if (count <= ef_sink_most_together(lane->sink) && deliver(lane, 0, count))
        return;
    for (size_t i = 0; i < count; i++)
        deliver(lane, i, 1);
}

/* The size of the group at the head of the queue; 0: it has not come whole. */
static size_t group_size(sink_lane *lane)
{
    for (size_t i = 0; i < lane->count; i++) {
        if (!item_at(lane, i)->has_more)
            return i + 1;
    }
    return lane->count == MOST_WAITING ? MOST_WAITING : 0;
}

static void *work(void *user)
{
    sink_lane *lane = user;
    ef_deliveries *all = lane->all;
    pthread_mutex_lock(&all->mutex);
    for (;;) {
        size_t count;
        while ((count = group_size(lane)) == 0 && !all->is_finishing)
            pthread_cond_wait(&all->news, &all->mutex);
        if (all->is_finishing)
            break;
        pthread_mutex_unlock(&all->mutex);
        deliver_group(lane, count);
        pthread_mutex_lock(&all->mutex);
        lane->first = (lane->first + count) % MOST_WAITING;
        lane->count -= count;
    }
    pthread_mutex_unlock(&all->mutex);
    return NULL;
}

static bool start_lane(ef_deliveries *all, const ef_sink *sink)
{
    sink_lane *lane = &all->lanes[all->count];
    *lane = (struct lane){ .all = all, .sink = sink };
    if (sink->kind != EF_SINK_EXEC && (lane->postman = ef_postman_new(sink)) == NULL)
        return false;
    if (pthread_create(&lane->thread, NULL, work, lane) != 0) {
        ef_postman_free(lane->postman);
        return false;
    }
    all->count++;
    return true;
}

ef_deliveries *ef_deliveries_start(const ef_sinks *sinks, int answers)
{
    ef_deliveries *all = calloc(1, sizeof *all);
    if (all == NULL)
        return NULL;
    all->answers = answers;
    pthread_mutex_init(&all->mutex, NULL);
    pthread_cond_init(&all->news, NULL);
    for (size_t i = 0; i < sinks->count; i++) {
        if (!start_lane(all, &sinks->items[i])) {
            ef_deliveries_finish(all);
            return NULL;
        }
    }
    return all;
}

static sink_lane *lane_named(ef_deliveries *all, ef_slice name)
{
    for (size_t i = 0; i < all->count; i++) {
        const char *own = all->lanes[i].sink->name;
        if (strlen(own) == name.size && memcmp(own, name.data, name.size) == 0)
            return &all->lanes[i];
    }
    return NULL;
}

static bool enqueue(sink_lane *lane, uint64_t seq, ef_slice event, bool has_more)
{
    waiting *item = item_at(lane, lane->count);
    if (lane->count == MOST_WAITING)
        return false;
    ef_buffer_reset(&item->event);
    if (!ef_buffer_append_slice(&item->event, event))
        return false;
    item->seq = seq;
    item->has_more = has_more;
    lane->count++;
    return true;
}

void ef_deliveries_give(ef_deliveries *all, ef_slice name, uint64_t seq, ef_slice event)
{
    bool has_more = name.size > 0 && name.data[name.size - 1] == '+';
    name.size -= has_more;
    sink_lane *lane = lane_named(all, name);
    if (lane == NULL) {
        answer(all, seq, "refused");
        return;
    }
    pthread_mutex_lock(&all->mutex);
    bool is_taken = enqueue(lane, seq, event, has_more);
    pthread_cond_broadcast(&all->news);
    pthread_mutex_unlock(&all->mutex);
    if (!is_taken)
        answer(all, seq, "retry 0");
}

void ef_deliveries_finish(ef_deliveries *all)
{
    pthread_mutex_lock(&all->mutex);
    all->is_finishing = true;
    pthread_cond_broadcast(&all->news);
    pthread_mutex_unlock(&all->mutex);
    for (size_t i = 0; i < all->count; i++) {
        sink_lane *lane = &all->lanes[i];
        pthread_join(lane->thread, NULL);
        ef_postman_free(lane->postman);
        ef_buffer_release(&lane->body);
        for (size_t j = 0; j < MOST_WAITING; j++)
            ef_buffer_release(&lane->queue[j].event);
    }
    pthread_cond_destroy(&all->news);
    pthread_mutex_destroy(&all->mutex);
    free(all);
}
