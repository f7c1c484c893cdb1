/* SPDX-License-Identifier: MIT
 * findings/figure.c - one number with its formula, its n and its 95 % interval. */
#include "findings/figure.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>

#include "aggregate/interval.h"
#include "base/real.h"
#include "findings/chance.h"

#ifdef __clang__
#pragma STDC FP_CONTRACT OFF
#endif

ef_figure ef_figure_none(const ef_titled *title, int64_t n)
{
    return (ef_figure){ .key = title->key,
                        .name = title->name,
                        .formula = title->formula,
                        .unit = title->unit,
                        .value = NAN,
                        .low = NAN,
                        .high = NAN,
                        .n = n,
                        .count = -1,
                        .deff = 1 };
}

ef_figure ef_figure_count(const ef_titled *title, int64_t count, int64_t n)
{
    ef_figure figure = ef_figure_none(title, n);
    figure.value = (double)count;
    figure.count = count;
    return figure;
}

ef_figure ef_figure_share(const ef_titled *title, int64_t count, int64_t n, double deff)
{
    ef_figure figure = ef_figure_none(title, n);
    figure.count = count;
    figure.deff = deff;
    if (n <= 0)
        return figure;
    figure.value = (double)count / (double)n;
    ef_interval interval = ef_interval_wilson((double)count / deff, (double)n / deff);
    figure.low = interval.low;
    figure.high = interval.high;
    return figure;
}

ef_figure ef_figure_net(const ef_titled *title, int64_t up, int64_t down, int64_t n,
                        double deff)
{
    ef_figure figure = ef_figure_none(title, n);
    figure.deff = deff;
    if (n <= 0)
        return figure;
    double all = (double)n, p = (double)up / all, d = (double)down / all;
    double net = (double)(up - down) / all;
    ef_interval interval =
        ef_interval_normal(100 * net, 1e4 * (p + d - net * net) / all * deff);
    figure.value = 100 * (double)(up - down) / all;
    figure.low = interval.low > -100 ? interval.low : -100;
    figure.high = interval.high < 100 ? interval.high : 100;
    return figure;
}

ef_figure ef_figure_mean(const ef_titled *title, const ef_spread *spread, double scale)
{
    ef_figure figure = ef_figure_none(title, (int64_t)spread->n);
    double mean = ef_spread_mean(spread);
    figure.value = mean * scale;
    double variance = ef_spread_variance(spread, mean);
    if (!(variance >= 0))
        return figure;
    double half = ef_student_95(spread->k - 1) * ef_sqrt(variance) * scale;
    figure.low = figure.value - half;
    figure.high = figure.value + half;
    return figure;
}

double ef_quantile_of(const int64_t *sorted, size_t count, double q)
{
    assert(count > 0);
    if (q == 0.5 && count % 2 == 0)
        return ((double)sorted[count / 2 - 1] + (double)sorted[count / 2]) / 2;
    /* The hair keeps 0.9 * 10, which is a little over 9, from becoming rank 10. */
    size_t rank = (size_t)ceil(q * (double)count - 1e-9);
    return (double)sorted[rank < 1 ? 0 : rank > count ? count - 1 : rank - 1];
}

ef_figure ef_figure_quantile(const ef_titled *title, const int64_t *sorted, size_t count,
                             double q, double deff, double scale)
{
    ef_figure figure = ef_figure_none(title, (int64_t)count);
    figure.deff = deff;
    if (count == 0)
        return figure;
    figure.value = ef_quantile_of(sorted, count, q) * scale;
    int64_t low, high;
    if (ef_quantile_ranks((int64_t)count, q, deff, &low, &high)) {
        figure.low = (double)sorted[low - 1] * scale;
        figure.high = (double)sorted[high - 1] * scale;
    }
    return figure;
}

bool ef_figures_add(ef_figures *figures, ef_figure figure)
{
    enum { STEP = 8 }; /* lists are short: they grow by so many, when those are used up */
    if (figures->count % STEP == 0) {
        size_t room = figures->count + STEP;
        ef_figure *items = realloc(figures->items, room * sizeof *items);
        if (items == NULL)
            return false;
        figures->items = items;
    }
    figures->items[figures->count++] = figure;
    return true;
}

void ef_figures_release(ef_figures *figures)
{
    free(figures->items);
    *figures = (ef_figures){ 0 };
}
