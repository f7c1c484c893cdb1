/* SPDX-License-Identifier: MIT
 * input/column_names.h - what columns are called in the exports we know.
 *
 * Names are compared by their key: letters in lower case, without blanks, _ and -, so that
 * "Review Text", review_text and reviewText are one. */
#ifndef EARFUL_INPUT_COLUMN_NAMES_H
#define EARFUL_INPUT_COLUMN_NAMES_H

#include <stdbool.h>

#include "earful/slice.h"

/* The fields of a record that a column can fill, and the roles of text. */
typedef enum ef_column_field {
    EF_COLUMN_TEXT,
    EF_COLUMN_TITLE,
    EF_COLUMN_RATING,
    EF_COLUMN_TIME,
    EF_COLUMN_AUTHOR,
    EF_COLUMN_ID,
    EF_COLUMN_CONVERSATION,
    EF_COLUMN_ROLE,
    EF_COLUMN_CHANNEL,
    EF_COLUMN_LANGUAGE,
    EF_COLUMN_FIELD_COUNT
} ef_column_field;

/* The names of a field, best first; NULL after the last. */
const char *const *ef_column_names(ef_column_field field);

/* True if both names have the same key. */
bool ef_column_name_equal(ef_slice a, ef_slice b);

/* True if the name stands in one of the lists. */
bool ef_column_name_known(ef_slice name);

/* How many edits lead from one key to the other; long names count their first 64 bytes. */
size_t ef_column_name_distance(ef_slice a, ef_slice b);

#endif
