/* SPDX-License-Identifier: MIT
 * model/emotion_learn.c - multinomial logistic regression over hashed features.
 *
 *     for each text, in an order shuffled by a fixed seed:
 *         p = softmax over the choices of the text's source
 *         each weight of the text's features steps against (p - right) / sqrt(features),
 *         by a rate that falls with what the weight has moved so far (Duchi, Hazan and
 *         Singer, "Adaptive Subgradient Methods", JMLR 2011)
 *
 * The same texts give the same weights: no random start, one thread. */
#include "model/emotion_learn.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"

enum { ROUNDS = 5 };

/* RATE is the first step. PULL draws a weight to 0 whenever its feature is met.
 * CONSTANT_RATE is the step of what a source is full of, which is none of the features'
 * business. None of them matters much: three times more or less moves the means by less
 * than 0.003. */
static const double RATE = 0.3, PULL = 0.01, CONSTANT_RATE = 0.02;

typedef struct learner {
    const ef_counts *counts;
    const ef_mood *moods;
    float (*weights)[EF_FELT];
    float (*moved)[EF_FELT]; /* sums of squared slopes */
    uint32_t *order;
    size_t count;
    double constants[EF_FAMILY_LIMIT][EF_MOODS]; /* logits of a text without features */
    double share[EF_FAMILY_LIMIT];               /* what a text of a source counts */
} learner;

static bool has(unsigned set, int mood)
{
    return set >> mood & 1;
}

static size_t family_of(const ef_text_features *text)
{
    return text->part / 2;
}

/* A source counts like the root of its size, so that the largest is not the model. */
static void share_out(learner *l)
{
    double sizes[EF_FAMILY_LIMIT] = { 0 }, weighed = 0;
    for (size_t i = 0; i < l->count; i++)
        sizes[family_of(&l->counts->texts[l->order[i]])]++;
    for (size_t f = 0; f < EF_FAMILY_LIMIT; f++)
        weighed += sqrt(sizes[f]);
    for (size_t f = 0; f < EF_FAMILY_LIMIT; f++)
        if (sizes[f] > 0)
            l->share[f] = (double)l->count / weighed / sqrt(sizes[f]);
}

static void shuffle(uint32_t *order, size_t count, uint64_t *state)
{
    for (size_t i = count; i > 1; i--) {
        *state = *state * UINT64_C(0xD1342543DE82EF95) + 1;
        size_t other = (size_t)((*state >> 32) * i >> 32);
        uint32_t text = order[i - 1];
        order[i - 1] = order[other];
        order[other] = text;
    }
}

/* Replaces logits by probabilities over the choices; others become 0. */
static void softmax(double logits[EF_MOODS], unsigned choices)
{
    double top = -INFINITY, sum = 0;
    for (int k = 0; k < EF_MOODS; k++)
        top = has(choices, k) ? fmax(top, logits[k]) : top;
    for (int k = 0; k < EF_MOODS; k++)
        sum += logits[k] = has(choices, k) ? exp(logits[k] - top) : 0;
    for (int k = 0; k < EF_MOODS; k++)
        logits[k] /= sum;
}

static void step(learner *l, uint32_t id, const double slopes[EF_MOODS], double norm)
{
    float *w = l->weights[id], *moved = l->moved[id];
    for (int k = 0; k < EF_FELT; k++) {
        double slope = slopes[k + 1] * norm + PULL * w[k];
        moved[k] += (float)(slope * slope);
        w[k] -= (float)(RATE * slope / (sqrt(moved[k]) + 1e-6));
    }
}

static void learn_one(learner *l, uint32_t index)
{
    const ef_text_features *text = &l->counts->texts[index];
    const ef_mood *mood = &l->moods[index];
    const uint32_t *ids = l->counts->ids + text->first;
    double norm = 1 / sqrt(text->count), p[EF_MOODS];
    double *constants = l->constants[family_of(text)];
    double weight = l->share[family_of(text)] * text->weight / EF_WHOLE_WEIGHT;
    memcpy(p, constants, sizeof p);
    for (uint32_t i = 0; i < text->count; i++)
        for (int k = 0; k < EF_FELT; k++)
            p[k + 1] += l->weights[ids[i]][k] * norm;
    softmax(p, mood->choices);
    for (int k = 0; k < EF_MOODS; k++) {
        double right = has(mood->right, k) ? 1.0 / __builtin_popcount(mood->right) : 0;
        p[k] = weight * (p[k] - right);
        constants[k] -= CONSTANT_RATE * p[k];
    }
    for (uint32_t i = 0; i < text->count; i++)
        step(l, ids[i], p, norm);
}

