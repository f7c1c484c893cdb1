/* SPDX-License-Identifier: MIT
 * cli/completions.h - scripts that teach a shell verbs, options and values. */
#ifndef EARFUL_CLI_COMPLETIONS_H
#define EARFUL_CLI_COMPLETIONS_H

#include <stdio.h>

void ef_completions_bash(FILE *stream);
void ef_completions_zsh(FILE *stream);
void ef_completions_fish(FILE *stream);

#endif
