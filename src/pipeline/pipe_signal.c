/* SPDX-License-Identifier: MIT
 * pipeline/pipe_signal.c - a closed pipe as an answer of write(2), not as a signal. */
#include "pipeline/pipe_signal.h"

#include <errno.h>
#include <time.h>

void ef_pipe_signal_hold(sigset_t *before)
{
    sigset_t pipe_signal;
    sigemptyset(&pipe_signal);
    sigaddset(&pipe_signal, SIGPIPE);
    pthread_sigmask(SIG_BLOCK, &pipe_signal, before);
}

void ef_pipe_signal_release(const sigset_t *before, bool was_caused)
{
    sigset_t pipe_signal;
    struct timespec at_once = { 0, 0 };
    sigemptyset(&pipe_signal);
    sigaddset(&pipe_signal, SIGPIPE);
    if (was_caused && !sigismember(before, SIGPIPE))
        while (sigtimedwait(&pipe_signal, NULL, &at_once) < 0 && errno == EINTR)
            ;
    pthread_sigmask(SIG_SETMASK, before, NULL);
}
