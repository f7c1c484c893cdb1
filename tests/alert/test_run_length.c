/* SPDX-License-Identifier: MIT
 * test_run_length.c - mean run lengths: first a slow solver against published charts, then
 * ours against the slow solver.
 *
 * The slow solver takes any one-step kernel of a chart, on a grid of nodes, and solves the
 * linear equations L = 1 + Q L by elimination. */
#include <criterion/criterion.h>
#include <math.h>
#include <stdlib.h>

#include "alert/run_length.h"

enum { MOST = 420 };

/* Solves (1 - q) x = 1; q is destroyed. */
static void solve(double q[MOST][MOST], double *x, int n)
{
    for (int i = 0; i < n; i++)
        for (int k = 0; k < n; k++)
            q[i][k] = (i == k) - q[i][k];
    for (int i = 0; i < n; i++)
        x[i] = 1;
    for (int i = 0; i < n; i++) /* diagonally dominant: no pivots are needed */
        for (int row = i + 1; row < n; row++) {
            double factor = q[row][i] / q[i][i];
            for (int k = i; k < n; k++)
                q[row][k] -= factor * q[i][k];
            x[row] -= factor * x[i];
        }
    for (int i = n - 1; i >= 0; i--) {
        for (int k = i + 1; k < n; k++)
            x[i] -= q[i][k] * x[k];
        x[i] /= q[i][i];
    }
}

/* Gauss-Legendre nodes and weights on -1..1, by Newton's method. */
static void legendre(double *x, double *w, int n)
{
    for (int i = 0; i < n; i++) {
        double z = cos(M_PI * (i + 0.75) / (n + 0.5)), slope = 1;
        for (int turn = 0; turn < 100; turn++) {
            double p0 = 1, p1 = z;
            for (int k = 2; k <= n; k++) {
                double p2 = ((2 * k - 1) * z * p1 - (k - 1) * p0) / k;
                p0 = p1;
                p1 = p2;
            }
            slope = n * (z * p1 - p0) / (z * z - 1);
            double step = p1 / slope;
            z -= step;
            if (fabs(step) < 1e-15)
                break;
        }
        x[i] = z;
        w[i] = 2 / ((1 - z * z) * slope * slope);
    }
}

static double density(double x)
{
    return exp(-x * x / 2) / sqrt(2 * M_PI);
}

static double below(double x)
{
    return erfc(-x / sqrt(2)) / 2;
}

static double matrix[MOST][MOST];

/* One-sided CUSUM of a normal variable with this mean, from `start`. */
static double cusum(double k, double h, double mean, double start)
{
    enum { N = 60 };
    double x[N], w[N], y[N + 1] = { 0 }, length[N + 1];
    legendre(x, w, N);
    for (int i = 0; i < N; i++)
        y[i + 1] = h * (x[i] + 1) / 2;
    for (int i = 0; i <= N; i++) {
        matrix[i][0] = below(k - y[i] - mean);
        for (int j = 1; j <= N; j++)
            matrix[i][j] = w[j - 1] * h / 2 * density(y[j] + k - y[i] - mean);
    }
    solve(matrix, length, N + 1);
    double from = 1 + length[0] * below(k - start - mean);
    for (int j = 1; j <= N; j++)
        from += w[j - 1] * h / 2 * length[j] * density(y[j] + k - start - mean);
    return from;
}

static double two_cusums(double k, double h, double mean, double start)
{
    double up = cusum(k, h, mean, 0), down = cusum(k, h, -mean, 0);
    double up_start = cusum(k, h, mean, start), down_start = cusum(k, h, -mean, start);
    return (up_start * down + down_start * up - up * down) / (up + down);
}

/* Two-sided EWMA with weight l and limit c; n nodes. */
static double ewma(double l, double c, double mean, int n)
{
    static double x[MOST], w[MOST], length[MOST];
    double limit = c * sqrt(l / (2 - l)), from = 1;
    legendre(x, w, n);
    for (int i = 0; i < n; i++)
        for (int j = 0; j < n; j++)
            matrix[i][j] =
                w[j] * limit / l * density((x[j] - (1 - l) * x[i]) * limit / l - mean);
    solve(matrix, length, n);
    for (int j = 0; j < n; j++)
        from += w[j] * limit / l * length[j] * density(x[j] * limit / l - mean);
    return from;
}

/* Within 1 % of what was published, or within a half of its last digit. */
static void expect(double got, double wanted, double digit)
{
    cr_expect(fabs(got - wanted) <= 0.01 * wanted || fabs(got - wanted) <= digit / 2,
              "%.4f, not %.4f", got, wanted);
}

Test(run_length, of_two_cusums_is_that_of_lucas_and_crosier)
{
    static const double shift[] = { 0, .25, .5, .75, 1, 1.5, 2, 2.5, 3, 4, 5 };
    static const double plain[] = { 168,  74.2, 26.6, 13.3, 8.38, 4.75,
                                    3.34, 2.62, 2.19, 1.71, 1.31 };
    static const double head[] = { 149,  62.7, 20.1, 8.97, 5.29, 2.86,
                                   2.01, 1.59, 1.32, 1.07, 1.01 };
    static const double wide[] = {
        465, 139, 38.0, 17.0, 10.4, 5.75, 4.01, 3.11, 2.57, 2.01
    };
    for (int i = 0; i < 11; i++) {
        expect(two_cusums(.5, 4, shift[i], 0), plain[i], 0);
        expect(two_cusums(.5, 4, shift[i], 2), head[i], 0);
        if (i < 9)
            expect(two_cusums(.5, 5, shift[i], 0), wide[i], 0);
    }
    expect(two_cusums(.5, 5, 4, 0), wide[9], 0);
}

