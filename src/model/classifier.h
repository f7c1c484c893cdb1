/* SPDX-License-Identifier: MIT
 * model/classifier.h - the classifiers' seam: counts in, weights out.
 *
 * Every classifier of the family is linear in its features, so all of them end as two
 * weights a feature, polarity and neutrality, and score alike. What a text's sum means is
 * left to the blend, which is fitted behind it. Listed in classifiers.c. */
#ifndef EARFUL_MODEL_CLASSIFIER_H
#define EARFUL_MODEL_CLASSIFIER_H

#include "earful/status.h"
#include "model/counts.h"

/* Weights of features before they are rounded, parallel to the features of an ef_counts.
 * One is the unit of a model's weights: they are rounded to -127..127. */
typedef struct ef_float_weights {
    float *polarity, *neutrality;
} ef_float_weights;

typedef struct ef_classifier {
    const char *name, *summary;
    /* Fills weights (allocated by the caller, counts->count of each) from all parts but
     * those left out. Deterministic. Without neutral texts
     * every neutrality is 0. */
    ef_status (*train)(const ef_counts *counts, ef_parts left_out, ef_float_weights *weights,
                       ef_error *error);
} ef_classifier;

const ef_classifier *ef_classifier_at(size_t index); /* NULL after the last */
const ef_classifier *ef_classifier_named(const char *name);

/* The rows of the table. */
extern const ef_classifier ef_classifier_naive_bayes; /* naive_bayes.c */
extern const ef_classifier ef_classifier_complement_bayes; /* complement_bayes.c */
extern const ef_classifier ef_classifier_linear;      /* linear.c */

#endif
