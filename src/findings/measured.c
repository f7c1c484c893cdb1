/* SPDX-License-Identifier: MIT
 * findings/measured.c - figures of mood and of surveys from cells: one side, or all. */
#include "findings/measured.h"

#include <stdlib.h>

#ifdef __clang__
#pragma STDC FP_CONTRACT OFF
#endif

static const struct {
    ef_titled title;
    ef_shape shape;
} measures[EF_MEASURES_OF_CELLS] = {
    [EF_MEASURE_NET] = { { "net_sentiment", "Net sentiment",
                           "100 x (positive - negative) / n", EF_UNIT_NET },
                         EF_SHAPE_NET },
    [EF_MEASURE_NEGATIVE] = { { "negative_share", "Share negative", "negative / n",
                                EF_UNIT_SHARE },
                              EF_SHAPE_SHARE },
    [EF_MEASURE_SCORE] = { { "mean_score", "Mean score", "sum of scores / n",
                             EF_UNIT_SCORE },
                           EF_SHAPE_MEAN },
    [EF_MEASURE_RATING] = { { "mean_rating", "Mean rating", "sum of ratings / n",
                              EF_UNIT_MEAN },
                            EF_SHAPE_MEAN },
    [EF_MEASURE_NPS] = { { "nps", "NPS", "100 x (9 and 10 - 0 to 6) / n, of 0-10",
                           EF_UNIT_NET },
                         EF_SHAPE_NET },
    [EF_MEASURE_CSAT] = { { "csat", "CSAT", "4 and 5 / n, of 1-5", EF_UNIT_SHARE },
                          EF_SHAPE_SHARE },
    [EF_MEASURE_CSAT_MEAN] = { { "csat_mean", "CSAT, mean", "sum of answers / n, of 1-5",
                                 EF_UNIT_MEAN },
                               EF_SHAPE_MEAN },
    [EF_MEASURE_CSAT_NET] = { { "csat_net", "CSAT, net", "100 x (4 and 5 - 1 and 2) / n",
                                EF_UNIT_NET },
                              EF_SHAPE_NET },
    [EF_MEASURE_CES] = { { "ces", "CES",
                           "agree that it was easy / n: 5 to 7 of 1-7, 4 and 5 "
                           "of 1-5",
                           EF_UNIT_SHARE },
                         EF_SHAPE_SHARE },
    [EF_MEASURE_CES_MEAN] = { { "ces_mean", "CES, mean", "sum of answers / n",
                                EF_UNIT_MEAN },
                              EF_SHAPE_MEAN },
    [EF_MEASURE_CES_V1] = { { "ces_v1", "CES 1.0, mean",
                              "sum of answers / n, of 1-5: low is good", EF_UNIT_MEAN },
                            EF_SHAPE_MEAN },
    [EF_MEASURE_CES_INDEX] = { { "ces_index", "CES, index",
                                 "100 x (6 and 7 - 1 to 3) / n, of 1-7", EF_UNIT_NET },
                               EF_SHAPE_NET },
};

ef_shape ef_measure_shape(ef_measure measure)
{
    return measures[measure].shape;
}

static bool is_of_kind(const ef_day_cell *cell, ef_measure measure,
                       const ef_survey_options *options)
{
    ef_rating_kind kind = ef_day_cell_kind(cell);
    switch (measure) {
    case EF_MEASURE_RATING:
        return kind == EF_RATING_PLAIN;
    case EF_MEASURE_NPS:
        return kind == EF_RATING_NPS;
    case EF_MEASURE_CSAT:
    case EF_MEASURE_CSAT_MEAN:
    case EF_MEASURE_CSAT_NET:
        return kind == EF_RATING_CSAT ||
               (kind == EF_RATING_PLAIN && options->csat_from_stars);
    default:
        return kind == EF_RATING_CES;
    }
}

