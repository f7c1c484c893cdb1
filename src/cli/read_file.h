/* SPDX-License-Identifier: MIT
 * cli/read_file.h - a small file as a whole. */
#ifndef EARFUL_CLI_READ_FILE_H
#define EARFUL_CLI_READ_FILE_H

#include <stddef.h>

/* The bytes of a file, to be freed; NULL, and says why, if they cannot be had or are more
 * than limit. */
char *ef_read_file(const char *path, size_t limit, size_t *size);

#endif
