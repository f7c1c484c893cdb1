/* SPDX-License-Identifier: MIT
 * cli/enclose.h - the sandbox of a verb, made from what the command line names. */
#ifndef EARFUL_CLI_ENCLOSE_H
#define EARFUL_CLI_ENCLOSE_H

#include "earful/app/sandbox.h"
#include "settings.h"

/* Reads a word that --sandbox takes, or NULL for the default. EF_ERR_ARGUMENT. */
ef_status ef_enclose_mode(const char *word, ef_sandbox_mode *mode, ef_error *error);

/* Gives up all that settings do not name: after this no other file can be opened and no
 * other program started. *state says what holds. Says on standard error what is missing,
 * but not with --quiet. Fails as ef_sandbox_enter, and where the environment asks for what
 * there is not. */
ef_status ef_enclose(const ef_settings *settings, ef_sandbox_state *state, ef_error *error);

#endif
