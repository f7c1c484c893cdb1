/* SPDX-License-Identifier: MIT
 * score/emotions.c - evidence for emotions into the one that is named. */
#include "score/emotions.h"

#include <string.h>

#include "score/fixed.h"

void ef_emotion_sums_add(ef_emotion_sums *sums, const ef_impression *findings)
{
    for (int i = 1; i < EF_EMOTION_COUNT; i++)
        sums->lexicon[i] += findings->emotions[i];
}

void ef_emotion_sums_feel(ef_emotion_sums *sums, const ef_emotion_model *model,
                          const ef_kernels *kernels, ef_features *features)
{
    const ef_gram_tables tables = { .felt_slots = model->slots,
                                    .felt_bits = model->slot_bits };
    if (model->blend != NULL)
        kernels->feel(&tables, features->felt, features->felt_count, sums->model + 1);
    features->felt_count = 0;
}

/* As in the blend: votes that hang together are divided by the root of the length. What the
 * model says is kept within 4000, where it is still a dividend. */
static inline double vote(int64_t sum, int64_t spread)
{
    int64_t most = 4000 * spread;
    sum *= 200;
    return (double)(sum > most ? most : sum < -most ? -most : sum);
}

/* The inputs of all emotions, in fours, so that quotients are found together: their own,
 * each kind with room for two more, and those that all share. */
typedef struct inputs {
    int32_t votes[8], found[8], shared[8];
} inputs;

static inline void find_inputs(const ef_emotion_sums *sums, const ef_totals *totals,
                               inputs *in)
{
    const int64_t *model = sums->model + 1, *lexicon = sums->lexicon + 1;
    const int64_t root = ef_root((totals->words + 2) * 100);
    const double spread = (double)root, words = (double)totals->words,
                 positive = (double)totals->positive, negative = (double)totals->negative,
                 marks = (double)totals->exclamations, asked = (double)totals->questions;
    double strength[EF_FELT];
    for (int k = 0; k < EF_FELT; k++)
        strength[k] = (double)lexicon[k];
    const ef_four_whole fours[] = {
        ef_quotients(&(ef_four){ vote(model[0], root), vote(model[1], root),
                                 vote(model[2], root), vote(model[3], root) },
                     &(ef_four){ spread, spread, spread, spread }),
        ef_quotients(&(ef_four){ vote(model[4], root), vote(model[5], root) },
                     &(ef_four){ spread, spread, 1, 1 }),
        ef_quotients(&(ef_four){ strength[0] * 1000, strength[1] * 1000, strength[2] * 1000,
                                 strength[3] * 1000 },
                     &(ef_four){ strength[0] + 2, strength[1] + 2, strength[2] + 2,
                                 strength[3] + 2 }),
        ef_quotients(&(ef_four){ strength[4] * 1000, strength[5] * 1000 },
                     &(ef_four){ strength[4] + 2, strength[5] + 2, 1, 1 }),
        ef_quotients(
            &(ef_four){ positive * 1000, negative * 1000, marks * 1000, asked * 1000 },
            &(ef_four){ positive + 200, negative + 200, marks + 1, asked + 1 }),
        ef_quotients(&(ef_four){ words * 1000, 1000 }, &(ef_four){ words + 12, 1, 1, 1 })
    };
    memcpy(in, fours, sizeof fours);
}

void ef_emotion_inputs(const ef_emotion_sums *sums, const ef_totals *totals,
                       int32_t to[EF_FELT][EF_EMOTION_INPUTS])
{
    inputs in;
    find_inputs(sums, totals, &in);
    for (int k = 0; k < EF_FELT; k++) {
        to[k][0] = in.votes[k];
        to[k][1] = in.found[k];
        memcpy(to[k] + EF_EMOTION_OWN, in.shared,
               (EF_EMOTION_INPUTS - EF_EMOTION_OWN) * sizeof *in.shared);
    }
}

/* Logits by ef_emotion; that of none is 0. */
static void find_logits(const ef_emotion_blend *blend, const ef_emotion_sums *sums,
                        const ef_totals *totals, int32_t logits[EF_EMOTION_COUNT])
{
    inputs in;
    find_inputs(sums, totals, &in);
    logits[0] = 0;
    for (int k = 0; k < EF_FELT; k++) {
        const int32_t *weights = blend->weights[k];
        int64_t sum = (int64_t)weights[0] * in.votes[k] + (int64_t)weights[1] * in.found[k];
#pragma GCC unroll 6
        for (int i = EF_EMOTION_OWN; i < EF_EMOTION_INPUTS; i++)
            sum += (int64_t)weights[i] * in.shared[i - EF_EMOTION_OWN];
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
