/* SPDX-License-Identifier: MIT
 * report/metrics_text.h - figures for a Prometheus that watches us, as text.
 *
 * The exposition format of Prometheus, which node_exporter's textfile collector reads, with
 * the last line of OpenMetrics: a file that does not end in "# EOF" is not whole. */
#ifndef EARFUL_REPORT_METRICS_TEXT_H
#define EARFUL_REPORT_METRICS_TEXT_H

#include "base/buffer.h"

typedef struct ef_metric {
    const char *name;   /* a counter's ends in _total; rows of one name stand together */
    const char *labels; /* "label=\"negative\"", or "" */
    const char *help;   /* one line */
    uint64_t value;
} ef_metric;

void ef_metrics_text(ef_buffer *out, const ef_metric *metrics, size_t count);

#endif
