/* SPDX-License-Identifier: MIT
 * follow/siblings.h - what lies beside a log: its rotated generations and copies.
 *
 * app.log.1, app.log-20240512, app.log.old: the log's name with "." or "-" and more behind
 * it. A log that was renamed in any other way is found by its inode. */
#ifndef EARFUL_FOLLOW_SIBLINGS_H
#define EARFUL_FOLLOW_SIBLINGS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/stat.h>

#include "earful/status.h"

typedef struct ef_sibling {
    char *path;
    struct stat about;
} ef_sibling;

typedef struct ef_siblings {
    ef_sibling *items;
    size_t count, capacity;
    int trouble; /* errno of what could not be looked at; 0: none */
} ef_siblings;

/* Lists the regular files beside path, without path itself, oldest first: by time of the
 * last change, then by falling number at the end of the name. inode: one more file that is
 * listed whatever its name is; 0 for none. A folder that cannot be read has none.
 * EF_ERR_MEMORY only. */
ef_status ef_siblings_look(ef_siblings *siblings, const char *path, uint64_t inode,
                           ef_error *error);
/* The same, and none is missed because names shift meanwhile, as when logs are rotated. */
ef_status ef_siblings_list(ef_siblings *siblings, const char *path, ef_error *error);
void ef_siblings_release(ef_siblings *siblings);

/* Whether one is older than the other, in the same order. */
bool ef_sibling_is_older(const ef_sibling *one, const ef_sibling *other);

/* Whether path is log's name with "." or "-" and more behind it. */
bool ef_is_sibling(const char *log, const char *path);

#endif
