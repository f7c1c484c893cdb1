/* SPDX-License-Identifier: MIT
 * model/fit.c - fitting the blend by Newton's method.
 *
 * The unknowns of a bin are two rows of coefficients: of the polarity logit a and of the
 * neutrality logit n. A text whose family has neutral texts contributes
 * -log softmax(-a/2, n, a/2)[label], one of another family -log sigma(±a), its likelihood
 * given that it is not neutral. Both are convex, so Newton steps, halved while they
 * overshoot, find the one minimum. */
#include "model/fit.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "model/solve.h"

enum { INPUTS = EF_BLEND_INPUTS + 1, UNKNOWNS = 2 * INPUTS, STEPS = 40 };

/* Pulls, in texts: how much a coefficient of 1 logit away from where it is drawn to costs.
 * The shared fit is drawn to 0 just enough to be unique; a bin is drawn to the shared fit.
 */
static const double SHARED_PULL = 20.0, BIN_PULL = 2000.0;
static const double INPUT_ONE = 1000.0, LOGIT_ONE = 65536.0;

typedef struct problem {
    const ef_fit_row *rows;
    size_t count;
    int bin; /* -1: rows of all bins */
    uint32_t mask;
    double pull;
    const double *home; /* what the unknowns are drawn to */
} problem;

typedef struct curve { /* the loss at a point, its slope and its bend */
    double loss;
    double slope[UNKNOWNS];
    double bend[UNKNOWNS][UNKNOWNS];
} curve;

static bool is_in(const problem *p, const ef_fit_row *row)
{
    return p->bin < 0 || row->bin == p->bin;
}

static void inputs_of(const problem *p, const ef_fit_row *row, double x[INPUTS])
{
    for (int i = 0; i < EF_BLEND_INPUTS; i++)
        x[i] = (p->mask >> i & 1) ? row->inputs[i] / INPUT_ONE : 0;
    x[EF_BLEND_INPUTS] = 1;
}

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

static local look_at(const ef_fit_row *row, const double x[INPUTS], const double *at)
{
    double a = 0, n = 0;
    for (int i = 0; i < INPUTS; i++) {
        a += x[i] * at[i];
        n += x[i] * at[INPUTS + i];
    }
    return row->has_neutral ? of_three(a, n, row->label) : of_two(a, row->label);
}

static double pull_of(const problem *p, const double *at)
{
    double sum = 0;
    for (int i = 0; i < UNKNOWNS; i++)
        sum += (at[i] - p->home[i]) * (at[i] - p->home[i]);
    return p->pull * sum / 2;
}

static double loss_at(const problem *p, const double *at)
{
    double loss = pull_of(p, at), x[INPUTS];
    for (size_t r = 0; r < p->count; r++)
        if (is_in(p, &p->rows[r])) {
            inputs_of(p, &p->rows[r], x);
            loss += p->rows[r].weight * look_at(&p->rows[r], x, at).loss;
        }
    return loss;
}

static void add_row(curve *c, const local *l, double weight, const double x[INPUTS])
{
    c->loss += weight * l->loss;
    for (int i = 0; i < INPUTS; i++) {
        double wx = weight * x[i];
        if (wx == 0)
            continue;
        c->slope[i] += wx * l->da;
        c->slope[INPUTS + i] += wx * l->dn;
        for (int j = 0; j <= i; j++) {
            c->bend[i][j] += wx * x[j] * l->daa;
            c->bend[INPUTS + i][INPUTS + j] += wx * x[j] * l->dnn;
        }
        for (int j = 0; j < INPUTS; j++)
            c->bend[INPUTS + i][j] += wx * x[j] * l->dan;
    }
}

/* Fills the lower triangle of bend, all that ef_solve reads. */
static void curve_at(const problem *p, const double *at, curve *c)
{
    double x[INPUTS];
    memset(c, 0, sizeof *c);
    for (size_t r = 0; r < p->count; r++)
        if (is_in(p, &p->rows[r])) {
            inputs_of(p, &p->rows[r], x);
            local l = look_at(&p->rows[r], x, at);
            add_row(c, &l, p->rows[r].weight, x);
        }
    c->loss += pull_of(p, at);
    for (int i = 0; i < UNKNOWNS; i++) {
        c->slope[i] += p->pull * (at[i] - p->home[i]);
        c->bend[i][i] += p->pull;
    }
}

/* Moves to the minimum, from where at is. */
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
        if (change < 1e-5)
            return;
    }
}

static int32_t rounded(double coefficient)
{
    double value = coefficient * LOGIT_ONE / INPUT_ONE;
    return (int32_t)lrint(fmax(-1e9, fmin(1e9, value)));
}

ef_status ef_fit_blend(const ef_fit_row *rows, size_t count, uint32_t mask,
                       ef_blend_weights *blend, ef_error *error)
{
    static const double nowhere[UNKNOWNS] = { 0 };
    double shared[UNKNOWNS] = { 0 };
    curve *c = malloc(sizeof *c);
    if (c == NULL)
        return ef_error_memory(error);
    problem all = { rows, count, -1, mask, SHARED_PULL, nowhere };
    minimise(&all, shared, c);
    for (int bin = 0; bin < EF_BLEND_BINS; bin++) {
        double own[UNKNOWNS];
        problem one = { rows, count, bin, mask, BIN_PULL, shared };
        memcpy(own, shared, sizeof own);
        minimise(&one, own, c);
        for (int i = 0; i < INPUTS; i++) {
            blend->polarity[bin][i] = rounded(own[i]);
            blend->neutrality[bin][i] = rounded(own[INPUTS + i]);
        }
    }
    free(c);
    return EF_OK;
}
