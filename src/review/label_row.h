/* SPDX-License-Identifier: MIT
 * review/label_row.h - one answer of a person as a row of CSV, and back.
 *
 * Columns: id, text, label, model_label, p_negative, p_neutral, p_positive, why, seed,
 * labelled_at, file, line, model. The last has a fixed form, so that a row that was cut is
 * known by what is missing. A cell that a spreadsheet would run as a formula gets a ' in
 * front, which reading takes away again. */
#ifndef EARFUL_REVIEW_LABEL_ROW_H
#define EARFUL_REVIEW_LABEL_ROW_H

#include "base/buffer.h"
#include "earful/app/review.h"

typedef struct ef_label_row {
    ef_slice id, text, file;
    ef_label label;       /* NONE: skipped */
    ef_label model_label; /* NONE: the model gave none */
    int32_t p[3];         /* negative, neutral, positive */
    ef_review_kind kind;
    uint64_t seed, line;
    ef_slice model;      /* hash, 16 hex digits, or "none" */
    int64_t labelled_ms; /* since 1970; 0 in a row that was read */
} ef_label_row;

/* The first line, with its end. */
extern const char ef_label_header[];

/* Appends a row with its line end. */
void ef_label_row_write(ef_buffer *out, const ef_label_row *row);

/* Where a row of CSV ends that begins at the first byte: behind its line end. 0: it has
 * none, since line ends in quotes do not count. */
size_t ef_label_row_end(ef_slice bytes);

/* Reads a row, with or without its line end; its slices lie in bytes, whose quotes are
 * undone in place. False: it is none of ours, or not whole. */
bool ef_label_row_read(ef_label_row *row, uint8_t *bytes, size_t size);

#endif
