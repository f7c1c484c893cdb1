/* SPDX-License-Identifier: MIT
 * cli/read_file.c - a small file as a whole. */
#include "read_file.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "terminal.h"

char *ef_read_file(const char *path, size_t limit, size_t *size)
{
    FILE *file = fopen(path, "rb");
    char *bytes = file != NULL ? malloc(limit + 1) : NULL;
    *size = bytes != NULL ? fread(bytes, 1, limit + 1, file) : 0;
    if (file == NULL || bytes == NULL || ferror(file)) {
        ef_say("cannot read '%s': %s", path, strerror(errno));
    } else if (*size > limit) {
        ef_say("'%s' is not such a file: it is longer than %zu MiB", path, limit >> 20);
    } else {
        fclose(file);
        return bytes;
    }
    if (file != NULL)
        fclose(file);
    free(bytes);
    return NULL;
}
