/* SPDX-License-Identifier: MIT
 * pipeline/emotion_training.h - an emotion model from texts with emotions, and how good it is.
 *
 * As with sentiment, every family is left out once, and a sixth of each is held back once:
 * the evidence that tables without them find in their texts is what the logits are fitted
 * on, and what the figures are made of. */
#ifndef EARFUL_PIPELINE_EMOTION_TRAINING_H
#define EARFUL_PIPELINE_EMOTION_TRAINING_H

#include "earful/app/train.h"
#include "model/emotion_fit.h"
#include "model/mood_figures.h"
#include "pipeline/texts.h"
#include "score/emotions.h"
#include "score/engine_parts.h"

typedef struct ef_emotion_trained {
    ef_emotion_model model; /* its parts lie below */
    ef_emotion_blend blend;
    uint64_t *filter;
    ef_emotion_slot *slots;
    size_t kept; /* features with a slot */
    ef_mood_figures strange[EF_FAMILY_LIMIT], known[EF_FAMILY_LIMIT];
} ef_emotion_trained;

/* Trains on texts whose labels are sets of emotions (recipe.h); without texts
 * trained->model stays empty. words is a model that knows words and weighs nothing.
 * EF_ERR_MEMORY only; the caller releases *trained in any case. */
ef_status ef_emotions_train(ef_emotion_trained *trained, const ef_engine *engine,
                            const ef_model *words, const ef_texts *texts, unsigned threads,
                            ef_error *error);
void ef_emotion_trained_release(ef_emotion_trained *trained);

/* Tells the figures, a line a family. */
void ef_emotions_note(const ef_emotion_trained *trained, const ef_texts *texts,
                      ef_training_note_fn *note, void *user);

#endif
