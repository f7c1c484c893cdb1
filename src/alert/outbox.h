/* SPDX-License-Identifier: MIT
 * alert/outbox.h - alerts that wait to be delivered, through restarts and bad days.
 *
 * An item is one event for one sink. Each sink gets its items in the order in which they
 * came, and each at least once: it stays until it was answered. One that fails is tried
 * again, a little later each time (1 s … 5 min). What is not committed yet is not sent. The
 * outbox never asks the clock: times are milliseconds since 1970, as told.
 *
 * Items of one sink travel together: the first waits a while for others, and the next go
 * no sooner than an interval after it. Some sinks want to be told again of an alert that
 * lasts: every so often until it is resolved; or every minute, and then for five minutes
 * that it is resolved. */
#ifndef EARFUL_ALERT_OUTBOX_H
#define EARFUL_ALERT_OUTBOX_H

#include "state/state.h"

typedef struct ef_outbox ef_outbox;

enum { EF_OUTBOX_NAME_SIZE = 64, EF_OUTBOX_MOST = 1000, EF_OUTBOX_LONGEST = 64 << 10 };

typedef struct ef_outbox_sink {
    char name[EF_OUTBOX_NAME_SIZE];
    bool is_told_again;        /* every minute, and also of the end */
    int64_t group_wait_ms;     /* that a first one waits for others */
    int64_t group_interval_ms; /* between two groups */
    int64_t repeat_ms;         /* until an alert that still fires is told again; 0: never */
    size_t most_together;      /* 0 or 1: each travels alone */
} ef_outbox_sink;

typedef struct ef_outbox_counts {
    uint64_t waiting;   /* now */
    uint64_t delivered; /* the first time */
    uint64_t failed;    /* attempts */
    uint64_t refused;   /* items that a receiver will never take */
    uint64_t dropped;   /* there were too many, or one was too long */
} ef_outbox_counts;

typedef enum ef_outbox_answer {
    EF_ANSWER_OK,
    EF_ANSWER_AGAIN,  /* failed: later */
    EF_ANSWER_REFUSED /* for good */
} ef_outbox_answer;

/* What is to be sent; lives until the outbox is next changed. */
typedef struct ef_outbox_due {
    int64_t sequence;
    const char *sink;
    ef_slice payload;
    bool has_more; /* the next one that is given travels with it */
} ef_outbox_due;

ef_status ef_outbox_new(ef_outbox **outbox, ef_error *error);
void ef_outbox_free(ef_outbox *outbox);

/* Names the sinks there are now. Items for others stay, and wait until theirs comes back.
 */
ef_status ef_outbox_set_sinks(ef_outbox *outbox, const ef_outbox_sink *sinks, size_t count,
                              ef_error *error);

/* Puts an event in for every sink: id names the alert, payload is its JSON. EF_ERR_MEMORY.
 */
ef_status ef_outbox_put(ef_outbox *outbox, ef_slice id, ef_slice payload, ef_error *error);

/* The next item that may be sent now; false if there is none. It is then under way until it
 * is answered; without an answer for two minutes it counts as failed. To be called until
 * there is none. */
bool ef_outbox_next(ef_outbox *outbox, int64_t now_ms, ef_outbox_due *due);
void ef_outbox_answer_to(ef_outbox *outbox, int64_t sequence, ef_outbox_answer answer,
                         int64_t wait_ms, int64_t now_ms);
/* What is under way will not be answered any more: it is sent again at once. */
void ef_outbox_forget_answers(ef_outbox *outbox);

/* What waits for others waits no longer: we are about to end. */
void ef_outbox_hurry(ef_outbox *outbox);

/* When something is due next; INT64_MAX: nothing waits. */
int64_t ef_outbox_deadline(const ef_outbox *outbox);
/* Whether something is under way, or waits for its first delivery and for nothing before it. */
bool ef_outbox_is_busy(const ef_outbox *outbox);
void ef_outbox_count(const ef_outbox *outbox, ef_outbox_counts *counts);

/* Rows, as for alerts: what changed is put between begin and commit, and is "saved" when
 * the commit has succeeded. */
ef_status ef_outbox_load(ef_outbox *outbox, ef_state *state, ef_error *error);
bool ef_outbox_is_changed(const ef_outbox *outbox);
ef_status ef_outbox_save(ef_outbox *outbox, ef_state *state, ef_error *error);
void ef_outbox_saved(ef_outbox *outbox);

#endif
