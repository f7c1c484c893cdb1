/* SPDX-License-Identifier: MIT
 * aggregate/interval.h - how sure a figure is: 95 % intervals.
 *
 * Messages of one conversation say less than as many messages of strangers: n is then the
 * effective number, n / deff, and need not be whole. */
#ifndef EARFUL_AGGREGATE_INTERVAL_H
#define EARFUL_AGGREGATE_INTERVAL_H

typedef struct ef_interval {
    double low, high;
} ef_interval;

/* Of a share p = k / n, by Wilson's formula; n > 0. Lies within 0 and 1, also at k = 0. */
ef_interval ef_interval_wilson(double k, double n);

/* Of the difference of two shares, p2 - p1, from their two Wilson intervals (Newcombe). */
ef_interval ef_interval_newcombe(double k1, double n1, double k2, double n2);

/* Of a mean with this variance of the mean itself: mean -+ 1.96 standard errors. */
ef_interval ef_interval_normal(double mean, double variance_of_mean);

#endif
