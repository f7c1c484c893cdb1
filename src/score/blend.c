/* SPDX-License-Identifier: MIT
 * score/blend.c - evidence into three probabilities.
 *
 * p_positive : p_negative : p_neutral = e^(a/2) : e^(-a/2) : e^n, with a the polarity logit
 * and n the neutrality logit. */
#include "score/blend.h"

#include <stdlib.h>
#include <string.h>

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

/* Sums of n votes that hang together grow like n, their noise like sqrt(n): dividing by
 * sqrt(n) keeps a tweet and a long review on one scale, the bins do the rest. */
static int64_t spread_of(const ef_totals *t)
{
    return ef_root((t->known + 2) * 100); /* ten times the square root */
}

static int32_t classifier_input(const ef_totals *t)
{
    return ef_clamp(ef_quotient(t->polarity * 60, spread_of(t)), 2000);
}

bool ef_blend_disagrees(const ef_totals *t)
{
    enum { STRONG = 400 };
    int32_t lexicon = lexicon_input(t);
    if (lexicon >= -STRONG && lexicon <= STRONG)
        return false;
    int32_t classifier = classifier_input(t);
    return lexicon > 0 ? classifier < -STRONG : classifier > STRONG;
}

/* What value * 1000 is divided by to be squashed: ef_squash. */
static inline double squasher(double value, double half)
{
    return __builtin_fabs(value) + half;
}

/* Moves a dividend to where its quotient is within the limit. */
static inline double within(double value, double divisor, double limit)
{
    double most = limit * divisor;
    value = value < most ? value : most;
    return value > -most ? value : -most;
}

/* Four at a time: quotients are most of what a short sentence costs. */
void ef_blend_inputs(const ef_totals *t, int32_t inputs[EF_BLEND_INPUTS + 1])
{
    const double lexicon = (double)t->lexicon, polarity = (double)t->polarity,
                 neutrality = (double)t->neutrality, known = (double)t->known,
                 strength = (double)(t->positive + t->negative),
                 weaker = (double)(t->positive < t->negative ? t->positive : t->negative),
                 exclamations = (double)t->exclamations, questions = (double)t->questions,
                 words = (double)t->words, turned = (double)t->turned,
                 phrased = (double)t->phrased, verdict = (double)t->verdict,
                 spread = (double)spread_of(t),
                 hit_spread = (double)ef_root((t->hits + 1) * 100);
    ef_four_whole in[(EF_BLEND_INPUTS + 1) / 4];
    in[0] = ef_quotients(
        &(ef_four){ lexicon * 1000, within(lexicon * 20, hit_spread, 1500),
                    within(polarity * 60, spread, 2000), polarity * 1000 },
        &(ef_four){ squasher(lexicon, 300), hit_spread, spread, squasher(polarity, 60) });
    in[1] = ef_quotients(
        &(ef_four){ within(polarity * 30, known + 4, 1500), strength * 1000,
                    within(neutrality * 60, spread, 2000), neutrality * 1000 },
        &(ef_four){ known + 4, strength + 300, spread, squasher(neutrality, 60) });
    int32_t lexicon_input = in[0][0], classifier_input = in[0][2];
    in[2] = ef_quotients(&(ef_four){ abs(classifier_input), abs(lexicon_input),
                                     weaker * 1000, exclamations * 1000 },
                         &(ef_four){ 1, 1, weaker + 200, exclamations + 1 });
    in[3] = ef_quotients(&(ef_four){ questions * 1000, lexicon_input * classifier_input,
                                     t->hits == 0 ? 1000 : 0, words * 1000 },
                         &(ef_four){ questions + 1, 1000, 1, words + 12 });
    in[4] = ef_quotients(&(ef_four){ turned * 1000, phrased * 1000, verdict * 1000, 1000 },
                         &(ef_four){ squasher(turned, 150), squasher(phrased, 300),
                                     squasher(verdict, 300), 1 });
    memcpy(inputs, in, sizeof in);
}

void ef_blend_weigh(const ef_blend_weights *weights, const ef_totals *totals,
                    const int32_t inputs[EF_BLEND_INPUTS + 1], int32_t *polarity,
                    int32_t *neutrality)
{
    unsigned bin = ef_blend_bin(totals->words);
    int64_t sums[2] = { 0, 0 };
#pragma GCC unroll 20
    for (int i = 0; i <= EF_BLEND_INPUTS; i++) {
        sums[0] += (int64_t)weights->polarity[bin][i] * inputs[i];
        sums[1] += (int64_t)weights->neutrality[bin][i] * inputs[i];
    }
    *polarity = ef_clamp(sums[0], EF_LOGIT_LIMIT);
    *neutrality = ef_clamp(sums[1], EF_LOGIT_LIMIT);
}

void ef_blend_logits(const ef_blend_weights *weights, const ef_totals *totals,
                     int32_t *polarity, int32_t *neutrality)
{
    int32_t inputs[EF_BLEND_INPUTS + 1];
    ef_blend_inputs(totals, inputs);
    ef_blend_weigh(weights, totals, inputs, polarity, neutrality);
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
    int32_t side = polarity / 2, top = side < 0 ? -side : side;
    top = neutrality > top ? neutrality : top;
    int64_t negative = (int64_t)ef_exp_negative((uint32_t)(top + side)),
            neutral = (int64_t)ef_exp_negative((uint32_t)(top - neutrality)),
            positive = (int64_t)ef_exp_negative((uint32_t)(top - side));
    int64_t total = negative + neutral + positive;
    ef_four_whole sides =
        ef_quotients(&(ef_four){ (double)(negative * EF_UNIT + total / 2),
                                 (double)(positive * EF_UNIT + total / 2) },
                     &(ef_four){ (double)total, (double)total, 1, 1 });
    p[0] = sides[0];
    p[2] = sides[1];
    p[1] = EF_UNIT - p[0] - p[2];
    if (p[1] < 0) { /* both roundings went up: 5000.5 + 5000.5 */
        p[2] += p[1];
        p[1] = 0;
    }
}
