/* SPDX-License-Identifier: MIT
 * model/residual.h - weights for what another model misses.
 *
 * Logistic regression over features, on top of a logit that is given for every text: a
 * feature gets weight only as far as the texts that hold it are judged wrongly without. */
#ifndef EARFUL_MODEL_RESIDUAL_H
#define EARFUL_MODEL_RESIDUAL_H

#include "model/counts.h"

/* What a text is to a residual; parallel to the texts of an ef_counts. */
typedef struct ef_residual_text {
    float offset; /* the logit that is known already, for the side +1 */
    float cost;   /* of an error, in texts; its sign is the side; 0: not looked at */
} ef_residual_text;

/* Fills weights[0 .. counts->count): a text's logit grows by the sum of its features'
 * weights, divided by the root of their number. Texts of parts in left_out are not looked
 * at. Deterministic. EF_ERR_MEMORY only. */
ef_status ef_residual_train(const ef_counts *counts, const ef_residual_text *texts,
                            ef_parts left_out, float *weights, ef_error *error);

#endif
