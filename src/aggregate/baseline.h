/* SPDX-License-Identifier: MIT
 * aggregate/baseline.h - what is usual for a group: share of negatives, rate, mean score,
 * and how strongly messages of one conversation go together.
 *
 * Sums are integers in units of 1/1024 and lose half of their weight in 14 days. Rules see
 * the figures of the last refresh, once a day of event time, so that a threshold does not
 * run after the statistic that it judges. */
#ifndef EARFUL_AGGREGATE_BASELINE_H
#define EARFUL_AGGREGATE_BASELINE_H

#include "aggregate/cluster.h"
#include "aggregate/pane.h"

enum {
    EF_BASELINE_SCALE = 1024,
    EF_MINUTES_A_DAY = 24 * 60,
    EF_GUESSED_MESSAGES = 20, /* what the first guess of a share weighs, 3 of them bad */
    EF_WARM_MESSAGES = 200,   /* until both are reached nothing fires: */
    EF_WARM_MINUTES = 3 * 24 * 60 /* fewer messages do not fix a share, less */
};                                /* time says nothing of a day's ups and downs */

/* The figures that rules use. */
typedef struct ef_usual {
    bool is_warm;
    double share;           /* of negatives: (K + 3) / (N + 20) */
    double rate;            /* messages a minute */
    double deff;            /* at least 1 */
    double mean, deviation; /* of the score, in units */
    int64_t n, k;           /* messages behind the share, decayed */
} ef_usual;

/* Zero-initialise. */
typedef struct ef_baseline {
    int64_t n, k, sum, minutes; /* decayed; 1/1024 */
    int64_t squares; /* likewise, and in units of 1/10000 only, to last: 9e11 messages */
    ef_cluster_sums clusters;          /* of closed conversations; decayed; 1/1024 */
    int64_t messages, learned_minutes; /* since the start; whole */
    int64_t last_minute;               /* of the last message, learned or not */
    int64_t day;                       /* of the last refresh; 0: none yet */
    ef_usual usual;
} ef_baseline;

/* A minute with messages closed. Learns it unless is_frozen. True when the figures were
 * refreshed: then thresholds are to be computed anew. */
bool ef_baseline_learn(ef_baseline *baseline, int64_t minute, const ef_pane *pane,
                       bool is_frozen);

/* Forgets what was usual: the model that counts negatives is another one. */
void ef_baseline_forget(ef_baseline *baseline);

#endif
