/* SPDX-License-Identifier: MIT
 * test_interval.c - published intervals, to seven digits. */
#include <criterion/criterion.h>
#include <math.h>

#include "aggregate/interval.h"

static void expect(ef_interval got, double low, double high)
{
    cr_assert_lt(fabs(got.low - low), 1e-7, "low %.9f, not %.9f", got.low, low);
    cr_assert_lt(fabs(got.high - high), 1e-7, "high %.9f, not %.9f", got.high, high);
}

Test(interval, is_wilsons_for_a_share)
{
    expect(ef_interval_wilson(9, 20), 0.2581979, 0.6579147);
    expect(ef_interval_wilson(83, 100), 0.7445200, 0.8910643);
}

Test(interval, stays_within_0_and_1_at_the_ends)
{
    expect(ef_interval_wilson(0, 12), 0, 0.2424940);
    expect(ef_interval_wilson(12, 12), 0.7575060, 1);
    expect(ef_interval_wilson(1, 1), 0.2065493, 1);
    cr_assert_eq(ef_interval_wilson(0, 12).low, 0);
    cr_assert_eq(ef_interval_wilson(12, 12).high, 1);
}

Test(interval, grows_with_the_design_effect)
{
    expect(ef_interval_wilson(30, 200), 0.1071359, 0.2060558);
    expect(ef_interval_wilson(30 / 1.9, 200 / 1.9), 0.0941982, 0.2304480);
}

Test(interval, of_a_difference_is_newcombes)
{
    expect(ef_interval_newcombe(30, 200, 52, 210), 0.0201339, 0.1734570);
    expect(ef_interval_newcombe(48, 80, 56, 70), 0.0524315, 0.3338727);
}
