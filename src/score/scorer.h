/* SPDX-License-Identifier: MIT
 * score/scorer.h - adding sentences up to a score; shared by scoring and explaining. */
#ifndef EARFUL_SCORE_SCORER_PARTS_H
#define EARFUL_SCORE_SCORER_PARTS_H

#include "earful/scorer.h"
#include "score/emotions.h"
#include "score/engine_parts.h"
#include "score/walk_text.h"

/* A text on its way to a score. */
typedef struct ef_scoring {
    const ef_engine *engine;
    ef_totals totals;
    int32_t p[3]; /* probabilities: of the last sentence, at the end of all */
    int32_t lowest, highest;
    bool has_positive, has_negative; /* a clause or sentence of that kind was seen */
    uint32_t signals;
    uint64_t language_words, known_words, foreign_words;
    ef_emotion_sums emotions;
} ef_scoring;

void ef_scoring_start(ef_scoring *scoring, const ef_engine *engine);
/* Adds the walk's current sentence, all but its totals. */
void ef_scoring_add(ef_scoring *scoring, const ef_text_walk *walk);
/* Adds the totals of sentences that were added, in order, and finds their probabilities; at
 * the end those of all, too: there must be room for them, and EF_TOGETHER hold both. */
void ef_scoring_blend(ef_scoring *scoring, ef_totals *totals, size_t count, bool is_end,
                      int32_t p[][3]);
/* Adds what the sentences' features say of emotions: before the end, and now and then. */
void ef_scoring_feel(ef_scoring *scoring, ef_scratch *scratch);
void ef_scoring_finish(const ef_scoring *scoring, ef_score *score);

#endif
