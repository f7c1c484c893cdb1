/* SPDX-License-Identifier: MIT
 * findings/chance.c - how far figures stray by chance: Student's t, quantiles, Fisher.
 *
 * Student's tail is half an incomplete beta function, by its continued fraction; what is
 * asked backwards is found by halving. Fisher's tables are summed from the likeliest
 * outwards, each from its neighbour, until they no longer add anything. */
#include "findings/chance.h"

#include "aggregate/tails.h"
#include "base/real.h"

#ifdef __clang__
#pragma STDC FP_CONTRACT OFF
#endif

static double not_zero(double x)
{
    return x < 1e-300 && x > -1e-300 ? 1e-300 : x;
}

/* The continued fraction of the incomplete beta function, from its front (Lentz); for
 * x < (a + 1) / (a + b + 2) it settles within O(sqrt(max(a, b))) steps. */
static double beta_fraction(double a, double b, double x)
{
    double c = 1, d = 1 / not_zero(1 - (a + b) * x / (a + 1)), value = d;
    for (int i = 1; i < 20000; i++) {
        double m = i;
        double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
        d = 1 / not_zero(1 + even * d);
        c = not_zero(1 + even / c);
        value *= d * c;
        double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
        d = 1 / not_zero(1 + odd * d);
        c = not_zero(1 + odd / c);
        value *= d * c;
        double step = d * c - 1;
        if (step < 1e-16 && step > -1e-16)
            break;
    }
    return value;
}

static double beta_below(double a, double b, double x)
{
    if (x <= 0 || x >= 1)
        return x <= 0 ? 0 : 1;
    double ln_front = ef_ln_gamma(a + b) - ef_ln_gamma(a) - ef_ln_gamma(b) + a * ef_ln(x) +
                      b * ef_ln(1 - x);
    double front = ef_exp(ln_front);
    if (x < (a + 1) / (a + b + 2))
        return front * beta_fraction(a, b, x) / a;
    return 1 - front * beta_fraction(b, a, 1 - x) / b;
}

/* From here on t is as good as normal: they part in the seventh digit, and the gammas of
 * beta_below begin to cancel. */
static const double many = 1e6;

double ef_student_tail(double t, double df)
{
    if (df >= many)
        return ef_normal_tail(t);
    return beta_below(df / 2, 0.5, df / (df + t * t)) / 2;
}

double ef_student_95(double df)
{
    double low = 1.9, high = 12.8;
    for (int i = 0; i < 60; i++) {
        double middle = (low + high) / 2;
        if (ef_student_tail(middle, df) > 0.025)
            low = middle;
        else
            high = middle;
    }
    return (low + high) / 2;
}

double ef_two_sided(double z)
{
    return 2 * ef_normal_tail(z < 0 ? -z : z);
}

/* P(X = k + 1) / P(X = k) for X of n1 drawn, when k of all n are marked. */
static double next_ratio(double k, double marked, double n1, double n)
{
    return (marked - k) * (n1 - k) / ((k + 1) * (n - marked - n1 + k + 1));
}

double ef_fisher(int64_t k1, int64_t n1, int64_t k2, int64_t n2)
{
    int64_t marked = k1 + k2, n = n1 + n2;
    int64_t least = marked - n2 > 0 ? marked - n2 : 0;
    int64_t most = marked < n1 ? marked : n1;
    if (least >= most)
        return 1;
    double m = (double)marked, side = (double)n1, all = (double)n;
    int64_t mode = (int64_t)((m + 1) * (side + 1) / (all + 2));
    mode = mode < least ? least : mode > most ? most : mode;
    /* Masses relative to the mode's. Those that differ by rounding alone count as equal. */
    double own = 1;
    for (int64_t k = mode; k < k1 && own > 0; k++)
        own *= next_ratio((double)k, m, side, all);
    for (int64_t k = mode; k > k1 && own > 0; k--)
        own /= next_ratio((double)k - 1, m, side, all);
    double limit = own * (1 + 1e-7), total = 0, tail = 0, mass = 1;
    for (int64_t k = mode; k <= most && mass > total * 1e-18; k++) {
        total += mass;
        tail += mass <= limit ? mass : 0;
        mass *= next_ratio((double)k, m, side, all);
    }
    mass = mode > least ? 1 / next_ratio((double)mode - 1, m, side, all) : 0;
    for (int64_t k = mode - 1; k >= least && mass > total * 1e-18; k--) {
        total += mass;
        tail += mass <= limit ? mass : 0;
        mass = k > least ? mass / next_ratio((double)k - 1, m, side, all) : 0;
    }
    return tail / total;
}

/* The most i with P(X < i) <= 0.025, X of n trials with chance q; 0 if there is none. */
static int64_t low_rank(int64_t n, double q)
{
    int64_t low = 0, high = (int64_t)((double)n * q) + 1;
    while (low < high) {
        int64_t middle = low + (high - low + 1) / 2;
        if (1 - ef_tail_binomial(middle, n, q) <= 0.025)
            low = middle;
        else
            high = middle - 1;
    }
    return low;
}

bool ef_quantile_ranks(int64_t n, double q, double deff, int64_t *low, int64_t *high)
{
    if (n < 1 || !(deff >= 1))
        return false;
    int64_t counted = (int64_t)((double)n / deff + 1e-9);
    if (counted < 1)
        return false;
    /* The upper rank of q is the lower one of 1 - q, counted from the other end. */
    int64_t below = low_rank(counted, q), above = low_rank(counted, 1 - q);
    if (below < 1 || above < 1)
        return false;
    double spread = (double)n / (double)counted;
    *low = (int64_t)((double)(below - 1) * spread) + 1;
    *high = n - (int64_t)((double)(above - 1) * spread);
    return true;
}

void ef_false_discoveries(const double *p, bool *kept, int64_t count)
{
    int64_t tests = 0;
    for (int64_t i = 0; i < count; i++)
        tests += p[i] >= 0;
    /* The largest p that is at most 5 % of its rank's share; all below it stay. Ranks are
     * counted anew, so that nothing need be sorted: lists of tests are short. */
    double limit = -1;
    for (int64_t i = 0; i < count; i++) {
        int64_t rank = 0;
        for (int64_t j = 0; j < count; j++)
            rank += p[j] <= p[i];
        if (p[i] >= 0 && p[i] > limit && p[i] * (double)tests <= 0.05 * (double)rank)
            limit = p[i];
    }
    for (int64_t i = 0; i < count; i++)
        kept[i] = p[i] <= limit;
}
