/* SPDX-License-Identifier: MIT
 * notify/runner.h - the process that starts the users' programs.
 *
 * Who speaks to the network gives up starting anything. So a process that speaks to nobody
 * does it: it gets events and gives back outcomes, and which program belongs to which sink
 * it knows from the file of sinks, from before. */
#ifndef EARFUL_NOTIFY_RUNNER_H
#define EARFUL_NOTIFY_RUNNER_H

#include "notify/outcome.h"

/* Starts the process if a sink needs one, and leaves in each such sink the descriptor that
 * leads there. To be called while there is one thread. False: out of something. */
bool ef_runner_start(ef_sinks *sinks);

/* Has the sink's program run; see ef_run_program. One thread a sink. */
ef_outcome ef_runner_run(const ef_sink *sink, ef_slice event);

#endif
