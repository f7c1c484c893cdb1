/* SPDX-License-Identifier: MIT
 * views/page.h - the sections of the HTML page, in the order in which they are read. */
#ifndef EARFUL_VIEWS_PAGE_H
#define EARFUL_VIEWS_PAGE_H

#include "base/buffer.h"
#include "earful/app/report.h"

/* A section of the page: where there is nothing to say, it is left out. */
typedef struct ef_page_section {
    const char *id, *title;
    bool (*is_there)(const ef_findings *findings);
    void (*write)(ef_buffer *out, const ef_findings *findings);
} ef_page_section;

extern const ef_page_section ef_page_summary, ef_page_times, ef_page_changes, ef_page_pains,
    ef_page_praises, ef_page_topics, ef_page_ratings, ef_page_service, ef_page_moods,
    ef_page_groups, ef_page_customers, ef_page_agreement, ef_page_method;

/* The style sheet, and what the page's policy calls it: 'sha256-…'. Tests hold them to each
 * other. */
extern const char ef_page_style[];
extern const char ef_page_style_hash[];

#endif
