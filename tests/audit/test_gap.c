/* SPDX-License-Identifier: MIT
 * test_gap.c - the mean of paired differences and its interval, worked out by hand. */
#include "audit/gap.h"

#include <criterion/criterion.h>
#include <math.h>

static bool is_near(double a, double b)
{
    return fabs(a - b) < 1e-6;
}

/* 0.1, -0.3, 0.2, 0.4: mean 0.1; squares 0 + 0.16 + 0.01 + 0.09 = 0.26; standard error
 * sqrt(0.26 / 3 / 4) = 0.1471960; Student's t of three degrees of freedom 3.1824463. */
Test(gap, gives_the_interval_worked_by_hand)
{
    const double differences[] = { 0.1, -0.3, 0.2, 0.4 };
    ef_audit_gap gap = ef_gap_of(differences, 4);
    cr_assert(is_near(gap.mean, 0.1));
    cr_assert(gap.has_interval);
    cr_assert(is_near(gap.low, 0.1 - 0.4684434), "%.7f", gap.low);
    cr_assert(is_near(gap.high, 0.1 + 0.4684434), "%.7f", gap.high);
}

/* One degree of freedom: t is 12.7062047, the standard error of 1 and 3 is 1. */
Test(gap, is_timid_about_two)
{
    const double differences[] = { 1, 3 };
    ef_audit_gap gap = ef_gap_of(differences, 2);
    cr_assert(is_near(gap.mean, 2));
    cr_assert(is_near(gap.low, 2 - 12.7062047), "%.7f", gap.low);
}

Test(gap, of_one_difference_has_no_interval)
{
    const double difference = -0.25;
    ef_audit_gap gap = ef_gap_of(&difference, 1);
    cr_assert(is_near(gap.mean, -0.25));
    cr_assert_not(gap.has_interval);
    gap = ef_gap_of(&difference, 0);
    cr_assert_eq(gap.mean, 0);
    cr_assert_not(gap.has_interval);
}

Test(gap, of_equal_differences_is_sure)
{
    const double differences[] = { 0.5, 0.5, 0.5 };
    ef_audit_gap gap = ef_gap_of(differences, 3);
    cr_assert(is_near(gap.low, 0.5) && is_near(gap.high, 0.5));
}
