/* SPDX-License-Identifier: MIT
 * report/metrics_text.c - figures for a Prometheus that watches us, as text. */
#include "report/metrics_text.h"

static bool is_counter(const char *name)
{
    size_t size = strlen(name);
    return size > 6 && strcmp(name + size - 6, "_total") == 0;
}

static void append_head(ef_buffer *out, const ef_metric *metric)
{
    ef_buffer_printf(out, "# HELP %s %s\n# TYPE %s %s\n", metric->name, metric->help,
                     metric->name, is_counter(metric->name) ? "counter" : "gauge");
}

void ef_metrics_text(ef_buffer *out, const ef_metric *metrics, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const ef_metric *metric = &metrics[i];
        bool has_labels = metric->labels[0] != '\0';
        if (i == 0 || strcmp(metric->name, metrics[i - 1].name) != 0)
            append_head(out, metric);
        ef_buffer_append_text(out, metric->name);
        if (has_labels)
            ef_buffer_printf(out, "{%s}", metric->labels);
        ef_buffer_append_byte(out, ' ');
        ef_buffer_append_int(out, (int64_t)metric->value);
        ef_buffer_append_byte(out, '\n');
    }
    ef_buffer_append_text(out, "# EOF\n");
}
