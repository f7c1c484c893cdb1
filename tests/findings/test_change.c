/* SPDX-License-Identifier: MIT
 * test_change.c - tests of change: the vectors of METRICS section 7, and what cannot be
 * tested. */
#include <criterion/criterion.h>
#include <math.h>

#include "findings/change.h"
#include "findings/figure.h"

static const ef_titled share = { "share", "Share", "k / n", EF_UNIT_SHARE };
static const ef_titled net = { "net", "Net", "100 x (up - down) / n", EF_UNIT_NET };
static const ef_titled mean = { "mean", "Mean", "sum / n", EF_UNIT_MEAN };
static const ef_titled time = { "time", "Time", "median", EF_UNIT_SECONDS };

static void expect(double got, double wanted, double error)
{
    cr_assert_lt(fabs(got - wanted), error, "%.9f, not %.9f", got, wanted);
}

static ef_change shares(int64_t k1, int64_t n1, int64_t k2, int64_t n2, double deff)
{
    return ef_change_of_shares(ef_figure_share(&share, k1, n1, deff),
                               ef_figure_share(&share, k2, n2, deff), deff,
                               EF_SHARE_TEST_USUAL);
}

Test(change, of_two_shares_is_that_of_the_metrics)
{
    ef_change change = shares(30, 200, 52, 210, 1);
    expect(change.difference, 0.0976190, 5e-8);
    expect(change.p, 0.013509, 5e-7);
    expect(change.low, 0.0201339, 5e-8);
    expect(change.high, 0.1734570, 5e-8);
    cr_assert(change.is_evidence);
    expect(shares(30, 200, 52, 210, 1.9).p, 0.073138, 5e-7);
    cr_assert_not(shares(30, 200, 52, 210, 1.9).is_evidence);
    change = shares(48, 80, 56, 70, 1);
    expect(change.difference, 0.2, 1e-12);
    expect(change.low, 0.0524315, 5e-8);
    expect(change.high, 0.3338727, 5e-8);
}

Test(change, of_small_counts_is_fishers)
{
    ef_change change = shares(0, 5, 5, 5, 1);
    cr_assert_str_eq(change.test, "Fisher exact");
    expect(change.p, 2.0 / 252, 1e-12);
    change =
        ef_change_of_shares(ef_figure_share(&share, 30, 200, 1),
                            ef_figure_share(&share, 52, 210, 1), 1, EF_SHARE_TEST_FISHER);
    cr_assert_str_eq(change.test, "Fisher exact");
    expect(change.p, 0.0137, 2e-3);
}

Test(change, says_how_many_would_have_been_needed)
{
    /* (1.96 + 0.8416)² · (0.5·0.5 + 0.4·0.6) / 0.05² = 7.8489 · 0.49 / 0.0025 = 1538.4 */
    cr_assert_eq(shares(50, 100, 40, 100, 1).needed, 1539);
    cr_assert_eq(shares(50, 100, 50, 100, 1).needed, 0);
}

Test(change, of_clusters_widens_with_their_correlation)
{
    ef_spread before = { 0 }, after = { 0 };
    for (int i = 0; i < 20; i++) { /* whole conversations agree: deff is near their size */
        ef_spread_add(&before, 4, i % 4 == 0 ? 4 : 0);
        ef_spread_add(&after, 4, i % 2 == 0 ? 4 : 0);
    }
    double deff = ef_change_deff(&before, &after);
    cr_assert(deff > 3.9 && deff < 4.5, "%f", deff);
    ef_spread one = { 0 };
    ef_spread_add(&one, 1, 1);
    cr_assert_eq(ef_change_deff(&one, &one), 1);
    cr_assert_eq(ef_change_deff(&one, &(ef_spread){ 0 }), 1);
}

Test(change, of_nets_is_a_z_of_two_variances)
{
    ef_change change = ef_change_of_nets(ef_figure_net(&net, 100, 40, 200, 1),
                                         ef_figure_net(&net, 60, 60, 200, 1),
                                         1e4 * 0.61 / 200, 1e4 * 0.6 / 200);
    expect(change.difference, -30, 1e-9);
    /* standard error 100 · sqrt(1.21 / 200) = 7.778175 */
    expect(change.low, -30 - 1.959964 * 7.778175, 1e-4);
    expect(change.p, 0.0001148, 1e-6);
}

