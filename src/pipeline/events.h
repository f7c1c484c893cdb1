/* SPDX-License-Identifier: MIT
 * pipeline/events.h - where the events of `follow` go: appended to a file, or to a pipe.
 *
 * A regular file is ours: its length is part of what is committed, and what a crash left
 * behind that length is cut off at the start, so that every event stands in it once. A pipe
 * takes what it is given, at least once. Neither ever holds half an event for long: what
 * cannot be written whole is taken back and waits. */
#ifndef EARFUL_PIPELINE_EVENTS_H
#define EARFUL_PIPELINE_EVENTS_H

#include "base/buffer.h"
#include "earful/status.h"

typedef struct ef_events {
    int descriptor;
    const char *label; /* as the user named it; the caller's */
    char *path;        /* of a file that is ours, links resolved; else NULL */
    uint64_t device, inode;
    uint64_t length;   /* of whole events in the file */
    ef_buffer waiting; /* whole events that are not written yet */
    bool is_shown;     /* on a terminal, which is not to obey what it gets */
    bool is_closed;    /* the reader of a pipe went away */
    bool is_stuck;     /* a write failed, and it was told */
} ef_events;

/* Opens path for appending; NULL or "-" is standard output. EF_ERR_IO. */
ef_status ef_events_open(ef_events *events, const char *path, ef_error *error);
/* Should it be a terminal, it will not obey what is added. */
void ef_events_show(ef_events *events);
/* Whole lines of JSON that are to be written; false when out of memory. */
bool ef_events_add(ef_events *events, ef_slice lines);
void ef_events_close(ef_events *events);

/* Cuts the file back to a length that was committed. EF_ERR_IO when it is another file, or
 * shorter: somebody changed it. */
ef_status ef_events_resume(ef_events *events, uint64_t device, uint64_t inode,
                           uint64_t length, ef_error *error);

/* Writes as much of what waits as can be. EF_OK also when something still waits. EF_ERR_IO
 * says why nothing more can be written now: it may be tried again. */
ef_status ef_events_write(ef_events *events, ef_error *error);

/* Makes what is written durable. EF_ERR_IO. */
ef_status ef_events_sync(ef_events *events, ef_error *error);

/* Opens the path anew, after it was rotated: goes on at the end of what stands there now.
 * The old file stays in use when that fails. */
ef_status ef_events_reopen(ef_events *events, ef_error *error);

#endif
