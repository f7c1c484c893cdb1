/* SPDX-License-Identifier: MIT
 * cli/lexicon_jobs.h - the jobs of `earful lexicon` that look into the lexicon in use. */
#ifndef EARFUL_CLI_LEXICON_JOBS_H
#define EARFUL_CLI_LEXICON_JOBS_H

#include "settings.h"

/* Each takes what stands behind the job's name on the command line, returns an exit code. */
int ef_lexicon_job_show(ef_settings *settings);
int ef_lexicon_job_suggest(ef_settings *settings);

#endif
