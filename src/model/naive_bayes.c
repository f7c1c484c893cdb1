/* SPDX-License-Identifier: MIT
 * model/naive_bayes.c - a feature weighs as much as it is likelier in one class.
 *
 * No iteration, no texts needed again: the weights are logarithms of ratios of counts. */
#include "model/classifier.h"
#include "model/sides.h"

#include <string.h>

static const float UNITS_PER_NAT = 16;

static void weigh(const ef_counts *counts, const ef_sides *sides, float *weights)
{
    memset(weights, 0, counts->count * sizeof *weights);
    if (!ef_sides_differ(sides))
        return;
    ef_sides_log_ratios(sides, counts, weights);
    for (size_t i = 0; i < counts->count; i++)
        weights[i] *= UNITS_PER_NAT;
}

static ef_status train(const ef_counts *counts, ef_parts left_out,
                       ef_float_weights *weights, ef_error *error)
{
    (void)error; /* nothing here can fail */
    ef_sides sides;
    ef_sides_polarity(&sides, counts, left_out);
    weigh(counts, &sides, weights->polarity);
    ef_sides_neutrality(&sides, counts, left_out);
    weigh(counts, &sides, weights->neutrality);
    return EF_OK;
}

const ef_classifier ef_classifier_naive_bayes = {
    .name = "naive-bayes",
    .summary = "likelihood ratios of words, pairs and triples: quick, modest",
    .train = train,
};
