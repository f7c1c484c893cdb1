/* SPDX-License-Identifier: MIT
 * input/walk.h - inputs as the user named them, as a sorted list of files.
 *
 * A folder is walked (depth 64), a glob is expanded, "-" stays. Hidden files, media files
 * (by suffix), devices, FIFOs and loops are left out inside folders and globs. The order is
 * by bytes of the path, so that it does not depend on the file system or the locale. */
#ifndef EARFUL_INPUT_WALK_H
#define EARFUL_INPUT_WALK_H

#include <stdbool.h>
#include <stddef.h>

#include "earful/status.h"

typedef struct ef_paths {
    char **items;
    size_t count, capacity;
} ef_paths;

/* Adds the files behind one input. A path or glob that matches nothing is EF_ERR_ARGUMENT
 * and names the nearest match in its folder, if there is one. */
ef_status ef_walk(ef_paths *paths, const char *input, bool no_symlinks, ef_error *error);
void ef_paths_release(ef_paths *paths);

#endif
