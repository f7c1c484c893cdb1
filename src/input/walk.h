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

/* Adds the files behind one input, sorted among themselves. A symbolic link inside a folder
 * is followed unless no_symlinks is set, and left out when it leads to what is there
 * already. A path or glob that matches nothing is EF_ERR_ARGUMENT and names the nearest
 * match in its folder, if there is one; so is a folder without a file to read. A folder that
 * cannot be opened is EF_ERR_IO: leaving it out in silence would falsify the result. On
 * failure *paths is as it was. */
ef_status ef_walk(ef_paths *paths, const char *input, bool no_symlinks, ef_error *error);
void ef_paths_release(ef_paths *paths);

/* The same without an order, and with the symbolic links that were followed in *links. */
ef_status ef_walk_with_links(ef_paths *paths, ef_paths *links, const char *input,
                             bool no_symlinks, ef_error *error);

/* Appends a copy of path. */
ef_status ef_paths_add(ef_paths *paths, const char *path, ef_error *error);

/* Whether a path's suffix says image, sound, video or another attachment without messages. */
bool ef_path_is_media(const char *path);

/* Writes to nearest[0..size) the path of the entry whose name is most like the last part of
 * path, or of its first part that does not exist; stars and question marks in path match
 * anything. False if no name is near. */
bool ef_path_nearest(const char *path, char *nearest, size_t size);

#endif
