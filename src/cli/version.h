/* SPDX-License-Identifier: MIT
 * cli/version.h - what this program is made of, to trace a number back to it. */
#ifndef EARFUL_CLI_VERSION_H
#define EARFUL_CLI_VERSION_H

#include <stdbool.h>

/* Prints version, kernel set, and the hashes of lexicon and model; if is_verbose, compiler
 * and libraries, too. Gives the exit code. */
int ef_version_print(bool is_verbose);

#endif
