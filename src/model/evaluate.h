/* SPDX-License-Identifier: MIT
 * model/evaluate.h - how good given labels are, compared with the right ones. */
#ifndef EARFUL_MODEL_EVALUATE_H
#define EARFUL_MODEL_EVALUATE_H

#include "earful/app/eval.h"
#include "model/counts.h"
#include "model/own_file.h"

/* One judged text. */
typedef struct ef_judged {
    uint8_t right, given; /* EF_NEGATIVE, EF_NEUTRAL, EF_POSITIVE */
    uint16_t confidence;  /* 0..10000, in the given label */
    uint16_t p_right;     /* 0..10000, of the right label */
} ef_judged;

/* Judges a text by its probabilities (negative, neutral, positive in 1/10000). Of equal
 * ones the neutral, then the positive label is given. With two_classes the neutral share
 * is left out of the decision and of the confidence. */
ef_judged ef_judge(const int32_t p[3], unsigned right, bool two_classes);

/* The same with what each class weighs in the decision; NULL: all the same. */
ef_judged ef_judge_weighed(const int32_t p[3], unsigned right, bool two_classes,
                           const ef_class_weights *weights);

/* The loss of a text: -ln of the right label's probability, in nats. What was given no
 * chance at all counts as half a unit of it. */
double ef_judged_loss(const ef_judged *judged);

/* Accuracy, macro-averaged F1 and recall from a confusion; classes that do not occur do not
 * count. The loss is left alone. */
void ef_figures_of(const uint64_t confusion[EF_CLASSES][EF_CLASSES], ef_merits *figures);

/* The calibration error of several evaluations together, each of the same weight: their
 * bins in order of confidence, put together in bins of equal mass again. Evaluations
 * without texts, and all beyond EF_FAMILY_LIMIT, are passed by; 0 if there is none. */
double ef_pooled_calibration_error(const ef_evaluation *const *list, size_t count);

/* Sorts judged by confidence. */
void ef_evaluate(ef_judged *judged, size_t count, ef_evaluation *evaluation);

#endif
