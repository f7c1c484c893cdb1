/* SPDX-License-Identifier: MIT
 * input/reader_options.c - what a reader is asked for: checked, and copied to stay. */
#include "input/reader_options.h"

#include "base/error.h"
#include "input/format.h"
#include "input/ratings.h"
#include "input/source.h"

enum { DEFAULT_RECORD = 1 << 20, LARGEST_RECORD = 1 << 30 };

static bool copy_text(ef_arena *arena, const char **text)
{
    if (*text != NULL)
        *text = ef_arena_copy(arena, ef_slice_of(*text));
    return *text != NULL;
}

/* The name of an encoding as the table has it, whatever its case; NULL if there is none. */
static const char *encoding_named(const char *name)
{
    if (name == NULL)
        name = "auto";
    for (size_t i = 0; ef_encoding_at(i) != NULL; i++) {
        const char *known = ef_encoding_at(i)->name;
        size_t at = 0;
        while (name[at] != '\0' &&
               (name[at] >= 'A' && name[at] <= 'Z' ? name[at] | 32 : name[at]) == known[at])
            at++;
        if (name[at] == '\0' && known[at] == '\0')
            return known;
    }
    return NULL;
}

static bool copy_words(const char *const **words, size_t count, ef_arena *arena)
{
    const char **copies = ef_arena_alloc(arena, (count + 1) * sizeof *copies);
    for (size_t i = 0; copies != NULL && i < count; i++) {
        copies[i] = (*words)[i];
        if (!copy_text(arena, &copies[i]))
            return false;
    }
    *words = copies;
    return copies != NULL;
}

bool ef_reader_options_copy(ef_reader_options *copy, const ef_reader_options *options,
                            ef_arena *arena)
{
    *copy = *options;
    copy->inputs = NULL; /* walked already */
    copy->encoding = encoding_named(options->encoding);
    const char **texts[] = { &copy->format,       &copy->text,      &copy->id,
                             &copy->time,         &copy->rating,    &copy->author,
                             &copy->role,         &copy->channel,   &copy->conversation,
                             &copy->rating_scale, &copy->time_zone, &copy->date_order,
                             &copy->pattern };
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        if (*texts[i] != NULL && !copy_text(arena, texts[i]))
            return false;
    if (copy->max_record == 0)
        copy->max_record = DEFAULT_RECORD;
    return copy_words(&copy->staff, copy->staff_count, arena) &&
           copy_words(&copy->pseudonymize, copy->pseudonymize_count, arena);
}

ef_status ef_reader_options_check(const ef_reader_options *options, ef_error *error)
{
    if (options->input_count == 0)
        return ef_error_set(error, EF_ERR_ARGUMENT, "no input is named");
    if (options->format != NULL && ef_format_named(options->format) == NULL)
        return ef_error_set(error, EF_ERR_ARGUMENT, "unknown format '%s'", options->format);
    if (options->pattern != NULL && options->format != NULL &&
        strcmp(options->format, "generic") != 0)
        return ef_error_set(error, EF_ERR_ARGUMENT,
                            "a pattern goes with the format 'generic' only, not with '%s'",
                            options->format);
    ef_rating_scale scale;
    if (options->rating_scale != NULL &&
        !ef_rating_scale_parse(options->rating_scale, &scale))
        return ef_error_set(error, EF_ERR_ARGUMENT,
                            "bad rating scale '%s': write it as 1-5",
                            options->rating_scale);
    if (options->max_record > LARGEST_RECORD)
        return ef_error_set(error, EF_ERR_ARGUMENT,
                            "the limit for records is at most 1 GiB");
    if (options->pseudonymize_count > 0 && options->pseudonyms == NULL)
        return ef_error_set(error, EF_ERR_ARGUMENT,
                            "columns are to be pseudonymized, and no key is given");
    if (encoding_named(options->encoding) == NULL)
        return ef_error_set(error, EF_ERR_ARGUMENT, "unknown encoding '%s'",
                            options->encoding);
    return EF_OK;
}
