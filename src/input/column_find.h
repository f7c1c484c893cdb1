/* SPDX-License-Identifier: MIT
 * input/column_find.h - columns found by what the user wrote, by known names, by their cells.
 *
 * All give a column's number from 0, or EF_NO_COLUMN. */
#ifndef EARFUL_INPUT_COLUMN_FIND_H
#define EARFUL_INPUT_COLUMN_FIND_H

#include "input/column_names.h"
#include "input/columns.h"

/* By its exact name, by a name of the same key, or by its 1-based number. */
int ef_column_find(const ef_layout *layout, ef_slice reference);

/* The column whose name is least edits away from what the user wrote. */
int ef_column_nearest(const ef_layout *layout, ef_slice name);

/* Says that an input has no such column, and which one is near. EF_ERR_ARGUMENT. */
ef_status ef_column_missing(const ef_layout *layout, ef_slice column, ef_error *error);

/* By the list of known names; then by the tails of paths. */
int ef_column_guess(const ef_layout *layout, const ef_sample *sample, ef_column_field field);

/* The column with the longest mean text. Numbers, links and answers are no texts. */
int ef_column_longest(const ef_layout *layout, const ef_sample *sample);

/* The part of a path behind its last dot: of attributes.body, body. */
ef_slice ef_column_tail(ef_slice name);

#endif
