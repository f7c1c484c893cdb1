/* SPDX-License-Identifier: MIT
 * pipeline/emotion_eval.h - how well an engine names emotions in texts that have them. */
#ifndef EARFUL_PIPELINE_EMOTION_EVAL_H
#define EARFUL_PIPELINE_EMOTION_EVAL_H

#include "earful/engine.h"
#include "model/mood_figures.h"
#include "pipeline/texts.h"

/* Judges the texts of a family, whose labels are sets of emotions (recipe.h). Named is the
 * best of what the family tells apart, for that is what it can be asked. EF_ERR_MEMORY
 * only. */
ef_status ef_emotion_eval(const ef_engine *engine, const ef_texts *felt, size_t family,
                          ef_mood_figures *figures, ef_error *error);

#endif
