/* SPDX-License-Identifier: MIT
 * input/sources.c - the table of source kinds. */
#include "input/source.h"

static const ef_source_kind *const kinds[] = {
    &ef_source_kind_file,
    &ef_source_kind_memory,
};

const ef_source_kind *ef_source_kind_at(size_t index)
{
    return index < sizeof kinds / sizeof kinds[0] ? kinds[index] : NULL;
}
