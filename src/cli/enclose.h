/* SPDX-License-Identifier: MIT
 * cli/enclose.h - the sandbox of a verb, made from what the command line names. */
#ifndef EARFUL_CLI_ENCLOSE_H
#define EARFUL_CLI_ENCLOSE_H

#include "earful/app/sandbox.h"
#include "settings.h"

/* Reads a word that --sandbox takes, or NULL for the default. False, and said, if it is
 * none. */
bool ef_enclose_mode(const char *word, ef_sandbox_mode *mode);

/* Gives up all that settings do not name: after this no other file can be opened and no
 * other program started. *state says what holds. Gives an exit code, other than
 * EF_EXIT_DONE where the sandbox was required and is not possible, and says why. Without
 * --quiet, says what is missing. */
int ef_enclose(const ef_settings *settings, ef_sandbox_state *state);

#endif
