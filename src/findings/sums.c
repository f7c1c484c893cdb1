/* SPDX-License-Identifier: MIT
 * findings/sums.c - a mean whose observations come in clusters, from sums over clusters. */
#include "findings/sums.h"

#include <math.h>

#ifdef __clang__
#pragma STDC FP_CONTRACT OFF
#endif

void ef_sums_add(ef_sums *sums, double n, double x)
{
    ef_sums_merge(sums, &(ef_sums){ 1, n, x, n * n, x * n, x * x });
}

void ef_sums_merge(ef_sums *sums, const ef_sums *more)
{
    sums->k += more->k;
    sums->n += more->n;
    sums->x += more->x;
    sums->nn += more->nn;
    sums->xn += more->xn;
    sums->xx += more->xx;
}

double ef_sums_mean(const ef_sums *sums)
{
    return sums->n > 0 ? sums->x / sums->n : NAN;
}

double ef_sums_variance(const ef_sums *sums, double mean)
{
    if (sums->k < 2 || !(sums->n > 0))
        return NAN;
    double squares = sums->xx - 2 * mean * sums->xn + mean * mean * sums->nn;
    squares = squares > 0 ? squares : 0; /* rounding alone makes it negative */
    return sums->k / (sums->k - 1) * squares / (sums->n * sums->n);
}

double ef_sums_deff(const ef_sums *sums, double mean, double variance_of_one)
{
    double variance = ef_sums_variance(sums, mean);
    if (!(variance_of_one > 0) || !(variance > 0))
        return 1;
    double deff = variance * sums->n / variance_of_one;
    return deff > 1 ? deff : 1;
}
