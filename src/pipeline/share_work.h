/* SPDX-License-Identifier: MIT
 * pipeline/share_work.h - independent pieces of work, shared by threads. */
#ifndef EARFUL_PIPELINE_SHARE_WORK_H
#define EARFUL_PIPELINE_SHARE_WORK_H

#include <stddef.h>

/* Does one piece. Pieces run in any order and in any thread, and must not need each
 * other; what they fail with goes into user. */
typedef void ef_piece_fn(void *user, size_t index);

/* Calls work for every index below count and returns when all are done. threads 0: as many
 * as there are cores. A thread that cannot be started is done without. */
void ef_share_work(unsigned threads, size_t count, ef_piece_fn *work, void *user);

#endif
