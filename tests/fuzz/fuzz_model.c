/* SPDX-License-Identifier: MIT
 * tests/fuzz/fuzz_model.c - a model file that somebody has tampered with.
 *
 * The checksum is not looked at, as an attacker would make it right. A model is refused
 * with a message, or it scores any text as a model should. */
#include "fuzz_engine.h"
#include "fuzz_file.h"

static ef_engine *engine;
static ef_scratch *scratch;
static fuzz_model parts;
static ef_buffer good;

static void start(void)
{
    engine = fuzz_engine(NULL, &parts);
    REQUIRE(ef_scratch_new(&scratch, NULL) == EF_OK);
    REQUIRE(ef_model_write(&engine->model, &good, NULL) == EF_OK);
}

static void score_all(const ef_model *model)
{
    static const char *const texts[] = { fuzz_known_text, "", "ok",
                                         "gooood #neveragain 4/5",
                                         "\xff\xfe not \xf0\x9f\x98\x80 bad" };
    const ef_blend_weights *blends[] = { model->blend, model->blend_lexicon,
                                         model->blend_classifier };
    engine->model = *model;
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        ef_slice text = ef_slice_of(texts[i]);
        for (size_t k = 0; k < 3; k++) {
            ef_score score;
            ef_explanation explained;
            engine->blend = blends[k];
            REQUIRE(ef_score_text(engine, scratch, text, &score, NULL) == EF_OK);
            fuzz_check_score(&score, text);
            REQUIRE(ef_explain_text(engine, scratch, text, &explained, NULL) == EF_OK);
            REQUIRE(memcmp(&explained.score, &score, sizeof score) == 0);
        }
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (engine == NULL)
        start();
    size_t n;
    uint8_t *file = fuzz_file(data, size, &good, &n);
    ef_model model;
    ef_error error = { 0 };
    ef_status status = ef_model_open(&model, file, n, "model", &error);
    fuzz_check_error(status, &error);
    REQUIRE(status == EF_OK || status == EF_ERR_FORMAT);
    if (status == EF_OK) {
        REQUIRE(model.info.size == n);
        REQUIRE(model.coverage_limit <= EF_UNIT);
        fuzz_touch(model.info.name);
        fuzz_touch(model.info.classifier);
        fuzz_touch(model.info.card);
        score_all(&model);
    }
    free(file);
    return 0;
}
