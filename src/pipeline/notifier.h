/* SPDX-License-Identifier: MIT
 * pipeline/notifier.h - earful-notify as earful sees it: a process behind two pipes.
 *
 * It is started once, before any log is opened, and watches over its own worker. Nothing
 * here waits for it after the start: what a pipe does not take stays in the outbox. */
#ifndef EARFUL_PIPELINE_NOTIFIER_H
#define EARFUL_PIPELINE_NOTIFIER_H

#include <sys/types.h>

#include "alert/outbox.h"
#include "base/buffer.h"
#include "earful/app/sandbox.h"

enum { EF_NOTIFIER_SINKS = 32 };

typedef struct ef_notifier {
    pid_t pid;     /* 0: none */
    int to, from;  /* non-blocking; -1: none */
    ef_buffer out; /* lines that the pipe has not taken yet */
    ef_buffer in;  /* the beginning of a line */
    ef_outbox_sink sinks[EF_NOTIFIER_SINKS];
    size_t sink_count;
    bool is_reloading; /* it has been asked to read its sinks again */
    bool has_begun;    /* it has named its sinks; cleared by who takes note */
    bool has_kept;     /* … and could not read new ones */
} ef_notifier;

/* Starts program with the file of sinks, and waits up to five seconds for it to name them.
 * program NULL: earful-notify beside this program. EF_ERR_IO: it cannot be started.
 * EF_ERR_ARGUMENT: it does not take the file, and has said why on standard error. */
ef_status ef_notifier_start(ef_notifier *notifier, const char *program,
                            const char *sinks_path, ef_sandbox_mode sandbox,
                            ef_error *error);
/* Closes the pipes: it finishes what is under way, and ends. */
void ef_notifier_stop(ef_notifier *notifier);

/* Asks it to read its sinks again: it names them when it has. Nothing is to be sent until
 * then, as what it has taken and not tried is forgotten. */
void ef_notifier_reload(ef_notifier *notifier);

/* Gives it one more event. */
bool ef_notifier_send(ef_notifier *notifier, const ef_outbox_due *due);

/* Writes what waits and reads what has been answered. False: it has ended. */
bool ef_notifier_turn(ef_notifier *notifier, ef_outbox *outbox, int64_t now_ms);

#endif
