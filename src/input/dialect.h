/* SPDX-License-Identifier: MIT
 * input/dialect.h - how a delimited file is written, found from its sample.
 *
 * Each candidate dialect reads the sample; the one under which the rows agree best on
 * their number of cells wins. What the user said is not guessed. */
#ifndef EARFUL_INPUT_DIALECT_H
#define EARFUL_INPUT_DIALECT_H

#include "input/columns.h"
#include "input/delimited.h"

/* What a candidate makes of the sample. */
typedef struct ef_fit {
    ef_dialect dialect;
    size_t rows;     /* looked at, without blank lines */
    size_t columns;  /* cells in most rows */
    size_t agreeing; /* rows with that many cells */
    size_t needed;   /* quoted fields that need their quotes */
    size_t plain;    /* quoted fields that would read the same without */
    size_t stray;    /* quotes inside unquoted fields */
    size_t broken;   /* closing quotes in the middle of a field, quotes left open */
} ef_fit;

/* The best of the delimiters (a string) for the sample. fixed: members that are not 0 are
 * kept; quote is fixed if is_quote_fixed. fixed.data_begin is where the rows begin. */
ef_fit ef_dialect_find(ef_dialect fixed, bool is_quote_fixed, const char *delimiters,
                       ef_slice sample, bool at_end);

/* The size of a line `sep=X` at the start of the sample, with its line end, and X; 0 if
 * there is none. */
size_t ef_dialect_sep_line(ef_slice sample, uint8_t *delimiter);

/* The cells of the sample's rows, at most so many, row by row, `columns` a row (missing ones
 * empty, surplus ones left out), from dialect.data_begin on; in the arena. A last row that
 * is not whole is left out. False without memory. */
bool ef_dialect_table(const ef_dialect *dialect, ef_slice sample, bool at_end,
                      size_t columns, size_t most, ef_arena *arena, ef_sample *table);

/* How many rows of the table are header, 0 to 3; *why gets words, static. No row behind the
 * first so many is looked at. */
enum { EF_HEADER_SIGHT = 256 };
int ef_header_find(const ef_sample *table, const char **why);

/* Whether the first row has a name of column_names.h. */
bool ef_header_is_known(const ef_sample *table);

/* Names for the columns from the first rows of the table, in the arena: trimmed, the second
 * one of a name becomes name.2, an empty one "column N". *renamed gets how many duplicates
 * there were. NULL without memory. */
ef_slice *ef_header_names(const ef_sample *table, int rows, ef_arena *arena,
                          size_t *renamed);

#endif
