/* SPDX-License-Identifier: MIT
 * model/emotion_learn.h - from texts with emotions to the table of an emotion model.
 *
 * A linear model with one set of weights for each emotion. Sources differ in what they tell
 * apart: one knows no disgust, another has no text without emotion. So a text only says
 * which of its source's own choices is right. */
#ifndef EARFUL_MODEL_EMOTION_LEARN_H
#define EARFUL_MODEL_EMOTION_LEARN_H

#include "earful/status.h"
#include "model/counts.h"
#include "model/emotion_model.h"

enum { EF_MOODS = EF_FELT + 1 }; /* none and the emotions, numbered as in ef_emotion */

/* What is right of a text, as sets of bits; parallel to the texts of an ef_counts. */
typedef struct ef_mood {
    uint8_t right;   /* one or more */
    uint8_t choices; /* all that the text's source tells apart */
} ef_mood;

/* Learns weights[feature][emotion], in logits, from all parts but those left out. The
 * labels of counts are not looked at. Deterministic; EF_ERR_MEMORY only. */
ef_status ef_emotion_learn(const ef_counts *counts, const ef_mood *moods, ef_parts left_out,
                           float (*weights)[EF_FELT], ef_error *error);

/* Rounds the weights and decides which features get a slot of 1 << slot_bits: placed[i] is
 * the slot of a feature, all zero if it has none. Returns how many have one. */
ef_status ef_emotion_place(const ef_counts *counts, const float (*weights)[EF_FELT],
                           unsigned slot_bits, ef_emotion_slot *placed, size_t *kept,
                           ef_error *error);

/* Puts placed features into the table and its filter, both of which are overwritten. */
void ef_emotion_fill(const ef_counts *counts, const ef_emotion_slot *placed,
                     unsigned slot_bits, ef_emotion_slot *slots, uint64_t *filter);

#endif
