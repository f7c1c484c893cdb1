/* SPDX-License-Identifier: MIT
 * pipeline/own_learn.h - from a user's texts to an own model, and what it is worth.
 *
 * Weights are trained for what the default model misses. Parts are left out in turn: what
 * the others teach is tried on them. The small blend that joins default and own evidence
 * is fitted to these trials, as the weights of the classes are; and texts that neither
 * weights nor blend have seen tell what was gained. */
#ifndef EARFUL_PIPELINE_OWN_LEARN_H
#define EARFUL_PIPELINE_OWN_LEARN_H

#include "model/own_file.h"
#include "pipeline/own_texts.h"

/* Fills the model's slots, blend and class weights, and the summary's trial and curve.
 * model->weights is to be freed by the caller, through *slots. */
ef_status ef_own_learn(ef_own_texts *texts, const ef_own_options *options,
                       ef_own_model *model, ef_weight **slots, ef_own_summary *summary,
                       ef_error *error);

#endif
