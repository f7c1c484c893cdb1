/* SPDX-License-Identifier: MIT
 * notify/guard.h - the sandbox of the process that speaks to the network. */
#ifndef EARFUL_NOTIFY_GUARD_H
#define EARFUL_NOTIFY_GUARD_H

#include "earful/app/sandbox.h"
#include "notify/sinks_file.h"

/* Gives up all but sockets and the files that names and certificates need; to be called
 * while there is one thread. False, and said, where that was required and is not possible;
 * with EF_SANDBOX_AUTO only says what is missing. */
bool ef_guard_close(const ef_sinks *sinks, ef_sandbox_mode mode);

#endif
