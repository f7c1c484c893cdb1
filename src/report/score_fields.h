/* SPDX-License-Identifier: MIT
 * report/score_fields.h - what a score adds to a record: the fields, in their order.
 *
 * The one list for all writers: JSON members and CSV cells come from the same rows, so
 * they cannot drift. */
#ifndef EARFUL_REPORT_SCORE_FIELDS_H
#define EARFUL_REPORT_SCORE_FIELDS_H

#include "base/buffer.h"
#include "earful/scorer.h"
#include "report/redacted.h"

/* The fields of one kind of score; their count and order never change while the program
 * runs. */
typedef struct ef_score_fields ef_score_fields;

/* Those of the scorer with this name: "vader" has fields of its own. */
const ef_score_fields *ef_score_fields_of(const char *scorer);

/* The name of the index-th field; NULL after the last. */
const char *ef_score_field_name(const ef_score_fields *fields, size_t index);

/* "label":"positive","score":0.8125,… without braces. A null label is null; "language"
 * stands there only when it is unknown. */
void ef_score_members(ef_buffer *out, const ef_score_fields *fields, const ef_score *score);

/* The same as cells with delimiter between them: null is empty, signals are joined by
 * semicolons (by blanks where the semicolon delimits). No cell ever needs quotes. */
void ef_score_cells(ef_buffer *out, const ef_score_fields *fields, const ef_score *score,
                    uint8_t delimiter);

/* The signals of a score by name, each after the first preceded by separator. */
void ef_score_signals(ef_buffer *out, uint32_t signals, const char *separator);

/* Takes a value back from what was written, as a cell or as JSON without quotes: "" and
 * null are null. False if the field never has such a value. */
bool ef_score_read(ef_score *score, const ef_score_fields *fields, size_t index,
                   ef_slice value);

/* The strongest reasons, at most ten, as a JSON array, strongest first. text is what was
 * explained, redaction as in redacted.h; "[]" without an explanation. */
void ef_reasons_array(ef_buffer *out, ef_slice text, const ef_explanation *explanation,
                      ef_redaction *redaction);

#endif
