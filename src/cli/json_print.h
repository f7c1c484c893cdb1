/* SPDX-License-Identifier: MIT
 * cli/json_print.h - the few strings and numbers that verbs print as JSON. */
#ifndef EARFUL_CLI_JSON_PRINT_H
#define EARFUL_CLI_JSON_PRINT_H

#include <stdio.h>

#include "earful/slice.h"

/* Writes text as a JSON string: one line, valid UTF-8 whatever the bytes, nothing in it
 * that a terminal or a page would take for more than text. */
void ef_json_print(FILE *stream, ef_slice text);

/* Writes value / 10^digits as a decimal number, without floating point. */
void ef_decimal_print(FILE *stream, const char *sign, int32_t value, unsigned digits);

#endif
