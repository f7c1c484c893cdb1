/* SPDX-License-Identifier: MIT
 * cli/own_job.h - what a user's texts add to the built-in model: the job of two verbs. */
#ifndef EARFUL_CLI_OWN_JOB_H
#define EARFUL_CLI_OWN_JOB_H

#include "settings.h"

/* Makes an own model, or only calibrates, and prints what is gained on texts that it did
 * not learn from. Gives the exit code. */
int ef_own_job(ef_settings *settings, bool only_calibrates);

/* A note while a model is made; user is the settings. */
void ef_own_note(void *user, const char *line);

/* Says what stands in a new model's file. */
void ef_own_say_file(const ef_settings *settings, uint64_t size, uint64_t features,
                     const char *hash, const uint64_t texts[4]);

#endif
