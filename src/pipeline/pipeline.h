/* SPDX-License-Identifier: MIT
 * pipeline/pipeline.h - the one loop: a block of bytes becomes scored, formatted records.
 *
 * All that a block gives - bytes, counts, notices, a failure - stays in its piece until the
 * pieces are committed in order. */
#ifndef EARFUL_PIPELINE_PIPELINE_H
#define EARFUL_PIPELINE_PIPELINE_H

#include "earful/app/run.h"
#include "input/reader.h"
#include "pipeline/filter.h"
#include "pipeline/notes.h"
#include "report/format_writer.h"

/* What is the same for every block of a run; shared by all threads. */
typedef struct ef_scoring {
    const ef_engine *engine;
    const ef_kernels *kernels;
    const ef_format_writer *writer;
    const ef_writing *opened; /* as the first input decided it */
    bool is_silent;           /* records are heard and not written */
    /* Hears of every record, in the thread that scores it. NULL: nobody does. */
    ef_status (*hear)(void *user, const ef_layout *layout, ef_record *record,
                      const ef_score *score, ef_error *error);
    void *hear_user;
} ef_scoring;

/* What one thread works with; kept warm from block to block. Zero-initialise. */
typedef struct ef_hand {
    ef_cursor cursor;
    ef_scratch *scratch;
    ef_filter filter;
    ef_redaction redaction;
} ef_hand;

/* One block on its way from the reader to the output. Zero-initialise. */
typedef struct ef_piece {
    ef_block block;
    ef_reader_counts read; /* the reader's own counts, behind this block */
    ef_buffer out;         /* formatted records, without a separator at either end */
    ef_notes notes;
    ef_run_summary tally; /* what this block's records add */
    bool has_records;     /* out holds at least one, even if it is empty */
    ef_status status;     /* of reading, then of scoring; EF_END: no block */
    ef_error error;
} ef_piece;

/* EF_ERR_MEMORY, or EF_ERR_ARGUMENT for a condition that is none. */
ef_status ef_hand_init(ef_hand *hand, const ef_run_options *options, ef_error *error);
void ef_hand_release(ef_hand *hand);

/* Empties a piece and keeps its memory. */
void ef_piece_reset(ef_piece *piece);
void ef_piece_release(ef_piece *piece);

/* Parses, scores and formats every record of piece->block. A failure stays in the piece. */
void ef_pipeline_score(const ef_scoring *scoring, ef_hand *hand, ef_piece *piece);

/* How a layout's records are to be written. */
ef_written_input ef_written_input_of(const ef_layout *layout);

/* Adds the counts of a block's records. */
void ef_counts_add(ef_reader_counts *total, const ef_reader_counts *more);

#endif
