/* SPDX-License-Identifier: MIT
 * score/own.h - an own model's evidence, added to what the model says.
 *
 * The model's two logits are shifted by a linear function of themselves, of the own
 * evidence and of the text's length. Coefficients of 0 leave every probability as it is, so
 * the less a user's texts teach, the closer an own model stays to the default. */
#ifndef EARFUL_SCORE_OWN_H
#define EARFUL_SCORE_OWN_H

#include "model/own_file.h"
#include "score/blend.h"
#include "score/engine_parts.h"

/* Weights of an own model: so many are a logit in a text of one feature. */
enum { EF_OWN_UNITS = 8 };

/* The inputs in 1/1000, a constant 1000 at the end. The logits are those of the model, in
 * 1/65536. */
void ef_own_inputs(const ef_totals *totals, int32_t polarity, int32_t neutrality,
                   int32_t inputs[EF_OWN_INPUTS + 1]);

/* Shifts the logits of a text by what an own model's blend makes of the inputs. */
void ef_own_shift(const ef_own_blend *blend, const ef_totals *totals, int32_t *polarity,
                  int32_t *neutrality);

/* Probabilities of up to EF_TOGETHER sentences or texts, with the own model if the engine
 * has one: in 1/10000, sum exactly 10000, negative, neutral, positive. Several at once take
 * half as long: a CPU waits for one's quotients while it works on another's. */
enum { EF_TOGETHER = 16 };
void ef_engine_probabilities(const ef_engine *engine, const ef_totals *totals, size_t count,
                             int32_t p[][3]);

/* What the own model says a class weighs in a decision; NULL without an own model. */
const ef_class_weights *ef_engine_class_weights(const ef_engine *engine);

/* The class that is chosen: the largest of the weighed probabilities; of equal ones the
 * neutral, 0 negative, 1 neutral, 2 positive. weights NULL: all the same. */
unsigned ef_class_of(const int32_t p[3], const ef_class_weights *weights);

#endif
