/* SPDX-License-Identifier: MIT
 * test_blend_exact.c - the blend's fast arithmetic beside the plain one that defines it.
 *
 * A model's weights are fitted to these very integers, so a faster way is right only if it
 * gives the same ones. Here stands the slow way, with textbook methods. */
#include <criterion/criterion.h>
#include <math.h>

#include "earful/scorer.h"
#include "score/blend.h"
#include "score/fixed.h"

static int64_t plain_root(int64_t value)
{
    if (value < 2)
        return value;
    int64_t guess = value, next = (guess + 1) / 2;
    while (next < guess) {
        guess = next;
        next = (guess + value / guess) / 2;
    }
    return guess;
}

static int64_t plain_clamp(int64_t value, int64_t limit)
{
    return value > limit ? limit : value < -limit ? -limit : value;
}

static int64_t plain_squash(int64_t value, int64_t half)
{
    return value * 1000 / ((value < 0 ? -value : value) + half);
}

static void plain_inputs(const ef_totals *t, int64_t in[EF_BLEND_INPUTS + 1])
{
    int64_t spread = plain_root((t->known + 2) * 100);
    int64_t hit_spread = plain_root((t->hits + 1) * 100);
    in[0] = plain_squash(t->lexicon, 300);
    in[1] = plain_clamp(t->lexicon * 20 / hit_spread, 1500);
    in[2] = plain_clamp(t->polarity * 60 / spread, 2000);
    in[3] = plain_squash(t->polarity, 60);
    in[4] = plain_clamp(t->polarity * 30 / (t->known + 4), 1500);
    in[5] = plain_squash(t->positive + t->negative, 300);
    in[6] = plain_clamp(t->neutrality * 60 / spread, 2000);
    in[7] = plain_squash(t->neutrality, 60);
    in[8] = in[2] < 0 ? -in[2] : in[2];
    in[9] = in[0] < 0 ? -in[0] : in[0];
    in[10] = plain_squash(t->positive < t->negative ? t->positive : t->negative, 200);
    in[11] = plain_squash(t->exclamations, 1);
    in[12] = plain_squash(t->questions, 1);
    in[13] = plain_clamp(in[0] * in[2] / 1000, 2000);
    in[14] = t->hits == 0 ? 1000 : 0;
    in[15] = plain_squash(t->words, 12);
    in[16] = plain_squash(t->turned, 150);
    in[17] = plain_squash(t->phrased, 300);
    in[18] = plain_squash(t->verdict, 300);
    in[EF_BLEND_INPUTS] = 1000;
}

/* e^(-x / 65536) in 1/2^30, to the nearest. */
static uint64_t plain_exp(uint32_t x)
{
    return (uint64_t)llround(exp(-(double)x / 65536) * (1 << 30));
}

static uint64_t plain_exp_negative(uint32_t x)
{
    const uint64_t half = UINT64_C(1) << 29;
    uint64_t result = (plain_exp(x & 0x3f80) * plain_exp(x & 0x7f) + half) >> 30;
    return (result * plain_exp(x & ~UINT32_C(0x3fff)) + half) >> 30;
}

static void plain_probabilities(int32_t polarity, int32_t neutrality, int32_t p[3])
{
    int32_t logits[3] = { -polarity / 2, neutrality, polarity / 2 };
    int32_t top = logits[0];
    for (int i = 1; i < 3; i++)
        top = logits[i] > top ? logits[i] : top;
    uint64_t shares[3], total = 0;
    for (int i = 0; i < 3; i++)
        total += shares[i] = plain_exp_negative((uint32_t)(top - logits[i]));
    p[0] = (int32_t)((shares[0] * EF_UNIT + total / 2) / total);
    p[2] = (int32_t)((shares[2] * EF_UNIT + total / 2) / total);
    p[1] = EF_UNIT - p[0] - p[2];
    if (p[1] < 0) {
        p[2] += p[1];
        p[1] = 0;
    }
}

static uint64_t state = 20;

/* 0 .. below - 1, by a linear generator that is the same everywhere. */
static int64_t random_below(int64_t below)
{
    state = state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (int64_t)((state >> 33) % (uint64_t)below);
}

/* Small numbers as sentences have them, and now and then those of a book. */
static int64_t count(void)
{
    return random_below(INT64_C(2) << random_below(random_below(8) == 0 ? 28 : 9));
}

static int64_t sum(void)
{
    return random_below(2) == 0 ? count() : -count();
}

static ef_totals random_totals(void)
{
    return (ef_totals){ .lexicon = sum(), .positive = count(), .negative = count(),
                        .turned = sum(), .phrased = sum(), .verdict = sum(), .hits = count(),
                        .polarity = sum(), .neutrality = sum(), .known = count(),
                        .words = count(), .exclamations = count(), .questions = count(),
                        .sentences = 1 };
}

Test(blend_exact, inputs_are_those_of_plain_arithmetic)
{
    for (int n = 0; n < 300000; n++) {
        ef_totals totals = random_totals();
        int32_t inputs[EF_BLEND_INPUTS + 1];
        int64_t plain[EF_BLEND_INPUTS + 1];
        ef_blend_inputs(&totals, inputs);
        plain_inputs(&totals, plain);
        for (int i = 0; i <= EF_BLEND_INPUTS; i++)
            cr_assert_eq(inputs[i], plain[i], "input %d of case %d", i, n);
    }
}

Test(blend_exact, roots_are_those_of_newton_for_every_number_of_features)
{
    for (int64_t known = 0; known < 200000; known++) {
        ef_totals totals = { .known = known, .polarity = 1000 };
        int32_t inputs[EF_BLEND_INPUTS + 1];
        ef_blend_inputs(&totals, inputs);
        cr_assert_eq(inputs[2], plain_clamp(60000 / plain_root((known + 2) * 100), 2000));
    }
}

Test(blend_exact, probabilities_are_those_of_plain_arithmetic)
{
    for (int n = 0; n < 300000; n++) {
        ef_totals totals = random_totals();
        ef_blend_weights weights = { 0 };
        unsigned bin = ef_blend_bin(totals.words);
        for (int i = 0; i <= EF_BLEND_INPUTS; i++) {
            weights.polarity[bin][i] = (int32_t)random_below(601) - 300;
            weights.neutrality[bin][i] = (int32_t)random_below(601) - 300;
        }
        int32_t polarity, neutrality, p[3], plain[3];
        ef_blend_logits(&weights, &totals, &polarity, &neutrality);
        ef_blend_probabilities(&weights, &totals, p);
        plain_probabilities(polarity, neutrality, plain);
        cr_assert(memcmp(p, plain, sizeof p) == 0, "case %d", n);
    }
}

Test(blend_exact, exponential_is_that_of_its_parts_and_near_the_true_one)
{
    for (uint32_t x = 0; x <= 2 * EF_LOGIT_LIMIT; x++) {
        uint64_t power = ef_exp_negative(x);
        cr_assert_eq(power, plain_exp_negative(x), "%u", x);
        cr_assert_leq(llabs((long long)power - (long long)plain_exp(x)), 2, "%u", x);
    }
}
