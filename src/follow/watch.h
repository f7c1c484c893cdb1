/* SPDX-License-Identifier: MIT
 * follow/watch.h - hearing at once that something happened in a folder.
 *
 * A watch makes us quick, never right: whatever it tells or fails to tell, files are looked
 * at again every few seconds. */
#ifndef EARFUL_FOLLOW_WATCH_H
#define EARFUL_FOLLOW_WATCH_H

#include <stdbool.h>

#include "earful/status.h"

typedef struct ef_watch ef_watch;

typedef enum ef_watch_news {
    EF_WATCH_GREW,   /* name was written to */
    EF_WATCH_CAME,   /* name is new in the folder */
    EF_WATCH_FOLDER, /* name is new, and a folder */
    EF_WATCH_WENT,   /* name left the folder, or the folder itself did */
    EF_WATCH_ALL     /* news were lost: look at everything; folder and name are "" */
} ef_watch_news;

typedef void ef_watch_fn(void *user, ef_watch_news news, const char *folder,
                         const char *name);

/* A watch that can do nothing (no inotify here, or polls) is one all the same.
 * EF_ERR_MEMORY only. */
ef_status ef_watch_new(ef_watch **watch, bool polls, ef_error *error);
void ef_watch_free(ef_watch *watch);

/* Hears of a folder from now on, or of one file (name then is ""). Asked twice, it does
 * nothing. False when it cannot, or when this file system does not tell (NFS, FUSE,
 * overlay): then polling must do. */
bool ef_watch_add(ef_watch *watch, const char *path, bool is_file);

/* Whether the system has refused a watch because there are too many. */
bool ef_watch_has_limit(const ef_watch *watch);

/* Tells what is new; never waits. */
void ef_watch_read(ef_watch *watch, ef_watch_fn *fn, void *user);

/* To be polled for reading; -1: there is nothing to wait for. */
int ef_watch_descriptor(const ef_watch *watch);

#endif
