/* SPDX-License-Identifier: MIT
 * input/formats.c - the table of formats, in the order in which equal fits are decided: what
 * knows more about its input comes first. */
#include "input/formats.h"

#include "input/chatjson.h"
#include "input/chatlog.h"

static const ef_format *const formats[] = {
    &ef_format_ndjson, &ef_format_json, &ef_format_csv, &ef_format_tsv, &ef_format_lines,
};

/* Tables of formats of one kind; a row without a name ends each. */
static const ef_format *const chats[] = { ef_chatjson_formats, ef_chatlog_formats };

const ef_format *ef_format_at(size_t index)
{
    for (size_t i = 0; i < sizeof chats / sizeof chats[0]; i++)
        for (const ef_format *format = chats[i]; format->name != NULL; format++)
            if (index-- == 0)
                return format;
    return index < sizeof formats / sizeof formats[0] ? formats[index] : NULL;
}

const ef_format *ef_format_named(const char *name)
{
    for (size_t i = 0; ef_format_at(i) != NULL; i++)
        if (strcmp(ef_format_at(i)->name, name) == 0)
            return ef_format_at(i);
    return NULL;
}
