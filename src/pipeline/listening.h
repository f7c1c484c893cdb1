/* SPDX-License-Identifier: MIT
 * pipeline/listening.h - a block of bytes becomes heard messages of a tally.
 *
 * What one thread works with, kept warm from block to block. */
#ifndef EARFUL_PIPELINE_LISTENING_H
#define EARFUL_PIPELINE_LISTENING_H

#include "input/reader.h"
#include "pipeline/filter.h"
#include "pipeline/notes.h"
#include "pipeline/repeats.h"
#include "pipeline/scored_columns.h"
#include "tally/tally.h"

/* Where the value of a group stands: a column, or a field that every format knows. */
typedef struct ef_group_place {
    int column;                                        /* EF_NO_COLUMN: none */
    const ef_slice *(*field)(const ef_record *record); /* NULL: none */
} ef_group_place;

/* One block on its way. Zero-initialise. */
typedef struct ef_heard_block {
    ef_block block;
    ef_reader_counts read;   /* the reader's own counts, behind this block */
    ef_reader_counts counts; /* what its records add */
    uint64_t labels[4];      /* records by ef_label */
    uint64_t unknown_language;
    ef_notes notes;
    ef_status status; /* of reading, then of hearing; EF_END: no block */
    ef_error error;
} ef_heard_block;

/* Zero-initialise. */
typedef struct ef_listener {
    const ef_engine *engine;
    const ef_kernels *kernels;
    const ef_plan *plan;
    ef_cursor cursor;
    ef_scratch *scratch;
    ef_filter filter;
    const ef_layout *layout; /* that the places are of */
    ef_group_place places[EF_MOST_REPORT_GROUPS];
    ef_buffer cleaned[EF_MOST_REPORT_GROUPS]; /* values that cannot stay as they are */
    ef_scored_columns scored;                 /* that the layout has */
    int64_t taken;       /* messages whose score was taken from there */
    int64_t dropped;     /* records that came before */
    ef_tally *tally;     /* the caller's */
    ef_repeats *repeats; /* the caller's; NULL: what comes twice counts twice */
} ef_listener;

/* EF_ERR_MEMORY, or EF_ERR_ARGUMENT for a condition that is none. engine and tally stay the
 * caller's. */
ef_status ef_listener_init(ef_listener *listener, const ef_engine *engine, ef_tally *tally,
                           ef_error *error);
void ef_listener_release(ef_listener *listener);

/* Prepares for records of a layout. EF_ERR_ARGUMENT when it lacks a column. */
ef_status ef_listener_enter(ef_listener *listener, const ef_layout *layout,
                            ef_error *error);

/* Parses, scores and counts every record of a block. A failure stays in the block. */
void ef_listener_hear(ef_listener *listener, ef_heard_block *block);

#endif
