/* SPDX-License-Identifier: MIT
 * cli/own_report.h - what an own model is worth, for people. */
#ifndef EARFUL_CLI_OWN_REPORT_H
#define EARFUL_CLI_OWN_REPORT_H

#include "settings.h"

/* Prints the figures of the default and of the own model on texts that neither learnt from,
 * their differences, and the learning curve if there is one. */
void ef_own_print(const ef_own_summary *summary, const ef_settings *settings);

#endif
