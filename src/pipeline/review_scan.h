/* SPDX-License-Identifier: MIT
 * pipeline/review_scan.h - all inputs are scored, the best texts to ask about are kept. */
#ifndef EARFUL_PIPELINE_REVIEW_SCAN_H
#define EARFUL_PIPELINE_REVIEW_SCAN_H

#include "report/redacted.h"
#include "review/queue.h"

/* All are the caller's. */
typedef struct ef_review_scan {
    const ef_engine *engine;
    const ef_review_options *options;
    const ef_pool_plan *plan;
    const ef_key_set *labelled; /* keys of texts that are not to be asked again */
} ef_review_scan;

/* Offers all texts to a pool and counts what was read. Fails like ef_run_score; EF_END: the
 * user has stopped it. */
ef_status ef_review_scan_run(const ef_review_scan *what, ef_pool *pool,
                             ef_review_counts *counts, ef_error *error);

#endif
