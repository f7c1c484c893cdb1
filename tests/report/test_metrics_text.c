/* SPDX-License-Identifier: MIT
 * tests/report/test_metrics_text.c - text that a Prometheus reads. */
#include <criterion/criterion.h>

#include "report/metrics_text.h"

Test(metrics_text, heads_each_name_once_and_ends_the_file)
{
    static const ef_metric metrics[] = {
        { "earful_files", "", "Files.", 3 },
        { "earful_labels_total", "label=\"negative\"", "By label.", 7 },
        { "earful_labels_total", "label=\"positive\"", "By label.", 0 },
    };
    ef_buffer out = { 0 };
    ef_metrics_text(&out, metrics, 3);
    cr_expect_str_eq(ef_buffer_text(&out), "# HELP earful_files Files.\n"
                                           "# TYPE earful_files gauge\n"
                                           "earful_files 3\n"
                                           "# HELP earful_labels_total By label.\n"
                                           "# TYPE earful_labels_total counter\n"
                                           "earful_labels_total{label=\"negative\"} 7\n"
                                           "earful_labels_total{label=\"positive\"} 0\n"
                                           "# EOF\n");
    ef_buffer_release(&out);
}
