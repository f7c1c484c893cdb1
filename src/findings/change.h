/* SPDX-License-Identifier: MIT
 * findings/change.h - is a figure really different on the other side? METRICS section 5.
 *
 * One default test for each kind of figure. Every function gives the difference after -
 * before with its 95 % interval and a two-sided p; p is NaN, and test says why, where no
 * test can be made. is_evidence is p < 0.05 with enough observations on both sides; who
 * tests many things at once sets it anew (ef_changes_judge). */
#ifndef EARFUL_FINDINGS_CHANGE_H
#define EARFUL_FINDINGS_CHANGE_H

#include "earful/app/report.h"
#include "findings/spread.h"

typedef struct ef_change_options {
    bool is_fisher, is_bootstrap; /* instead of the default tests */
} ef_change_options;

typedef enum ef_share_test {
    EF_SHARE_TEST_USUAL, /* z; Fisher where an expected count is below 5 */
    EF_SHARE_TEST_FISHER
} ef_share_test;

/* Two shares: z with the pooled share, divided by sqrt(deff); Newcombe's interval on each
 * side's own n / deff. */
ef_change ef_change_of_shares(ef_figure before, ef_figure after, double deff,
                              ef_share_test kind);

/* The deff of such a test: of the difference, around the pooled share. At least 1. */
double ef_change_deff(const ef_spread *before, const ef_spread *after);

/* Two net figures, from the variances of the two means: normal. */
ef_change ef_change_of_nets(ef_figure before, ef_figure after, double variance_before,
                            double variance_after);

/* Two means, from their cluster-linearised variances: Welch's t, which is z where there are
 * many clusters and keeps its word where there are few. scale is that of the figures. */
ef_change ef_change_of_means(ef_figure before, ef_figure after,
                             const ef_spread *spread_before, const ef_spread *spread_after,
                             double scale);

/* Two medians of sorted values: shares above the pooled median, z / sqrt(deff). The figures
 * carry the order-statistic intervals, which are joined as Newcombe joins Wilson's. */
ef_change ef_change_of_medians(ef_figure before, ef_figure after,
                               const int64_t *sorted_before, const int64_t *sorted_after);

/* Sets is_evidence of tests that are looked at together: Benjamini and Hochberg, 5 %. Sides
 * below few observations are never evidence, and count as no test. */
void ef_changes_judge(ef_change *changes, size_t count, int64_t few);

#endif
