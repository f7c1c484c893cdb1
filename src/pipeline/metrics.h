/* SPDX-License-Identifier: MIT
 * pipeline/metrics.h - how `follow` fares, as a file for a monitor. */
#ifndef EARFUL_PIPELINE_METRICS_H
#define EARFUL_PIPELINE_METRICS_H

#include "earful/app/follow.h"

/* Writes the file whole, in place of the one before; path NULL: nothing. EF_ERR_IO. */
ef_status ef_metrics_write(const char *path, const ef_engine_info *info,
                           const ef_follow_summary *summary, int64_t wall_ms,
                           ef_error *error);

#endif
