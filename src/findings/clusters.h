/* SPDX-License-Identifier: MIT
 * findings/clusters.h - how far figures stray, from sums over those who speak. */
#ifndef EARFUL_FINDINGS_CLUSTERS_H
#define EARFUL_FINDINGS_CLUSTERS_H

#include "findings/spread.h"
#include "tally/tally.h"

/* What is asked of a message: a number of 0 or 1, -1 to 1, or in units of 1/10000. */
typedef enum ef_mood_measure {
    EF_MEASURE_OF_NEGATIVE, /* 1 if negative */
    EF_MEASURE_OF_NEUTRAL,
    EF_MEASURE_OF_POSITIVE,
    EF_MEASURE_OF_MIXED,
    EF_MEASURE_OF_NET,    /* 1 if positive, -1 if negative */
    EF_MEASURE_OF_SCORE,  /* -10000 to 10000 */
    EF_MEASURE_OF_RATING, /* likewise, of messages with a rating */
    EF_MEASURES
} ef_mood_measure;

/* The spread of a measure over all clusters, with the messages of one side of a comparison,
 * or of all (EF_SIDES). Where clusters are a sample, the sample stands for the others. */
ef_spread ef_spread_of(const ef_tally *tally, ef_mood_measure measure, ef_side side);

/* The design effect of a measure over all messages of a side. */
double ef_deff_of(const ef_tally *tally, ef_mood_measure measure, ef_side side);

#endif
