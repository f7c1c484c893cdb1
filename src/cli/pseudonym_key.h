/* SPDX-License-Identifier: MIT
 * cli/pseudonym_key.h - the file of --pseudonym-key. */
#ifndef EARFUL_CLI_PSEUDONYM_KEY_H
#define EARFUL_CLI_PSEUDONYM_KEY_H

#include "settings.h"

/* Reads the key if columns are to be pseudonymized: a file that nobody else may read. Gives
 * the exit code, having said what is wrong; settings own what was made of the key. */
int ef_pseudonym_key_load(ef_settings *settings);

#endif
