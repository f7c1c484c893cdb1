/* SPDX-License-Identifier: MIT
 * cli/exit_codes.h - how the program ends; `earful help exit-codes` prints the same. */
#ifndef EARFUL_CLI_EXIT_CODES_H
#define EARFUL_CLI_EXIT_CODES_H

#include "earful/status.h"

/* If several apply, the highest is given. */
typedef enum ef_exit {
    EF_EXIT_DONE = 0,
    EF_EXIT_ALERT = 1,
    EF_EXIT_USAGE = 2,
    EF_EXIT_DATA = 3,
    EF_EXIT_INTERNAL = 4
} ef_exit;

/* Says what failed and gives the exit code for it. EF_OK and EF_END are EF_EXIT_DONE. */
int ef_exit_after(ef_status status, const ef_error *error);

/* Flushes standard output: EF_EXIT_DONE, also when its reader went away; else EF_EXIT_DATA,
 * and says why. To be asked at the end of every verb that prints. */
int ef_exit_flushed(void);

#endif
