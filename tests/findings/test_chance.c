/* SPDX-License-Identifier: MIT
 * test_chance.c - tails, quantiles and ranks against tables and by hand. */
#include <criterion/criterion.h>
#include <math.h>

#include "findings/chance.h"

static void expect(double got, double wanted, double error)
{
    cr_assert_lt(fabs(got - wanted), error, "%.9f, not %.9f", got, wanted);
}

Test(chance, student_is_as_in_the_tables)
{
    expect(ef_student_95(1), 12.7062047, 1e-6);
    expect(ef_student_95(2), 4.3026527, 1e-6);
    expect(ef_student_95(9), 2.2621572, 1e-6);
    expect(ef_student_95(30), 2.0422725, 1e-6);
    expect(ef_student_95(1e9), 1.9599640, 1e-6);
    expect(ef_student_95(999999), ef_student_95(1000001), 1e-5);
    expect(ef_student_tail(0, 7), 0.5, 1e-12);
}

Test(chance, two_sides_of_a_normal)
{
    expect(ef_two_sided(2.470059), 0.013509, 5e-7);
    expect(ef_two_sided(-1.791969), 0.073138, 5e-7);
}

Test(chance, fisher_sums_the_tables_that_are_no_likelier)
{
    expect(ef_fisher(3, 4, 1, 4), 34.0 / 70, 1e-12); /* tea before milk, both ends */
    expect(ef_fisher(0, 5, 5, 5), 2.0 / 252, 1e-12); /* two tables of C(10, 5) */
    expect(ef_fisher(1, 10, 11, 14), 0.0027594562, 1e-9);
    expect(ef_fisher(2, 4, 2, 4), 1, 1e-12);
}

Test(chance, fisher_of_empty_margins_is_one)
{
    cr_assert_eq(ef_fisher(0, 0, 0, 0), 1);
    cr_assert_eq(ef_fisher(0, 5, 0, 7), 1);
    cr_assert_eq(ef_fisher(5, 5, 7, 7), 1);
    cr_assert_eq(ef_fisher(0, 0, 3, 7), 1);
}

Test(chance, fisher_of_millions_ends)
{
    double p = ef_fisher(500000, 1000000, 501000, 1000000);
    expect(p, ef_two_sided(1.4142), 1e-3);
}

static void expect_ranks(int64_t n, double q, double deff, int64_t low, int64_t high)
{
    int64_t got_low = -1, got_high = -1;
    cr_assert(ef_quantile_ranks(n, q, deff, &got_low, &got_high));
    cr_assert(got_low == low && got_high == high, "n %lld: %lld..%lld", (long long)n,
              (long long)got_low, (long long)got_high);
}

Test(chance, ranks_of_the_median_are_those_of_the_metrics)
{
    expect_ranks(6, 0.5, 1, 1, 6);
    expect_ranks(10, 0.5, 1, 2, 9);
    expect_ranks(20, 0.5, 1, 6, 15);
    expect_ranks(30, 0.5, 1, 10, 21);
    expect_ranks(50, 0.5, 1, 18, 33);
    expect_ranks(100, 0.5, 1, 40, 61);
    int64_t low, high;
    for (int64_t n = 0; n < 6; n++)
        cr_assert_not(ef_quantile_ranks(n, 0.5, 1, &low, &high));
}

Test(chance, ranks_of_clustered_values_lie_farther_apart)
{
    expect_ranks(20, 0.5, 2, 3, 18); /* ranks 2 and 9 of 10, spread over 20 */
    int64_t low, high;
    cr_assert_not(ef_quantile_ranks(10, 0.5, 2, &low, &high));
    cr_assert_not(ef_quantile_ranks(10, 0.5, NAN, &low, &high));
}

Test(chance, ranks_of_the_ninth_tenth_need_thirty_six_values)
{
    int64_t low, high;
    cr_assert_not(ef_quantile_ranks(35, 0.9, 1, &low, &high));
    expect_ranks(36, 0.9, 1, 29, 36);
}

Test(chance, false_discoveries_are_held_over_the_list)
{
    double p[] = { 0.012, 0.5, NAN, 0.001, 0.04 };
    bool kept[5];
    ef_false_discoveries(p, kept, 5);
    /* Of four tests the limits are 0.0125, 0.025, 0.0375 and 0.05. */
    cr_assert(kept[0] && kept[3]);
    cr_assert_not(kept[1] || kept[2] || kept[4]);
    double higher[] = { 0.03, 0.035 }; /* the second lifts the first: 0.035 <= 0.05 */
    ef_false_discoveries(higher, kept, 2);
    cr_assert(kept[0] && kept[1]);
}
