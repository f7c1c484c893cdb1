/* SPDX-License-Identifier: MIT
 * pipeline/own_choice.h - what each class weighs when a label is chosen.
 *
 * Calibrated probabilities follow the shares of the classes: where nine reviews of ten are
 * praise, the likeliest label is praise, and few complaints are found. Weights move the
 * limits without touching the probabilities. */
#ifndef EARFUL_PIPELINE_OWN_CHOICE_H
#define EARFUL_PIPELINE_OWN_CHOICE_H

#include "model/own_file.h"
#include "pipeline/own_texts.h"

/* Chooses the weights with which the texts marked in is_used have the largest sum of
 * macro-averaged F1 and balanced accuracy, of two classes and, with neutral texts, of
 * three, and no class is found less often than by the default, if that can be had. p are
 * the texts' probabilities. */
void ef_own_choose(const ef_own_texts *texts, const int32_t (*p)[3], const bool *is_used,
                   ef_class_weights *weights);

#endif
