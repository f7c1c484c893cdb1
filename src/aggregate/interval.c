/* SPDX-License-Identifier: MIT
 * aggregate/interval.c - how sure a figure is: 95 % intervals.
 *
 * IEEE arithmetic and the square root only, so the same bits everywhere. */
#include "aggregate/interval.h"

#include "base/real.h"

#ifdef __clang__
#pragma STDC FP_CONTRACT OFF
#endif

static const double z95 = 1.959963984540054; /* P(Z > z95) = 0.025 */

static double within(double x, double low, double high)
{
    return x < low ? low : x > high ? high : x;
}

ef_interval ef_interval_wilson(double k, double n)
{
    double p = k / n, square = z95 * z95;
    double scale = 1 + square / n;
    double centre = (p + square / (2 * n)) / scale;
    double spread = p * (1 - p) / n + square / (4 * n * n);
    double half = z95 * ef_sqrt(spread > 0 ? spread : 0) / scale;
    /* Rounding must not move an end past the share itself. */
    return (ef_interval){ within(centre - half, 0, p), within(centre + half, p, 1) };
}

ef_interval ef_interval_newcombe(double k1, double n1, double k2, double n2)
{
    double p1 = k1 / n1, p2 = k2 / n2;
    ef_interval one = ef_interval_wilson(k1, n1), two = ef_interval_wilson(k2, n2);
    double down = (p2 - two.low) * (p2 - two.low) + (one.high - p1) * (one.high - p1);
    double up = (two.high - p2) * (two.high - p2) + (p1 - one.low) * (p1 - one.low);
    return (ef_interval){ p2 - p1 - ef_sqrt(down), p2 - p1 + ef_sqrt(up) };
}

ef_interval ef_interval_normal(double mean, double variance_of_mean)
{
    double half = z95 * ef_sqrt(variance_of_mean > 0 ? variance_of_mean : 0);
    return (ef_interval){ mean - half, mean + half };
}
