/* SPDX-License-Identifier: MIT
 * follow/tail.h - one growing file: what has been read of it, and whether it is still it.
 *
 * A tail is a source whose end is never final: read answers EF_AGAIN there. Every read
 * takes the last bytes that were read along and compares them, so that a file that was
 * emptied and has grown past our place again is noticed before one byte of it is believed.
 * Invariant: what lies before input.offset has been given out in blocks; what lies between
 * it and position is in input.bytes; and what is saved is only ever the former. */
#ifndef EARFUL_FOLLOW_TAIL_H
#define EARFUL_FOLLOW_TAIL_H

#include "follow/identity.h"
#include "input/input.h"

typedef struct ef_tail {
    ef_source source; /* first: a source is cast to this */
    char *path;       /* where it stands, as far as we know; owned */
    char *first_path; /* where it stood when it was found; owned */
    uint64_t generation;
    uint64_t device, inode;
    int descriptor;               /* -1: closed to save descriptors */
    uint64_t position;            /* of the next byte to read */
    uint8_t recent[EF_TAIL_SIZE]; /* the bytes before position */
    size_t recent_size;

    ef_input input;
    ef_layout *layout;  /* owned; NULL: not decided, or forgotten with the descriptor */
    const char *format; /* its name; static. NULL: not decided */
    uint64_t sample;    /* bytes of the head that decided it; 0: not yet */
    uint64_t flushed;   /* offset of the last cut that a pause made */
    uint8_t head[EF_HEAD_SIZE]; /* the first bytes of the file, up to input.offset */
    size_t head_size;
    uint8_t before[EF_TAIL_SIZE]; /* the bytes before input.offset */
    size_t before_size;
    uint64_t noted; /* input.offset, when head and before were last brought up to it */

    uint64_t seen_size; /* st_size and st_ctim when we were last at the end */
    struct timespec seen_change;
    struct timespec written; /* st_mtim when it was opened first, or then */
    int64_t grown_ms;        /* when bytes last came; the loop's clock */
    int64_t retry_ms;        /* 0, or when to try again after trouble */
    int trouble;             /* errno of the last read that failed */
    int told;                /* errno of the trouble that was told; 0: none */
    int troubles;            /* in a row, as far as they count */
    uint64_t history_end;    /* what stands before it was there when following began */
    uint64_t passed;         /* bytes of holes and byte order marks */
    bool skips_zeros;        /* nothing but zeros has been seen at the front */
    bool has_trouble;        /* the last read failed */
    bool is_changed;         /* the file is not any more what was read: start anew */
    bool is_suspect;         /* a generation or a copy of it came to lie beside it */
    bool is_replaced;        /* another file has its path, or none: it ends some day */
    bool is_finished;        /* it has ended */
    bool is_forgotten;       /* it need not be remembered any more */
    bool is_refused;         /* its format cannot be followed */
    bool is_unsaved;         /* something differs from what was saved */
    bool is_ready;           /* in the queue: perhaps there is something to read */
    bool is_timed;           /* something is to be done when time has passed */
    ef_identity remembered;  /* while is_unverified: what the prints have to be */
    bool is_unverified;      /* remembered, and its file not yet found */
    struct ef_tail *older;   /* what stood at the path before, and is not finished */
    struct ef_tail *next_ready, *next_by_path, *next_by_inode, *next_by_first;
    struct ef_tail *less_used, *more_used; /* among those with a descriptor */
} ef_tail;

/* A tail at the beginning of a file that nobody has opened yet. NULL without memory. */
ef_tail *ef_tail_new(const char *path, const char *first_path, uint64_t generation);
void ef_tail_free(ef_tail *tail);

/* Takes an open descriptor of the file that *about describes. */
void ef_tail_attach(ef_tail *tail, int descriptor, const struct stat *about);
/* Closes the descriptor and forgets what can be had again: layout and unread bytes. */
void ef_tail_detach(ef_tail *tail);

/* What would be known again: up to input.offset. */
ef_identity ef_tail_identity(const ef_tail *tail, uint64_t salt);
/* Goes on behind what *identity says; head and last are what ef_identity_fits gave. */
void ef_tail_resume(ef_tail *tail, const ef_identity *identity,
                    const uint8_t head[EF_HEAD_SIZE], const uint8_t last[EF_TAIL_SIZE]);

/* Takes back what was read of a file of which nothing has been given out. */
void ef_tail_rewind(ef_tail *tail);

/* Begins behind the last complete line but `lines` of the open file; 0: behind all. */
void ef_tail_seek_end(ef_tail *tail, uint64_t size, uint64_t lines);

/* The next block of whole records. spare is a buffer that tails share for reading. EF_OK,
 * EF_AGAIN (nothing whole, or look at is_changed and trouble), EF_ERR_MEMORY. A dropped
 * record is told as ef_input_block does. */
ef_status ef_tail_block(ef_tail *tail, const ef_kernels *kernels, ef_block *block,
                        ef_buffer *spare, ef_notice *dropped, ef_error *error);

/* Gives what waits for its end as if it had come: all complete lines, or (is_last) the half
 * line behind them, too. EF_AGAIN: nothing waits. */
ef_status ef_tail_flush(ef_tail *tail, const ef_kernels *kernels, bool is_last,
                        ef_block *block, ef_error *error);

/* Decides the layout from the first bytes. EF_AGAIN: too little is there, unless is_late.
 * Fails as ef_layout_open; the tail is then not to be followed. like names the format of
 * the file that stood at this path before, or is NULL. */
ef_status ef_tail_understand(ef_tail *tail, const ef_reader_options *options,
                             const ef_zone *zone, const char *like, bool is_late,
                             ef_error *error);

#endif
