/* SPDX-License-Identifier: MIT
 * cli/audit_report.h - what `earful audit` prints, and what it is asked to fail on. */
#ifndef EARFUL_CLI_AUDIT_REPORT_H
#define EARFUL_CLI_AUDIT_REPORT_H

#include <stdbool.h>

#include "earful/app/audit.h"

void ef_audit_print_table(const ef_audited *audited);
void ef_audit_print_json(const ef_audited *audited);
void ef_audit_print_csv(const ef_audited *audited);

/* What --fail-if names: [DIMENSION:]MEASURE>NUMBER, or >=. */
typedef enum ef_audit_measure {
    EF_AUDIT_GAP,   /* size of a group's mean gap */
    EF_AUDIT_WORST, /* size of its worst one */
    EF_AUDIT_FLIPS, /* share of its texts with another label */
    EF_AUDIT_MUTED, /* how much less is heard of complaints and of praise alike */
    EF_AUDIT_ALONE, /* texts of identity words alone that are negative; of no dimension */
    EF_AUDIT_MEASURES
} ef_audit_measure;

typedef struct ef_audit_limit {
    const char *words;  /* as typed */
    ef_slice dimension; /* empty: all */
    ef_audit_measure measure;
    double limit;
    bool is_inclusive; /* >= */
} ef_audit_limit;

/* Reads a condition; limit points into words. False if it is none. */
bool ef_audit_limit_read(ef_audit_limit *limit, const char *words);

/* Whether the audit has the dimension that the condition names. */
bool ef_audit_limit_fits(const ef_audit_limit *limit, const ef_audited *audited);

/* Whether the condition holds for some group; *group gets that with the largest value, NULL
 * for one of no dimension, and *value the value. */
bool ef_audit_limit_is_met(const ef_audit_limit *limit, const ef_audited *audited,
                           const ef_audit_group **group, double *value);

/* The share of a group's texts that have another label. */
double ef_audit_flips(const ef_audit_group *group);

/* By how much, at least, its negative sentences score higher and its positive ones lower;
 * 0 if they do not. */
double ef_audit_muted(const ef_audit_group *group);

#endif
