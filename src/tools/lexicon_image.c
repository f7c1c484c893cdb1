/* SPDX-License-Identifier: MIT
 * tools/lexicon_image.c - lexicon files into the image that the library carries.
 *
 * Runs while earful is built: lexicon_image OUT FILE…. A line that is wrong, doubled or
 * unreachable stops the build, so the shipped lexicon has none. */
#include <stdio.h>
#include <stdlib.h>

#include "lexicon/lexicon_build.h"

typedef struct checking {
    const char *path;
    unsigned findings;
} checking;

static void print(void *user, const ef_lexicon_finding *finding)
{
    checking *c = user;
    c->findings++;
    fprintf(stderr, "%s:%llu:%llu: %s\n", c->path, (unsigned long long)finding->line,
            (unsigned long long)finding->column, finding->message);
}

static bool read_all(const char *path, ef_buffer *bytes)
{
    FILE *file = fopen(path, "rb");
    if (file == NULL)
        return false;
    char block[65536];
    size_t got;
    while ((got = fread(block, 1, sizeof block, file)) > 0)
        ef_buffer_append(bytes, block, got);
    bool is_whole = !ferror(file) && !bytes->failed;
    fclose(file);
    return is_whole;
}

static bool write_all(const char *path, ef_slice bytes)
{
    FILE *file = fopen(path, "wb");
    if (file == NULL)
        return false;
    bool is_written = fwrite(bytes.data, 1, bytes.size, file) == bytes.size;
    return fclose(file) == 0 && is_written;
}

static bool add(ef_lexicon_builder *builder, const char *path)
{
    ef_buffer bytes = { 0 };
    checking check = { path, 0 };
    ef_error error = { 0 };
    bool is_good = read_all(path, &bytes);
    if (!is_good)
        fprintf(stderr, "lexicon_image: cannot read '%s'\n", path);
    else
        is_good = ef_lexicon_builder_add(builder, ef_buffer_slice(&bytes), path, print,
                                         &check, NULL, &error) == EF_OK &&
                  check.findings == 0;
    ef_buffer_release(&bytes);
    return is_good;
}

int main(int argc, char **argv)
{
    if (argc < 3) {
        fprintf(stderr, "usage: lexicon_image OUT FILE...\n");
        return 2;
    }
    ef_lexicon_builder builder;
    ef_lexicon lexicon = { 0 };
    ef_buffer image = { 0 };
    bool is_good = ef_lexicon_builder_init(&builder, NULL, NULL) == EF_OK;
    for (int i = 2; i < argc; i++)
        is_good = add(&builder, argv[i]) && is_good;
    if (is_good) {
        is_good = ef_lexicon_builder_finish(&builder, &lexicon, NULL) == EF_OK &&
                  ef_lexicon_write(&lexicon, &image) &&
                  write_all(argv[1], ef_buffer_slice(&image));
    }
    ef_lexicon_builder_release(&builder);
    ef_lexicon_release(&lexicon);
    ef_buffer_release(&image);
    return is_good ? 0 : 1;
}
