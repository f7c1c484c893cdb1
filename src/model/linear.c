/* SPDX-License-Identifier: MIT
 * model/linear.c - a linear machine over features scaled by their naive-Bayes weights.
 *
 * After Wang and Manning, "Baselines and Bigrams" (ACL 2012): a feature enters with its
 * log ratio as its value, so that learning begins from what counting knows. The machine
 * has the squared hinge loss and is solved in the dual, one text at a time, after Hsieh et
 * al., "A Dual Coordinate Descent Method for Large-scale Linear SVM" (ICML 2008):
 *
 *     for each text i, in an order shuffled by a fixed seed:
 *         g = y_i (w · x_i) - 1 + a_i / (2 c_i)
 *         a = max(0, a_i - g / (|x_i|^2 + 1 / (2 c_i)))
 *         w = w + (a - a_i) y_i x_i ;  a_i = a
 *
 * No learning rate, no random start: the same texts give the same weights. A text's
 * features are divided by the root of their number, as the blend does when it scores. */
#include "model/classifier.h"
#include "model/sides.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"

enum { ROUNDS = 8 };

/* COST is what an error costs against large weights. TRUST is what of a weight is the
 * machine's own, the rest is the mean weight of all features, as the paper advises: plain
 * naive Bayes travels better to new kinds of text, so texts of many kinds are trusted less
 * than those of one, whose readers will meet that kind again. Chosen by the means of
 * families left out, and by films left out. UNITS make the largest weights, 8.4 * TRUST,
 * fit a model's 127. */
static const double COST = 4.0, TRUST_MANY = 0.25, TRUST_ONE = 0.6;
static const float UNITS = 20;

typedef struct example {
    uint32_t text;
    float cost;   /* of an error; its sign is the side the text stands on */
    float square; /* |x|^2 with the constant */
    float dual;   /* a_i */
} example;

typedef struct machine {
    const ef_counts *counts;
    const float *ratios;
    float *weights; /* of the scaled features */
    double constant;
    example *examples;
    size_t count;
} machine;

static float square_of(const machine *m, const ef_text_features *text)
{
    double sum = 0;
    for (uint64_t i = text->first; i < text->first + text->count; i++) {
        float ratio = m->ratios[m->counts->ids[i]];
        sum += ratio * ratio;
    }
    return (float)(sum / text->count + 1);
}

static void gather(machine *m, const ef_sides *sides)
{
    const ef_counts *counts = m->counts;
    for (size_t i = 0; i < counts->text_count; i++) {
        const ef_text_features *text = &counts->texts[i];
        double share = sides->share[text->part][text->label] * text->weight;
        if (share != 0 && text->count > 0)
            m->examples[m->count++] = (example){
                .text = (uint32_t)i,
                .cost = (float)(COST * share / EF_WHOLE_WEIGHT),
                .square = square_of(m, text),
            };
    }
}

/* Fisher and Yates, with a multiplicative generator (Steele and Vigna's 64-bit constant):
 * texts lie in order of class, and neighbours of one class would drag the weights along. */
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

static void learn_one(machine *m, example *e)
{
    const ef_text_features *text = &m->counts->texts[e->text];
    const uint32_t *ids = m->counts->ids + text->first;
    double norm = 1 / sqrt(text->count), sum = 0;
    for (uint32_t i = 0; i < text->count; i++)
        sum += m->weights[ids[i]] * m->ratios[ids[i]];
    double side = e->cost < 0 ? -1 : 1, slack = 1 / (2 * fabs((double)e->cost));
    double gradient = side * (sum * norm + m->constant) - 1 + e->dual * slack;
    double dual = fmax(0, e->dual - gradient / (e->square + slack));
    if (dual == e->dual)
        return;
    double step = (dual - e->dual) * side;
    float scaled = (float)(step * norm);
    for (uint32_t i = 0; i < text->count; i++)
        m->weights[ids[i]] += scaled * m->ratios[ids[i]];
    m->constant += step;
    e->dual = (float)dual;
}

static void learn(machine *m)
{
    uint64_t state = UINT64_C(0x6A09E667F3BCC909); /* fraction of the root of 2 */
    for (int round = 0; round < ROUNDS; round++) {
        shuffle(m->examples, m->count, &state);
        for (size_t i = 0; i < m->count; i++)
            learn_one(m, &m->examples[i]);
    }
}

/* Turns the weights of scaled features into weights of features. */
static void finish(machine *m)
{
    double mean = 0, trust = m->counts->is_one_source ? TRUST_ONE : TRUST_MANY;
    for (size_t i = 0; i < m->counts->count; i++)
        mean += fabs(m->weights[i]) / (double)m->counts->count;
    for (size_t i = 0; i < m->counts->count; i++) {
        double weight = trust * m->weights[i] + (1 - trust) * mean;
        m->weights[i] = (float)weight * m->ratios[i] * UNITS;
    }
}

/* Fills weights with what tells the sides apart. */
static ef_status tell_apart(const ef_counts *counts, const ef_sides *sides, float *weights,
                            ef_error *error)
{
    memset(weights, 0, counts->count * sizeof *weights);
    if (!ef_sides_differ(sides))
        return EF_OK;
    float *ratios = malloc((counts->count + 1) * sizeof *ratios);
    machine m = { .counts = counts, .ratios = ratios, .weights = weights };
    m.examples = malloc((counts->text_count + 1) * sizeof *m.examples);
    bool has_memory = ratios != NULL && m.examples != NULL;
    if (has_memory) {
        ef_sides_log_ratios(sides, counts, ratios);
        gather(&m, sides);
        learn(&m);
        finish(&m);
    }
    free(ratios);
    free(m.examples);
    return has_memory ? EF_OK : ef_error_memory(error);
}

static ef_status train(const ef_counts *counts, ef_parts left_out,
                       ef_float_weights *weights, ef_error *error)
{
    ef_sides sides;
    ef_sides_polarity(&sides, counts, left_out);
    ef_status status = tell_apart(counts, &sides, weights->polarity, error);
    if (status != EF_OK)
        return status;
    ef_sides_neutrality(&sides, counts, left_out);
    return tell_apart(counts, &sides, weights->neutrality, error);
}

const ef_classifier ef_classifier_linear = {
    .name = "linear",
    .summary = "a linear machine over naive-Bayes weights: slower to train, better",
    .train = train,
};
