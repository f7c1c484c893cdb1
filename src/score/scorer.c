/* SPDX-License-Identifier: MIT
 * score/scorer.c - text in, sentiment out.
 *
 * One walk over the sentences adds up evidence; each sentence and the whole become
 * probabilities by the same blend. */
#include "score/scorer.h"

#include <stdlib.h>

#include "base/error.h"
#include "score/own.h"

enum {
    UNSURE = 5500,        /* below this confidence a person should look */
    SURE_SENTENCE = 6000, /* a sentence counts as positive or negative from here */
    LANGUAGE_WORDS = 4,   /* fewer words say nothing about the language */
    MOST_FELT = 1024      /* features that may show an emotion, looked up together */
};

ef_status ef_scratch_new(ef_scratch **scratch, ef_error *error)
{
    *scratch = calloc(1, sizeof **scratch);
    return *scratch == NULL ? ef_error_memory(error) : EF_OK;
}

void ef_scratch_free(ef_scratch *scratch)
{
    if (scratch == NULL)
        return;
    ef_normal_text_release(&scratch->normal);
    ef_tokens_release(&scratch->tokens);
    ef_passage_release(&scratch->passage);
    ef_items_release(&scratch->items);
    ef_items_release(&scratch->next_items);
    ef_items_release(&scratch->kept_items);
    free(scratch->judgements);
    ef_features_release(&scratch->features);
    ef_explaining_free(scratch->explaining);
    ef_vader_scratch_release(&scratch->vader);
    free(scratch);
}

void ef_scoring_start(ef_scoring *scoring, const ef_engine *engine)
{
    *scoring = (ef_scoring){ .engine = engine, .lowest = EF_UNIT, .highest = -EF_UNIT };
}

void ef_scoring_feel(ef_scoring *scoring, ef_scratch *scratch)
{
    const ef_engine *engine = scoring->engine;
    ef_emotion_sums_feel(&scoring->emotions, &engine->emotions, engine->kernels,
                         &scratch->features);
}

void ef_scoring_add(ef_scoring *scoring, const ef_text_walk *walk)
{
    const ef_impression *findings = walk->findings;
    scoring->has_positive |= findings->has_positive_clause;
    scoring->has_negative |= findings->has_negative_clause;
    scoring->signals |= findings->signals;
    scoring->language_words += walk->language_words;
    scoring->known_words += walk->known_words;
    scoring->foreign_words += walk->foreign_words;
    ef_emotion_sums_add(&scoring->emotions, findings);
    if (walk->scratch->features.felt_count > MOST_FELT)
        ef_scoring_feel(scoring, walk->scratch);
}

void ef_scoring_blend(ef_scoring *scoring, ef_totals *totals, size_t count, bool is_end,
                      int32_t p[][3])
{
    size_t all = count;
    for (size_t i = 0; i < count; i++)
        ef_totals_add(&scoring->totals, &totals[i]);
    if (is_end && scoring->totals.sentences > 1) /* half of all chat messages are one */
        totals[all++] = scoring->totals;
    ef_engine_probabilities(scoring->engine, totals, all, p);
    for (size_t i = 0; i < count; i++) {
        int32_t score = p[i][2] - p[i][0];
        scoring->lowest = score < scoring->lowest ? score : scoring->lowest;
        scoring->highest = score > scoring->highest ? score : scoring->highest;
        scoring->has_positive |= p[i][2] >= SURE_SENTENCE;
        scoring->has_negative |= p[i][0] >= SURE_SENTENCE;
    }
    if (all > 0)
        memcpy(scoring->p, p[all - 1], sizeof scoring->p);
}

static bool is_foreign(const ef_scoring *scoring)
{
    int32_t share = ef_language_share(scoring->known_words, scoring->foreign_words,
                                      scoring->language_words);
    return scoring->language_words >= LANGUAGE_WORDS &&
           share < scoring->engine->model.coverage_limit;
}

void ef_scoring_finish(const ef_scoring *scoring, ef_score *score)
{
    memset(score, 0, sizeof *score);
    score->words = (uint32_t)scoring->totals.words;
    score->sentences = (uint32_t)scoring->totals.sentences;
    score->coverage =
        scoring->language_words == 0
            ? EF_UNIT
            : (int32_t)(scoring->known_words * EF_UNIT / scoring->language_words);
    if (scoring->totals.sentences == 0)
        return;
    const int32_t *p = scoring->p;
    score->p_negative = p[0];
    score->p_neutral = p[1];
    score->p_positive = p[2];
    score->score = p[2] - p[0];
    score->confidence =
        p[0] > p[1] ? (p[0] > p[2] ? p[0] : p[2]) : (p[1] > p[2] ? p[1] : p[2]);
    score->lowest = scoring->lowest;
    score->highest = scoring->highest;
    score->mixed = scoring->has_positive && scoring->has_negative;
    score->signals = scoring->signals;
    score->emotion = ef_emotion_of(scoring->engine->emotions.blend, &scoring->emotions,
                                   &scoring->totals, &score->emotion_p);
    score->label = (ef_label)(EF_LABEL_NEGATIVE +
                              ef_class_of(p, ef_engine_class_weights(scoring->engine)));
    if (is_foreign(scoring)) {
        score->language = EF_LANGUAGE_UNKNOWN;
        score->label = EF_LABEL_NONE;
    }
    score->review =
        (score->confidence < UNSURE ? (uint32_t)EF_REVIEW_UNSURE : 0u) |
        (ef_blend_disagrees(&scoring->totals) ? (uint32_t)EF_REVIEW_DISAGREE : 0u) |
        (score->language == EF_LANGUAGE_UNKNOWN ? (uint32_t)EF_REVIEW_LANGUAGE : 0u) |
        ((score->signals & EF_SIGNAL_SARCASM) != 0 ? (uint32_t)EF_REVIEW_SARCASM : 0u);
    score->needs_review = score->review != 0;
}

ef_status ef_score_text(const ef_engine *engine, ef_scratch *scratch, ef_slice text,
                        ef_score *score, ef_error *error)
{
    ef_text_walk walk;
    ef_scoring scoring;
    ef_status status;
    if (engine->vader != NULL) {
        status = ef_vader_score(engine->vader, &scratch->vader, text, score);
        return status == EF_OK ? EF_OK : ef_error_memory(error);
    }
    ef_text_walk_start(&walk, &engine->lexicon, &engine->model, engine->kernels, scratch,
                       text);
    walk.own = engine->own;
    walk.hears_lexicon_only = engine->hears_lexicon_only;
    ef_scoring_start(&scoring, engine);
    ef_totals totals[EF_TOGETHER];
    int32_t p[EF_TOGETHER][3];
    size_t count = 0;
    while ((status = ef_text_walk_next(&walk)) == EF_OK) {
        ef_text_walk_totals(&walk, &totals[count]);
        ef_scoring_add(&scoring, &walk);
        if (++count == EF_TOGETHER - 1) {
            ef_scoring_blend(&scoring, totals, count, false, p);
            count = 0;
        }
    }
    ef_scoring_blend(&scoring, totals, count, true, p);
    if (status != EF_END)
        return ef_error_memory(error);
    ef_scoring_feel(&scoring, scratch);
    ef_scoring_finish(&scoring, score);
    return EF_OK;
}
