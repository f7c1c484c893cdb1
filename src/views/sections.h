/* SPDX-License-Identifier: MIT
 * views/sections.h - the lists of findings, by the names that every view gives them. */
#ifndef EARFUL_VIEWS_SECTIONS_H
#define EARFUL_VIEWS_SECTIONS_H

#include "earful/app/report.h"

/* A list of figures: how people stand, in the order of a report. */
typedef struct ef_section {
    const char *key;   /* "mood" */
    const char *title; /* "How customers feel" */
    const ef_figures *figures;
} ef_section;

enum {
    EF_SECTION_MOOD,
    EF_SECTION_SURVEY,
    EF_SECTION_STARS,
    EF_SECTION_SERVICE,
    EF_SECTION_CONVERSATIONS,
    EF_SECTION_EMOTIONS,
    EF_SECTION_SIGNALS,
    EF_SECTION_COUNT
};
ef_section ef_section_at(const ef_findings *findings, size_t index);

/* A list of themes. */
typedef struct ef_theme_list {
    const char *key;   /* "pains" */
    const char *title; /* "What hurts" */
    const ef_themes *themes;
} ef_theme_list;

enum { EF_THEME_LIST_COUNT = 3 };
ef_theme_list ef_theme_list_at(const ef_findings *findings, size_t index);

/* A list of customers. */
typedef struct ef_customer_list {
    const char *key, *title;
    const ef_customers *customers;
} ef_customer_list;

enum { EF_CUSTOMER_LIST_COUNT = 2 };
ef_customer_list ef_customer_list_at(const ef_findings *findings, size_t index);

#endif
