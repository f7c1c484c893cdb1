/* SPDX-License-Identifier: MIT
 * cli/help.h - help in words: the program, its verbs, its topics. */
#ifndef EARFUL_CLI_HELP_H
#define EARFUL_CLI_HELP_H

#include <stdio.h>

#include "verbs.h"

/* The program in a screen: examples, verbs, where to read on; is_long adds exit codes and
 * environment. */
void ef_help_program(FILE *stream, bool is_long);

/* One verb: examples first, then usage and options; is_long adds what each is about. */
void ef_help_verb(FILE *stream, const ef_verb *verb, bool is_long);

/* A topic by name; false if there is none. */
bool ef_help_topic(FILE *stream, const char *name);

/* The rows of the tables in help and manual: exit codes and environment. NULL ends. */
typedef struct ef_fact {
    const char *name, *what;
} ef_fact;
const ef_fact *ef_exit_facts(void);
const ef_fact *ef_environment_facts(void);

#endif
