/* SPDX-License-Identifier: MIT
 * pipeline/cross.h - what a model makes of texts of a kind that it never saw.
 *
 * Every family is left out once: the others train a classifier, which judges the texts of
 * the family. The evidence of these judgements is what the blend is fitted on; and with a
 * blend that did not see the family either, they tell how good the model will be. */
#ifndef EARFUL_PIPELINE_CROSS_H
#define EARFUL_PIPELINE_CROSS_H

#include "earful/app/train.h"
#include "model/classifier.h"
#include "model/fit.h"
#include "score/blend.h"

enum { EF_SCORERS = 3 }; /* blend, lexicon, classifier: in this order everywhere */
enum { EF_SCORER_BLEND, EF_SCORER_LEXICON, EF_SCORER_CLASSIFIER };

typedef struct ef_crossing {
    const ef_counts *counts;
    const ef_classifier *classifier;
    ef_totals *totals; /* of each text, in with the lexicon's evidence only */
    unsigned slot_bits, threads;
} ef_crossing;

/* How good each scorer is on a family that was left out of all training. */
typedef struct ef_family_result {
    ef_evaluation two[EF_SCORERS];   /* neutral texts left out; texts is 0 if none is left */
    ef_evaluation three[EF_SCORERS]; /* texts is 0 for families without neutral texts */
} ef_family_result;

/* Adds to each text's totals the evidence of a classifier that did not see its family. */
ef_status ef_cross_classify(const ef_crossing *crossing, ef_error *error);

/* Fits the blend of each scorer to all texts, after ef_cross_classify. */
ef_status ef_cross_fit(const ef_crossing *crossing, ef_blend_weights blends[EF_SCORERS],
                       ef_error *error);

/* Fills results[0 .. families), after ef_cross_classify. */
ef_status ef_cross_evaluate(const ef_crossing *crossing, ef_family_result *results,
                            ef_error *error);

#endif
