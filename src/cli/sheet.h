/* SPDX-License-Identifier: MIT
 * cli/sheet.h - text laid out in lines that fit a terminal, to be shown in part or whole.
 *
 * Text that we did not write goes through ef_sheet_text, which makes it safe; what goes
 * through ef_sheet_line is ours. Every line begins and ends without colour. */
#ifndef EARFUL_CLI_SHEET_H
#define EARFUL_CLI_SHEET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "earful/slice.h"

typedef struct ef_sheet {
    FILE *stream; /* of memory; NULL without any */
    char *bytes;
    size_t size;
    size_t *ends; /* of lines, in bytes; lines have no line end */
    size_t count, capacity;
    unsigned width;
    bool has_color, failed;
} ef_sheet;

void ef_sheet_init(ef_sheet *sheet, unsigned width, bool has_color);
void ef_sheet_release(ef_sheet *sheet);

/* Adds text, broken between words; line ends of the text are kept, blank lines too, but no
 * more than one at a time. colors as in paint.h, or NULL. */
void ef_sheet_text(ef_sheet *sheet, ef_slice text, const unsigned char *colors);

/* Ends the line that was written to sheet->stream. */
void ef_sheet_end_line(ef_sheet *sheet);

/* Writes the line to the stream, without a line end. */
void ef_sheet_show(const ef_sheet *sheet, size_t line, FILE *stream);

/* Writes a slice safely to the stream, in at most so many columns; what is cut ends in "…".
 * Line ends and tabs become blanks. Returns the columns used. */
size_t ef_print_fitting(FILE *stream, ef_slice text, size_t columns);

#endif
