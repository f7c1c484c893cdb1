/* SPDX-License-Identifier: MIT
 * pipeline/labelled.h - records of which something is known to be right.
 *
 * What training, measuring and calibrating read: each record with its label, by a column of
 * labels or by its stars, and with the value of a column that groups records. */
#ifndef EARFUL_PIPELINE_LABELLED_H
#define EARFUL_PIPELINE_LABELLED_H

#include "input/format.h"
#include "pipeline/filter.h"

/* Columns are found as --text finds them. Strings must outlive the reader. */
typedef struct ef_labelling {
    const char *label; /* the column that says what is right; NULL: the rating does, or, in
                          an input without one, a column called label */
    const char *group; /* NULL: none */
    const char *const *where; /* "COL=VALUE" */
    size_t where_count;
} ef_labelling;

typedef struct ef_labelled {
    ef_labelling how;
    ef_reader *reader;
    ef_filter filter;
    const ef_layout *layout; /* that the columns' indices are of */
    int label_column, group_column;
    /* The current record, as long as the reader keeps it: */
    ef_record record;
    int label;       /* EF_NEGATIVE …; -1 if nothing is known */
    unsigned weight; /* 1/100 of a text: three stars are weakly neutral */
    ef_slice group;
} ef_labelled;

/* Fails like ef_reader_new; nothing is then to be closed. */
ef_status ef_labelled_open(ef_labelled *labelled, const ef_reader_options *options,
                           const ef_labelling *how, ef_error *error);
/* Moves to the next record for which the conditions hold. Fails like ef_reader_next, and
 * with EF_ERR_ARGUMENT where a column is missing. */
ef_status ef_labelled_next(ef_labelled *labelled, ef_error *error);
void ef_labelled_close(ef_labelled *labelled);

/* "negative", "neg", "neutral", "neu", "positive", "pos" in any case; -1 for other words.
 */
int ef_label_read(ef_slice word);

#endif
