/* SPDX-License-Identifier: MIT
 * test_tails.c - published tails, and sums by hand. */
#include <criterion/criterion.h>
#include <math.h>

#include "aggregate/tails.h"

static void expect(double got, double wanted, double error)
{
    cr_assert_lt(fabs(got - wanted), error, "%.9g, not %.9g", got, wanted);
}

Test(tails, are_the_published_ones)
{
    expect(ef_tail_binomial(9, 20, .15), 0.00132891, 1e-8);
    expect(ef_tail_binomial(20, 60, .15), 0.00031056, 1e-8);
    expect(ef_tail_beta_binomial(20, 60, .15, .05), 0.0476876, 1e-7);
    expect(ef_tail_beta_binomial(20, 60, .15, .15), 0.1268298, 1e-7);
    expect(ef_tail_poisson(20, 8), 0.00025294, 1e-8);
    expect(ef_tail_negative_binomial(20, 8, 4), 0.0264753, 1e-7);
}

Test(tails, are_whole_at_the_ends)
{
    cr_assert_eq(ef_tail_binomial(0, 20, .15), 1);
    cr_assert_eq(ef_tail_binomial(21, 20, .15), 0);
    expect(ef_tail_binomial(1, 20, .15), 1 - pow(.85, 20), 1e-14);
    expect(ef_tail_binomial(20, 20, .15) / pow(.15, 20), 1, 1e-12);
    expect(ef_tail_poisson(1, 3), 1 - exp(-3), 1e-14);
}

Test(tails, of_large_counts_are_neither_lost_nor_wrong)
{
    /* Far from the mean the normal tail with a continuity correction is near. */
    double z = (150500 - 0.5 - 150000) / sqrt(1e6 * .15 * .85);
    expect(ef_tail_binomial(150500, 1000000, .15), erfc(z / sqrt(2)) / 2, 1e-4);
    z = (149500 - 0.5 - 150000) / sqrt(1e6 * .15 * .85);
    expect(ef_tail_binomial(149500, 1000000, .15), erfc(z / sqrt(2)) / 2, 1e-4);
    expect(ef_tail_poisson(100, 1e-9), 0, 1e-300);
    double wide = ef_tail_negative_binomial(50000, 10000, 0.1);
    cr_assert(wide > 0.01 && wide < 0.2, "%g", wide); /* once it never came back */
}

Test(tails, fall_with_the_count)
{
    double last = 1;
    for (int k = 0; k <= 61; k++) {
        double tail = ef_tail_beta_binomial(k, 60, .15, .15);
        cr_assert_leq(tail, last + 1e-14);
        last = tail;
    }
}
