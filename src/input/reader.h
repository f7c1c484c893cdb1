/* SPDX-License-Identifier: MIT
 * input/reader.h - the two halves of a reader, for the pipeline.
 *
 * ef_reader_block runs serially: it opens inputs, decides layouts and cuts blocks.
 * ef_cursor_… parses a block and may run in any thread. ef_reader_next is one after the
 * other. */
#ifndef EARFUL_INPUT_READER_H
#define EARFUL_INPUT_READER_H

#include "input/format.h"

enum { EF_BLOCK_SIZE = 256 << 10 }; /* aimed at; a record may make a block longer */

/* Fills *block with the next stretch of input, reusing its memory. EF_OK, EF_END, or an
 * error as ef_reader_next gives. With standard input, a block is given out when it is full
 * or a read would block. Serial: one thread at a time. */
ef_status ef_reader_block(ef_reader *reader, ef_block *block, ef_error *error);

/* Takes the counts of a cursor into the reader's and clears them. Serial as above. */
void ef_reader_add(ef_reader *reader, ef_cursor *cursor);

/* Sets a cursor to the start of a block; zero-initialise it once before. Notices of
 * rejects go to notice. */
void ef_cursor_start(ef_cursor *cursor, const ef_block *block, const ef_kernels *kernels,
                     ef_notice_fn *notice, void *notice_user);
ef_status ef_cursor_next(ef_cursor *cursor, ef_record *record, ef_error *error);
void ef_cursor_release(ef_cursor *cursor);

/* Makes notice->message one line, "path:line:column: reason" if it is NULL, and calls fn if
 * that is not NULL. */
void ef_notice_send(ef_notice_fn *fn, void *user, ef_notice *notice);

/* The layout of the first input, opened if need be: for sniff and for choosing the output
 * format. Lives until the reader is freed. */
ef_status ef_reader_first_layout(ef_reader *reader, const ef_layout **layout,
                                 ef_error *error);

/* The layout of the input that the last record came from, NULL before the first. */
const ef_layout *ef_reader_layout(const ef_reader *reader);

#endif
