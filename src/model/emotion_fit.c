/* SPDX-License-Identifier: MIT
 * model/emotion_fit.c - fitting the emotions' logits by Newton's method.
 *
 * A text with emotions R right out of choices C contributes -log p(R) / p(C) with softmax
 * probabilities p. For one right emotion that is convex, and nearly so for sets, so Newton
 * steps on the bend of p(C) alone, halved while they overshoot, go down. */
#include "model/emotion_fit.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "model/solve.h"

enum { INPUTS = EF_EMOTION_INPUTS, UNKNOWNS = EF_FELT * INPUTS, STEPS = 30 };

/* In texts: what a coefficient of one logit costs. Just enough to be unique. */
static const double PULL = 5.0, INPUT_ONE = 1000.0, LOGIT_ONE = 65536.0;

/* Rare emotions are named more readily: without it macro-F1 of families left out is 0.436
 * instead of 0.458. A named emotion is at worst e^MOST times less likely than another. */
static const double LEAN = 0.6, MOST = 1.0;
static const double NEVER = -12; /* logits */

typedef struct problem {
    const ef_emotion_row *rows;
    size_t count, left_out;
} problem;

typedef struct curve { /* the loss at a point, its slope and its bend */
    double loss;
    double slope[UNKNOWNS];
    double bend[UNKNOWNS][UNKNOWNS];
} curve;

static bool has(unsigned set, int mood)
{
    return set >> mood & 1;
}

/* Shares of the moods in set by the logits; returns the logarithm of their sum. */
static double shares(const double logits[EF_MOODS], unsigned set, double p[EF_MOODS])
{
    double top = -INFINITY, sum = 0;
    for (int k = 0; k < EF_MOODS; k++)
        top = has(set, k) ? fmax(top, logits[k]) : top;
    for (int k = 0; k < EF_MOODS; k++)
        sum += p[k] = has(set, k) ? exp(logits[k] - top) : 0;
    for (int k = 0; k < EF_MOODS; k++)
        p[k] /= sum;
    return top + log(sum);
}

/* The loss of a row; p and right become the shares of its choices and of what is right. */
static double look_at(const ef_emotion_row *row, const double *at, double p[EF_MOODS],
                      double right[EF_MOODS])
{
    double logits[EF_MOODS] = { 0 };
    for (int k = 0; k < EF_FELT; k++)
        for (int i = 0; i < INPUTS; i++)
            logits[k + 1] += at[k * INPUTS + i] * row->inputs[k][i] / INPUT_ONE;
    double all = shares(logits, row->mood.choices, p);
    return all - shares(logits, row->mood.right, right);
}

static bool is_in(const problem *p, const ef_emotion_row *row)
{
    return row->family != p->left_out;
}

static double loss_at(const problem *p, const double *at)
{
    double loss = 0, unused[2][EF_MOODS];
    for (int i = 0; i < UNKNOWNS; i++)
        loss += PULL * at[i] * at[i] / 2;
    for (size_t r = 0; r < p->count; r++)
        if (is_in(p, &p->rows[r]))
            loss += p->rows[r].weight * look_at(&p->rows[r], at, unused[0], unused[1]);
    return loss;
}

/* Adds what emotions k and l of a row bend together; i and j run over their inputs. */
static void add_bend(curve *c, const ef_emotion_row *row, int k, int l, double bend)
{
    for (int i = 0; i < INPUTS; i++) {
        double x = bend * row->inputs[k][i] / INPUT_ONE;
        for (int j = 0; x != 0 && j < INPUTS; j++)
            c->bend[k * INPUTS + i][l * INPUTS + j] += x * row->inputs[l][j] / INPUT_ONE;
    }
}

