/* SPDX-License-Identifier: MIT
 * follow/source_follow.h - all growing files of the inputs as one stream of blocks.
 *
 * It finds files, notices when one was rotated, emptied, replaced or deleted, and gives the
 * bytes of each in its order, older generations of a log before younger ones. It never
 * waits and never asks the clock: whoever calls says what time it is (milliseconds on any
 * clock that only goes forward) and waits on descriptor and deadline.
 * Belongs to one thread. */
#ifndef EARFUL_FOLLOW_SOURCE_FOLLOW_H
#define EARFUL_FOLLOW_SOURCE_FOLLOW_H

#include "follow/tail.h"

typedef struct ef_following ef_following;

typedef enum ef_start_at {
    EF_START_DEFAULT, /* the end for inputs that are new, the beginning for new files */
    EF_START_BEGIN,
    EF_START_END,
    EF_START_LAST /* the last lines */
} ef_start_at;

typedef struct ef_following_options {
    const ef_reader_options *reader; /* inputs, format, columns, notices; must outlive */
    ef_start_at start;               /* in files that are not remembered */
    uint64_t last_lines;             /* for EF_START_LAST */
    bool is_once;                    /* the end of a file is the end */
    bool polls;                      /* look four times a second, without inotify */
    int64_t flush_ms; /* a message that nothing ends is over after this pause */
    int64_t grace_ms; /* a file that was replaced is kept so long behind its end */
    size_t most_open; /* descriptors */
    uint64_t salt;    /* of the prints */
    const char *unpack_folder; /* where packed logs are unpacked, into files without name */
    /* Whether a file is one of ours, which is never followed; and whether an input was one
     * when we ran before: what is new in it is read from the beginning. */
    bool (*is_own)(void *user, const struct stat *about);
    bool (*is_old_input)(void *user, const char *input);
    void *user;
} ef_following_options;

typedef struct ef_following_counts {
    uint64_t files;        /* that are followed now */
    uint64_t waiting;      /* bytes seen and not given out */
    uint64_t truncated;    /* how often a file was emptied */
    uint64_t lost_bytes;   /* bytes that were seen, or were there, and could not be read */
    uint64_t gone_files;   /* files that went before they were read to their end */
    uint64_t passed_bytes; /* of holes */
} ef_following_counts;

ef_status ef_following_new(ef_following **following, const ef_following_options *options,
                           ef_error *error);
void ef_following_free(ef_following *following);

/* A file that was followed before: all but the identity's inode is found again by
 * ef_following_begin. */
typedef struct ef_remembered {
    const char *first_path;
    uint64_t generation;
    ef_identity identity;
    uint64_t line, cut_state, sample, flushed, history_end;
    bool is_skipping, is_finished;
    int64_t written_ms; /* when it had last been written to */
    ef_slice format;    /* of the layout; empty: not decided */
} ef_remembered;

/* For each, before ef_following_begin. */
ef_status ef_following_remember(ef_following *following, const ef_remembered *file,
                                ef_error *error);

/* Finds all files. EF_ERR_MEMORY, as what is not there yet may come; EF_ERR_IO where
 * standard input cannot be followed. */
ef_status ef_following_begin(ef_following *following, int64_t now_ms, ef_error *error);

/* The next block; *tail is the file it came from. EF_OK, EF_AGAIN (nothing new), or an
 * error that ends all: EF_ERR_MEMORY. Trouble with one file is told as a notice. Rejects
 * that were told and counted here are added to *rejected. */
ef_status ef_following_next(ef_following *following, int64_t now_ms, ef_block *block,
                            ef_tail **tail, uint64_t *rejected, ef_error *error);

/* What to wait for: news on the descriptor (-1: none), or this time. */
int ef_following_descriptor(const ef_following *following);
int64_t ef_following_deadline(const ef_following *following);
/* Standard input, while more of it is wanted; else -1. */
int ef_following_pipe(const ef_following *following);

/* Whether it ends by itself when nothing is new: with the pipe, or with is_once. */
bool ef_following_is_over(const ef_following *following);

/* The index-th tail, NULL behind the last: to save those that are unsaved. A tail that
 * is_forgotten is to be deleted. ef_following_saved then takes all as saved. */
ef_tail *ef_following_at(const ef_following *following, size_t index);
void ef_following_saved(ef_following *following);

void ef_following_count(const ef_following *following, ef_following_counts *counts);

#endif
