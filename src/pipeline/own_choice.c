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
#include "score/blend.h"

/* So dear is a share of a class that is found less often than by the default: an own model
 * is not to find fewer complaints for the sake of precision. */
static const double MISS_COST = 4;

enum { STEPS = 20, NEUTRAL_STEPS = 6, NEUTRAL_TENFOLD = 4 };

static int32_t weight_of(double factor)
{
    double weight = factor * EF_CLASS_WEIGHT_ONE;
    return (int32_t)lrint(fmax(1, fmin(EF_CLASS_WEIGHT_LIMIT, weight)));
}

/* What a set of weights makes of the texts, in two classes and in three. */
typedef struct outcome {
    uint64_t two[EF_CLASSES][EF_CLASSES], three[EF_CLASSES][EF_CLASSES];
} outcome;

static outcome decide(const ef_own_texts *texts, const int32_t (*p)[3], const bool *is_used,
                      const ef_class_weights *weights)
{
    outcome o = { { { 0 } }, { { 0 } } };
    for (size_t i = 0; i < texts->counts.text_count; i++) {
        unsigned label = texts->counts.texts[i].label;
        const ef_own_text *text = &texts->texts[i];
        int32_t plain[3];
        if (!is_used[i])
            continue;
        if (p == NULL)
            ef_blend_of_logits(text->polarity, text->neutrality, plain);
        const int32_t *at = p == NULL ? plain : p[i];
        if (texts->has_neutral)
            o.three[label][ef_judge_weighed(at, label, false, weights).given]++;
        if (label != EF_NEUTRAL)
            o.two[label][ef_judge_weighed(at, label, true, weights).given]++;
    }
    return o;
}

static double recall(const uint64_t confusion[EF_CLASSES][EF_CLASSES], unsigned label)
{
    uint64_t all = confusion[label][0] + confusion[label][1] + confusion[label][2];
    return all == 0 ? 0 : (double)confusion[label][label] / (double)all;
}

/* Macro-averaged F1 and balanced accuracy, less what is found less often than by the
 * default. */
static double worth(const uint64_t confusion[EF_CLASSES][EF_CLASSES],
                    const uint64_t plain[EF_CLASSES][EF_CLASSES])
{
    ef_merits figures;
    double missed = 0;
    ef_figures_of(confusion, &figures);
    for (unsigned label = 0; label < EF_CLASSES; label++)
        missed += fmax(0, recall(plain, label) - recall(confusion, label));
    return figures.macro_f1 + figures.balanced_accuracy - MISS_COST * missed;
}

void ef_own_choose(const ef_own_texts *texts, const int32_t (*p)[3], const bool *is_used,
                   ef_class_weights *weights)
{
    double sizes[EF_CLASSES] = { 1, 1, 1 }, most = -INFINITY;
    int neutral_steps = texts->has_neutral ? NEUTRAL_STEPS : 0;
    outcome plain = decide(texts, NULL, is_used, NULL);
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
            outcome o = decide(texts, p, is_used, &tried);
            double value = worth((const uint64_t(*)[EF_CLASSES])o.two,
                                 (const uint64_t(*)[EF_CLASSES])plain.two) +
                           worth((const uint64_t(*)[EF_CLASSES])o.three,
                                 (const uint64_t(*)[EF_CLASSES])plain.three);
            if (value > most) {
                most = value;
                *weights = tried;
            }
        }
}
