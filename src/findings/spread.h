/* SPDX-License-Identifier: MIT
 * findings/spread.h - a mean whose observations come in clusters, from sums over clusters.
 *
 * Messages of one conversation say less than as many messages of strangers. What a mean
 * strays by is therefore taken from cluster to cluster, never from message to message
 * (METRICS section 6): k/(k-1) · [Σx² - 2mΣxn + m²Σn²] / N². The sums are of integers,
 * added in an order that the tally fixes: up to 2^53 they are exact. */
#ifndef EARFUL_FINDINGS_SUMS_H
#define EARFUL_FINDINGS_SUMS_H

/* Over k clusters of n observations that add up to x. Zero-initialise. */
typedef struct ef_spread {
    double k, n, x, nn, xn, xx;
} ef_spread;

void ef_spread_add(ef_spread *spread, double n, double x);
void ef_spread_merge(ef_spread *spread, const ef_spread *more);

/* x / n; NaN without observations. */
double ef_spread_mean(const ef_spread *spread);

/* Of the mean, around a given one; NaN with fewer than two clusters. */
double ef_spread_variance(const ef_spread *spread, double mean);

/* How many times as wide the variance is as that of n independent observations which have
 * this variance each; at least 1, and 1 where it cannot be told. */
double ef_spread_deff(const ef_spread *spread, double mean, double variance_of_one);

#endif
