/* SPDX-License-Identifier: MIT
 * input/columns.h - which column is the text, and which fills each field of the record.
 *
 * One function for all formats that have columns: the user's options first, then the list
 * of known names (shared/FORMATS section 5: case, blanks, _ - and camel case are equal),
 * then, for the text only, the column with the longest mean text. */
#ifndef EARFUL_INPUT_COLUMNS_H
#define EARFUL_INPUT_COLUMNS_H

#include "input/format.h"

/* The sample as cells: rows x column_count slices, row by row, in the layout's arena. */
typedef struct ef_sample {
    const ef_slice *cells;
    size_t rows;
    size_t column_count;
    bool has_names; /* layout->names are real names, not numbers */
} ef_sample;

/* Fills layout->columns, scale and date_order from options, layout->names and the sample,
 * and records every decision for sniff (ef_layout_decide). EF_ERR_ARGUMENT when a column
 * that the user named does not exist, or no text column can be found: the message lists the
 * columns there are and the nearest match. */
ef_status ef_columns_choose(ef_layout *layout, const ef_reader_options *options,
                            const ef_sample *sample, ef_error *error);

/* Records a decision in the layout: what, value, why, flag are copied to its arena. */
ef_status ef_layout_decide(ef_layout *layout, const char *what, const char *value,
                           const char *why, const char *flag, ef_error *error);

/* Appends a word as a shell wants it: between single quotes if that is needed. */
void ef_flag_quote(ef_buffer *buffer, ef_slice text);

/* Decides layout->date_order and records it: as option says ("dmy", "mdy", "ymd"), or, if
 * that is NULL, from dates in file order (see ef_date_order_decide). EF_ERR_ARGUMENT for
 * another option. */
ef_status ef_layout_date_order(ef_layout *layout, const char *option, const ef_slice *cells,
                               size_t count, size_t stride, ef_error *error);

/* Fills a record's fields id … language, text, time and rating from cells by the layout;
 * missing cells are empty. Joins several text columns with two newlines, in the cursor's
 * arena; one text column is not copied. Counts empty texts, bad ratings and times in the
 * cursor. EF_ERR_MEMORY only. */
ef_status ef_columns_fill(ef_cursor *cursor, const ef_slice *cells, size_t cell_count,
                          ef_record *record, ef_error *error);

#endif
