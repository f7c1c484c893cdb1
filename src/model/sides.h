/* SPDX-License-Identifier: MIT
 * model/sides.h - two sets of texts that a classifier tells apart, and how much each of
 * their texts counts.
 *
 * Families differ in size by a factor of fifty and in their share of praise: left alone,
 * the largest would be the model. A class weighs the same as its counterpart in its
 * family, and a family weighs like the square root of its size. */
#ifndef EARFUL_MODEL_SIDES_H
#define EARFUL_MODEL_SIDES_H

#include "model/counts.h"

typedef struct ef_sides {
    /* What a text of a part and class counts: > 0 on the one side, < 0 on the other, 0 if it
     * is not looked at. */
    double share[EF_PART_LIMIT][EF_CLASSES];
} ef_sides;

/* Positive against negative texts of all parts but left_out. */
void ef_sides_polarity(ef_sides *sides, const ef_counts *counts, ef_parts left_out);
/* Neutral texts against all others, of families that have neutral ones. */
void ef_sides_neutrality(ef_sides *sides, const ef_counts *counts, ef_parts left_out);
/* Whether both sides hold texts. */
bool ef_sides_differ(const ef_sides *sides);

/* For each feature the logarithm of (its share of the one side's texts / its share of the
 * other's), smoothed: the weights of naive Bayes, in nats. */
void ef_sides_log_ratios(const ef_sides *sides, const ef_counts *counts, float *ratios);

#endif
