/* SPDX-License-Identifier: MIT
 * input/formats.c - the table of formats, in the order in which equal fits are decided. */
#include "input/formats.h"

static const ef_format *const formats[] = {
    &ef_format_ndjson, &ef_format_json, &ef_format_csv, &ef_format_tsv, &ef_format_lines,
};

const ef_format *ef_format_at(size_t index)
{
    return index < sizeof formats / sizeof formats[0] ? formats[index] : NULL;
}

const ef_format *ef_format_named(const char *name)
{
    for (size_t i = 0; ef_format_at(i) != NULL; i++)
        if (strcmp(ef_format_at(i)->name, name) == 0)
            return ef_format_at(i);
    return NULL;
}
