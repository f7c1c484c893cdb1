/* SPDX-License-Identifier: MIT
 * findings/change.c - is a figure really different on the other side? METRICS section 5. */
#include "findings/change.h"

#include <assert.h>
#include <math.h>

#include "aggregate/interval.h"
#include "base/real.h"
#include "findings/chance.h"
#include "findings/figure.h"

#ifdef __clang__
#pragma STDC FP_CONTRACT OFF
#endif

static const double z975 = 1.959963984540054, z80 = 0.8416212335729143;
static const char *const no_answers = "no test: one side has no observations";
static const char *const no_spread = "no test: nothing varies";

/* How many a side must have to see half of the difference in four of five cases, when one
 * observation of each side has such a variance. 0: more than can be counted, or nothing to
 * see. */
static int64_t needed(double variances, double difference)
{
    double half = difference / 2, z = z975 + z80;
    if (!(variances > 0) || half == 0)
        return 0;
    double n = z * z * variances / (half * half);
    return n < 1e15 ? (int64_t)ceil(n) : 0;
}

static ef_change start(ef_figure before, ef_figure after)
{
    ef_change change = { .before = before,
                         .after = after,
                         .difference = after.value - before.value,
                         .low = NAN,
                         .high = NAN,
                         .p = NAN,
                         .test = no_answers };
    return change;
}

static bool has_both(const ef_change *change)
{
    return change->before.n > 0 && change->after.n > 0;
}

static void conclude(ef_change *change, const char *test, double p)
{
    change->test = test;
    change->p = p > 1 ? 1 : p;
    change->is_evidence = change->p < 0.05;
}

/* Fisher counts whole observations: of clustered ones, as many as they are worth. */
static int64_t worth(int64_t count, double deff)
{
    return (int64_t)floor((double)count / deff + 0.5);
}

ef_change ef_change_of_shares(ef_figure before, ef_figure after, double deff,
                              ef_share_test kind)
{
    ef_change change = start(before, after);
    if (!has_both(&change))
        return change;
    double n1 = (double)before.n, n2 = (double)after.n, least = n1 < n2 ? n1 : n2;
    double p = (double)(before.count + after.count) / (n1 + n2);
    ef_interval interval =
        ef_interval_newcombe((double)before.count / before.deff, n1 / before.deff,
                             (double)after.count / after.deff, n2 / after.deff);
    change.low = interval.low;
    change.high = interval.high;
    change.needed = needed(before.value * (1 - before.value) * before.deff +
                               after.value * (1 - after.value) * after.deff,
                           change.difference);
    bool is_small = least * (p < 0.5 ? p : 1 - p) / deff < 5;
    if (is_small || kind == EF_SHARE_TEST_FISHER) {
        double exact = ef_fisher(worth(before.count, deff), worth(before.n, deff),
                                 worth(after.count, deff), worth(after.n, deff));
        conclude(&change, "Fisher exact", exact);
        return change;
    }
    double z = change.difference / ef_sqrt(p * (1 - p) * (1 / n1 + 1 / n2) * deff);
    conclude(&change, "two-proportion z", ef_two_sided(z));
    return change;
}

double ef_change_deff(const ef_spread *before, const ef_spread *after)
{
    double n = before->n + after->n;
    bool are_alone = before->nn + after->nn <= n; /* each cluster is one observation */
    if (are_alone || !(before->n > 0) || !(after->n > 0))
        return 1;
    double p = (before->x + after->x) / n;
    double independent = p * (1 - p) * (1 / before->n + 1 / after->n);
    double clustered = ef_spread_variance(before, p) + ef_spread_variance(after, p);
    double deff = clustered / independent;
    return deff > 1 && independent > 0 ? deff : 1;
}

/* Difference, interval and p where both variances of the means are known. */
static void compare(ef_change *change, double before, double after, double df,
                    const char *test)
{
    double variance = before + after;
    bool is_normal = !(df < 1e6);
    double error = ef_sqrt(variance), t = change->difference / error;
    double half = (is_normal ? z975 : ef_student_95(df)) * error;
    change->low = change->difference - half;
    change->high = change->difference + half;
    change->needed =
        needed(before * (double)change->before.n + after * (double)change->after.n,
               change->difference);
    t = t < 0 ? -t : t;
    conclude(change, test, is_normal ? ef_two_sided(t) : 2 * ef_student_tail(t, df));
}

