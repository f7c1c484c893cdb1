/* SPDX-License-Identifier: MIT
 * report/score_field.h - one field of a score: where it stands, and how it is read. */
#ifndef EARFUL_REPORT_SCORE_FIELD_H
#define EARFUL_REPORT_SCORE_FIELD_H

#include <stddef.h>

/* A CHANCE is a UNIT that means nothing where there is no label: it is null there, so that
 * nobody takes the mean of figures for nothing. */
typedef enum ef_field_kind {
    EF_FIELD_LABEL,
    EF_FIELD_CHANCE,
    EF_FIELD_UNIT,
    EF_FIELD_COUNT,
    EF_FIELD_FLAG,
    EF_FIELD_EMOTION,
    EF_FIELD_SIGNALS,
    EF_FIELD_LANGUAGE
} ef_field_kind;

struct ef_score_field {
    const char *name;
    char key[24];    /* as JSON, with its colon */
    size_t key_size; /* … which is written by moving all 24 bytes */
    ef_field_kind kind;
    size_t offset; /* in ef_score */
};

struct ef_score_fields {
    const struct ef_score_field *rows, *end;
};

#endif
