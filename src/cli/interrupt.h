/* SPDX-License-Identifier: MIT
 * cli/interrupt.h - Ctrl-C: first a clean end, then an end. */
#ifndef EARFUL_CLI_INTERRUPT_H
#define EARFUL_CLI_INTERRUPT_H

#include <stdbool.h>

/* From now on the first SIGINT or SIGTERM is remembered; a second one kills at once. */
void ef_interrupt_watch(void);

/* The same for what a terminal sends besides: SIGHUP when it is closed, SIGQUIT. */
void ef_interrupt_watch_terminal(void);

bool ef_interrupt_came(void);

/* Dies of the signal that came, so that a shell or make sees an interrupted program and
 * not a finished one. Returns if none came. */
void ef_interrupt_obey(void);

#endif
