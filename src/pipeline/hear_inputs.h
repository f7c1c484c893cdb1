/* SPDX-License-Identifier: MIT
 * pipeline/hear_inputs.h - raw inputs, and those that were scored before, become one tally.
 *
 * Every thread counts into a tally of its own; at the end they are added up. What a tally
 * says does not depend on who counted what. */
#ifndef EARFUL_PIPELINE_HEAR_INPUTS_H
#define EARFUL_PIPELINE_HEAR_INPUTS_H

#include "earful/app/report.h"
#include "tally/manifest.h"
#include "tally/tally.h"

typedef struct ef_heard_inputs {
    const ef_engine *engine;
    const ef_plan *plan;
    const ef_report_options *options;
    const char *const *inputs; /* instead of those in the options */
    size_t input_count;
    ef_run_summary *summary;
} ef_heard_inputs;

/* Adds all messages to a tally, and the inputs to a manifest. Fails like ef_run_score;
 * EF_END: the user has stopped it. */
ef_status ef_hear_inputs(const ef_heard_inputs *what, ef_tally *tally,
                         ef_manifest *manifest, ef_error *error);

#endif
