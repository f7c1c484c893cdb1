/* SPDX-License-Identifier: MIT
 * pipeline/outward.h - how alerts leave: the outbox, and earful-notify, which empties it.
 *
 * Nothing here waits, but for the start and the end: a receiver that hangs never stops
 * reading. Without a file of sinks there is no outbox and no second process. */
#ifndef EARFUL_PIPELINE_OUTWARD_H
#define EARFUL_PIPELINE_OUTWARD_H

#include "pipeline/notifier.h"

typedef struct ef_outward {
    ef_outbox *outbox; /* NULL: no sinks */
    ef_notifier notifier;
    const char *program, *sinks_path; /* the caller's */
    ef_sandbox_mode sandbox;          /* of the notifier */
    bool is_enclosed;                 /* we are, so that no program can be started */
    int64_t restart_ms, pause_ms;     /* of a notifier that has ended */
    const char *news;                 /* a line for people; NULL when it was told */
} ef_outward;

/* Starts the notifier. sinks_path NULL: nothing leaves. program: see ef_notifier_start. */
ef_status ef_outward_start(ef_outward *outward, const char *program, const char *sinks_path,
                           ef_sandbox_mode sandbox, ef_error *error);
/* Takes up what waits in the state. */
ef_status ef_outward_open(ef_outward *outward, ef_state *state, ef_error *error);
void ef_outward_close(ef_outward *outward);

/* Sends what is due and takes answers; true when the outbox has changed and is to be saved.
 * wall_ms is the time of day. */
bool ef_outward_turn(ef_outward *outward, int64_t wall_ms);

/* How long nothing will be due, and what becomes readable when there is news; -1: nothing.
 */
int64_t ef_outward_pause(const ef_outward *outward, int64_t wall_ms);
int ef_outward_descriptor(const ef_outward *outward);

/* Gives deliveries that have not been tried yet time to be answered; true when the outbox
 * has changed. */
bool ef_outward_drain(ef_outward *outward, int64_t (*wall_ms)(void *user), void *user,
                      int64_t longest_ms);

/* Asks the notifier to read the file of sinks again. Until it has, nothing is sent; if the
 * file is wrong, all stays as it was, and that is news. */
void ef_outward_reload(ef_outward *outward);

#endif
