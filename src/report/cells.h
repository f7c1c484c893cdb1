/* SPDX-License-Identifier: MIT
 * report/cells.h - one cell of CSV or TSV: quoting, and formulas made harmless.
 *
 * A dialect that quotes follows RFC 4180. One that does not has no way to hold a line end
 * or a delimiter: TAB, LF, CR and backslash are then written \t \n \r \\, as Miller does,
 * and any other delimiter becomes a blank. */
#ifndef EARFUL_REPORT_CELLS_H
#define EARFUL_REPORT_CELLS_H

#include "base/buffer.h"

/* Whether a spreadsheet could run the cell: = + - @, their full-width forms, TAB, CR or
 * NUL at its start, also behind blanks, quotes and delimiters. Plain numbers are none. */
bool ef_cell_is_formula(ef_slice cell);

typedef struct ef_cell_dialect {
    uint8_t delimiter;
    bool quotes;
    bool defuses; /* formulas get a ' in front */
} ef_cell_dialect;

/* Appends the cell, quoted or escaped if need be, without a delimiter. */
void ef_cell_append(ef_buffer *out, ef_slice cell, ef_cell_dialect dialect);

#endif
