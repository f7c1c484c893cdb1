/* SPDX-License-Identifier: MIT
 * findings/spread.c - a mean whose observations come in clusters, from sums over clusters.
 */
#include "findings/spread.h"

#include <math.h>
#include <stdbool.h>

#ifdef __clang__
#pragma STDC FP_CONTRACT OFF
#endif

void ef_spread_add(ef_spread *spread, double n, double x)
{
    ef_spread_merge(spread, &(ef_spread){ 1, n, x, n * n, x * n, x * x });
}

void ef_spread_merge(ef_spread *spread, const ef_spread *more)
{
    spread->k += more->k;
    spread->n += more->n;
    spread->x += more->x;
    spread->nn += more->nn;
    spread->xn += more->xn;
    spread->xx += more->xx;
}

double ef_spread_mean(const ef_spread *spread)
{
    return spread->n > 0 ? spread->x / spread->n : NAN;
}

double ef_spread_variance(const ef_spread *spread, double mean)
{
    if (spread->k < 2 || !(spread->n > 0))
        return NAN;
    double squares = spread->xx - 2 * mean * spread->xn + mean * mean * spread->nn;
    squares = squares > 0 ? squares : 0; /* rounding alone makes it negative */
    return spread->k / (spread->k - 1) * squares / (spread->n * spread->n);
}

double ef_spread_deff(const ef_spread *spread, double mean, double variance_of_one)
{
    double variance = ef_spread_variance(spread, mean);
    bool are_alone = spread->nn <= spread->n; /* each cluster is one observation */
    if (are_alone || !(variance_of_one > 0) || !(variance > 0))
        return 1;
    double deff = variance * spread->n / variance_of_one;
    return deff > 1 ? deff : 1;
}
