/* SPDX-License-Identifier: MIT
 * score/language.c - lexicon files, one by one and as a language pack.
 *
 * A pack's files are read in the order of their names as bytes, so that what wins does not
 * depend on the file system or the locale. */
#include "score/language.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/error.h"

enum { LEXICON_FILE_LIMIT = 256 << 20 };

ef_status ef_lexicon_file_read(const char *path, ef_buffer *bytes, ef_error *error)
{
    FILE *file = fopen(path, "rb");
    if (file == NULL)
        return ef_error_set(error, EF_ERR_IO, "cannot open '%s': %s", path,
                            strerror(errno));
    ef_status status = EF_OK;
    size_t got;
    do {
        if (!ef_buffer_reserve(bytes, 65536)) {
            status = ef_error_memory(error);
            break;
        }
        got = fread(bytes->data + bytes->size, 1, 65536, file);
        bytes->size += got;
        if (bytes->size > LEXICON_FILE_LIMIT)
            status = ef_error_set(error, EF_ERR_LIMIT,
                                  "lexicon '%s' is larger than 256 MiB", path);
    } while (got > 0 && status == EF_OK);
    if (status == EF_OK && ferror(file))
        status =
            ef_error_set(error, EF_ERR_IO, "cannot read '%s': %s", path, strerror(errno));
    fclose(file);
    return status;
}

ef_status ef_lexicon_file_add(ef_lexicon_builder *builder, const char *path,
                              ef_error *error)
{
    ef_buffer bytes = { 0 };
    ef_status status = ef_lexicon_file_read(path, &bytes, error);
    if (status == EF_OK)
        status = ef_lexicon_builder_add(builder, ef_buffer_slice(&bytes), path, NULL, NULL,
                                        NULL, error);
    ef_buffer_release(&bytes);
    return status;
}

static int is_lexicon(const struct dirent *entry)
{
    size_t size = strlen(entry->d_name);
    return entry->d_name[0] != '.' && size > 4 &&
           strcmp(entry->d_name + size - 4, ".tsv") == 0;
}

static int by_name(const struct dirent **left, const struct dirent **right)
{
    return strcmp((*left)->d_name, (*right)->d_name);
}

static ef_status add_entries(ef_lexicon_builder *builder, const char *folder,
                             struct dirent *const *entries, int count, ef_error *error)
{
    ef_buffer path = { 0 };
    ef_status status = EF_OK;
    for (int i = 0; status == EF_OK && i < count; i++) {
        ef_buffer_reset(&path);
        ef_buffer_printf(&path, "%s/%s", folder, entries[i]->d_name);
        status = path.failed ? ef_error_memory(error)
                             : ef_lexicon_file_add(builder, ef_buffer_text(&path), error);
    }
    ef_buffer_release(&path);
    return status;
}

ef_status ef_language_lexicon(ef_lexicon_builder *builder, const char *folder,
                              ef_error *error)
{
    struct dirent **entries = NULL;
    int count = scandir(folder, &entries, is_lexicon, by_name);
    if (count < 0)
        return ef_error_set(error, EF_ERR_IO, "cannot open language '%s': %s", folder,
                            strerror(errno));
    ef_status status = add_entries(builder, folder, entries, count, error);
    for (int i = 0; i < count; i++)
        free(entries[i]);
    free(entries);
    if (count == 0)
        return ef_error_set(error, EF_ERR_IO,
                            "no lexicon in language '%s': it needs a file *.tsv", folder);
    return status;
}

bool ef_language_model(const char *folder, ef_buffer *path)
{
    return ef_buffer_printf(path, "%s/model.efm", folder);
}
