/* SPDX-License-Identifier: MIT
 * cli/eval_report.h - what `earful eval` prints, for people and for machines. */
#ifndef EARFUL_CLI_EVAL_REPORT_H
#define EARFUL_CLI_EVAL_REPORT_H

#include "earful/app/eval.h"

/* An engine that was asked, and what the user called its model. */
typedef struct ef_asked {
    const char *name;
    ef_engine_info info;
} ef_asked;

typedef struct ef_eval_report {
    const ef_evaluated *evaluated;
    const ef_asked *asked; /* as many as there are models */
    const char *group;     /* the column of the groups, or NULL */
} ef_eval_report;

void ef_eval_print_table(const ef_eval_report *report);
void ef_eval_print_json(const ef_eval_report *report);

#endif
