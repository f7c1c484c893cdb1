/* SPDX-License-Identifier: MIT
 * cli/progress.h - one line that says how far a long job is. */
#ifndef EARFUL_CLI_PROGRESS_H
#define EARFUL_CLI_PROGRESS_H

#include "settings.h"
#include "terminal.h"

typedef struct ef_progress {
    bool is_wanted; /* standard error is a terminal, and nobody said no */
    bool is_drawn;
    double start_seconds;
} ef_progress;

void ef_progress_start(ef_progress *progress, const ef_settings *settings);

/* Draws the line anew; nothing in the first second, which most jobs do not outlast. */
void ef_progress_draw(ef_progress *progress, const ef_reader_counts *counts);

/* Takes the line away, before something else is said. */
void ef_progress_clear(ef_progress *progress);

double ef_progress_seconds(const ef_progress *progress);

/* "12.3 MB", in powers of 1000. */
typedef struct ef_amount {
    char text[24];
} ef_amount;
const char *ef_amount_of_bytes(ef_amount *amount, double bytes);

#endif
