/* SPDX-License-Identifier: MIT
 * cli/verb_calibrate.c - `earful calibrate`: limits and probabilities that fit one's own
 * ratings. */
#include <string.h>

#include "exit_codes.h"
#include "own_job.h"
#include "terminal.h"
#include "verbs.h"

int ef_verb_calibrate(ef_settings *settings)
{
    if (settings->output_path != NULL && strcmp(settings->output_path, "-") == 0) {
        ef_say("a model goes to a file: earful calibrate ... -o MODEL");
        return EF_EXIT_USAGE;
    }
    return ef_own_job(settings, true);
}
