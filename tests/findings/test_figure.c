/* SPDX-License-Identifier: MIT
 * test_figure.c - figures worked by hand, and those that are not defined. */
#include <criterion/criterion.h>
#include <math.h>

#include "findings/figure.h"

static const ef_titled nps = { "nps", "NPS", "100 x (promoters - detractors) / n",
                               EF_UNIT_NET };
static const ef_titled csat = { "csat", "CSAT", "4 and 5 / n", EF_UNIT_SHARE };
static const ef_titled stars = { "stars", "Stars", "sum / n", EF_UNIT_MEAN };
static const ef_titled wait = { "wait", "Wait", "median", EF_UNIT_SECONDS };

static void expect(double got, double wanted, double error)
{
    cr_assert_lt(fabs(got - wanted), error, "%.9f, not %.9f", got, wanted);
}

Test(figure, of_nps_is_that_of_the_metrics)
{
    ef_figure figure = ef_figure_net(&nps, 100, 40, 200, 1);
    expect(figure.value, 30, 1e-12);
    expect(figure.low, 19.1757, 6e-5);
    expect(figure.high, 40.8243, 6e-5);
    figure = ef_figure_net(&nps, 5, 2, 10, 1);
    expect(figure.low, -18.4075, 6e-5);
    expect(figure.high, 78.4075, 6e-5);
}

Test(figure, of_a_share_takes_the_design_effect)
{
    ef_figure figure = ef_figure_share(&csat, 30, 200, 1.9);
    expect(figure.value, 0.15, 1e-12);
    expect(figure.low, 0.0941982, 5e-8);
    expect(figure.high, 0.2304480, 5e-8);
}

Test(figure, of_a_mean_is_students)
{
    ef_spread sums = { 0 };
    for (int i = 1; i <= 5; i++)
        ef_spread_add(&sums, 1, i);
    ef_figure figure = ef_figure_mean(&stars, &sums, 1);
    expect(figure.value, 3, 1e-12); /* 3 -+ 2.7764451 · sqrt(2.5 / 5) */
    expect(figure.low, 3 - 2.7764451 * sqrt(0.5), 1e-6);
    expect(figure.high, 3 + 2.7764451 * sqrt(0.5), 1e-6);
}

Test(figure, of_a_median_has_the_binomial_interval)
{
    int64_t values[10] = { 1, 2, 3, 4, 5, 6, 7, 8, 9, 100 };
    ef_figure figure = ef_figure_quantile(&wait, values, 10, 0.5, 1, 1);
    expect(figure.value, 5.5, 1e-12);
    expect(figure.low, 2, 1e-12);
    expect(figure.high, 9, 1e-12);
    figure = ef_figure_quantile(&wait, values, 10, 0.9, 1, 1);
    expect(figure.value, 9, 1e-12);
    cr_assert(isnan(figure.low)); /* ten values say too little of the ninth tenth */
    figure = ef_figure_quantile(&wait, values, 5, 0.5, 1, 0.001);
    expect(figure.value, 0.003, 1e-12);
    cr_assert(isnan(figure.low));
}

Test(figure, without_observations_is_no_number)
{
    ef_spread none = { 0 };
    ef_figure all[] = { ef_figure_none(&nps, 0), ef_figure_net(&nps, 0, 0, 0, 1),
                        ef_figure_share(&csat, 0, 0, 1), ef_figure_mean(&stars, &none, 1),
                        ef_figure_quantile(&wait, NULL, 0, 0.5, 1, 1) };
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++)
        cr_assert(isnan(all[i].value) && isnan(all[i].low) && isnan(all[i].high), "%zu", i);
}

Test(figure, of_one_or_of_equal_answers_is_finite_or_nothing)
{
    ef_spread one = { 0 }, same = { 0 };
    ef_spread_add(&one, 1, 4);
    for (int i = 0; i < 9; i++)
        ef_spread_add(&same, 1, 4);
    expect(ef_figure_mean(&stars, &one, 1).value, 4, 1e-12);
    cr_assert(isnan(ef_figure_mean(&stars, &one, 1).low));
    expect(ef_figure_mean(&stars, &same, 1).low, 4, 1e-12);
    expect(ef_figure_net(&nps, 9, 0, 9, 1).low, 100, 1e-12);
    expect(ef_figure_share(&csat, 1, 1, 1).low, 0.2065493, 5e-8);
}