ef_status ef_emotion_learn(const ef_counts *counts, const ef_mood *moods, ef_parts left_out,
                           float (*weights)[EF_FELT], ef_error *error)
{
    memset(weights, 0, counts->count * sizeof *weights);
    learner *l = calloc(1, sizeof *l);
    if (l == NULL)
        return ef_error_memory(error);
    *l = (learner){ .counts = counts, .moods = moods, .weights = weights };
    l->moved = calloc(counts->count + 1, sizeof *l->moved);
    l->order = malloc((counts->text_count + 1) * sizeof *l->order);
    bool has_memory = l->moved != NULL && l->order != NULL;
    for (size_t i = 0; has_memory && i < counts->text_count; i++)
        if (!(left_out >> counts->texts[i].part & 1) && counts->texts[i].count > 0)
            l->order[l->count++] = (uint32_t)i;
    if (has_memory)
        share_out(l);
    uint64_t state = UINT64_C(0x6A09E667F3BCC909); /* fraction of the root of 2 */
    for (int round = 0; has_memory && round < ROUNDS; round++) {
        shuffle(l->order, l->count, &state);
        for (size_t i = 0; i < l->count; i++)
            learn_one(l, l->order[i]);
    }
    free(l->moved);
    free(l->order);
    free(l);
    return has_memory ? EF_OK : ef_error_memory(error);
}

/* --- the table --------------------------------------------------------------------- */

static double most(const float *weights)
{
    double found = 0;
    for (int k = 0; k < EF_FELT; k++)
        found = fmax(found, fabs((double)weights[k]));
    return found;
}

/* How much the model loses without the feature. */
static double importance(const ef_counts *counts, const float *weights, size_t feature)
{
    return most(weights) * sqrt(counts->texts_with[feature]);
}

static ef_emotion_slot rounded(uint64_t feature, const float *weights)
{
    uint16_t print = (uint16_t)(feature >> 48);
    ef_emotion_slot slot = { .print = print == 0 ? 1 : print };
    for (int k = 0; k < EF_FELT; k++)
        slot.weights[k] =
            (int8_t)lrintf(fmaxf(-127, fminf(127, weights[k] * EF_EMOTION_UNIT)));
    return slot;
}

/* Below LEAST a feature matters too little to be looked up: a logit in nine texts. Twice as
 * many slots and features gain 0.001. FAINT, in logits, keeps out what nearly every text
 * has: looking it up costs a third of all that emotions cost, and gains as little. */
static const double LEAST = 3.0, FAINT = 0.5;

ef_status ef_emotion_place(const ef_counts *counts, const float (*weights)[EF_FELT],
                           unsigned slot_bits, ef_emotion_slot *placed, size_t *kept,
                           ef_error *error)
{
    enum { NOBODY = -1 };
    size_t slots = (size_t)1 << slot_bits;
    int64_t *owners = malloc(slots * sizeof *owners);
    if (owners == NULL)
        return ef_error_memory(error);
    memset(owners, 0xff, slots * sizeof *owners); /* NOBODY */
    memset(placed, 0, counts->count * sizeof *placed);
    *kept = 0;
    for (size_t i = 0; i < counts->count; i++) {
        int64_t *owner = &owners[counts->features[i] & (slots - 1)];
        double mine = importance(counts, weights[i], i);
        if (mine < LEAST || most(weights[i]) < FAINT || (*owner != NOBODY &&
                             mine <= importance(counts, weights[*owner], (size_t)*owner)))
            continue;
        if (*owner != NOBODY)
            memset(&placed[*owner], 0, sizeof *placed);
        else
            ++*kept;
        placed[i] = rounded(counts->features[i], weights[i]);
        *owner = (int64_t)i;
    }
    free(owners);
    return EF_OK;
}

void ef_emotion_fill(const ef_counts *counts, const ef_emotion_slot *placed,
                     unsigned slot_bits, ef_emotion_slot *slots, uint64_t *filter)
{
    uint64_t mask = (UINT64_C(1) << slot_bits) - 1;
    memset(slots, 0, sizeof *slots << slot_bits);
    memset(filter, 0, (1 << EF_EMOTION_FILTER_BITS) / 8);
    for (size_t i = 0; i < counts->count; i++)
        if (placed[i].print != 0) {
            uint64_t bit = ef_emotion_filter_bit(counts->features[i]);
            slots[counts->features[i] & mask] = placed[i];
            filter[bit >> 6] |= UINT64_C(1) << (bit & 63);
        }
}