static ef_counted count_mood(const ef_day_cell *cell, ef_measure measure)
{
    double n = cell->n, up = cell->positive, down = cell->negative;
    if (measure == EF_MEASURE_NET)
        return (ef_counted){ n, up - down, up, down };
    if (measure == EF_MEASURE_NEGATIVE)
        return (ef_counted){ n, down, down, 0 };
    return (ef_counted){ n, (double)cell->score / EF_UNIT, 0, 0 };
}

static ef_counted count_of(const ef_day_cell *cell, ef_measure measure,
                           const ef_survey_options *options)
{
    if (measure <= EF_MEASURE_SCORE)
        return count_mood(cell, measure);
    if (!is_of_kind(cell, measure, options))
        return (ef_counted){ 0 };
    double n = cell->answers, low = cell->low;
    double high = measure == EF_MEASURE_CES_INDEX ? cell->top : cell->high;
    switch (measures[measure].shape) {
    case EF_SHAPE_SHARE:
        return (ef_counted){ n, high, high, 0 };
    case EF_SHAPE_NET:
        return (ef_counted){ n, high - low, high, low };
    default:
        return (ef_counted){ n, (double)cell->rating / 100, 0, 0 };
    }
}

static void close_cluster(ef_measured *measured, const ef_counted *sum)
{
    if (sum->n == 0)
        return;
    ef_spread_add(&measured->spread, sum->n, sum->x);
    measured->n += (int64_t)sum->n;
    measured->up += (int64_t)sum->up;
    measured->down += (int64_t)sum->down;
    if (measured->clusters != NULL)
        measured->clusters[measured->cluster_count++] = *sum;
}

bool ef_measured_of(ef_measured *measured, ef_measure measure, const ef_day_cells *cells,
                    const ef_compared *compared, ef_side side,
                    const ef_survey_options *options, bool keeps_clusters)
{
    *measured = (ef_measured){ 0 };
    if (keeps_clusters) {
        measured->clusters = calloc(cells->count + 1, sizeof *measured->clusters);
        if (measured->clusters == NULL)
            return false;
    }
    ef_counted sum = { 0 };
    for (size_t i = 0; i < cells->count; i++) {
        const ef_day_cell *cell = &cells->items[i];
        if (i > 0 && cell->cluster != cell[-1].cluster) {
            close_cluster(measured, &sum);
            sum = (ef_counted){ 0 };
        }
        if (side != EF_SIDES && ef_compared_side(compared, ef_day_cell_day(cell),
                                                 ef_day_cell_side(cell)) != side)
            continue;
        ef_counted own = count_of(cell, measure, options);
        sum.n += own.n;
        sum.x += own.x;
        sum.up += own.up;
        sum.down += own.down;
    }
    close_cluster(measured, &sum);
    return true;
}

/* Of one answer: up is 1, down is -1, the others 0. */
static double variance_of_one(const ef_measured *measured)
{
    double n = (double)measured->n;
    double net = (double)(measured->up - measured->down) / n;
    return (double)(measured->up + measured->down) / n - net * net;
}

double ef_measured_variance(const ef_measured *measured, double deff)
{
    return measured->n > 0 ? 1e4 * variance_of_one(measured) / (double)measured->n * deff
                           : 0;
}

ef_figure ef_measured_figure(ef_measure measure, const ef_measured *measured)
{
    const ef_titled *title = &measures[measure].title;
    double mean = ef_spread_mean(&measured->spread);
    if (measured->n == 0)
        return ef_figure_none(title, 0);
    double deff = ef_spread_deff(&measured->spread, mean, variance_of_one(measured));
    switch (measures[measure].shape) {
    case EF_SHAPE_SHARE:
        return ef_figure_share(title, measured->up, measured->n, deff);
    case EF_SHAPE_NET:
        return ef_figure_net(title, measured->up, measured->down, measured->n, deff);
    default:
        return ef_figure_mean(title, &measured->spread, 1);
    }
}
