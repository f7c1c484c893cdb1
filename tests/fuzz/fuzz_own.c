/* SPDX-License-Identifier: MIT
 * tests/fuzz/fuzz_own.c - an own model's file that somebody has tampered with.
 *
 * The checksum is not looked at, as an attacker would make it right. An own model is
 * refused with a message, or any text gets a score whose reasons add up. */
#include "fuzz_engine.h"
#include "fuzz_file.h"

enum { OWN_BITS = 4 };

static ef_engine *engine;
static ef_scratch *scratch;
static fuzz_model parts;
static ef_buffer good;

static void start(void)
{
    static const ef_weight weights[1 << OWN_BITS] = { [3] = { 1, 100, -100 } };
    ef_own_model own = { .info = { .name = ef_slice_of("own"),
                                   .classifier = ef_slice_of("residual"),
                                   .card = ef_slice_of("{}"),
                                   .feature_count = 1 },
                         .base_hash = "0123456789abcdef",
                         .weights = weights,
                         .slot_bits = OWN_BITS,
                         .blend = { { -9000, 700, 0, 65536, 0, 80, 3, 500 },
                                    { 0, -5000, 2000, 0, 65536, -900, 0, 100 } },
                         .class_weights = { { 3000, 500, 1000 } } };
    engine = fuzz_engine(NULL, &parts);
    REQUIRE(ef_scratch_new(&scratch, NULL) == EF_OK);
    REQUIRE(ef_own_write(&own, &good, NULL) == EF_OK);
}

static void check_sums(const ef_explanation *e)
{
    ef_evidence sum = { 0 };
    for (size_t i = 0; i < e->reason_count; i++) {
        sum.lexicon += e->reasons[i].kind == EF_REASON_LEXICON ? e->reasons[i].weight : 0;
        sum.classifier +=
            e->reasons[i].kind == EF_REASON_CLASSIFIER ? e->reasons[i].weight : 0;
        sum.own += e->reasons[i].kind == EF_REASON_OWN ? e->reasons[i].weight : 0;
    }
    REQUIRE(memcmp(&sum, &e->evidence, sizeof sum) == 0);
}

static void score_all(ef_own_model *own)
{
    static const char *const texts[] = { fuzz_known_text, "", "ok",
                                         "gooood #neveragain 4/5",
                                         "\xff\xfe not \xf0\x9f\x98\x80 bad" };
    engine->own = own;
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        ef_slice text = ef_slice_of(texts[i]);
        ef_score score;
        ef_explanation explained;
        REQUIRE(ef_score_text(engine, scratch, text, &score, NULL) == EF_OK);
        fuzz_check_score(&score, text);
        REQUIRE(ef_explain_text(engine, scratch, text, &explained, NULL) == EF_OK);
        REQUIRE(memcmp(&explained.score, &score, sizeof score) == 0);
        check_sums(&explained);
    }
    engine->own = NULL;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (engine == NULL)
        start();
    size_t n;
    uint8_t *file = fuzz_file(data, size, &good, &n);
    ef_own_model own;
    ef_error error = { 0 };
    ef_status status = ef_own_open(&own, file, n, "own model", &error);
    fuzz_check_error(status, &error);
    REQUIRE(status == EF_OK || status == EF_ERR_FORMAT);
    if (status == EF_OK) {
        REQUIRE(own.info.size == n);
        REQUIRE(strlen(own.base_hash) == 16);
        fuzz_touch(own.info.name);
        fuzz_touch(own.info.classifier);
        fuzz_touch(own.info.card);
        score_all(&own);
    }
    free(file);
    return 0;
}
