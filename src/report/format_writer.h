/* SPDX-License-Identifier: MIT
 * report/format_writer.h - the writers' seam.
 *
 * A writer turns one record and its score into bytes appended to a buffer. Text of the input
 * goes through ef_redacted first. It keeps no state between records, so that blocks are formatted in parallel and put together in
 * order; begin, separator and end frame the document. Listed in writers.c. */
#ifndef EARFUL_REPORT_FORMAT_WRITER_H
#define EARFUL_REPORT_FORMAT_WRITER_H

#include "base/buffer.h"
#include "earful/writer.h"
#include "report/redacted.h"
#include "report/score_fields.h"
#include "report/shown.h"

/* Where records come from, as far as it matters to how they are written. */
typedef struct ef_written_input {
    const char *format;      /* "csv", …; "" if unknown: raw bytes are then not used */
    uint8_t delimiter;       /* of delimited inputs, else 0 */
    bool quotes;             /* of delimited inputs: cells may be quoted */
    bool is_changed; /* fields are not what stands in the bytes: these are not written */
    bool is_sheet;           /* a workbook, which is read as CSV but is none */
    bool has_id;             /* its records carry an id */
    const ef_slice *columns; /* names of the records' fields */
    size_t column_count;
} ef_written_input;

/* What is the same for every record of one input. */
typedef struct ef_writing {
    const ef_engine_info *engine;
    const ef_score_fields *fields; /* those of the engine's scorer */
    ef_writer_options options; /* name and format filled in */
    const ef_slice *columns;   /* of the input at hand; they live as long as it does. An */
    size_t column_count;       /* input without columns has one, "text" */
    bool has_id;       /* only_scores: rows begin with the id, else with the line */
    uint8_t delimiter; /* csv and tsv: what stands between cells */
    bool quotes;       /* csv and tsv: cells may be quoted */
    bool passes_raw;   /* the records' raw bytes can be written as they are */
    bool defuses;      /* csv and tsv: cells that look like formulas get a ' in front */
    ef_redaction *redaction; /* the caller's, one a thread; NULL: text as it is */
} ef_writing;

typedef struct ef_format_writer {
    const char *name, *summary;
    /* The head of the document. */
    void (*begin)(ef_buffer *out, const ef_writing *writing);
    /* One record. explanation may be NULL. Out of memory shows in out->failed. */
    void (*record)(ef_buffer *out, const ef_writing *writing, const ef_record *record,
                   const ef_score *score, const ef_explanation *explanation);
    const char *separator; /* between records: "" or ",\n" */
    void (*end)(ef_buffer *out, const ef_writing *writing);
    ef_shown shown;          /* on a terminal */
    bool needs_same_columns; /* all inputs must have one header */
    bool keeps_columns;      /* writes the input's columns, so that names can clash */
} ef_format_writer;

/* The cells of a record: its fields, or its text where the input has no columns. */
static inline size_t ef_written_cells(const ef_record *record, const ef_slice **cells)
{
    *cells = record->field_count > 0 ? record->fields : &record->text;
    return record->field_count > 0 ? record->field_count : 1;
}

const ef_format_writer *ef_format_writer_at(size_t index); /* NULL after the last */
const ef_format_writer *ef_format_writer_named(const char *name);

/* Chooses the writer that options name ("ndjson" if they name none) and prepares
 * *writing for the input that decides the head of the document. EF_ERR_ARGUMENT for an
 * unknown format, and when a column of the input has the score's own name. The strings
 * and columns behind options, engine and input must outlive *writing. Where options.redact
 * is set, whoever writes records sets writing->redaction. */
ef_status ef_writing_open(ef_writing *writing, const ef_format_writer **writer,
                          const ef_engine_info *engine, const ef_writer_options *options,
                          const ef_written_input *input, ef_error *error);

/* Prepares *next for the records of a further input, label in messages: the document and
 * its dialect stay those of *opened. EF_ERR_ARGUMENT when the columns differ and the
 * writer needs one header, or a column has the score's name. */
ef_status ef_writing_follow(ef_writing *next, const ef_writing *opened,
                            const ef_format_writer *writer, const ef_written_input *input,
                            const char *label, ef_error *error);

#endif
