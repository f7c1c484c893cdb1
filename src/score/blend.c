/* SPDX-License-Identifier: MIT
 * score/blend.c - evidence into three probabilities.
 *
 * p_positive : p_negative : p_neutral = e^(a/2) : e^(-a/2) : e^n, with a the polarity logit
 * and n the neutrality logit. */
#include "score/blend.h"

#include <assert.h>

#include "earful/scorer.h"

enum { LOGIT_ONE = 65536, LOGIT_LIMIT = 12 * LOGIT_ONE };

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
    totals->words += more->words;
    totals->exclamations += more->exclamations;
    totals->questions += more->questions;
    totals->sentences += more->sentences;
}

unsigned ef_blend_bin(int64_t words)
{
    static const int64_t limits[EF_BLEND_BINS - 1] = { 3, 6, 12, 24, 48, 96, 240 };
    unsigned bin = 0;
    while (bin < EF_BLEND_BINS - 1 && words > limits[bin])
        bin++;
    return bin;
}

/* value on -1000..1000, half of it at +-half: grows without jumping and never overflows. */
static int32_t squash(int64_t value, int64_t half)
{
    int64_t size = value < 0 ? -value : value;
    return (int32_t)(value * 1000 / (size + half));
}

/* The integer square root, digit by binary digit: a sentence needs some seven steps of an
 * addition and a comparison, where Newton's method takes as many divisions. */
static int64_t root(int64_t value)
{
    if (value <= 0)
        return value;
    uint64_t rest = (uint64_t)value, result = 0;
    uint64_t digit = UINT64_C(1) << ((63 - __builtin_clzll(rest)) & ~1);
    for (; digit != 0; digit >>= 2) {
        uint64_t trial = result + digit, mask = 0 - (uint64_t)(rest >= trial);
        rest -= trial & mask;
        result = (result >> 1) + (digit & mask);
    }
    return (int64_t)result;
}

static int32_t clamp(int64_t value, int32_t limit)
{
    return (int32_t)(value > limit ? limit : value < -limit ? -limit : value);
}

void ef_blend_inputs(const ef_totals *t, int32_t inputs[EF_BLEND_INPUTS + 1])
{
    /* Sums of n votes that hang together grow like n, their noise like sqrt(n): dividing by
     * sqrt(n) keeps a tweet and a long review on one scale, the bins do the rest. */
    int64_t spread = root((t->known + 2) * 100);        /* ten times the square root */
    int64_t hit_spread = root((t->hits + 1) * 100);
    int64_t weaker = t->positive < t->negative ? t->positive : t->negative;
    int32_t lexicon = squash(t->lexicon, 300);
    int32_t classifier = clamp(t->polarity * 60 / spread, 2000);
    memset(inputs, 0, (EF_BLEND_INPUTS + 1) * sizeof *inputs);
    inputs[0] = lexicon;
    inputs[1] = clamp(t->lexicon * 20 / hit_spread, 1500);
    inputs[2] = classifier;
    inputs[3] = squash(t->polarity, 60);
    inputs[4] = clamp(t->polarity * 30 / (t->known + 4), 1500);
    inputs[5] = squash(t->positive + t->negative, 300);
    inputs[6] = clamp(t->neutrality * 60 / spread, 2000);
    inputs[7] = squash(t->neutrality, 60);
    inputs[8] = classifier < 0 ? -classifier : classifier;
    inputs[9] = lexicon < 0 ? -lexicon : lexicon;
    inputs[10] = squash(weaker, 200);
    inputs[11] = squash(t->exclamations, 1);
    inputs[12] = squash(t->questions, 1);
    inputs[13] = clamp((int64_t)lexicon * classifier / 1000, 2000);
    inputs[14] = t->hits == 0 ? 1000 : 0;
    inputs[15] = squash(t->words, 12);
    inputs[16] = squash(t->turned, 150);
    inputs[17] = squash(t->phrased, 300);
    inputs[18] = squash(t->verdict, 300);
    inputs[EF_BLEND_INPUTS] = 1000;
}

void ef_blend_logits(const ef_blend_weights *weights, const ef_totals *totals,
                     int32_t *polarity, int32_t *neutrality)
{
    int32_t inputs[EF_BLEND_INPUTS + 1];
    unsigned bin = ef_blend_bin(totals->words);
    int64_t sums[2] = { 0, 0 };
    ef_blend_inputs(totals, inputs);
    for (int i = 0; i <= EF_BLEND_INPUTS; i++) {
        sums[0] += (int64_t)weights->polarity[bin][i] * inputs[i];
        sums[1] += (int64_t)weights->neutrality[bin][i] * inputs[i];
    }
    *polarity = clamp(sums[0], LOGIT_LIMIT);
    *neutrality = clamp(sums[1], LOGIT_LIMIT);
}

/* e^(-x) in 1/2^30 for x >= 0 in 1/65536. Factors for each bit of x, so the error is that
 * of at most 21 roundings. */
static uint64_t exp_negative(uint32_t x)
{
    /* e^(-2^k / 65536) * 2^30 for k = 0 .. 20, rounded. */
    static const uint64_t factors[] = {
        1073725440, 1073709056, 1073676290, 1073610760, 1073479712, 1073217664,
        1072693760, 1071646719, 1069555701, 1065385899, 1057095000, 1040706261,
        1008687096, 947573834, 836230973, 651257337, 395007542, 145315154, 19666268,
        360200, 121
    };
    uint64_t result = UINT64_C(1) << 30;
    assert(x < 1u << sizeof factors / sizeof *factors);
    for (; x != 0; x &= x - 1)
        result = (result * factors[__builtin_ctz(x)] + (UINT64_C(1) << 29)) >> 30;
    return result;
}

void ef_blend_probabilities(const ef_blend_weights *weights, const ef_totals *totals,
                            int32_t p[3])
{
    int32_t polarity, neutrality;
    ef_blend_logits(weights, totals, &polarity, &neutrality);
    int32_t logits[3] = { -polarity / 2, neutrality, polarity / 2 };
    int32_t top = logits[0];
    for (int i = 1; i < 3; i++)
        top = logits[i] > top ? logits[i] : top;
    uint64_t shares[3], total = 0;
    for (int i = 0; i < 3; i++) {
        shares[i] = exp_negative((uint32_t)(top - logits[i]));
        total += shares[i];
    }
    p[0] = (int32_t)((shares[0] * EF_UNIT + total / 2) / total);
    p[2] = (int32_t)((shares[2] * EF_UNIT + total / 2) / total);
    p[1] = EF_UNIT - p[0] - p[2];
    if (p[1] < 0) { /* both roundings went up: 5000.5 + 5000.5 */
        p[2] += p[1];
        p[1] = 0;
    }
}
