/* SPDX-License-Identifier: MIT
 * score/emotions.c - evidence for emotions into the one that is named. */
#include "score/emotions.h"

#include "score/fixed.h"

enum { CHUNK = 64, LANES = EF_FELT / 2 };

/* Adds the weights of features that passed the filter, three of a slot at a time: each
 * byte, made unsigned by BIAS, goes to a lane of 16 bits, which CHUNK slots cannot fill.
 * Half of those that passed are in no slot after all, and no CPU guesses which. */
static void add_weights(ef_emotion_sums *sums, const ef_emotion_model *model,
                        const uint64_t *hashes, size_t count)
{
    static const uint64_t BIAS = UINT64_C(0x808080808080),
                          LANE_MASK = UINT64_C(0xFF00FF00FF);
    uint64_t even = 0, odd = 0;
    for (size_t i = 0; i < count; i++) {
        uint64_t weights;
        bool is_there;
        const ef_emotion_slot *slot = ef_emotion_slot_of(model, hashes[i], &is_there);
        memcpy(&weights, slot, sizeof weights);
        weights = (weights >> 16 & (0 - (uint64_t)is_there)) ^ BIAS; /* without the print */
        even += weights & LANE_MASK;
        odd += weights >> 8 & LANE_MASK;
    }
    int64_t bias = 128 * (int64_t)count;
    for (int lane = 0; lane < LANES; lane++) {
        sums->model[2 * lane + 1] += (int64_t)(even >> 16 * lane & 0xFFFF) - bias;
        sums->model[2 * lane + 2] += (int64_t)(odd >> 16 * lane & 0xFFFF) - bias;
    }
}

void ef_emotion_sums_add(ef_emotion_sums *sums, const ef_impression *findings)
{
    for (int i = 1; i < EF_EMOTION_COUNT; i++)
        sums->lexicon[i] += findings->emotions[i];
}

void ef_emotion_sums_feel(ef_emotion_sums *sums, const ef_emotion_model *model,
                          ef_features *features)
{
    size_t rest = model->blend == NULL ? 0 : features->felt_count;
    for (size_t at = 0; rest > 0;) {
        size_t count = rest < CHUNK ? rest : CHUNK;
        add_weights(sums, model, features->felt + at, count);
        at += count;
        rest -= count;
    }
    features->felt_count = 0;
}

/* Inputs that all emotions share, behind an emotion's own. */
static void find_shared(const ef_totals *totals,
                        int32_t shared[EF_EMOTION_INPUTS - EF_EMOTION_OWN])
{
    shared[0] = ef_squash(totals->positive, 200);
    shared[1] = ef_squash(totals->negative, 200);
    shared[2] = ef_squash(totals->exclamations, 1);
    shared[3] = ef_squash(totals->questions, 1);
    shared[4] = ef_squash(totals->words, 12);
    shared[5] = 1000;
}

/* As in the blend: votes that hang together are divided by the root of the length. */
static int64_t spread_of(const ef_totals *totals)
{
    return ef_root((totals->words + 2) * 100);
}

/* Those of the emotion k + 1. */
static void find_own(const ef_emotion_sums *sums, int64_t spread, int k,
                     int32_t own[EF_EMOTION_OWN])
{
    own[0] = ef_clamp(ef_quotient(sums->model[k + 1] * 200, spread), 4000);
    own[1] = ef_squash(sums->lexicon[k + 1], 2);
}

void ef_emotion_inputs(const ef_emotion_sums *sums, const ef_totals *totals,
                       int32_t inputs[EF_FELT][EF_EMOTION_INPUTS])
{
    int64_t spread = spread_of(totals);
    for (int k = 0; k < EF_FELT; k++) {
        find_own(sums, spread, k, inputs[k]);
        find_shared(totals, inputs[k] + EF_EMOTION_OWN);
    }
}

/* Logits by ef_emotion; that of none is 0. */
static void find_logits(const ef_emotion_blend *blend, const ef_emotion_sums *sums,
                        const ef_totals *totals, int32_t logits[EF_EMOTION_COUNT])
{
    int32_t own[EF_EMOTION_OWN], shared[EF_EMOTION_INPUTS - EF_EMOTION_OWN];
    int64_t spread = spread_of(totals);
    find_shared(totals, shared);
    logits[0] = 0;
    for (int k = 0; k < EF_FELT; k++) {
        const int32_t *weights = blend->weights[k];
        find_own(sums, spread, k, own);
        int64_t sum = (int64_t)weights[0] * own[0] + (int64_t)weights[1] * own[1];
#pragma GCC unroll 6
        for (int i = EF_EMOTION_OWN; i < EF_EMOTION_INPUTS; i++)
            sum += (int64_t)weights[i] * shared[i - EF_EMOTION_OWN];
        logits[k + 1] = ef_clamp(sum, EF_LOGIT_LIMIT);
    }
}

/* Shares of the emotions, and their sum. */
static uint64_t find_shares(const int32_t logits[EF_EMOTION_COUNT],
                            uint64_t shares[EF_EMOTION_COUNT])
{
    uint64_t total = 0;
    int32_t top = 0;
    for (int i = 1; i < EF_EMOTION_COUNT; i++)
        top = logits[i] > top ? logits[i] : top;
    for (int i = 0; i < EF_EMOTION_COUNT; i++)
        total += shares[i] = ef_exp_negative((uint32_t)(top - logits[i]));
    return total;
}

/* A share as a probability in 1/10000. */
static int32_t probability(uint64_t share, uint64_t total)
{
    return (int32_t)ef_quotient((int64_t)(share * EF_UNIT + total / 2), (int64_t)total);
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

static void lean(const ef_emotion_blend *blend, int32_t logits[EF_EMOTION_COUNT])
{
    for (int i = 1; i < EF_EMOTION_COUNT; i++)
        logits[i] += ef_clamp(blend->lean[i - 1], EF_LOGIT_LIMIT);
}

static int largest(const int32_t leant[EF_EMOTION_COUNT])
{
    int best = 0;
    for (int i = 1; i < EF_EMOTION_COUNT; i++)
        best = leant[i] > leant[best] ? i : best;
    return best;
}

void ef_emotion_probabilities(const ef_emotion_blend *blend, const ef_emotion_sums *sums,
                              const ef_totals *totals, int32_t p[EF_EMOTION_COUNT],
                              int32_t leant[EF_EMOTION_COUNT])
{
    if (blend == NULL) {
        by_lexicon(sums, p, leant);
        return;
    }
    uint64_t shares[EF_EMOTION_COUNT];
    find_logits(blend, sums, totals, leant);
    uint64_t total = find_shares(leant, shares);
    for (int i = 0; i < EF_EMOTION_COUNT; i++)
        p[i] = probability(shares[i], total);
    lean(blend, leant);
}

ef_emotion ef_emotion_of(const ef_emotion_blend *blend, const ef_emotion_sums *sums,
                         const ef_totals *totals, int32_t *p)
{
    int32_t leant[EF_EMOTION_COUNT], all[EF_EMOTION_COUNT];
    uint64_t shares[EF_EMOTION_COUNT];
    if (blend == NULL) {
        by_lexicon(sums, all, leant);
        int best = largest(leant);
        *p = all[best];
        return (ef_emotion)best;
    }
    find_logits(blend, sums, totals, leant);
    uint64_t total = find_shares(leant, shares);
    lean(blend, leant);
    int best = largest(leant);
    *p = probability(shares[best], total);
    return (ef_emotion)best;
}
