/* SPDX-License-Identifier: MIT
 * app/run.h - the main job: score all inputs, on threads, into one output.
 *
 * Not part of the stable interface. The bytes written do not depend on the number of
 * threads: blocks are scored in parallel and committed in order. */
#ifndef EARFUL_APP_RUN_H
#define EARFUL_APP_RUN_H

#include "earful/engine.h"
#include "earful/reader.h"
#include "earful/writer.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct ef_run_summary {
    ef_reader_counts counts;
    uint64_t labels[4];      /* records by ef_label */
    uint64_t unknown_language;
    uint64_t needs_review;
    uint64_t bytes_written;
    bool output_closed;      /* the reader of our output went away: a quiet end */
} ef_run_summary;

/* Called about ten times a second from the committing thread. Returning false stops the
 * run after the current block: what is done is flushed, the summary is true. A named output
 * file is then not made, and one that stood there before stays as it was. */
typedef bool ef_progress_fn(void *user, const ef_run_summary *summary);

typedef struct ef_run_options {
    ef_reader_options reader;
    ef_writer_options writer;  /* format NULL: csv, tsv, ndjson as the input, else ndjson */
    const char *output_path;   /* NULL or "-": standard output; else written beside, renamed */
    const char *rejects_path;  /* where rejected records go, NULL: nowhere */
    const char *const *where;  /* "COL=VALUE": only records for which all hold */
    size_t where_count;
    bool keeps_controls;       /* a terminal gets control characters, not their numbers */
    unsigned threads;          /* 0: as many as there are cores */
    ef_progress_fn *progress;  /* may be NULL */
    void *progress_user;
} ef_run_options;

/* Scores every record of every input. *summary is filled on success and on failure.
 * Fails like ef_reader_next, ef_writer_score, or with EF_ERR_IO when the output cannot be
 * written; then no file stands under output_path. */
EF_API ef_status ef_run_score(const ef_engine *engine, const ef_run_options *options,
                              ef_run_summary *summary, ef_error *error);

#ifdef __cplusplus
}
#endif
#endif
