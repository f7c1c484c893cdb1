/* SPDX-License-Identifier: MIT
 * input/xlsx_cells.h - what the cells of a spreadsheet mean: references, dates, escapes.
 *
 * Knows nothing of XML or zip; see ECMA-376 part 1, section 18. */
#ifndef EARFUL_INPUT_XLSX_CELLS_H
#define EARFUL_INPUT_XLSX_CELLS_H

#include <stdbool.h>

#include "base/buffer.h"

/* What a sheet can have at most, by the standard: column XFD, row 2^20. */
enum { EF_XLSX_COLUMNS = 16384, EF_XLSX_ROWS = 1 << 20 };

/* The column of a reference such as "B12", from 0; -1 if it is none. */
int ef_xlsx_column(const char *reference);

/* Whether a built-in number format shows dates or times of day. */
bool ef_xlsx_is_date_id(unsigned long id);
/* Whether a format code does: "dd.mm.yyyy", but not "[h]:mm" (a duration) or "0.00". */
bool ef_xlsx_is_date_code(const char *code);

/* Appends a serial number of days as an ISO date, time, or both. False, and nothing
 * appended, if it is not a number or not a day that the spreadsheet could show. */
bool ef_xlsx_append_date(ef_buffer *out, ef_slice number, bool is_1904);

/* Appends a text as a quoted cell of CSV: quotes doubled, _x000D_ escapes undone, all line
 * ends LF. */
bool ef_xlsx_append_text(ef_buffer *out, ef_slice text);

#endif
