/* SPDX-License-Identifier: MIT
 * cli/review_report.h - how the model did on what a person labelled, and what to do now. */
#ifndef EARFUL_CLI_REVIEW_REPORT_H
#define EARFUL_CLI_REVIEW_REPORT_H

#include "settings.h"

/* Prints the report of the one labels file in settings. Gives the exit code. */
int ef_review_report_job(ef_settings *settings);

#endif
