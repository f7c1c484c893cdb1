/* SPDX-License-Identifier: MIT
 * cli/levels.h - which alerts make a run fail: --fail-on. */
#ifndef EARFUL_CLI_LEVELS_H
#define EARFUL_CLI_LEVELS_H

#include <stdbool.h>

/* Whether a severity is at least a level; a level that is NULL is reached by all. */
bool ef_level_is_reached(const char *severity, const char *level);

#endif
