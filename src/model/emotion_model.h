/* SPDX-License-Identifier: MIT
 * model/emotion_model.h - the small table of features that speak for an emotion.
 *
 * Most features say nothing of anger or joy. A bit set, small enough for a core's first
 * cache, is asked first; the few that pass look into the table. None of the emotions is
 * the ground that the six are measured from, so it needs no weight of its own. */
#ifndef EARFUL_MODEL_EMOTION_MODEL_H
#define EARFUL_MODEL_EMOTION_MODEL_H

#include <stddef.h>
#include <stdint.h>

enum {
    EF_FELT = 6,           /* emotions beside none: ef_emotion - 1 */
    EF_EMOTION_INPUTS = 8, /* of each emotion's logit, the constant among them */
    EF_EMOTION_FILTER_BITS = 17,
    EF_EMOTION_UNIT = 16 /* weights are in 1/16 of a logit */
};

typedef struct ef_emotion_slot { /* eight bytes */
    uint16_t print; /* as in ef_weight */
    int8_t weights[EF_FELT];
} ef_emotion_slot;

/* Evidence into logits: 1/65536 logit a unit of input, see score/emotions.h. */
typedef struct ef_emotion_blend {
    int32_t weights[EF_FELT][EF_EMOTION_INPUTS];
    int32_t lean[EF_FELT]; /* what is added to a logit before the likeliest is named */
} ef_emotion_blend;

typedef struct ef_emotion_model {
    const ef_emotion_blend *blend; /* NULL: the model knows no emotions */
    const uint64_t *filter;        /* 1 << EF_EMOTION_FILTER_BITS bits */
    const ef_emotion_slot *slots;  /* 1 << slot_bits */
    unsigned slot_bits;
} ef_emotion_model;

static inline uint64_t ef_emotion_filter_bit(uint64_t feature)
{
    return feature >> 20 & ((UINT64_C(1) << EF_EMOTION_FILTER_BITS) - 1);
}

/* 1 if the table may hold the feature, 0 if it does not. */
static inline size_t ef_emotion_may_hold(const uint64_t *filter, uint64_t feature)
{
    uint64_t bit = ef_emotion_filter_bit(feature);
    return filter[bit >> 6] >> (bit & 63) & 1;
}

#endif
