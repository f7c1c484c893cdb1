/* SPDX-License-Identifier: MIT
 * input/formats.h - the rows of the table of formats. */
#ifndef EARFUL_INPUT_FORMATS_H
#define EARFUL_INPUT_FORMATS_H

#include "input/format.h"

extern const ef_format ef_format_csv, ef_format_tsv;   /* csv.c */
extern const ef_format ef_format_ndjson, ef_format_json; /* ndjson.c, json.c */
extern const ef_format ef_format_lines;                /* lines.c */

#endif
