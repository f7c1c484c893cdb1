/* SPDX-License-Identifier: MIT
 * tests/fuzz/fuzz_engine.h - a model small enough to be checked thousands of times a
 * second, and an engine around it. */
#ifndef EARFUL_TESTS_FUZZ_ENGINE_H
#define EARFUL_TESTS_FUZZ_ENGINE_H

#include "fuzz.h"

#include "score/engine_parts.h"
#include "score/scorer.h"

enum { FUZZ_SLOT_BITS = 10, FUZZ_WORD_BITS = 10 };

/* What a ef_model points to. */
typedef struct fuzz_model {
    ef_weight weights[1 << FUZZ_SLOT_BITS];
    uint64_t vocabulary[(1 << FUZZ_WORD_BITS) / 64];
    ef_blend_weights blends[3];
} fuzz_model;

/* A text that the model knows by heart. */
static const char fuzz_known_text[] =
    "The parcel came late but the support team was really helpful. I am not happy, it "
    "broke after one day and nobody answers! Would you buy it again? Good value, great "
    "quality, bad service, the worst shop ever. Thanks for nothing :( 3 stars.";

/* Gives every feature of the known text a weight that depends on its hash alone. */
static inline void fuzz_learn(fuzz_model *parts, const ef_engine *engine)
{
    ef_scratch *scratch;
    ef_text_walk walk;
    REQUIRE(ef_scratch_new(&scratch, NULL) == EF_OK);
    ef_text_walk_start(&walk, &engine->lexicon, NULL, engine->kernels, scratch,
                       ef_slice_of(fuzz_known_text));
    walk.lists_features = true;
    while (ef_text_walk_next(&walk) == EF_OK) {
        for (size_t i = 0; i < scratch->features.count; i++) {
            uint64_t hash = scratch->features.list[i].hash;
            uint16_t print = (uint16_t)(hash >> 48);
            parts->weights[hash & ((1 << FUZZ_SLOT_BITS) - 1)] =
                (ef_weight){ print == 0 ? 1 : print, (int8_t)(hash >> 20 & 0xff),
                             (int8_t)(hash >> 30 & 0x7f) };
        }
        for (size_t i = 0; i < scratch->words->count; i++) {
            uint64_t bit = scratch->words->items[i].hash >> (64 - FUZZ_WORD_BITS);
            parts->vocabulary[bit >> 6] |= UINT64_C(1) << (bit & 63);
        }
    }
    ef_scratch_free(scratch);
}

static inline void fuzz_model_init(ef_model *model, fuzz_model *parts,
                                   const ef_engine *engine)
{
    memset(parts, 0, sizeof *parts);
    fuzz_learn(parts, engine);
    for (int blend = 0; blend < 3; blend++)
        for (int bin = 0; bin < EF_BLEND_BINS; bin++)
            for (int i = 0; i <= EF_BLEND_INPUTS; i++) {
                parts->blends[blend].polarity[bin][i] = 97 * (i + 1) - 300 * blend;
                parts->blends[blend].neutrality[bin][i] = 211 - 31 * (i + bin);
            }
    *model = (ef_model){ .info = { .name = ef_slice_of("small"),
                                   .classifier = ef_slice_of("naive-bayes"),
                                   .card = ef_slice_of("{}"),
                                   .feature_count = 100 },
                         .weights = parts->weights,
                         .slot_bits = FUZZ_SLOT_BITS,
                         .vocabulary = parts->vocabulary,
                         .vocabulary_bits = FUZZ_WORD_BITS,
                         .blend = &parts->blends[0],
                         .blend_lexicon = &parts->blends[1],
                         .blend_classifier = &parts->blends[2],
                         .coverage_limit = 2000 };
}

/* The built-in lexicon and the small model, with a kernel set of this name; NULL: the best.
 * parts live as long as the engine. */
static inline ef_engine *fuzz_engine(const char *kernels, fuzz_model *parts)
{
    ef_engine *engine;
    ef_engine_options options = { .kernels = kernels };
    REQUIRE(ef_engine_new_untrained(&engine, &options, NULL) == EF_OK);
    fuzz_model_init(&engine->model, parts, engine);
    engine->scorer = "blend";
    engine->blend = engine->model.blend;
    return engine;
}

/* What must hold of every score. */
static inline void fuzz_check_score(const ef_score *score, ef_slice text)
{
    if (score->sentences == 0) {
        REQUIRE(score->label == EF_LABEL_NONE && score->words == 0);
        return;
    }
    int32_t sum = score->p_negative + score->p_neutral + score->p_positive;
    int32_t most =
        score->p_negative > score->p_positive ? score->p_negative : score->p_positive;
    REQUIRE(score->p_negative >= 0 && score->p_neutral >= 0 && score->p_positive >= 0);
    REQUIRE(sum == EF_UNIT);
    REQUIRE(score->score == score->p_positive - score->p_negative);
    REQUIRE(score->confidence == (score->p_neutral > most ? score->p_neutral : most));
    REQUIRE(score->lowest <= score->highest);
    REQUIRE(score->lowest >= -EF_UNIT && score->highest <= EF_UNIT);
    REQUIRE(score->coverage >= 0 && score->coverage <= EF_UNIT);
    REQUIRE(score->emotion >= EF_EMOTION_NONE && score->emotion < EF_EMOTION_COUNT);
    REQUIRE(score->emotion_p >= 0 && score->emotion_p <= EF_UNIT);
    REQUIRE(score->signals >> EF_SIGNAL_COUNT == 0);
    REQUIRE(score->sentences <= text.size);
}

/* What must hold of every score of the reference mode: three shares, each rounded. */
static inline void fuzz_check_vader(const ef_score *score)
{
    int32_t sum = score->p_negative + score->p_neutral + score->p_positive;
    REQUIRE(score->p_negative >= 0 && score->p_neutral >= 0 && score->p_positive >= 0);
    REQUIRE(score->words == 0 ? sum == 0 : sum >= EF_UNIT - 20 && sum <= EF_UNIT + 20);
    REQUIRE(score->score >= -EF_UNIT && score->score <= EF_UNIT);
    REQUIRE((score->label == EF_LABEL_NONE) == (score->words == 0));
    REQUIRE(score->coverage >= 0 && score->coverage <= EF_UNIT);
}

#endif
