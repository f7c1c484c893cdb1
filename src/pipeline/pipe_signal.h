/* SPDX-License-Identifier: MIT
 * pipeline/pipe_signal.h - a closed pipe as an answer of write(2), not as a signal.
 *
 * A library may not change what its host does with signals: SIGPIPE is blocked in this
 * thread while it writes, and what our own write caused is taken back. */
#ifndef EARFUL_PIPELINE_PIPE_SIGNAL_H
#define EARFUL_PIPELINE_PIPE_SIGNAL_H

#include <signal.h>
#include <stdbool.h>

void ef_pipe_signal_hold(sigset_t *before);
void ef_pipe_signal_release(const sigset_t *before, bool was_caused);

#endif
