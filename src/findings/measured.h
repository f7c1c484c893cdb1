/* SPDX-License-Identifier: MIT
 * findings/measured.h - figures of mood and of surveys from cells: one side, or all.
 *
 * A measure says what is counted of a cell: so many observations n, which add up to x. */
#ifndef EARFUL_FINDINGS_MEASURED_H
#define EARFUL_FINDINGS_MEASURED_H

#include "findings/figure.h"
#include "findings/compared.h"

typedef enum ef_measure {
    EF_MEASURE_NET,
    EF_MEASURE_NEGATIVE,
    EF_MEASURE_SCORE,
    EF_MEASURE_RATING, /* plain ones: their mean */
    EF_MEASURE_NPS,
    EF_MEASURE_CSAT,
    EF_MEASURE_CSAT_MEAN,
    EF_MEASURE_CSAT_NET,
    EF_MEASURE_CES,
    EF_MEASURE_CES_MEAN,
    EF_MEASURE_CES_INDEX,
    EF_MEASURE_CES_V1,
    EF_MEASURES_OF_CELLS
} ef_measure;

typedef enum ef_shape { EF_SHAPE_SHARE, EF_SHAPE_NET, EF_SHAPE_MEAN } ef_shape;

/* What one cluster has on one side. */
typedef struct ef_counted {
    double n, x, up, down; /* x = up - down of nets; up of shares */
} ef_counted;

/* A measure of one side: each cluster's own, in the order of the cells. */
typedef struct ef_measured {
    ef_spread spread;
    int64_t n, up, down;
    ef_counted *clusters; /* NULL unless asked for */
    size_t cluster_count;
} ef_measured;

/* How surveys are to be read. Zero means the default. */
typedef enum ef_csat { EF_CSAT_SHARE, EF_CSAT_MEAN, EF_CSAT_NET } ef_csat;
typedef enum ef_ces { EF_CES_SHARE, EF_CES_MEAN, EF_CES_INDEX, EF_CES_V1 } ef_ces;
typedef struct ef_survey_options {
    ef_csat csat;
    ef_ces ces;
    bool csat_from_stars; /* plain ratings answer for CSAT */
} ef_survey_options;

/* Of settled cells. side EF_SIDES: all, compared may then be NULL. keeps_clusters: for
 * resampling; the caller frees them. False without memory. */
bool ef_measured_of(ef_measured *measured, ef_measure measure, const ef_day_cells *cells,
                    const ef_compared *compared, ef_side side,
                    const ef_survey_options *options, bool keeps_clusters);

ef_shape ef_measure_shape(ef_measure measure);

/* The figure; deff from the clusters. */
ef_figure ef_measured_figure(ef_measure measure, const ef_measured *measured);

/* Of the mean of a net, ups and downs times deff: what a test of two of them needs. */
double ef_measured_variance(const ef_measured *measured, double deff);

#endif
