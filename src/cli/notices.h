/* SPDX-License-Identifier: MIT
 * cli/notices.h - what reading has to say, on standard error. */
#ifndef EARFUL_CLI_NOTICES_H
#define EARFUL_CLI_NOTICES_H

#include "progress.h"
#include "settings.h"

typedef struct ef_notices {
    bool is_quiet;
    uint64_t rejects, failed_inputs;
    ef_progress *progress; /* its line makes room; may be NULL */
} ef_notices;

/* Lets the reader of settings tell its notices here. */
void ef_notices_start(ef_notices *notices, ef_settings *settings, ef_progress *progress);

/* The exit code for what was told: rejects count only under --strict. */
int ef_notices_exit(const ef_notices *notices, const ef_settings *settings);

#endif
