/* SPDX-License-Identifier: MIT
 * cli/manual.h - the manual page. */
#ifndef EARFUL_CLI_MANUAL_H
#define EARFUL_CLI_MANUAL_H

#include <stdio.h>

/* Writes earful(1) in roff, from the tables of verbs and options. */
void ef_manual_print(FILE *stream);

#endif
