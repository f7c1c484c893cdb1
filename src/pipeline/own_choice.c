/* SPDX-License-Identifier: MIT
 * pipeline/own_choice.c - what each class weighs when a label is chosen.
 *
 * A grid of few points, as a fine one would follow chance: a complaint weighs (praise /
 * complaints)^g for g from 0, the likeliest label, to 1, where both sides are found equally
 * often; a neutral text 10^(h / 4) for h from -6 to 6. Of equally good weights the evenest
 * win. */
#include "pipeline/own_choice.h"

#include <math.h>

#include "model/evaluate.h"

enum { STEPS = 10, NEUTRAL_STEPS = 6, NEUTRAL_TENFOLD = 4 };

static int32_t weight_of(double factor)
{
    double weight = factor * EF_CLASS_WEIGHT_ONE;
    return (int32_t)lrint(fmax(1, fmin(EF_CLASS_WEIGHT_LIMIT, weight)));
}

static double worth(const uint64_t confusion[EF_CLASSES][EF_CLASSES])
{
    ef_figures figures;
    ef_figures_of(confusion, &figures);
    return figures.macro_f1 + figures.balanced_accuracy;
}

static double try_weights(const ef_own_texts *texts, const int32_t (*p)[3],
                          const bool *is_used, const ef_class_weights *weights)
{
    uint64_t two[EF_CLASSES][EF_CLASSES] = { { 0 } };
    uint64_t three[EF_CLASSES][EF_CLASSES] = { { 0 } };
    for (size_t i = 0; i < texts->counts.text_count; i++) {
        unsigned label = texts->counts.texts[i].label;
        if (!is_used[i])
            continue;
        if (texts->has_neutral)
            three[label][ef_judge_weighed(p[i], label, false, weights).given]++;
        if (label != EF_NEUTRAL)
            two[label][ef_judge_weighed(p[i], label, true, weights).given]++;
    }
    return worth((const uint64_t(*)[EF_CLASSES])two) +
           worth((const uint64_t(*)[EF_CLASSES])three);
}

void ef_own_choose(const ef_own_texts *texts, const int32_t (*p)[3], const bool *is_used,
                   ef_class_weights *weights)
{
    double sizes[EF_CLASSES] = { 1, 1, 1 }, most = -1;
    int neutral_steps = texts->has_neutral ? NEUTRAL_STEPS : 0;
    for (size_t i = 0; i < texts->counts.text_count; i++)
        sizes[texts->counts.texts[i].label] += is_used[i];
    for (int g = 0; g <= STEPS; g++)
        for (int k = 0; k <= 2 * neutral_steps; k++) { /* h = 0, -1, 1, -2, 2 … */
            int h = k % 2 == 0 ? k / 2 : -(k + 1) / 2;
            double negative =
                pow(sizes[EF_POSITIVE] / sizes[EF_NEGATIVE], g / (double)STEPS);
            ef_class_weights tried = { { weight_of(negative),
                                         weight_of(pow(10, h / (double)NEUTRAL_TENFOLD)),
                                         EF_CLASS_WEIGHT_ONE } };
            double value = try_weights(texts, p, is_used, &tried);
            if (value > most) {
                most = value;
                *weights = tried;
            }
        }
}
