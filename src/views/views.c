/* SPDX-License-Identifier: MIT
 * views/views.c - the table of views. */
#include "views/views.h"

static const ef_view *const views[] = {
    &ef_view_terminal, &ef_view_html, &ef_view_json, &ef_view_ndjson, &ef_view_csv,
};

const ef_view *ef_view_at(size_t index)
{
    return index < sizeof views / sizeof views[0] ? views[index] : NULL;
}

const ef_view *ef_view_named(const char *name)
{
    for (size_t i = 0; ef_view_at(i) != NULL; i++)
        if (strcmp(ef_view_at(i)->name, name) == 0)
            return ef_view_at(i);
    return NULL;
}
