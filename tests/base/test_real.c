/* SPDX-License-Identifier: MIT
 * test_real.c - against the mathematical library, and against known values. */
#include <criterion/criterion.h>
#include <math.h>

#include "base/real.h"

static double distance(double got, double wanted)
{
    return fabs(got - wanted) / (fabs(wanted) > 1e-300 ? fabs(wanted) : 1);
}

Test(real, takes_logarithms_as_the_library_does)
{
    for (double x = 1e-300; x < 1e300; x *= 1.37)
        cr_assert_lt(distance(ef_ln(x), log(x)), 4e-15, "ln %g", x);
    for (double x = 0.5; x < 2; x += 0.001)
        cr_assert_lt(fabs(ef_ln(x) - log(x)), 4e-16, "ln %g", x);
    cr_assert_eq(ef_ln(1), 0);
    cr_assert_lt(distance(ef_ln(5e-324), log(5e-324)), 1e-15);
}

Test(real, takes_exponentials_as_the_library_does)
{
    for (double x = -699; x < 699; x += 0.37)
        cr_assert_lt(distance(ef_exp(x), exp(x)), 1e-14, "exp %g", x);
    cr_assert_eq(ef_exp(0), 1);
    cr_assert_eq(ef_exp(-1e9), 0);
    cr_assert(isfinite(ef_exp(1e9)));
}

Test(real, knows_factorials)
{
    for (double x = 0.01; x < 1e6; x = x * 1.1 + 0.01)
        cr_assert_lt(fabs(ef_ln_gamma(x) - lgamma(x)), 2e-14 * (2 + fabs(lgamma(x))),
                     "ln gamma %g", x);
}

Test(real, knows_the_tail_of_the_normal_distribution)
{
    for (double z = 0; z < 30; z += 0.01)
        cr_assert_lt(distance(ef_normal_tail(z), erfc(z / sqrt(2)) / 2), 1e-12, "z %g", z);
}

Test(real, rounds_to_units_half_away_from_zero)
{
    cr_assert_eq(ef_unit_of(0.31250), 3125);
    cr_assert_eq(ef_unit_of(0.00005), 1);
    cr_assert_eq(ef_unit_of(-0.00005), -1);
    cr_assert_eq(ef_unit_of(-1), -10000);
    cr_assert_eq(ef_unit_of(1e30), 2147483647);
    cr_assert_eq(ef_unit_of(-1e30), -2147483647);
}
