/* SPDX-License-Identifier: MIT
 * model/quantize.h - float weights into the slots of a model.
 *
 * Each feature has one slot. Where two want the same, the one that matters more gets it;
 * the other is unknown to the model. Weights that round to nothing take no slot. */
#ifndef EARFUL_MODEL_QUANTIZE_H
#define EARFUL_MODEL_QUANTIZE_H

#include "model/classifier.h"
#include "model/model_file.h"

/* Fills placed[0 .. counts->count) with what a model of 1 << slot_bits slots knows of each
 * feature: its weight, or all zero. *kept counts the features that have a slot. */
ef_status ef_weights_place(const ef_counts *counts, const ef_float_weights *weights,
                           unsigned slot_bits, ef_weight *placed, uint64_t *kept,
                           ef_error *error);

/* Puts placed weights into a table of 1 << slot_bits slots. */
void ef_weights_fill(const ef_counts *counts, const ef_weight *placed, unsigned slot_bits,
                     ef_weight *slots);

#endif
