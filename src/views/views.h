/* SPDX-License-Identifier: MIT
 * views/views.h - what a report looks like: the views' seam.
 *
 * A view writes findings as bytes and computes nothing: what it shows was found before.
 * Whatever strangers wrote is shown as text, never taken for a command. Listed in views.c.
 */
#ifndef EARFUL_VIEWS_VIEWS_H
#define EARFUL_VIEWS_VIEWS_H

#include "base/buffer.h"
#include "earful/app/report.h"
#include "report/shown.h"

/* Zero means the default everywhere. */
typedef struct ef_view_options {
    unsigned width; /* columns of a terminal: 80; at least 40 */
    bool has_color; /* the terminal shows colours */
} ef_view_options;

typedef struct ef_view {
    const char *name, *summary;
    ef_shown shown; /* on a terminal */
    /* Appends the whole document. Out of memory shows in out->failed. */
    void (*write)(ef_buffer *out, const ef_findings *findings,
                  const ef_view_options *options);
} ef_view;

extern const ef_view ef_view_terminal, ef_view_html, ef_view_json, ef_view_ndjson,
    ef_view_csv;

const ef_view *ef_view_at(size_t index); /* NULL after the last */
const ef_view *ef_view_named(const char *name);

#endif
