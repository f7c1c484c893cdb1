/* SPDX-License-Identifier: MIT
 * model/logits.c - fitting two logits by Newton's method.
 *
 * A text whose source has neutral texts costs -log softmax(-a/2, n, a/2)[label], one of
 * another source -log sigma(±a), its likelihood given that it is not neutral. Both are
 * convex, so Newton steps, halved while they overshoot, find the one minimum. */
#include "model/logits.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "model/solve.h"

enum { MOST = EF_LOGIT_UNKNOWNS, STEPS = 40 };

typedef struct curve { /* the loss at a point, its slope and its bend */
    double loss;
    double slope[MOST];
    double bend[MOST * MOST]; /* rows as long as there are unknowns */
} curve;

typedef struct local { /* loss of one text as a function of its two logits */
    double loss, da, dn, daa, dan, dnn;
} local;

static local of_three(double a, double n, unsigned label)
{
    double l[3] = { -a / 2, n, a / 2 };
    double top = fmax(fmax(l[0], l[1]), l[2]), p[3], sum = 0;
    for (int i = 0; i < 3; i++)
        sum += p[i] = exp(l[i] - top);
    for (int i = 0; i < 3; i++)
        p[i] /= sum;
    double y[3] = { label == 0, label == 1, label == 2 };
    return (local){
        .loss = top + log(sum) - l[label],
        .da = ((p[2] - y[2]) - (p[0] - y[0])) / 2,
        .dn = p[1] - y[1],
        .daa = (p[0] + p[2] - (p[2] - p[0]) * (p[2] - p[0])) / 4,
        .dan = -(p[2] - p[0]) / 2 * p[1],
        .dnn = p[1] * (1 - p[1]),
    };
}

static local of_two(double a, unsigned label)
{
    double signed_a = label == EF_POSITIVE ? a : -a;
    double miss = 1 / (1 + exp(signed_a)); /* probability of the other label */
    return (local){
        .loss = signed_a > 0 ? log1p(exp(-signed_a)) : log1p(exp(signed_a)) - signed_a,
        .da = label == EF_POSITIVE ? -miss : miss,
        .daa = miss * (1 - miss),
    };
}

static local look_at(const ef_logit_row *row, int inputs, const double *at)
{
    double a = row->polarity, n = row->neutrality;
    for (int i = 0; i < inputs; i++) {
        a += row->x[i] * at[i];
        n += row->x[i] * at[inputs + i];
    }
    return row->has_neutral ? of_three(a, n, row->label) : of_two(a, row->label);
}

static double away(const ef_logit_problem *p, const double *at, int i)
{
    return at[i] - (p->home == NULL ? 0 : p->home[i]);
}

static double pull_of(const ef_logit_problem *p, const double *at)
{
    double sum = 0;
    for (int i = 0; i < 2 * p->inputs; i++)
        sum += away(p, at, i) * away(p, at, i);
    return p->pull * sum / 2;
}

static double loss_at(const ef_logit_problem *p, const double *at)
{
    double loss = pull_of(p, at);
    for (size_t r = 0; r < p->count; r++) {
        ef_logit_row row = { .weight = 0 };
        p->row(p->user, r, &row);
        if (row.weight > 0)
            loss += row.weight * look_at(&row, p->inputs, at).loss;
    }
    return loss;
}

static void add_row(curve *c, const local *l, const ef_logit_row *row, int inputs)
{
    const double *x = row->x;
    int unknowns = 2 * inputs;
    c->loss += row->weight * l->loss;
    for (int i = 0; i < inputs; i++) {
        double wx = row->weight * x[i];
        if (wx == 0)
            continue;
        double *upper = c->bend + i * unknowns, *lower = c->bend + (inputs + i) * unknowns;
        c->slope[i] += wx * l->da;
        c->slope[inputs + i] += wx * l->dn;
        for (int j = 0; j <= i; j++) {
            upper[j] += wx * x[j] * l->daa;
            lower[inputs + j] += wx * x[j] * l->dnn;
        }
        for (int j = 0; j < inputs; j++)
            lower[j] += wx * x[j] * l->dan;
    }
}

/* Fills the lower triangle of bend, all that ef_solve reads. */
static void curve_at(const ef_logit_problem *p, const double *at, curve *c)
{
    memset(c, 0, sizeof *c);
    for (size_t r = 0; r < p->count; r++) {
        ef_logit_row row = { .weight = 0 };
        p->row(p->user, r, &row);
        if (row.weight <= 0)
            continue;
        local l = look_at(&row, p->inputs, at);
        add_row(c, &l, &row, p->inputs);
    }
    c->loss += pull_of(p, at);
    for (int i = 0; i < 2 * p->inputs; i++) {
        c->slope[i] += p->pull * away(p, at, i);
        c->bend[i * 2 * p->inputs + i] += p->pull;
    }
}

ef_status ef_logits_fit(const ef_logit_problem *p, double *at, ef_error *error)
{
    int unknowns = 2 * p->inputs;
    assert(p->inputs > 0 && p->inputs <= EF_LOGIT_INPUTS && p->pull > 0);
    curve *c = malloc(sizeof *c);
    if (c == NULL)
        return ef_error_memory(error);
    for (int step = 0; step < STEPS; step++) {
        double next[MOST], part = 1, change = 0;
        curve_at(p, at, c);
        ef_solve(c->bend, c->slope, (size_t)unknowns);
        for (;; part /= 2) {
            for (int i = 0; i < unknowns; i++)
                next[i] = at[i] - part * c->slope[i];
            if (part < 1e-6 || loss_at(p, next) <= c->loss)
                break;
        }
        for (int i = 0; i < unknowns; i++)
            change = fmax(change, fabs(next[i] - at[i]));
        memcpy(at, next, (size_t)unknowns * sizeof *at);
        if (change < 1e-5)
            break;
    }
    free(c);
    return EF_OK;
}
