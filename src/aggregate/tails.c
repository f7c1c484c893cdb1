/* SPDX-License-Identifier: MIT
 * aggregate/tails.c - how unlikely a count is: exact upper tails P(X >= k).
 *
 * The first term comes from logarithms of gamma functions, each further one by the ratio
 * of neighbours. Below the mode the sum starts at the mode's side: then the lower tail is
 * the small one, and the upper is one minus it. */
#include "aggregate/tails.h"

#include "base/real.h"

#ifdef __clang__
#pragma STDC FP_CONTRACT OFF
#endif

/* One distribution on 0, 1, 2 …: the logarithm of P(X = i), and P(X = i + 1) / P(X = i). */
typedef struct counting {
    double (*ln_mass)(const struct counting *, int64_t i);
    double (*ratio)(const struct counting *, int64_t i);
    int64_t last; /* P(X > last) = 0 */
    double mean, n, p, a, b;
} counting;

/* Terms shrink, in the end by a nearly constant ratio: what follows adds up to no more than
 * term / (1 - ratio), and below 2^-60 of the sum does not reach a double's last bit. */
static double sum_up(const counting *x, int64_t from, int64_t to)
{
    double term = ef_exp(x->ln_mass(x, from)), sum = 0;
    for (int64_t i = from; i <= to; i++) {
        sum += term;
        double ratio = x->ratio(x, i);
        if (term <= sum * 0x1p-60 * (1 - ratio))
            break;
        term *= ratio;
    }
    return sum;
}

static double sum_down(const counting *x, int64_t from)
{
    double term = ef_exp(x->ln_mass(x, from)), sum = 0;
    for (int64_t i = from; i >= 0; i--) {
        sum += term;
        if (term <= sum * 0x1p-60)
            break;
        if (i > 0)
            term /= x->ratio(x, i - 1);
    }
    return sum;
}

static double upper_tail(const counting *x, int64_t k)
{
    if (k <= 0)
        return 1;
    if (k > x->last)
        return 0;
    double tail = (double)k > x->mean ? sum_up(x, k, x->last) : 1 - sum_down(x, k - 1);
    return tail < 0 ? 0 : tail > 1 ? 1 : tail;
}

static double ln_choose(double n, double i)
{
    return ef_ln_gamma(n + 1) - ef_ln_gamma(i + 1) - ef_ln_gamma(n - i + 1);
}

static double ln_beta(double a, double b)
{
    return ef_ln_gamma(a) + ef_ln_gamma(b) - ef_ln_gamma(a + b);
}

static double binomial_ln_mass(const counting *x, int64_t i)
{
    double k = (double)i;
    return ln_choose(x->n, k) + k * ef_ln(x->p) + (x->n - k) * ef_ln(1 - x->p);
}

static double binomial_ratio(const counting *x, int64_t i)
{
    double k = (double)i;
    return (x->n - k) / (k + 1) * (x->p / (1 - x->p));
}

double ef_tail_binomial(int64_t k, int64_t n, double p)
{
    counting x = { binomial_ln_mass, binomial_ratio, n, (double)n * p, (double)n, p, 0, 0 };
    return upper_tail(&x, k);
}

static double beta_binomial_ln_mass(const counting *x, int64_t i)
{
    double k = (double)i;
    return ln_choose(x->n, k) + ln_beta(k + x->a, x->n - k + x->b) - ln_beta(x->a, x->b);
}

static double beta_binomial_ratio(const counting *x, int64_t i)
{
    double k = (double)i;
    return (x->n - k) * (k + x->a) / ((k + 1) * (x->n - k - 1 + x->b));
}

double ef_tail_beta_binomial(int64_t k, int64_t n, double p, double icc)
{
    double total = 1 / icc - 1;
    counting x = { beta_binomial_ln_mass,
                   beta_binomial_ratio,
                   n,
                   (double)n * p,
                   (double)n,
                   p,
                   p * total,
                   (1 - p) * total };
    return upper_tail(&x, k);
}

static double poisson_ln_mass(const counting *x, int64_t i)
{
    return (double)i * ef_ln(x->mean) - x->mean - ef_ln_gamma((double)i + 1);
}

static double poisson_ratio(const counting *x, int64_t i)
{
    return x->mean / ((double)i + 1);
}

double ef_tail_poisson(int64_t k, double mean)
{
    counting x = { poisson_ln_mass, poisson_ratio, INT64_MAX / 2, mean, 0, 0, 0, 0 };
    return upper_tail(&x, k);
}

static double negative_binomial_ln_mass(const counting *x, int64_t i)
{
    double k = (double)i;
    return ef_ln_gamma(k + x->a) - ef_ln_gamma(x->a) - ef_ln_gamma(k + 1) +
           x->a * ef_ln(1 - x->p) + k * ef_ln(x->p);
}

static double negative_binomial_ratio(const counting *x, int64_t i)
{
    double k = (double)i;
    return (k + x->a) / (k + 1) * x->p;
}

double ef_tail_negative_binomial(int64_t k, double mean, double size)
{
    counting x = { negative_binomial_ln_mass,
                   negative_binomial_ratio,
                   INT64_MAX / 2,
                   mean,
                   0,
                   mean / (mean + size),
                   size,
                   0 };
    return upper_tail(&x, k);
}
