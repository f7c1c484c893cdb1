/* SPDX-License-Identifier: MIT
 * model/fit.h - fitting the blend: from evidence to calibrated probabilities.
 *
 * The rows are texts that the classifier behind the evidence did not see, so the blend
 * learns how far each kind of evidence can be trusted on new texts. */
#ifndef EARFUL_MODEL_FIT_H
#define EARFUL_MODEL_FIT_H

#include <stdbool.h>

#include "model/counts.h"
#include "model/model_file.h"

typedef struct ef_fit_row {
    int16_t inputs[EF_BLEND_INPUTS]; /* without the constant */
    uint8_t bin;         /* of the text's length */
    uint8_t label;       /* EF_NEGATIVE … */
    bool has_neutral;    /* the text's family knows neutral: else only polarity is learnt */
    float weight;        /* in texts */
} ef_fit_row;

/* Fits the two logits of every bin to rows by weighted maximum likelihood. A bin is drawn
 * towards the fit of all bins together, so that few rows cannot bend it. Inputs whose bit
 * is not set in mask are not used. Deterministic; EF_ERR_MEMORY only. */
ef_status ef_fit_blend(const ef_fit_row *rows, size_t count, uint32_t mask,
                       ef_blend_weights *blend, ef_error *error);

#endif
