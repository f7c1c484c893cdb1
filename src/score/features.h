/* SPDX-License-Identifier: MIT
 * score/features.h - the one place where words become features, for training and scoring.
 *
 * A feature is a 64-bit hash: a word, the word under negation, a pair or a triple of
 * neighbours, a phrase, a mark. N-grams stay inside their sentence, so the features of a
 * text are those of its sentences, and evidence adds up.
 *
 * Scoring lets a kernel add up what the n-grams of a passage weigh and forgets them;
 * explaining and training list them. Both make the same ones, which a test compares. */
#ifndef EARFUL_SCORE_FEATURES_H
#define EARFUL_SCORE_FEATURES_H

#include "score/words.h"

typedef struct ef_feature {
    uint64_t hash;
    uint32_t first; /* word at which it begins */
    uint32_t size;  /* words; 0 for a mark of the sentence */
} ef_feature;

/* The features of one sentence. Zero-initialise. */
typedef struct ef_features {
    ef_feature *list; /* all; made by ef_features_list */
    size_t count, capacity;
    uint64_t *felt; /* those that the emotions' filter holds, of all sentences since it was
                       emptied (felt_count = 0) */
    size_t felt_count, felt_capacity;
    ef_gram_runs runs; /* of a passage; made by ef_features_weigh */
    size_t run_capacity;
} ef_features;

void ef_features_release(ef_features *features);

/* Lists the features of a sentence that the rules have judged, in the order of the words at
 * which they end. Words that a user's lexicon overrides, links and names (@…) are in none.
 * False without memory. */
bool ef_features_list(ef_features *features, const ef_words *words);

/* Weighs the n-grams of a passage whose sentences the rules have judged, in one go; adds
 * those that may show an emotion to felt. False without memory. */
bool ef_features_weigh(ef_features *features, const ef_passage *passage,
                       const ef_model *model, const ef_kernels *kernels);

/* What the features of a sentence of that passage weigh; felt and its count are of no one
 * sentence. */
ef_gram_sums ef_features_sum(ef_features *features, const ef_words *words,
                             const ef_model *model);

#endif
