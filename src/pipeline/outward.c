/* SPDX-License-Identifier: MIT
 * pipeline/outward.c - how alerts leave: the outbox, and earful-notify, which empties it.
 */
#include "pipeline/outward.h"

#include <poll.h>

enum {
    FIRST_PAUSE_MS = 1000,
    LONGEST_PAUSE_MS = 5 * 60 * 1000,
    STUCK_MS = 100 /* before a pipe that was full is tried again */
};

static ef_status take_sinks(ef_outward *o, ef_error *error)
{
    return ef_outbox_set_sinks(o->outbox, o->notifier.sinks, o->notifier.sink_count, error);
}

static ef_status start_again(ef_outward *o, ef_error *error)
{
    ef_status status =
        ef_notifier_start(&o->notifier, o->program, o->sinks_path, o->sandbox, error);
    if (status == EF_OK)
        status = take_sinks(o, error);
    if (status == EF_OK)
        ef_outbox_forget_answers(o->outbox);
    return status;
}

ef_status ef_outward_start(ef_outward *o, const char *program, const char *sinks_path,
                           ef_sandbox_mode sandbox, ef_error *error)
{
    *o = (ef_outward){ .program = program,
                       .sinks_path = sinks_path,
                       .sandbox = sandbox,
                       .notifier = { .to = -1, .from = -1 },
                       .pause_ms = FIRST_PAUSE_MS };
    return sinks_path == NULL
               ? EF_OK
               : ef_notifier_start(&o->notifier, program, sinks_path, sandbox, error);
}

ef_status ef_outward_open(ef_outward *o, ef_state *state, ef_error *error)
{
    if (o->sinks_path == NULL)
        return EF_OK;
    ef_status status = ef_outbox_new(&o->outbox, error);
    if (status == EF_OK)
        status = ef_outbox_load(o->outbox, state, error);
    if (status == EF_OK)
        status = take_sinks(o, error);
    if (status == EF_OK)
        ef_outbox_forget_answers(o->outbox);
    return status;
}

void ef_outward_close(ef_outward *o)
{
    ef_notifier_stop(&o->notifier);
    ef_outbox_free(o->outbox);
    o->outbox = NULL;
}

void ef_outward_reload(ef_outward *o)
{
    if (o->outbox != NULL)
        ef_notifier_reload(&o->notifier);
}

/* It has ended: a new one is started, a little later each time. */
static void begin_again(ef_outward *o, int64_t wall_ms)
{
    ef_error error = { 0 };
    if (o->restart_ms == 0) {
        o->news = o->is_enclosed
                      ? "earful-notify has ended: alerts wait until earful is started again"
                      : "earful-notify has ended, it will be started again";
        ef_outbox_forget_answers(o->outbox);
    } else if (wall_ms >= o->restart_ms && !o->is_enclosed &&
               start_again(o, &error) == EF_OK) {
        o->restart_ms = 0;
        return;
    }
    if (wall_ms >= o->restart_ms) {
        o->restart_ms = wall_ms + o->pause_ms;
        o->pause_ms =
            2 * o->pause_ms < LONGEST_PAUSE_MS ? 2 * o->pause_ms : LONGEST_PAUSE_MS;
    }
}

/* Its worker has begun again, perhaps with other sinks. */
static void hear_of_sinks(ef_outward *o)
{
    if (o->notifier.has_kept)
        o->news = "the file of sinks is wrong now: the sinks stay as they were";
    if (o->notifier.has_begun)
        take_sinks(o, NULL);
    o->notifier.has_kept = o->notifier.has_begun = false;
}

bool ef_outward_turn(ef_outward *o, int64_t wall_ms)
{
    ef_outbox_due due;
    if (o->outbox == NULL)
        return false;
    if (!ef_notifier_turn(&o->notifier, o->outbox, wall_ms)) {
        begin_again(o, wall_ms);
        return ef_outbox_is_changed(o->outbox);
    }
    hear_of_sinks(o);
    while (!o->notifier.is_reloading && ef_outbox_next(o->outbox, wall_ms, &due)) {
        if (!ef_notifier_send(&o->notifier, &due))
            ef_outbox_answer_to(o->outbox, due.sequence, EF_ANSWER_AGAIN, 0, wall_ms);
    }
    if (o->notifier.out.size > 0)
        ef_notifier_turn(&o->notifier, o->outbox, wall_ms);
    return ef_outbox_is_changed(o->outbox);
}

int64_t ef_outward_pause(const ef_outward *o, int64_t wall_ms)
{
    if (o->outbox == NULL)
        return INT64_MAX;
    if (o->notifier.out.size > 0)
        return STUCK_MS;
    int64_t due = o->restart_ms != 0 ? o->restart_ms : ef_outbox_deadline(o->outbox);
    if (due == INT64_MAX)
        return INT64_MAX;
    return due > wall_ms ? due - wall_ms : 0;
}

int ef_outward_descriptor(const ef_outward *o)
{
    return o->notifier.from;
}

bool ef_outward_drain(ef_outward *o, int64_t (*wall_ms)(void *user), void *user,
                      int64_t longest_ms)
{
    if (o->outbox == NULL)
        return false;
    int64_t end = wall_ms(user) + longest_ms, left;
    ef_outbox_hurry(o->outbox);
    ef_outward_turn(o, wall_ms(user));
    while (o->notifier.pid > 0 && ef_outbox_is_busy(o->outbox) &&
           (left = end - wall_ms(user)) > 0) {
        struct pollfd polled = { .fd = o->notifier.from, .events = POLLIN };
        poll(&polled, 1, left < STUCK_MS ? (int)left : STUCK_MS);
        ef_outward_turn(o, wall_ms(user));
    }
    return ef_outbox_is_changed(o->outbox);
}
