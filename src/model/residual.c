/* SPDX-License-Identifier: MIT
 * model/residual.c - weights for what another model misses.
 *
 * L2-regularised logistic regression, solved in the dual, one text at a time, after Yu,
 * Huang and Lin, "Dual Coordinate Descent Methods for Logistic Regression and Maximum
 * Entropy Models" (Machine Learning 85, 2011), with an offset o_i for each text:
 *
 *     minimise  |w|^2 / 2 + sum_i c_i log(1 + exp(-y_i (w · x_i + o_i)))
 *     for each text i, in an order shuffled by a fixed seed:
 *         find a in (0, c_i) with  log(a / (c_i - a)) + y_i (w · x_i + o_i)
 *                                  + (a - a_i) |x_i|^2 = 0
 *         w = w + (a - a_i) y_i x_i ;  a_i = a
 *
 * The left side grows with a, so halving the interval finds the one root. As in linear.c a
 * feature enters with its log ratio between the sides as its value, and a text's features
 * are divided by the root of their number. The constants were chosen on reviews of six
 * kinds that the model below had never seen; models/README.md has the figures. */
#include "model/residual.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"

enum { ROUNDS = 12, HALVINGS = 40 };

/* COST is what an error costs against large weights. Of the smaller side a text counts at
 * most SHARE_LIMIT-fold when sides are compared, and SMOOTHING is in texts. */
static const double COST = 10, SHARE_LIMIT = 8, SMOOTHING = 1;

typedef struct example {
    uint32_t text;
    double side;   /* 1 or -1 */
    double limit;  /* c_i */
    double square; /* |x_i|^2 */
    double dual;   /* a_i */
} example;

typedef struct machine {
    const ef_counts *counts;
    const ef_residual_text *texts;
    ef_parts left_out;
    const double *values; /* of the features */
    double *weights;      /* of the features so scaled */
    example *examples;
    size_t count;
} machine;

static bool is_seen(const machine *m, size_t text)
{
    return m->texts[text].cost != 0 && m->counts->texts[text].count > 0 &&
           !(m->left_out >> m->counts->texts[text].part & 1);
}

/* --- values of features ------------------------------------------------------------ */

/* Adds up the texts of both sides: all of them, and those with each feature. */
static void add_sides(const machine *m, double all[2], double (*with)[2])
{
    for (size_t i = 0; i < m->counts->text_count; i++) {
        if (!is_seen(m, i))
            continue;
        const ef_text_features *text = &m->counts->texts[i];
        int side = m->texts[i].cost < 0;
        double cost = fabs((double)m->texts[i].cost);
        all[side] += cost;
        for (uint64_t f = text->first; f < text->first + text->count; f++)
            with[m->counts->ids[f]][side] += cost;
    }
}

/* The sizes of log ratios, as if both sides held equally many texts. */
static void fill_values(const machine *m, double (*with)[2], double *values)
{
    double all[2] = { 0, 0 }, share[2], whole[2];
    add_sides(m, all, with);
    for (int side = 0; side < 2; side++) {
        share[side] = fmin(SHARE_LIMIT, (all[0] + all[1]) / 2 / fmax(all[side], SMOOTHING));
        whole[side] = all[side] * share[side] + 2 * SMOOTHING;
    }
    for (size_t i = 0; i < m->counts->count; i++) {
        double one = (with[i][0] * share[0] + SMOOTHING) / whole[0];
        double other = (with[i][1] * share[1] + SMOOTHING) / whole[1];
        values[i] = fabs(log(one / other));
    }
}

/* --- learning ---------------------------------------------------------------------- */

static void gather(machine *m)
{
    for (size_t i = 0; i < m->counts->text_count; i++) {
        if (!is_seen(m, i))
            continue;
        const ef_text_features *text = &m->counts->texts[i];
        double cost = m->texts[i].cost, square = 0;
        for (uint64_t f = text->first; f < text->first + text->count; f++) {
            double value = m->values[m->counts->ids[f]];
            square += value * value;
        }
        m->examples[m->count++] = (example){ .text = (uint32_t)i,
                                             .side = cost < 0 ? -1 : 1,
                                             .limit = fabs(cost) * COST,
                                             .square = square / text->count };
    }
}

/* As in linear.c: neighbours of one class would drag the weights along. */
static void shuffle(example *examples, size_t count, uint64_t *state)
{
    for (size_t i = count; i > 1; i--) {
        *state = *state * UINT64_C(0xD1342543DE82EF95) + 1;
        size_t other = (size_t)((*state >> 32) * i >> 32);
        example e = examples[i - 1];
        examples[i - 1] = examples[other];
        examples[other] = e;
    }
}

/* The root of log(a / (limit - a)) + margin + (a - dual) square. */
static double root_of(const example *e, double margin)
{
    double low = 0, high = e->limit;
    for (int i = 0; i < HALVINGS; i++) {
        double a = (low + high) / 2;
        if (log(a / (e->limit - a)) + margin + (a - e->dual) * e->square > 0)
            high = a;
        else
            low = a;
    }
    return (low + high) / 2;
}

static void learn_one(machine *m, example *e)
{
    const ef_text_features *text = &m->counts->texts[e->text];
    const uint32_t *ids = m->counts->ids + text->first;
    double norm = 1 / sqrt(text->count), sum = 0;
    for (uint32_t i = 0; i < text->count; i++)
        sum += m->weights[ids[i]] * m->values[ids[i]];
    double dual = root_of(e, e->side * (sum * norm + m->texts[e->text].offset));
    double step = (dual - e->dual) * e->side * norm;
    for (uint32_t i = 0; i < text->count; i++)
        m->weights[ids[i]] += step * m->values[ids[i]];
    e->dual = dual;
}

static void learn(machine *m)
{
    uint64_t state = UINT64_C(0x3C6EF372FE94F82B); /* fraction of the root of 5 */
    gather(m);
    for (int round = 0; round < ROUNDS; round++) {
        shuffle(m->examples, m->count, &state);
        for (size_t i = 0; i < m->count; i++)
            learn_one(m, &m->examples[i]);
    }
}

ef_status ef_residual_train(const ef_counts *counts, const ef_residual_text *texts,
                            ef_parts left_out, float *weights, ef_error *error)
{
    size_t room = counts->count + 1;
    double(*with)[2] = calloc(room, sizeof *with);
    double *values = malloc(room * sizeof *values);
    machine m = { counts, texts, left_out, values, NULL, NULL, 0 };
    m.weights = calloc(room, sizeof *m.weights);
    m.examples = malloc((counts->text_count + 1) * sizeof *m.examples);
    bool has_memory =
        with != NULL && values != NULL && m.weights != NULL && m.examples != NULL;
    if (has_memory) {
        fill_values(&m, with, values);
        learn(&m);
        for (size_t i = 0; i < counts->count; i++)
            weights[i] = (float)(m.weights[i] * values[i]);
    }
    free(with);
    free(values);
    free(m.weights);
    free(m.examples);
    return has_memory ? EF_OK : ef_error_memory(error);
}
