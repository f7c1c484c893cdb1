/* SPDX-License-Identifier: MIT
 * cli/own_redactions.h - the file of --redact-patterns. */
#ifndef EARFUL_CLI_OWN_REDACTIONS_H
#define EARFUL_CLI_OWN_REDACTIONS_H

#include "settings.h"

/* Reads the file that settings name, if they do, and has whoever writes take it for
 * --redact. Gives the exit code, having said what is wrong; settings own what was read. */
int ef_own_redactions_load(ef_settings *settings);

#endif
