/* SPDX-License-Identifier: MIT
 * score/engine_parts.h - what an engine is made of, for the rooms that use it. */
#ifndef EARFUL_SCORE_ENGINE_PARTS_H
#define EARFUL_SCORE_ENGINE_PARTS_H

#include "earful/engine.h"
#include "kernels/kernels.h"
#include "lexicon/lexicon.h"
#include "model/own_file.h"
#include "score/vader_lexicon.h"

struct ef_engine {
    const ef_kernels *kernels;
    ef_lexicon lexicon;
    ef_model model;
    ef_vader *vader; /* the reference mode's words: it scores by nothing else; else NULL */
    ef_own_model *own;               /* what a user's texts add to it, or NULL */
    const char *scorer;              /* static name */
    const ef_blend_weights *blend;   /* the model's, for this scorer */
    bool hears_lexicon_only;         /* so this scorer does: its blend asks for nothing else */
    ef_emotion_model emotions;       /* the model's; without a blend: lexicon alone */
};

/* An engine without a model, for training: it gives kernels and lexicon and must not be
 * asked for a score. Options' model_path and scorer are ignored. */
ef_status ef_engine_new_untrained(ef_engine **engine, const ef_engine_options *options,
                                  ef_error *error);

/* The index-th scorer's name and summary; false after the last. */
bool ef_scorer_at(size_t index, const char **name, const char **summary);

/* Images that stand in the program itself: src/score/embedded.S. */
extern const uint8_t ef_embedded_lexicon[], ef_embedded_lexicon_end[];
extern const uint8_t ef_embedded_model[], ef_embedded_model_end[];

#endif
