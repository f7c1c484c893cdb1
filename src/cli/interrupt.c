/* SPDX-License-Identifier: MIT
 * cli/interrupt.c - Ctrl-C: first a clean end, then an end.
 *
 * The one variable of the program that a signal may change; a handler can do no more. */
#include "interrupt.h"

#include <signal.h>
#include <stddef.h>

static volatile sig_atomic_t came;

static void remember(int signal_number)
{
    came = signal_number;
}

void ef_interrupt_watch(void)
{
    /* SA_RESETHAND makes the second signal the default one: death. */
    struct sigaction action = { .sa_handler = remember, .sa_flags = (int)SA_RESETHAND };
    sigemptyset(&action.sa_mask);
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
}

bool ef_interrupt_came(void)
{
    return came != 0;
}

void ef_interrupt_obey(void)
{
    if (came != 0) {
        signal(came, SIG_DFL);
        raise(came);
    }
}
