/* SPDX-License-Identifier: MIT
 * tests/nth/folder.h - small trees of files: copied, emptied, compared. */
#ifndef EARFUL_NTH_FOLDER_H
#define EARFUL_NTH_FOLDER_H

#include <stdbool.h>
#include <stddef.h>

/* A file's bytes, ended with a zero that size does not count; NULL: there is none.
 * Whoever asks frees. */
char *folder_read(const char *path, size_t *size);

/* Removes everything in it. */
void folder_empty(const char *folder);
/* Copies all files and folders, as they are. */
void folder_copy(const char *from, const char *to);

/* Whether each file of got is, to the byte, that of the same name in one of the other
 * two, except those that a blank-separated list of patterns names. If not, the name of
 * the first that differs comes into name. */
bool folder_is_of(const char *got, const char *before, const char *after,
                  const char *except, char *name, size_t size);

/* Whether both have the same files with the same bytes, with the same exceptions. The first
 * that differs may have the same lines in another order: a file that cannot be read for a
 * moment is read after the others. */
bool folder_is_same(const char *got, const char *wanted, const char *except, char *name,
                    size_t size);

#endif
