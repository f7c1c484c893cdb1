/* SPDX-License-Identifier: MIT
 * findings/figure.h - one number with its formula, its n and its 95 % interval.
 *
 * What is not defined stays NaN, in value and interval alike; no division by zero happens
 * on the way there. */
#ifndef EARFUL_FINDINGS_FIGURE_H
#define EARFUL_FINDINGS_FIGURE_H

#include "earful/app/report.h"
#include "findings/spread.h"

/* What a figure is called; static. */
typedef struct ef_titled {
    const char *key, *name, *formula;
    ef_unit_kind unit;
} ef_titled;

/* A figure without a value, over n. */
ef_figure ef_figure_none(const ef_titled *title, int64_t n);

/* A bare count, or a sum, without an interval. */
ef_figure ef_figure_count(const ef_titled *title, int64_t count, int64_t n);

/* count of n, by Wilson on n / deff. */
ef_figure ef_figure_share(const ef_titled *title, int64_t count, int64_t n, double deff);

/* 100 · (up - down) / n, normal on the variance of three answers, times deff: net
 * sentiment, NPS. */
ef_figure ef_figure_net(const ef_titled *title, int64_t up, int64_t down, int64_t n,
                        double deff);

/* The mean of what the clusters add up to, times scale, by Student's t with one degree of
 * freedom less than there are clusters. */
ef_figure ef_figure_mean(const ef_titled *title, const ef_spread *spread, double scale);

/* The quantile q of count sorted values, times scale, with the binomial order-statistic
 * interval on count / deff: of q = 0.5 the middle or the mean of both middles, of others
 * the smallest value that at least the share q does not pass. */
ef_figure ef_figure_quantile(const ef_titled *title, const int64_t *sorted, size_t count,
                             double q, double deff, double scale);

/* The value of the above without the figure around it; 0 < count. */
double ef_quantile_of(const int64_t *sorted, size_t count, double q);

/* Appends one to a list. False without memory. ef_figures_release frees the list, not what
 * it holds, which is static. */
bool ef_figures_add(ef_figures *figures, ef_figure figure);
void ef_figures_release(ef_figures *figures);

#endif
