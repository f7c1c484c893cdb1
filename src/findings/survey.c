/* SPDX-License-Identifier: MIT
 * findings/survey.c - NPS, CSAT and CES, as far as anybody asked for them: METRICS
 * section 1.
 *
 * NPS is fixed by convention. The others are computed in rival ways under one name, so each
 * formula stands beside its figure, and the others are options. */
#include "findings/findings.h"

#include "findings/measured.h"

static bool add(ef_making *making, ef_measure measure)
{
    const ef_day_cells *cells = &making->tally->cells;
    ef_measured measured;
    if (!ef_measured_of(&measured, measure, cells, NULL, EF_SIDES, &making->manner->survey,
                        false))
        return false;
    ef_figure figure = ef_measured_figure(measure, &measured);
    figure.is_approximate = cells->level > 0;
    return measured.n == 0 || ef_figures_add(&making->findings->survey, figure);
}

static bool add_csat(ef_making *making)
{
    switch (making->manner->survey.csat) {
    case EF_CSAT_MEAN:
        return add(making, EF_MEASURE_CSAT_MEAN);
    case EF_CSAT_NET:
        return add(making, EF_MEASURE_CSAT_NET);
    default:
        return add(making, EF_MEASURE_CSAT);
    }
}

static bool add_ces(ef_making *making)
{
    switch (making->manner->survey.ces) {
    case EF_CES_MEAN:
        return add(making, EF_MEASURE_CES_MEAN);
    case EF_CES_INDEX:
        return add(making, EF_MEASURE_CES_INDEX);
    case EF_CES_V1:
        return add(making, EF_MEASURE_CES_V1);
    default:
        return add(making, EF_MEASURE_CES) && add(making, EF_MEASURE_CES_MEAN);
    }
}

bool ef_find_survey(ef_making *making)
{
    int64_t excluded = making->tally->cells.excluded;
    return add(making, EF_MEASURE_NPS) && add_csat(making) && add_ces(making) &&
           (excluded == 0 ||
            ef_remark_add(making,
                          "%lld ratings are excluded: tests, or the survey tool says so",
                          (long long)excluded));
}
