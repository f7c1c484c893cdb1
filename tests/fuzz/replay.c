/* SPDX-License-Identifier: MIT
 * tests/fuzz/replay.c - runs a fuzz target over the files named, without a fuzzer.
 *
 * Linked with one target at a time. What the fuzzer once found stays found, with any
 * compiler and any sanitizer. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static int replay(const char *path)
{
    FILE *file = fopen(path, "rb");
    if (file == NULL || fseek(file, 0, SEEK_END) != 0) {
        fprintf(stderr, "cannot open '%s'\n", path);
        return 1;
    }
    size_t size = (size_t)ftell(file);
    rewind(file);
    /* An exact heap block: reading one byte too far is then seen by a sanitizer. */
    uint8_t *bytes = malloc(size > 0 ? size : 1);
    int code = bytes == NULL || fread(bytes, 1, size, file) != size;
    if (code == 0)
        LLVMFuzzerTestOneInput(bytes, size);
    free(bytes);
    fclose(file);
    return code;
}

int main(int count, char **paths)
{
    int code = 0;
    for (int i = 1; i < count; i++)
        code |= replay(paths[i]);
    return code;
}
