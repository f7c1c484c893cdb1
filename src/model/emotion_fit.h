/* SPDX-License-Identifier: MIT
 * model/emotion_fit.h - fitting the emotions' logits: evidence to calibrated probabilities.
 *
 * Like fit.h: the rows are texts that the table behind the evidence was not learnt from. */
#ifndef EARFUL_MODEL_EMOTION_FIT_H
#define EARFUL_MODEL_EMOTION_FIT_H

#include "model/emotion_learn.h"

typedef struct ef_emotion_row {
    int16_t inputs[EF_FELT][EF_EMOTION_INPUTS];
    ef_mood mood;
    uint8_t family;
    float weight; /* in texts */
} ef_emotion_row;

/* Fits the logits by weighted maximum likelihood, a text being a choice among what its
 * source tells apart, to the rows of all families but left_out (EF_FAMILY_LIMIT: none).
 * Deterministic; EF_ERR_MEMORY only. */
ef_status ef_emotion_fit(const ef_emotion_row *rows, size_t count, size_t left_out,
                         ef_emotion_blend *blend, ef_error *error);

#endif
