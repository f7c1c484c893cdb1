/* SPDX-License-Identifier: MIT
 * tests/fuzz/fuzz_model.c - a model file that somebody has tampered with.
 *
 * The first byte chooses: the rest is the whole file (0), or changes to a small good one,
 * four bytes each: where (24 bits, modulo the size) and the new byte; the last ones may cut
 * the file. The checksum is not looked at, as an attacker would make it right. A model is
 * refused with a message, or it scores any text as a model should. */
#include "fuzz_engine.h"

enum { WHOLE_FILE = 0, ALIGNMENT = 64, CHANGE = 4, CUT = 0x80 };

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

/* An aligned block of exactly that size, as the loader makes one. */
static uint8_t *aligned_copy(const uint8_t *p, size_t n)
{
    void *copy = NULL;
    REQUIRE(posix_memalign(&copy, ALIGNMENT, n > 0 ? n : 1) == 0);
    if (n > 0)
        memcpy(copy, p, n);
    return copy;
}

static size_t change(uint8_t *file, size_t size, fuzz_bytes bytes)
{
    while (bytes.n >= CHANGE) {
        size_t at = fuzz_number(&bytes);
        uint8_t high = fuzz_byte(&bytes);
        at = (at | (size_t)(high & ~CUT) << 16) % size;
        uint8_t byte = fuzz_byte(&bytes);
        if (high & CUT)
            return at;
        file[at] = byte;
    }
    return size;
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
    fuzz_bytes bytes = { data, size };
    bool is_whole = fuzz_byte(&bytes) == WHOLE_FILE;
    size_t n = is_whole ? bytes.n : good.size;
    uint8_t *file = aligned_copy(is_whole ? bytes.p : good.data, n);
    if (!is_whole) {
        n = change(file, n, bytes);
        uint8_t *shorter = aligned_copy(file, n);
        free(file);
        file = shorter;
    }
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