ef_change ef_change_of_nets(ef_figure before, ef_figure after, double variance_before,
                            double variance_after)
{
    ef_change change = start(before, after);
    if (!has_both(&change))
        return change;
    if (variance_before + variance_after > 0)
        compare(&change, variance_before, variance_after, INFINITY,
                "difference of nets, z");
    else
        change.test = no_spread;
    return change;
}

ef_change ef_change_of_means(ef_figure before, ef_figure after,
                             const ef_spread *spread_before, const ef_spread *spread_after,
                             double scale)
{
    ef_change change = start(before, after);
    if (!has_both(&change))
        return change;
    double one =
        ef_spread_variance(spread_before, ef_spread_mean(spread_before)) * scale * scale;
    double two =
        ef_spread_variance(spread_after, ef_spread_mean(spread_after)) * scale * scale;
    if (!(one + two > 0)) {
        change.test = no_spread;
        return change;
    }
    double df = (one + two) * (one + two) /
                (one * one / (spread_before->k - 1) + two * two / (spread_after->k - 1));
    compare(&change, one, two, df, "Welch's t");
    return change;
}

static size_t count_above(const int64_t *sorted, size_t count, double limit)
{
    size_t low = 0, high = count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if ((double)sorted[middle] > limit)
            high = middle;
        else
            low = middle + 1;
    }
    return count - low;
}

/* The median of two sorted lists together: found by halving the range of values. */
static double pooled_median(const int64_t *a, size_t a_count, const int64_t *b,
                            size_t b_count)
{
    int64_t low = a[0] < b[0] ? a[0] : b[0];
    int64_t high = a[a_count - 1] > b[b_count - 1] ? a[a_count - 1] : b[b_count - 1];
    size_t half = (a_count + b_count) / 2;
    while (low < high) { /* the least value that at most half lie above */
        int64_t middle = low + (high - low) / 2;
        if (count_above(a, a_count, (double)middle) +
                count_above(b, b_count, (double)middle) <=
            half)
            high = middle;
        else
            low = middle + 1;
    }
    return (double)low;
}

ef_change ef_change_of_medians(ef_figure before, ef_figure after,
                               const int64_t *sorted_before, const int64_t *sorted_after)
{
    ef_change change = start(before, after);
    if (!has_both(&change))
        return change;
    size_t n1 = (size_t)before.n, n2 = (size_t)after.n;
    double middle = pooled_median(sorted_before, n1, sorted_after, n2);
    static const ef_titled above = { "above", "Above the pooled median", "",
                                     EF_UNIT_SHARE };
    double deff = before.deff > after.deff ? before.deff : after.deff;
    ef_change shares = ef_change_of_shares(
        ef_figure_share(&above, (int64_t)count_above(sorted_before, n1, middle), before.n,
                        before.deff),
        ef_figure_share(&above, (int64_t)count_above(sorted_after, n2, middle), after.n,
                        after.deff),
        deff, EF_SHARE_TEST_USUAL);
    double down = ef_sqrt((after.value - after.low) * (after.value - after.low) +
                          (before.high - before.value) * (before.high - before.value));
    double up = ef_sqrt((after.high - after.value) * (after.high - after.value) +
                        (before.value - before.low) * (before.value - before.low));
    change.low = change.difference - down;
    change.high = change.difference + up;
    change.needed = shares.needed;
    conclude(&change, "median test", shares.p);
    return change;
}

void ef_changes_judge(ef_change *changes, size_t count, int64_t few)
{
    enum { MOST = 64 };
    double p[MOST] = { 0 };
    bool kept[MOST] = { false };
    assert(count <= MOST);
    for (size_t i = 0; i < count; i++) {
        bool is_few = changes[i].before.n < few || changes[i].after.n < few;
        p[i] = is_few ? NAN : changes[i].p;
    }
    ef_false_discoveries(p, kept, (int64_t)count);
    for (size_t i = 0; i < count; i++)
        changes[i].is_evidence = kept[i];
}
