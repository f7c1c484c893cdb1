/* SPDX-License-Identifier: MIT
 * paths.c - scores each line of a file through the library: what the guard counts.
 *
 *   guard-paths KERNELS FILE
 *
 * Nothing else happens in it. What it prints depends on every score, so that nothing of
 * them can be left out by a compiler. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "earful/earful.h"

static int fail(const char *why)
{
    fprintf(stderr, "guard-paths: %s\n", why);
    return 1;
}

static char *read_whole(const char *path, size_t *size)
{
    FILE *file = fopen(path, "rb");
    if (file == NULL || fseek(file, 0, SEEK_END) != 0)
        return NULL;
    *size = (size_t)ftell(file);
    rewind(file);
    char *bytes = malloc(*size + 1);
    if (bytes != NULL && fread(bytes, 1, *size, file) != *size)
        *size = 0;
    fclose(file);
    return bytes;
}

static int score_lines(const ef_engine *engine, ef_scratch *scratch, const char *p,
                       const char *end)
{
    int64_t sum = 0;
    for (const char *line_end; (line_end = memchr(p, '\n', (size_t)(end - p))) != NULL;) {
        ef_slice text = { (const uint8_t *)p, (size_t)(line_end - p) };
        ef_score score;
        if (ef_score_text(engine, scratch, text, &score, NULL) != EF_OK)
            return fail("out of memory");
        sum += (int64_t)score.score + score.words;
        p = line_end + 1;
    }
    printf("%lld\n", (long long)sum);
    return 0;
}

int main(int count, char **words)
{
    if (count != 3)
        return fail("usage: guard-paths KERNELS FILE");
    size_t size = 0;
    ef_engine_options options = { .kernels = words[1] };
    ef_engine *engine;
    ef_scratch *scratch;
    ef_error error = { 0 };
    char *bytes = read_whole(words[2], &size);
    if (bytes == NULL || size == 0)
        return fail("the file cannot be read");
    if (ef_engine_new(&engine, &options, &error) != EF_OK ||
        ef_scratch_new(&scratch, &error) != EF_OK)
        return fail(error.message);
    int code = score_lines(engine, scratch, bytes, bytes + size);
    ef_scratch_free(scratch);
    ef_engine_free(engine);
    free(bytes);
    return code;
}
