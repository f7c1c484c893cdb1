/* SPDX-License-Identifier: MIT
 * pipeline/scored_columns.h - scores that stand in an input already, as earful wrote them.
 *
 * Columns NAME.label, NAME.score … are what score wrote, with NAME from --as. A row of them
 * gives the same ef_score again that was written, but for its number of words. */
#ifndef EARFUL_PIPELINE_SCORED_COLUMNS_H
#define EARFUL_PIPELINE_SCORED_COLUMNS_H

#include "earful/scorer.h"
#include "input/format.h"
#include "report/score_fields.h"

enum { EF_MOST_SCORE_FIELDS = 24 };

typedef struct ef_scored_columns {
    const ef_score_fields *fields;     /* NULL: the input has no scores */
    int columns[EF_MOST_SCORE_FIELDS]; /* of each field; EF_NO_COLUMN: not there */
    int language;                      /* what may be mistaken for that of the text */
} ef_scored_columns;

/* Looks for them in a layout. Of several names the first is taken. */
void ef_scored_columns_find(ef_scored_columns *scored, const ef_layout *layout);

/* Reads the score of a record. False if what stands there is none. */
bool ef_scored_columns_read(const ef_scored_columns *scored, const ef_record *record,
                            ef_score *score);

#endif
