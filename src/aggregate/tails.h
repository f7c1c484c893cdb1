/* SPDX-License-Identifier: MIT
 * aggregate/tails.h - how unlikely a count is: exact upper tails P(X >= k).
 *
 * Sums of positive terms, each from the one before: no cancellation, and the same bits
 * everywhere. Good to 1e-12 of their size for n up to a million. */
#ifndef EARFUL_AGGREGATE_TAILS_H
#define EARFUL_AGGREGATE_TAILS_H

#include <stdint.h>

/* Of n trials with chance p, 0 < p < 1. */
double ef_tail_binomial(int64_t k, int64_t n, double p);
/* Of n trials whose chance varies from cluster to cluster: mean p, correlation icc > 0. */
double ef_tail_beta_binomial(int64_t k, int64_t n, double p, double icc);
/* Of a count with this mean > 0. */
double ef_tail_poisson(int64_t k, double mean);
/* Of a count with this mean and variance mean + mean^2 / size; size > 0. */
double ef_tail_negative_binomial(int64_t k, double mean, double size);

#endif
