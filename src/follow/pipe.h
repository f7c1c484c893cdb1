/* SPDX-License-Identifier: MIT
 * follow/pipe.h - standard input as a growing file.
 *
 * What comes through the pipe is put into a file in memory that has no name, and a tail
 * follows that: it is sniffed, cut into records and flushed as any log. What has been read
 * is given back to the system, and nothing more is taken while something waits, so the file
 * stays small however much passes through it, and whoever writes too fast has to wait.
 * A pipe cannot be read again: what is remembered of it is only how many there were, so
 * that no two records have one id. */
#ifndef EARFUL_FOLLOW_PIPE_H
#define EARFUL_FOLLOW_PIPE_H

#include "follow/following.h"

/* Whether standard input is among the inputs. */
bool ef_pipe_is_meant(const ef_reader_options *reader);

/* Refuses what cannot be had together with a pipe: other inputs, and a place to start. */
ef_status ef_pipe_check(const ef_following_options *options, ef_error *error);

/* Whether a tail that was remembered is one of a pipe, which is gone. */
bool ef_pipe_was(const char *first_path);

/* Follows standard input from where it stands, and says so. Fails with EF_ERR_MEMORY, or
 * EF_ERR_IO where there is none. */
ef_status ef_pipe_begin(ef_following *following, ef_error *error);

/* Takes what has come, up to a piece, or the end; never waits. EF_ERR_MEMORY only. */
ef_status ef_pipe_take(ef_following *following, int64_t now_ms, ef_error *error);

#endif
