/* SPDX-License-Identifier: MIT
 * score/features.h - the one place where words become features, for training and scoring.
 *
 * A feature is a 64-bit hash: a word, the word under negation, a pair or a triple of
 * neighbours, a mark. N-grams stay inside their sentence, so the features of a text are
 * those of its sentences, and evidence adds up. */
#ifndef EARFUL_SCORE_FEATURES_H
#define EARFUL_SCORE_FEATURES_H

#include "score/words.h"

typedef struct ef_feature {
    uint64_t hash;
    uint32_t first; /* word at which it begins */
    uint32_t size;  /* words; 0 for a mark of the sentence */
} ef_feature;

typedef struct ef_features {
    ef_feature *list;
    size_t count, capacity;
} ef_features;

void ef_features_release(ef_features *features);

/* Appends the features of one sentence, whose negated words are marked. Words that a
 * user's lexicon overrides, links and names (@…) are in no feature. Weights that the model,
 * if it is not NULL, may have for them are asked for ahead of time. False without memory. */
bool ef_features_add(ef_features *features, const ef_words *words, const ef_model *model);

#endif
