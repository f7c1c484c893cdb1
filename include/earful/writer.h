/* SPDX-License-Identifier: MIT
 * writer.h - records and their scores as table, CSV, TSV, NDJSON or JSON.
 *
 * A writer turns record and score into bytes in a buffer of its own; the caller takes the
 * bytes with ef_writer_take and puts them where it likes. */
#ifndef EARFUL_WRITER_H
#define EARFUL_WRITER_H

#include "earful/alert.h"
#include "earful/reader.h"
#include "earful/scorer.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct ef_writer ef_writer;

typedef enum ef_cells { /* cells that a spreadsheet would run as formulas */
                        EF_CELLS_DEFAULT = 0, /* defused unless the input was CSV or TSV */
                        EF_CELLS_SAFE,        /* always defused by a leading ' */
                        EF_CELLS_RAW          /* never */
} ef_cells;

typedef struct ef_writer_options {
    const char *format; /* "table", "csv", "tsv", "ndjson", "json"; NULL: "ndjson" */
    const char *name;   /* key or column prefix of the score; NULL: "sentiment" */
    bool only_scores;   /* leave the input's own columns out, but for id */
    bool reasons;       /* add the strongest reasons: needs explanations */
    bool color;         /* table only */
    unsigned width;     /* table only: columns of the terminal; 0: 80 */
    ef_cells cells;
    bool redact;         /* personal data becomes tokens such as [email]: see app/redact.h */
    const struct ef_redactions *redactions; /* kinds of one's own besides; NULL: none */
} ef_writer_options;

/* Fails with EF_ERR_ARGUMENT (unknown format) or EF_ERR_MEMORY. options may be NULL. */
EF_API ef_status ef_writer_new(ef_writer **writer, const ef_engine *engine,
                               const ef_writer_options *options, ef_error *error);
EF_API void ef_writer_free(ef_writer *writer);

/* Adds one scored record. columns names record->fields (see ef_reader_columns); the header
 * is written before the first record, from these columns. Different columns later are
 * EF_ERR_ARGUMENT in CSV and TSV, with the advice to use NDJSON; a column that has the
 * score's own name is refused with the advice to rename it (options.name).
 * explanation may be NULL unless options.reasons was set. A writer belongs to one thread.
 */
EF_API ef_status ef_writer_score(ef_writer *writer, const ef_slice *columns,
                                 size_t column_count, const ef_record *record,
                                 const ef_score *score, const ef_explanation *explanation,
                                 ef_error *error);

/* Adds one alert as an event: a JSON object on a line of its own. Writers of NDJSON only
 * take alerts, else EF_ERR_ARGUMENT. */
EF_API ef_status ef_writer_alert(ef_writer *writer, const ef_alert *alert, ef_error *error);

/* Ends the document: closes JSON brackets, writes the header of an empty table. */
EF_API ef_status ef_writer_finish(ef_writer *writer, ef_error *error);

/* The bytes made since the last call; they die at the next call with this writer. */
EF_API ef_slice ef_writer_take(ef_writer *writer);

#ifdef __cplusplus
}
#endif
#endif
