/* SPDX-License-Identifier: MIT
 * input/input.h - one input while it is being read: a source, a layout, and what has been
 * read but not given out. */
#ifndef EARFUL_INPUT_INPUT_H
#define EARFUL_INPUT_INPUT_H

#include "input/format.h"
#include "input/source.h"

/* A sample is the first MiB of a file, less of a pipe, where waiting costs. */
enum { EF_SAMPLE_FILE = 1 << 20, EF_SAMPLE_PIPE = 64 << 10, EF_SAMPLE_MOST = 4 << 20 };

/* Zero-initialise; only reader.c has one. */
typedef struct ef_input {
    ef_source *source;       /* NULL: none is open */
    const ef_layout *layout; /* NULL: not yet decided; owned by the reader */
    const char *compression; /* of the source: name of a kind, or "none" */
    ef_buffer bytes;         /* read and not yet given out */
    bool at_end;             /* the source gives no more bytes */
    bool is_broken;          /* … because it failed */
    bool is_skipping;        /* in a record that is too long */
    uint64_t line, offset;   /* of the first of bytes */
    uint64_t line_start;     /* where that line begins */
    uint64_t state;          /* of the format's cut, there */
    ef_error failure;        /* why it is broken */
    struct ef_slack_people **people; /* set by the reader, for its layouts */
} ef_input;

/* Opens a path and undoes compression and encoding; reads_ahead: the former on a thread of
 * its own. Fails as the sources do. */
ef_status ef_input_open(ef_input *input, const char *path, const char *encoding,
                        bool reads_ahead, ef_error *error);

/* Forgets the bytes and the layout, and moves an archive to its next member. EF_END behind
 * the last. */
ef_status ef_input_next_member(ef_input *input, ef_error *error);

/* Closes the source, keeps the memory. Returns the bytes that it took from the disk. */
uint64_t ef_input_close(ef_input *input);
void ef_input_release(ef_input *input);

/* Reads a sample into bytes: limit bytes, all there is, or what has come when a pipe pauses,
 * but more than `least`. EF_ERR_MEMORY only: a source that breaks ends the sample. */
ef_status ef_input_sample(ef_input *input, size_t limit, size_t least, ef_error *error);

/* Moves the next block's worth of bytes into *block: all but its sequence. A record that
 * is too long is dropped, and *dropped describes where it began (its reason is NULL if none
 * was). EF_OK (with an empty block if only a record was dropped), EF_END, EF_ERR_MEMORY, and
 * EF_AGAIN from a source that answers so even where it may wait: of a growing file. */
ef_status ef_input_block(ef_input *input, const ef_kernels *kernels, ef_block *block,
                         ef_notice *dropped, ef_error *error);

/* Gives what was read and is no whole record yet, as if the input ended behind its last
 * complete line; is_last: behind its last byte. EF_AGAIN: there is nothing such. */
ef_status ef_input_flush(ef_input *input, const ef_kernels *kernels, bool is_last,
                         ef_block *block, ef_error *error);

/* For a sample: whether the whole input is nothing but white space. */
bool ef_input_is_blank(const ef_input *input);

#endif
