/* SPDX-License-Identifier: MIT
 * score/blend.c - evidence into three probabilities.
 *
 * p_positive : p_negative : p_neutral = e^(a/2) : e^(-a/2) : e^n, with a the polarity logit
 * and n the neutrality logit. */
#include "score/blend.h"

#include "earful/scorer.h"
#include "score/fixed.h"

void ef_totals_add(ef_totals *totals, const ef_totals *more)
{
    totals->lexicon += more->lexicon;
    totals->positive += more->positive;
    totals->negative += more->negative;
    totals->turned += more->turned;
    totals->phrased += more->phrased;
    totals->verdict += more->verdict;
    totals->hits += more->hits;
    totals->polarity += more->polarity;
    totals->neutrality += more->neutrality;
    totals->known += more->known;
    totals->own_polarity += more->own_polarity;
    totals->own_neutrality += more->own_neutrality;
    totals->own_known += more->own_known;
    totals->words += more->words;
    totals->exclamations += more->exclamations;
    totals->questions += more->questions;
    totals->sentences += more->sentences;
}

unsigned ef_blend_bin(int64_t words)
{
    static const int64_t limits[EF_BLEND_BINS - 1] = { 3, 6, 12, 24, 48, 96, 240 };
    unsigned bin = 0; /* no branch: lengths of sentences are as good as random */
#pragma GCC unroll 8
    for (unsigned i = 0; i < EF_BLEND_BINS - 1; i++)
        bin += words > limits[i];
    return bin;
}

static int32_t lexicon_input(const ef_totals *t)
{
    return ef_squash(t->lexicon, 300);
}

static int32_t classifier_input(const ef_totals *t, int64_t spread)
{
    return ef_clamp(ef_quotient(t->polarity * 60, spread), 2000);
}

/* Sums of n votes that hang together grow like n, their noise like sqrt(n): dividing by
 * sqrt(n) keeps a tweet and a long review on one scale, the bins do the rest. */
static int64_t spread_of(const ef_totals *t)
{
    return ef_root((t->known + 2) * 100); /* ten times the square root */
}

bool ef_blend_disagrees(const ef_totals *t)
{
    enum { STRONG = 400 };
    int32_t lexicon = lexicon_input(t);
    if (lexicon >= -STRONG && lexicon <= STRONG)
        return false;
    int32_t classifier = classifier_input(t, spread_of(t));
    return lexicon > 0 ? classifier < -STRONG : classifier > STRONG;
}

void ef_blend_inputs(const ef_totals *t, int32_t inputs[EF_BLEND_INPUTS + 1])
{
    int64_t spread = spread_of(t);
    int64_t hit_spread = ef_root((t->hits + 1) * 100);
    int64_t weaker = t->positive < t->negative ? t->positive : t->negative;
    int32_t lexicon = lexicon_input(t);
    int32_t classifier = classifier_input(t, spread);
    inputs[0] = lexicon;
    inputs[1] = ef_clamp(ef_quotient(t->lexicon * 20, hit_spread), 1500);
    inputs[2] = classifier;
    inputs[3] = ef_squash(t->polarity, 60);
    inputs[4] = ef_clamp(ef_quotient(t->polarity * 30, t->known + 4), 1500);
    inputs[5] = ef_squash(t->positive + t->negative, 300);
    inputs[6] = ef_clamp(ef_quotient(t->neutrality * 60, spread), 2000);
    inputs[7] = ef_squash(t->neutrality, 60);
    inputs[8] = classifier < 0 ? -classifier : classifier;
    inputs[9] = lexicon < 0 ? -lexicon : lexicon;
    inputs[10] = ef_squash(weaker, 200);
    inputs[11] = ef_squash(t->exclamations, 1);
    inputs[12] = ef_squash(t->questions, 1);
    inputs[13] = ef_clamp((int64_t)lexicon * classifier / 1000, 2000);
    inputs[14] = t->hits == 0 ? 1000 : 0;
    inputs[15] = ef_squash(t->words, 12);
    inputs[16] = ef_squash(t->turned, 150);
    inputs[17] = ef_squash(t->phrased, 300);
    inputs[18] = ef_squash(t->verdict, 300);
    inputs[EF_BLEND_INPUTS] = 1000;
}

void ef_blend_logits(const ef_blend_weights *weights, const ef_totals *totals,
                     int32_t *polarity, int32_t *neutrality)
{
    int32_t inputs[EF_BLEND_INPUTS + 1];
    unsigned bin = ef_blend_bin(totals->words);
    int64_t sums[2] = { 0, 0 };
    ef_blend_inputs(totals, inputs);
#pragma GCC unroll 20
    for (int i = 0; i <= EF_BLEND_INPUTS; i++) {
        sums[0] += (int64_t)weights->polarity[bin][i] * inputs[i];
        sums[1] += (int64_t)weights->neutrality[bin][i] * inputs[i];
    }
    *polarity = ef_clamp(sums[0], EF_LOGIT_LIMIT);
    *neutrality = ef_clamp(sums[1], EF_LOGIT_LIMIT);
}

void ef_blend_probabilities(const ef_blend_weights *weights, const ef_totals *totals,
                            int32_t p[3])
{
    int32_t polarity, neutrality;
    ef_blend_logits(weights, totals, &polarity, &neutrality);
    ef_blend_of_logits(polarity, neutrality, p);
}

void ef_blend_of_logits(int32_t polarity, int32_t neutrality, int32_t p[3])
{
    int32_t logits[3] = { -polarity / 2, neutrality, polarity / 2 };
    int32_t top = logits[0];
    for (int i = 1; i < 3; i++)
        top = logits[i] > top ? logits[i] : top;
    int64_t shares[3], total = 0;
    for (int i = 0; i < 3; i++) {
        shares[i] = (int64_t)ef_exp_negative((uint32_t)(top - logits[i]));
        total += shares[i];
    }
    p[0] = (int32_t)ef_quotient(shares[0] * EF_UNIT + total / 2, total);
    p[2] = (int32_t)ef_quotient(shares[2] * EF_UNIT + total / 2, total);
    p[1] = EF_UNIT - p[0] - p[2];
    if (p[1] < 0) { /* both roundings went up: 5000.5 + 5000.5 */
        p[2] += p[1];
        p[1] = 0;
    }
}