Test(change, of_means_is_welchs_t_over_clusters)
{
    ef_spread before = { 0 }, after = { 0 };
    const double a[] = { 1, 2, 3, 4, 5 }, b[] = { 3, 4, 5, 6, 7 };
    for (int i = 0; i < 5; i++) {
        ef_spread_add(&before, 1, a[i]);
        ef_spread_add(&after, 1, b[i]);
    }
    ef_change change =
        ef_change_of_means(ef_figure_mean(&mean, &before, 1),
                           ef_figure_mean(&mean, &after, 1), &before, &after, 1);
    expect(change.difference, 2, 1e-12); /* variance of each mean 0.5: t = 2, df = 8 */
    expect(change.p, 0.0805162, 1e-6);
    expect(change.high, 2 + 2.3060041, 1e-6);
}

Test(change, of_medians_counts_what_lies_above_both)
{
    int64_t before[40], after[40];
    for (int i = 0; i < 40; i++) {
        before[i] = 10 + i;
        after[i] = 30 + i;
    }
    ef_change change = ef_change_of_medians(
        ef_figure_quantile(&time, before, 40, 0.5, 1, 1),
        ef_figure_quantile(&time, after, 40, 0.5, 1, 1), before, after);
    expect(change.difference, 20, 1e-12);
    /* the pooled median is 39: 10 of 40 lie above it before, 30 of 40 after, so z² = 20 */
    expect(change.p, 0.00000774, 1e-7);
    /* ranks 14 and 27 of 40: 23..36 and 43..56, so 20 -+ sqrt(6.5² + 6.5²) */
    expect(change.low, 20 - sqrt(84.5), 1e-9);
    expect(change.high, 20 + sqrt(84.5), 1e-9);
}

Test(change, of_nothing_is_no_number_and_no_evidence)
{
    ef_spread none = { 0 }, one = { 0 }, same = { 0 };
    ef_spread_add(&one, 1, 5);
    for (int i = 0; i < 3; i++)
        ef_spread_add(&same, 1, 5);
    ef_change all[] = {
        shares(0, 0, 3, 10, 1),
        shares(0, 0, 0, 0, 1),
        ef_change_of_nets(ef_figure_net(&net, 0, 0, 0, 1), ef_figure_net(&net, 1, 0, 1, 1),
                          0, 0),
        ef_change_of_nets(ef_figure_net(&net, 3, 0, 3, 1), ef_figure_net(&net, 3, 0, 3, 1),
                          0, 0),
        ef_change_of_means(ef_figure_mean(&mean, &none, 1), ef_figure_mean(&mean, &one, 1),
                           &none, &one, 1),
        ef_change_of_means(ef_figure_mean(&mean, &one, 1), ef_figure_mean(&mean, &same, 1),
                           &one, &same, 1),
        ef_change_of_means(ef_figure_mean(&mean, &same, 1), ef_figure_mean(&mean, &same, 1),
                           &same, &same, 1),
        ef_change_of_medians(ef_figure_quantile(&time, NULL, 0, 0.5, 1, 1),
                             ef_figure_quantile(&time, NULL, 0, 0.5, 1, 1), NULL, NULL),
    };
    size_t count = sizeof all / sizeof all[0];
    for (size_t i = 0; i < count; i++) {
        cr_assert(isnan(all[i].p), "%zu: %f", i, all[i].p);
        cr_assert_not(all[i].is_evidence);
        cr_assert_eq(strncmp(all[i].test, "no test", 7), 0);
        cr_assert_not(isinf(all[i].difference) || isinf(all[i].low) || isinf(all[i].high));
    }
    ef_changes_judge(all, count, 30);
    for (size_t i = 0; i < count; i++)
        cr_assert_not(all[i].is_evidence);
}

Test(change, of_one_value_twice_has_no_interval_but_a_p)
{
    int64_t one = 5;
    ef_figure figure = ef_figure_quantile(&time, &one, 1, 0.5, 1, 1);
    ef_change change = ef_change_of_medians(figure, figure, &one, &one);
    cr_assert_eq(change.p, 1);
    cr_assert(isnan(change.low));
}

Test(change, of_few_is_no_evidence_whatever_p_says)
{
    ef_change change = shares(0, 10, 10, 10, 1);
    cr_assert_lt(change.p, 0.001);
    ef_changes_judge(&change, 1, 30);
    cr_assert_not(change.is_evidence);
}
