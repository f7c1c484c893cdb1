/* SPDX-License-Identifier: MIT
 * model/evaluate.h - how good given labels are, compared with the right ones. */
#ifndef EARFUL_MODEL_EVALUATE_H
#define EARFUL_MODEL_EVALUATE_H

#include "earful/app/train.h"
#include "model/counts.h"

/* One judged text. */
typedef struct ef_judged {
    uint8_t right, given; /* EF_NEGATIVE, EF_NEUTRAL, EF_POSITIVE */
    uint16_t confidence;  /* 0..10000, in the given label */
} ef_judged;

/* Judges a text by its probabilities (negative, neutral, positive in 1/10000). Of equal
 * ones the neutral, then the positive label is given. With two_classes the neutral share
 * is left out of the decision and of the confidence. */
ef_judged ef_judge(const int32_t p[3], unsigned right, bool two_classes);

/* Fills all of *evaluation but unlabelled. Sorts judged by confidence. */
void ef_evaluate(ef_judged *judged, size_t count, ef_evaluation *evaluation);

#endif
