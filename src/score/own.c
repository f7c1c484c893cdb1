/* SPDX-License-Identifier: MIT
 * score/own.c - an own model's evidence, added to what the model says. */
#include "score/own.h"

#include <assert.h>

#include "score/fixed.h"

enum { INPUT_ONE = 1000, LOGIT_BITS = 16, OWN_LIMIT = 8 * INPUT_ONE };

/* Logits in 1/65536 as 1/1000. */
static int32_t thousandths(int32_t logit)
{
    return (int32_t)((int64_t)logit * INPUT_ONE / (1 << LOGIT_BITS));
}

/* The logit that a sum of weights stands for: divided by the root of their number. */
static int32_t evidence(int64_t sum, int64_t known)
{
    if (known == 0)
        return 0;
    int64_t logit = sum * (10 * INPUT_ONE / EF_OWN_UNITS) / ef_root(known * 100);
    return ef_clamp(logit, OWN_LIMIT);
}

void ef_own_inputs(const ef_totals *totals, int32_t polarity, int32_t neutrality,
                   int32_t inputs[EF_OWN_INPUTS + 1])
{
    int32_t own = evidence(totals->own_polarity, totals->own_known);
    inputs[0] = thousandths(polarity);
    inputs[1] = thousandths(neutrality);
    inputs[2] = inputs[0] < 0 ? -inputs[0] : inputs[0];
    inputs[3] = own;
    inputs[4] = evidence(totals->own_neutrality, totals->own_known);
    inputs[5] = own < 0 ? -own : own;
    inputs[6] = (int32_t)(totals->words * INPUT_ONE / (totals->words + 24));
    inputs[EF_OWN_INPUTS] = INPUT_ONE;
}

void ef_own_shift(const ef_own_blend *blend, const ef_totals *totals, int32_t *polarity,
                  int32_t *neutrality)
{
    int32_t inputs[EF_OWN_INPUTS + 1];
    int64_t sums[2] = { 0, 0 };
    ef_own_inputs(totals, *polarity, *neutrality, inputs);
    for (int i = 0; i <= EF_OWN_INPUTS; i++) {
        sums[0] += (int64_t)blend->polarity[i] * inputs[i];
        sums[1] += (int64_t)blend->neutrality[i] * inputs[i];
    }
    *polarity = ef_clamp(*polarity + sums[0] / INPUT_ONE, EF_LOGIT_LIMIT);
    *neutrality = ef_clamp(*neutrality + sums[1] / INPUT_ONE, EF_LOGIT_LIMIT);
}

void ef_engine_probabilities(const ef_engine *engine, const ef_totals *totals, size_t count,
                             int32_t p[][3])
{
    int32_t inputs[EF_TOGETHER][EF_BLEND_INPUTS + 1], logits[EF_TOGETHER][2];
    assert(count <= EF_TOGETHER);
    for (size_t i = 0; i < count; i++)
        ef_blend_inputs(&totals[i], inputs[i]);
    for (size_t i = 0; i < count; i++)
        ef_blend_weigh(engine->blend, &totals[i], inputs[i], &logits[i][0], &logits[i][1]);
    for (size_t i = 0; engine->own != NULL && i < count; i++)
        ef_own_shift(&engine->own->blend, &totals[i], &logits[i][0], &logits[i][1]);
    for (size_t i = 0; i < count; i++)
        ef_blend_of_logits(logits[i][0], logits[i][1], p[i]);
}

const ef_class_weights *ef_engine_class_weights(const ef_engine *engine)
{
    return engine->own == NULL ? NULL : &engine->own->class_weights;
}

unsigned ef_class_of(const int32_t p[3], const ef_class_weights *weights)
{
    int64_t weighed[3];
    for (int i = 0; i < 3; i++)
        weighed[i] = weights == NULL ? p[i] : (int64_t)p[i] * weights->of[i];
    if (weighed[2] > weighed[1] && weighed[2] > weighed[0])
        return 2;
    return weighed[0] > weighed[1] && weighed[0] > weighed[2] ? 0 : 1;
}
