/* SPDX-License-Identifier: MIT
 * score/emotions.c - evidence for emotions into the one that is named. */
#include "score/emotions.h"

#include "score/fixed.h"

enum { CHUNK = 64 };

static void add_weights(ef_emotion_sums *sums, const ef_emotion_model *model,
                        const uint64_t *hashes, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const int8_t *weights = ef_emotion_weights(model, hashes[i]);
        for (int k = 0; weights != NULL && k < EF_FELT; k++)
            sums->model[k + 1] += weights[k];
    }
}

/* First the features that pass the filter are written side by side, without a branch that
 * no CPU could guess; then these few are looked up. */
static void add_features(ef_emotion_sums *sums, const ef_emotion_model *model,
                         const ef_features *features)
{
    uint64_t hashes[CHUNK];
    for (size_t at = 0; at < features->count;) {
        size_t rest = features->count - at, passed = 0;
        size_t end = at + (rest < CHUNK ? rest : CHUNK);
        for (; at < end; at++) {
            hashes[passed] = features->list[at].hash;
            passed += ef_emotion_may_hold(model->filter, hashes[passed]);
        }
        add_weights(sums, model, hashes, passed);
    }
}

void ef_emotion_sums_add(ef_emotion_sums *sums, const ef_findings *findings,
                         const ef_emotion_model *model, const ef_features *features)
{
    for (int i = 1; i < EF_EMOTION_COUNT; i++)
        sums->lexicon[i] += findings->emotions[i];
    if (model->blend != NULL)
        add_features(sums, model, features);
}

void ef_emotion_inputs(const ef_emotion_sums *sums, const ef_totals *totals, int emotion,
                       int32_t inputs[EF_EMOTION_INPUTS])
{
    /* As in the blend: votes that hang together are divided by the root of the length. */
    int64_t spread = ef_root((totals->words + 2) * 100);
    inputs[0] = ef_clamp(sums->model[emotion] * 200 / spread, 4000);
    inputs[1] = ef_squash(sums->lexicon[emotion], 2);
    inputs[2] = ef_squash(totals->positive, 200);
    inputs[3] = ef_squash(totals->negative, 200);
    inputs[4] = ef_squash(totals->exclamations, 1);
    inputs[5] = ef_squash(totals->questions, 1);
    inputs[6] = ef_squash(totals->words, 12);
    inputs[7] = 1000;
}

/* Logits by ef_emotion; that of none is 0. */
static void find_logits(const ef_emotion_blend *blend, const ef_emotion_sums *sums,
                        const ef_totals *totals, int32_t logits[EF_EMOTION_COUNT])
{
    logits[0] = 0;
    for (int i = 1; i < EF_EMOTION_COUNT; i++) {
        int32_t inputs[EF_EMOTION_INPUTS];
        int64_t sum = 0;
        ef_emotion_inputs(sums, totals, i, inputs);
        for (int k = 0; k < EF_EMOTION_INPUTS; k++)
            sum += (int64_t)blend->weights[i - 1][k] * inputs[k];
        logits[i] = ef_clamp(sum, EF_LOGIT_LIMIT / 2);
    }
}

/* To probabilities in 1/10000. */
static void softmax(const int32_t logits[EF_EMOTION_COUNT], int32_t p[EF_EMOTION_COUNT])
{
    uint64_t shares[EF_EMOTION_COUNT], total = 0;
    int32_t top = 0;
    for (int i = 1; i < EF_EMOTION_COUNT; i++)
        top = logits[i] > top ? logits[i] : top;
    for (int i = 0; i < EF_EMOTION_COUNT; i++)
        total += shares[i] = ef_exp_negative((uint32_t)(top - logits[i]));
    for (int i = 0; i < EF_EMOTION_COUNT; i++)
        p[i] = (int32_t)((shares[i] * EF_UNIT + total / 2) / total);
}

/* Without a model: shares of all strength in the lexicon, with one vote for none. */
static void by_lexicon(const ef_emotion_sums *sums, int32_t p[EF_EMOTION_COUNT],
                       int32_t leant[EF_EMOTION_COUNT])
{
    int64_t total = 1;
    for (int i = 1; i < EF_EMOTION_COUNT; i++)
        total += sums->lexicon[i];
    for (int i = 0; i < EF_EMOTION_COUNT; i++)
        leant[i] = p[i] = (int32_t)(sums->lexicon[i] * EF_UNIT / total);
}

void ef_emotion_probabilities(const ef_emotion_blend *blend, const ef_emotion_sums *sums,
                              const ef_totals *totals, int32_t p[EF_EMOTION_COUNT],
                              int32_t leant[EF_EMOTION_COUNT])
{
    if (blend == NULL) {
        by_lexicon(sums, p, leant);
        return;
    }
    find_logits(blend, sums, totals, leant);
    softmax(leant, p);
    for (int i = 1; i < EF_EMOTION_COUNT; i++)
        leant[i] += ef_clamp(blend->lean[i - 1], EF_LOGIT_LIMIT);
}

ef_emotion ef_emotion_of(const ef_emotion_blend *blend, const ef_emotion_sums *sums,
                         const ef_totals *totals, int32_t *p)
{
    int32_t all[EF_EMOTION_COUNT], leant[EF_EMOTION_COUNT];
    int best = 0;
    ef_emotion_probabilities(blend, sums, totals, all, leant);
    for (int i = 1; i < EF_EMOTION_COUNT; i++)
        best = leant[i] > leant[best] ? i : best;
    *p = all[best];
    return (ef_emotion)best;
}
