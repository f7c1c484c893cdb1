/* SPDX-License-Identifier: MIT
 * score/emotions.h - evidence for emotions into the one that is named, with its
 * probability.
 *
 * The emotions' lexicon and the model's table add up over the sentences; seven logits of
 * them, that of none being 0, become probabilities as the blend's do (blend.h). */
#ifndef EARFUL_SCORE_EMOTIONS_H
#define EARFUL_SCORE_EMOTIONS_H

#include "earful/scorer.h"
#include "model/emotion_model.h"
#include "score/blend.h"
#include "score/features.h"

/* What a text adds up to; by ef_emotion, none stays 0. */
typedef struct ef_emotion_sums {
    int64_t lexicon[EF_EMOTION_COUNT]; /* strength of words and phrases */
    int64_t model[EF_EMOTION_COUNT];   /* weights, 1/EF_EMOTION_UNIT logit */
} ef_emotion_sums;

/* Adds what the lexicon found in a sentence. */
void ef_emotion_sums_add(ef_emotion_sums *sums, const ef_impression *findings);

/* Adds what the model's table says of the features that were felt since it was asked last,
 * unless model->blend is NULL. Many at once: most wait for memory. */
void ef_emotion_sums_feel(ef_emotion_sums *sums, const ef_emotion_model *model,
                          const ef_kernels *kernels, ef_features *features);

/* The inputs of the emotions' logits, each about -1000 .. 1000: EF_EMOTION_OWN that are an
 * emotion's own, then those that all share, last a constant. */
enum { EF_EMOTION_OWN = 2 };
void ef_emotion_inputs(const ef_emotion_sums *sums, const ef_totals *totals,
                       int32_t inputs[EF_FELT][EF_EMOTION_INPUTS]);

/* Probabilities by ef_emotion, in 1/10000, which sum to 10000 but for rounding; and what
 * decides which is named, the largest: logits that lean towards the rare, since an emotion
 * that few texts show would hardly ever be the likeliest. blend NULL: each emotion's share
 * of all strength in the lexicon with one vote for none, and 0 for none. */
void ef_emotion_probabilities(const ef_emotion_blend *blend, const ef_emotion_sums *sums,
                              const ef_totals *totals, int32_t p[EF_EMOTION_COUNT],
                              int32_t leant[EF_EMOTION_COUNT]);

/* Names the emotion that is shown and how likely it is. */
ef_emotion ef_emotion_of(const ef_emotion_blend *blend, const ef_emotion_sums *sums,
                         const ef_totals *totals, int32_t *p);

#endif
