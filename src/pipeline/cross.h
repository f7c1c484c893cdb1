/* SPDX-License-Identifier: MIT
 * pipeline/cross.h - what a model makes of texts that it never saw.
 *
 * Every family is left out once: the others train a classifier, which judges the texts of
 * the family, as it would judge a user's texts of a new kind. One more classifier is
 * trained on the main parts of all families and judges what was held back: new texts of a
 * known kind. The evidence of these judgements is what the blend is fitted on; and with a
 * blend that did not see the family either, they tell how good the model will be. */
#ifndef EARFUL_PIPELINE_CROSS_H
#define EARFUL_PIPELINE_CROSS_H

#include "earful/app/eval.h"
#include "model/classifier.h"
#include "model/fit.h"
#include "score/blend.h"

enum { EF_SCORER_BLEND, EF_SCORER_LEXICON, EF_SCORER_CLASSIFIER, EF_SCORERS };

typedef struct ef_crossing {
    const ef_counts *counts;
    size_t families;
    const ef_classifier *classifier;
    ef_totals *strange; /* of each text, by a classifier that saw nothing of its family */
    ef_totals *known;   /* of each text held back, by one that saw its family's main part */
    unsigned slot_bits, threads;
} ef_crossing;

/* How good each scorer is on a family; texts is 0 where there are none to judge. */
typedef struct ef_family_result {
    ef_evaluation two[EF_SCORERS];   /* family left out; neutral texts left out */
    ef_evaluation three[EF_SCORERS]; /* family left out; none without neutral texts */
    ef_evaluation known_two, known_three; /* the blend on texts held back */
} ef_family_result;

/* Adds a classifier's evidence to strange and known, which hold the lexicon's. */
ef_status ef_cross_classify(const ef_crossing *crossing, ef_error *error);

/* Fits the blend of each scorer to all texts, after ef_cross_classify. */
ef_status ef_cross_fit(const ef_crossing *crossing, ef_blend_weights blends[EF_SCORERS],
                       ef_error *error);

/* Fills results[0 .. families), after ef_cross_classify. */
ef_status ef_cross_evaluate(const ef_crossing *crossing, ef_family_result *results,
                            ef_error *error);

#endif