static void add_row(curve *c, const ef_emotion_row *row, const double *at)
{
    double p[EF_MOODS], right[EF_MOODS], weight = row->weight;
    c->loss += weight * look_at(row, at, p, right);
    for (int k = 0; k < EF_FELT; k++) {
        if (!has(row->mood.choices, k + 1))
            continue;
        double slope = weight * (p[k + 1] - right[k + 1]);
        for (int i = 0; i < INPUTS; i++)
            c->slope[k * INPUTS + i] += slope * row->inputs[k][i] / INPUT_ONE;
        for (int l = 0; l <= k; l++)
            add_bend(c, row, k, l, weight * p[k + 1] * ((k == l) - p[l + 1]));
    }
}

static void curve_at(const problem *p, const double *at, curve *c)
{
    memset(c, 0, sizeof *c);
    for (size_t r = 0; r < p->count; r++)
        if (is_in(p, &p->rows[r]))
            add_row(c, &p->rows[r], at);
    for (int i = 0; i < UNKNOWNS; i++) {
        c->loss += PULL * at[i] * at[i] / 2;
        c->slope[i] += PULL * at[i];
        c->bend[i][i] += PULL;
    }
}

static void minimise(const problem *p, double *at, curve *c)
{
    for (int step = 0; step < STEPS; step++) {
        double next[UNKNOWNS], part = 1, change = 0;
        curve_at(p, at, c);
        ef_solve(&c->bend[0][0], c->slope, UNKNOWNS);
        for (;; part /= 2) {
            for (int i = 0; i < UNKNOWNS; i++)
                next[i] = at[i] - part * c->slope[i];
            if (part < 1e-6 || loss_at(p, next) <= c->loss)
                break;
        }
        for (int i = 0; i < UNKNOWNS; i++)
            change = fmax(change, fabs(next[i] - at[i]));
        memcpy(at, next, sizeof next);
        if (change < 1e-4)
            return;
    }
}

/* An emotion that no source tells apart is never named. */
static void silence_unknown(const problem *p, double *at)
{
    unsigned known = 0;
    for (size_t r = 0; r < p->count; r++)
        known |= is_in(p, &p->rows[r]) ? p->rows[r].mood.choices : 0u;
    for (int k = 0; k < EF_FELT; k++)
        if (!has(known, k + 1))
            at[k * INPUTS + INPUTS - 1] = NEVER;
}

/* How far to lean: by the logarithm of how much rarer than none an emotion is, times LEAN.
 */
static void lean(const problem *p, const double *at, ef_emotion_blend *blend)
{
    double sums[EF_MOODS] = { 0 };
    for (size_t r = 0; r < p->count; r++) {
        const ef_emotion_row *row = &p->rows[r];
        double given[EF_MOODS], right[EF_MOODS];
        if (!is_in(p, row))
            continue;
        ef_emotion_row open = *row;
        open.mood = (ef_mood){ 1, (1 << EF_MOODS) - 1 };
        look_at(&open, at, given, right);
        for (int k = 0; k < EF_MOODS; k++)
            sums[k] += row->weight * given[k];
    }
    for (int k = 0; k < EF_FELT; k++)
        blend->lean[k] =
            (int32_t)lrint(LOGIT_ONE * fmin(MOST, LEAN * log(sums[0] / sums[k + 1])));
}

ef_status ef_emotion_fit(const ef_emotion_row *rows, size_t count, size_t left_out,
                         ef_emotion_blend *blend, ef_error *error)
{
    double at[UNKNOWNS] = { 0 };
    problem p = { rows, count, left_out };
    curve *c = malloc(sizeof *c);
    if (c == NULL)
        return ef_error_memory(error);
    minimise(&p, at, c);
    silence_unknown(&p, at);
    free(c);
    for (int i = 0; i < UNKNOWNS; i++)
        blend->weights[i / INPUTS][i % INPUTS] =
            (int32_t)lrint(fmax(-1e9, fmin(1e9, at[i] * LOGIT_ONE / INPUT_ONE)));
    lean(&p, at, blend);
    return EF_OK;
}