Test(run_length, of_one_cusum_is_that_of_brook_evans_and_vance)
{
    static const double mean[] = { -.25, 0, .25, .5, 1 };
    static const double vance[] = { 2071.51, 124.66, 36.71, 20.37, 10.75 };
    expect(cusum(.5, 3, 0, 0), 117.59, 0);
    expect(cusum(.5, 3, 1.5, 0), 3.75, 0);
    expect(cusum(.5, 4, 0, 0), 335.4, 0);
    expect(cusum(.5, 5, 0, 0), 930.9, 0);
    for (int i = 0; i < 5; i++)
        expect(cusum(0, 10, mean[i], 0), vance[i], 0);
}

Test(run_length, of_means_that_fade_is_that_of_lucas_and_saccucci)
{
    static const double shift[] = { 0, .5, 1, 2, 3 };
    static const double half[] = { 500, 88.8, 17.5, 3.63, 1.93 };
    static const double slow[] = { 500, 29.3, 12.6, 5.99, 4.03 };
    static const double tenth[] = { 500, 31.3, 10.3, 4.36, 2.87 };
    for (int i = 0; i < 5; i++) {
        expect(ewma(.5, 3.071, shift[i], 80), half[i], 0);
        expect(ewma(.03, 2.437, shift[i], 200), slow[i], 0);
        expect(ewma(.1, 2.814, shift[i], 120), tenth[i], 0);
    }
}

/* The Bernoulli chain by elimination. */
static double chain(double p, int up, int h)
{
    double length[MOST];
    for (int i = 0; i < h; i++) {
        for (int k = 0; k < h; k++)
            matrix[i][k] = 0;
        matrix[i][i > 0 ? i - 1 : 0] += 1 - p;
        if (i + up < h)
            matrix[i][i + up] += p;
    }
    solve(matrix, length, h);
    return length[0];
}

Test(run_length, of_a_shift_is_the_published_one)
{
    static const struct {
        double p0, p1;
        int m, h;
        double quiet, loud;
    } rows[] = {
        { .05, .15, 11, 48, 5213, 66.1 }, { .10, .20, 7, 45, 5393, 97.8 },
        { .10, .25, 6, 31, 5698, 54.9 },  { .15, .30, 5, 37, 5133, 68.4 },
        { .20, .40, 3, 15, 6399, 54.7 },
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        int64_t up = rows[i].m - 1;
        expect(ef_run_length_shift(rows[i].p0, up, rows[i].h), rows[i].quiet, 0);
        expect(ef_run_length_shift(rows[i].p1, up, rows[i].h), rows[i].loud, 0);
        cr_expect_eq(ef_run_length_threshold(rows[i].p0, up, 5000, 1000), rows[i].h);
    }
}

Test(run_length, of_a_shift_is_what_elimination_gives)
{
    static const double shares[] = { .004, .02, .15, .5, .9 };
    for (size_t i = 0; i < sizeof shares / sizeof shares[0]; i++)
        for (int up = 1; up <= 60; up += 7)
            for (int h = 1; h <= 120; h += 17) {
                double slow = chain(shares[i], up, h);
                double ours = ef_run_length_shift(shares[i], up, h);
                if (slow < 1e10) /* beyond, elimination itself loses its digits */
                    cr_expect_lt(fabs(ours / slow - 1), 1e-5, "p %g up %d h %d: %g, not %g",
                                 shares[i], up, h, ours, slow);
            }
}

Test(run_length, asks_for_the_smallest_threshold_that_holds)
{
    for (int wanted = 10; wanted < 2000000; wanted *= 3) {
        int64_t h = ef_run_length_threshold(.15, 4, wanted, 1000);
        cr_expect_geq(ef_run_length_shift(.15, 4, h), wanted);
        if (h > 1)
            cr_expect_lt(ef_run_length_shift(.15, 4, h - 1), wanted);
    }
    cr_expect_eq(ef_run_length_threshold(.15, 4, 1e300, 50), 50);
}

/* One-sided EWMA from its centre; the continuous one is its limit for small weights. The
 * mirror below -4 is never reached by chance. */
static double one_sided(double l, double level, int n)
{
    static double x[MOST], w[MOST], length[MOST];
    double scale = sqrt(l / (2 - l)), middle = (level - 4) / 2 * scale;
    double half = (level + 4) / 2 * scale, from = 1;
    legendre(x, w, n);
    for (int i = 0; i < n; i++)
        for (int j = 0; j < n; j++)
            matrix[i][j] =
                w[j] * half / l *
                density((middle + half * x[j] - (1 - l) * (middle + half * x[i])) / l);
    solve(matrix, length, n);
    for (int j = 0; j < n; j++)
        from += w[j] * half / l * length[j] * density((middle + half * x[j]) / l);
    return from;
}

Test(run_length, of_a_fading_mean_nears_the_level_for_small_weights)
{
    /* A weight l a step halves in ln 2 / l steps. Steps see less than a continuous look
     * does: the run is longer, by less and less. */
    double l = .01, level = 3, steps = one_sided(l, level, 400);
    double ours = ef_run_length_level(log(2) / l, steps);
    cr_expect_gt(ours, level);
    cr_expect_lt(ours, level + 0.12, "%g", ours);
}
