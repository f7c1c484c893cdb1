/* SPDX-License-Identifier: MIT
 * pipeline/emotion_eval.c - how well an engine names emotions. */
#include "pipeline/emotion_eval.h"

#include "base/error.h"
#include "score/scorer.h"

/* A text's moods, as scoring finds them. */
static ef_status read_moods(const ef_engine *engine, ef_scratch *scratch, ef_slice text,
                            int32_t p[EF_MOODS], int32_t leant[EF_MOODS])
{
    ef_emotion_sums sums = { { 0 }, { 0 } };
    ef_totals totals = { 0 };
    ef_text_walk walk;
    ef_status status;
    ef_text_walk_start(&walk, &engine->lexicon, &engine->model, engine->kernels, scratch,
                       text);
    while ((status = ef_text_walk_next(&walk)) == EF_OK) {
        ef_totals sentence;
        ef_text_walk_totals(&walk, &sentence);
        ef_totals_add(&totals, &sentence);
        ef_emotion_sums_add(&sums, walk.findings);
        ef_emotion_sums_feel(&sums, &engine->emotions, engine->kernels, &scratch->features);
    }
    ef_emotion_probabilities(engine->emotions.blend, &sums, &totals, p, leant);
    return status == EF_END ? EF_OK : status;
}

ef_status ef_emotion_eval(const ef_engine *engine, const ef_texts *felt, size_t family,
                          ef_mood_figures *figures, ef_error *error)
{
    ef_mood_judging judging = { 0 };
    ef_scratch *scratch;
    uint8_t choices = 0;
    ef_status status = ef_scratch_new(&scratch, error);
    if (status != EF_OK)
        return status;
    for (size_t i = 0; i < felt->count; i++)
        choices |= felt->list[i].family == family ? felt->list[i].label : 0;
    for (size_t i = 0; status == EF_OK && i < felt->count; i++) {
        ef_mood mood = { felt->list[i].label, choices };
        int32_t p[EF_MOODS], leant[EF_MOODS];
        if (felt->list[i].family != family)
            continue;
        status = read_moods(engine, scratch, ef_texts_at(felt, i), p, leant);
        if (status == EF_OK && !ef_mood_judge(&judging, p, leant, mood))
            status = EF_ERR_MEMORY;
    }
    ef_mood_judged(&judging, figures);
    ef_scratch_free(scratch);
    return status == EF_OK ? EF_OK : ef_error_memory(error);
}
