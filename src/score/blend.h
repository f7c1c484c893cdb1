/* SPDX-License-Identifier: MIT
 * score/blend.h - evidence into three probabilities.
 *
 * Integer evidence becomes a short list of integer inputs, two linear logits of them, and
 * three probabilities by an integer exponential: nothing here depends on the CPU's floating
 * point, and the fit (pipeline/training.c) uses the very same inputs. */
#ifndef EARFUL_SCORE_BLEND_H
#define EARFUL_SCORE_BLEND_H

#include "model/model_file.h"
#include "score/rules.h"

/* What a sentence, or a whole text, adds up to. */
typedef struct ef_totals {
    int64_t lexicon;                  /* sum of the lexicon's weights, 1/100 valence */
    int64_t positive, negative;       /* its two sides, both >= 0 */
    int64_t turned, phrased, verdict; /* parts of lexicon, see ef_impression */
    int64_t hits;                     /* lexicon items that weigh */
    int64_t polarity, neutrality;     /* sums of the classifier's weights, model units */
    int64_t known;                    /* features that the model knows */
    int64_t own_polarity, own_neutrality, own_known; /* the same for an own model */
    int64_t words;
    int64_t exclamations, questions;
    int64_t sentences;
} ef_totals;

void ef_totals_add(ef_totals *totals, const ef_totals *more);

/* The bin of a text's length in words, 0 .. EF_BLEND_BINS - 1. */
unsigned ef_blend_bin(int64_t words);

/* Which inputs, by bit, depend on nothing but the lexicon or the classifier: those that a
 * scorer with one kind of evidence may use. */
#define EF_BLEND_ALL        UINT32_C(0x7ffff)
#define EF_BLEND_LEXICON    UINT32_C(0x7de23)
#define EF_BLEND_CLASSIFIER UINT32_C(0x99dc)

/* Whether lexicon and classifier both speak up, and say the opposite. */
bool ef_blend_disagrees(const ef_totals *totals);

/* The inputs of the logits, each about -1000 .. 1000, and a constant 1000 at the end. */
void ef_blend_inputs(const ef_totals *totals, int32_t inputs[EF_BLEND_INPUTS + 1]);

/* The two logits of inputs, in 1/65536; of the totals, only the number of words is asked.
 */
void ef_blend_weigh(const ef_blend_weights *weights, const ef_totals *totals,
                    const int32_t inputs[EF_BLEND_INPUTS + 1], int32_t *polarity,
                    int32_t *neutrality);

/* Probabilities of logits in 1/65536, each within +-12, as ef_blend_probabilities. */
void ef_blend_of_logits(int32_t polarity, int32_t neutrality, int32_t p[3]);

/* Probabilities in 1/10000, sum exactly 10000, in the order negative, neutral, positive. */
void ef_blend_probabilities(const ef_blend_weights *weights, const ef_totals *totals,
                            int32_t p[3]);

/* The two logits, in 1/65536: for explaining and for tests. */
void ef_blend_logits(const ef_blend_weights *weights, const ef_totals *totals,
                     int32_t *polarity, int32_t *neutrality);

#endif
