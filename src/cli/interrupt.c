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

/* Whoever started us with the signal ignored, as shells do in the background, meant it. */
static void watch(int signal_number)
{
    struct sigaction before;
    /* SA_RESETHAND makes the second signal the default one: death. */
    struct sigaction action = { .sa_handler = remember, .sa_flags = (int)SA_RESETHAND };
    sigemptyset(&action.sa_mask);
    if (sigaction(signal_number, NULL, &before) == 0 && before.sa_handler != SIG_IGN)
        sigaction(signal_number, &action, NULL);
}

void ef_interrupt_watch(void)
{
    watch(SIGINT);
    watch(SIGTERM);
}

void ef_interrupt_watch_terminal(void)
{
    ef_interrupt_watch();
    watch(SIGHUP);
    watch(SIGQUIT);
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
