/* SPDX-License-Identifier: MIT
 * state/generations.h - the files around a database: its lock, and the copies beside it. */
#ifndef EARFUL_STATE_GENERATIONS_H
#define EARFUL_STATE_GENERATIONS_H

#include <stdbool.h>

#include "earful/status.h"

/* path with suffix behind it; NULL without memory. The caller frees it. */
char *ef_beside(const char *path, const char *suffix);

/* Makes the folders above path, for nobody but us to look into. EF_ERR_IO. */
ef_status ef_generation_folders(const char *path, ef_error *error);

/* The same, and path itself if it is not there, mode 0600. EF_ERR_IO. */
ef_status ef_generation_make(const char *path, ef_error *error);

/* Takes the lock beside path. *lock is to be closed, also on failure unless it is -1.
 * EF_ERR_IO: somebody has it. */
ef_status ef_generation_lock(const char *path, int *lock, ef_error *error);

/* Moves a damaged database and its log to path.corrupt and puts a copy of path.1 in its
 * place. EF_END: there is no path.1, and nothing was moved. */
ef_status ef_generation_restore(const char *path, ef_error *error);

/* Gives the file at from the name to, for good: both it and the folder are synced. */
ef_status ef_generation_keep(const char *from, const char *to, ef_error *error);

#endif
