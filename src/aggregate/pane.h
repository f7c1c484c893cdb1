/* SPDX-License-Identifier: MIT
 * aggregate/pane.h - messages of one group and one stretch of time, as integers.
 *
 * Scores are counted in units of 1/10000, so sums are exact: panes add up to the same pane
 * in any order, on one thread or on sixteen, on one machine or on four. */
#ifndef EARFUL_AGGREGATE_PANE_H
#define EARFUL_AGGREGATE_PANE_H

#include "earful/scorer.h"

/* squares holds 9.2e10 messages of the strongest score, |s| = 10^4: more than a disk of
 * chats; it is 64 bits wide for that reason. */
typedef struct ef_pane {
    int64_t n; /* messages with a label */
    int64_t negative, positive, mixed;
    int64_t sum, squares; /* of the score, in units; of its square */
} ef_pane;

static inline void ef_pane_count(ef_pane *pane, ef_label label, int32_t score, bool mixed)
{
    pane->n++;
    pane->negative += label == EF_LABEL_NEGATIVE;
    pane->positive += label == EF_LABEL_POSITIVE;
    pane->mixed += mixed;
    pane->sum += score;
    pane->squares += (int64_t)score * score;
}

static inline void ef_pane_merge(ef_pane *pane, const ef_pane *more)
{
    pane->n += more->n;
    pane->negative += more->negative;
    pane->positive += more->positive;
    pane->mixed += more->mixed;
    pane->sum += more->sum;
    pane->squares += more->squares;
}

#endif
