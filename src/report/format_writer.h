/* SPDX-License-Identifier: MIT
 * report/format_writer.h - the writers' seam.
 *
 * A writer turns one record and its score into bytes appended to a buffer. It keeps no
 * state between records, so that blocks are formatted in parallel and put together in
 * order; begin, between and end frame the document. Listed in writers.c. */
#ifndef EARFUL_REPORT_FORMAT_WRITER_H
#define EARFUL_REPORT_FORMAT_WRITER_H

#include "base/buffer.h"
#include "earful/writer.h"

/* What is the same for every record of a run. */
typedef struct ef_writing {
    const ef_engine_info *engine;
    ef_writer_options options;  /* name and format filled in */
    const ef_slice *columns;    /* of the input that decides the header */
    size_t column_count;
    const char *input_format;   /* "csv", …: raw records of the same format pass through */
    uint8_t input_delimiter;    /* of delimited inputs, else 0 */
    bool input_quotes;          /* the input's cells may be quoted */
} ef_writing;

typedef struct ef_format_writer {
    const char *name, *summary;
    /* The head of the document. Fails when the columns cannot be written: one of them is
     * named like the score. */
    ef_status (*begin)(ef_buffer *out, const ef_writing *writing, ef_error *error);
    /* One record. explanation may be NULL. Out of memory shows in out->failed. */
    void (*record)(ef_buffer *out, const ef_writing *writing, const ef_record *record,
                   const ef_score *score, const ef_explanation *explanation);
    const char *separator; /* between records: "" or ",\n" */
    void (*end)(ef_buffer *out, const ef_writing *writing);
    bool needs_same_columns; /* all inputs must have one header */
} ef_format_writer;

const ef_format_writer *ef_format_writer_at(size_t index); /* NULL after the last */
const ef_format_writer *ef_format_writer_named(const char *name);

#endif
