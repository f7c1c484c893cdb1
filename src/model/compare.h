/* SPDX-License-Identifier: MIT
 * model/compare.h - what of a difference between models may be chance.
 *
 * Models judge the same texts, so they are compared text by text. Intervals come from
 * drawing texts again: not one by one but in bundles, which is quicker by orders for large
 * sets and keeps repeats of a text together. */
#ifndef EARFUL_MODEL_COMPARE_H
#define EARFUL_MODEL_COMPARE_H

#include "model/evaluate.h"

enum { EF_BUNDLES = 4096 };

/* Texts, each judged by all models. */
typedef struct ef_side_by_side {
    const ef_judged *judged; /* [text][model] */
    const uint16_t *bundles; /* of each text, below EF_BUNDLES: by the hash of its bytes */
    size_t texts, models;
} ef_side_by_side;

/* The probability, under equal chances, of a split at least as uneven as this one; half of
 * the split itself counts (mid-p), which makes the exact test less timid. 1 for 0 and 0. */
double ef_mcnemar(uint64_t only_first, uint64_t only_second);

/* Fills bounds and against_first of models[0 .. side->models). Deterministic. EF_ERR_MEMORY
 * only. */
ef_status ef_compare(const ef_side_by_side *side, ef_evaluated_model *models,
                     ef_error *error);

#endif
