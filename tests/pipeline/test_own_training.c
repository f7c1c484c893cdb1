/* SPDX-License-Identifier: MIT
 * test_own_training.c - what an export adds to the default model, from beginning to end. */
#include "earful/app/own.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "earful/earful.h"

static char folder[] = "/tmp/earful-own-XXXXXX";
static char export[64], model[64], other[64];
static ef_engine *plain;

/* A shop where "zib" is praise and "gronk" is not; rows are dated, every shelf has both.
 * One row in ten has no stars. */
static void write_export(size_t rows, int low, int high)
{
    static const char *const things[] = { "door",  "lamp", "table", "spoon",
                                          "wheel", "cup",  "chair" };
    FILE *file = fopen(export, "wb");
    cr_assert_not_null(file);
    fputs("review,stars,date,shelf\n", file);
    for (size_t i = 0; i < rows; i++) {
        bool is_good = i % 3 != 0;
        fprintf(file, "the %s number %zu is quite %s here,", things[i % 7], i,
                is_good ? "zib" : "gronk");
        if (i % 10 != 9)
            fprintf(file, "%d", is_good ? high : low);
        fprintf(file, ",2024-%02zu-%02zu,%zu\n", 1 + i / 28 % 12, 1 + i % 28, i % 13);
    }
    fclose(file);
}

static void start(void)
{
    cr_assert_not_null(mkdtemp(folder));
    snprintf(export, sizeof export, "%s/export.csv", folder);
    snprintf(model, sizeof model, "%s/model.efm", folder);
    snprintf(other, sizeof other, "%s/other.efm", folder);
    cr_assert_eq(ef_engine_new(&plain, NULL, NULL), EF_OK);
    write_export(300, 1, 5);
}

static void stop(void)
{
    ef_engine_free(plain);
    unlink(export);
    unlink(model);
    unlink(other);
    rmdir(folder);
}

TestSuite(own_training, .init = start, .fini = stop, .timeout = 120);

static ef_own_options options_for(const char *output)
{
    static const char *const inputs[] = { export };
    return (ef_own_options){ .reader = { .inputs = inputs,
                                         .input_count = 1,
                                         .format = "csv",
                                         .text = "review",
                                         .rating = "stars",
                                         .rating_scale = "1-5",
                                         .time = "date" },
                             .output_path = output,
                             .threads = 1 };
}

static ef_own_summary train(const ef_own_options *options)
{
    ef_own_summary summary;
    ef_error error = { 0 };
    cr_assert_eq(ef_own_train(plain, options, &summary, &error), EF_OK, "%s",
                 error.message);
    return summary;
}

static ef_engine *load(const char *path)
{
    ef_engine_options options = { .model_path = path };
    ef_engine *engine;
    ef_error error = { 0 };
    cr_assert_eq(ef_engine_new(&engine, &options, &error), EF_OK, "%s", error.message);
    return engine;
}

static ef_score score(const ef_engine *engine, const char *text)
{
    ef_scratch *scratch;
    ef_score result;
    cr_assert_eq(ef_scratch_new(&scratch, NULL), EF_OK);
    cr_assert_eq(ef_score_text(engine, scratch, ef_slice_of(text), &result, NULL), EF_OK);
    ef_scratch_free(scratch);
    return result;
}

Test(own_training, adds_the_words_of_an_export_to_the_default)
{
    ef_own_options options = options_for(model);
    ef_own_summary summary = train(&options);
    cr_assert_eq(summary.texts[EF_LABEL_NONE], 30);
    cr_assert_eq(summary.texts[EF_LABEL_NEUTRAL], 0);
    cr_assert_eq(summary.tried, 270);
    cr_assert_gt(summary.models[1].all.accuracy, 0.98);
    cr_assert_lt(summary.models[0].all.accuracy, 0.9);
    ef_engine *ours = load(model);
    cr_assert_gt(score(ours, "the spoon number 7 is quite zib here").score, 5000);
    cr_assert_lt(score(ours, "the spoon number 7 is quite gronk here").score, -5000);
    ef_engine_info info, base;
    ef_engine_describe(ours, &info);
    ef_engine_describe(plain, &base);
    cr_assert_str_eq(info.model.hash, summary.hash);
    cr_assert_str_eq(info.base.hash, base.model.hash);
    cr_assert_not_null(
        memmem(info.model.card.data, info.model.card.size, base.model.hash, 16));
    ef_engine_free(ours);
}

Test(own_training, explains_its_evidence_apart_and_to_the_last_unit)
{
    ef_own_options options = options_for(model);
    ef_scratch *scratch;
    ef_explanation e;
    ef_evidence sum = { 0 };
    train(&options);
    ef_engine *ours = load(model);
    cr_assert_eq(ef_scratch_new(&scratch, NULL), EF_OK);
    ef_slice text = ef_slice_of("I love it. The cup is quite gronk here! Not zib.");
    cr_assert_eq(ef_explain_text(ours, scratch, text, &e, NULL), EF_OK);
    for (size_t i = 0; i < e.reason_count; i++) {
        const ef_reason *r = &e.reasons[i];
        sum.lexicon += r->kind == EF_REASON_LEXICON ? r->weight : 0;
        sum.classifier += r->kind == EF_REASON_CLASSIFIER ? r->weight : 0;
        sum.own += r->kind == EF_REASON_OWN ? r->weight : 0;
    }
    cr_assert_eq(memcmp(&sum, &e.evidence, sizeof sum), 0);
    cr_assert_lt(e.sentences[1].evidence.own, 0);
    cr_assert_eq(e.evidence.own, e.sentences[0].evidence.own + e.sentences[1].evidence.own +
                                     e.sentences[2].evidence.own);
    cr_assert_eq(score(ours, "I love it. The cup is quite gronk here! Not zib.").score,
                 e.score.score);
    ef_scratch_free(scratch);
    ef_engine_free(ours);
}

Test(own_training, writes_the_same_bytes_with_any_number_of_threads)
{
    ef_own_options options = options_for(model);
    options.has_curve = true;
    ef_own_summary one = train(&options);
    options.output_path = other;
    options.threads = 7;
    ef_own_summary seven = train(&options);
    cr_assert_str_eq(one.hash, seven.hash);
    cr_assert_eq(memcmp(&one, &seven, sizeof one), 0);
    cr_assert_lt(one.curve[0].texts, 60);
    cr_assert_eq(one.curve[EF_OWN_CURVE - 1].texts, 270);
}

Test(own_training, holds_out_by_column_or_by_time)
{
    ef_own_options options = options_for(NULL);
    options.hold_out = "shelf";
    ef_own_summary shelves = train(&options);
    cr_assert_eq(shelves.tried, 270);
    options.hold_out = NULL;
    options.tries_latest = true;
    ef_own_summary latest = train(&options);
    cr_assert_geq(latest.tried, 54);
    cr_assert_leq(latest.tried, 60);
    cr_assert_gt(latest.models[1].all.accuracy, 0.95);
}

Test(own_training, calibrates_without_learning_words)
{
    ef_own_options options = options_for(model);
    options.only_calibrates = true;
    ef_own_summary summary = train(&options);
    cr_assert_eq(summary.features, 0);
    cr_assert_lt(summary.models[1].all.log_loss, summary.models[0].all.log_loss);
    cr_assert_lt(summary.model_size, 8192);
    ef_engine *ours = load(model);
    cr_assert_gt(score(ours, "I love it.").score, 0);
    ef_engine_free(ours);
}

Test(own_training, says_how_many_texts_it_needs)
{
    ef_own_options options = options_for(model);
    ef_own_summary summary;
    ef_error error = { 0 };
    write_export(12, 1, 5);
    cr_assert_eq(ef_own_train(plain, &options, &summary, &error), EF_ERR_ARGUMENT);
    cr_assert_not_null(strstr(error.message, "5 negative"));
    write_export(80, 1, 5);
    options.only_calibrates = true;
    cr_assert_eq(ef_own_train(plain, &options, &summary, &error), EF_ERR_ARGUMENT);
    cr_assert_not_null(strstr(error.message, "30 negative"));
    cr_assert_neq(access(model, F_OK), 0);
}

Test(own_training, names_columns_that_are_missing_or_useless)
{
    ef_own_options options = options_for(model);
    ef_own_summary summary;
    ef_error error = { 0 };
    options.hold_out = "product";
    cr_assert_eq(ef_own_train(plain, &options, &summary, &error), EF_ERR_ARGUMENT);
    cr_assert_not_null(strstr(error.message, "product"));
    options = options_for(model);
    options.tries_latest = true;
    options.reader.time = "shelf";
    cr_assert_eq(ef_own_train(plain, &options, &summary, &error), EF_ERR_ARGUMENT);
    cr_assert_not_null(strstr(error.message, "--time"));
}

Test(own_training, goes_with_the_model_it_was_made_for_and_no_other)
{
    ef_own_options options = options_for(model);
    ef_engine *ours;
    ef_error error = { 0 };
    train(&options);
    FILE *file = fopen(model, "r+b"); /* the digits of the base's hash, and the checksum */
    cr_assert_not_null(file);
    fseek(file, 40, SEEK_SET);
    fputs("0000000000000000", file);
    fclose(file);
    ef_engine_options engine_options = { .model_path = model };
    cr_assert_eq(ef_engine_new(&ours, &engine_options, &error), EF_ERR_FORMAT);
    cr_assert_null(ours);
    train(&options);
    engine_options.base_path = model; /* an own model is no base */
    cr_assert_eq(ef_engine_new(&ours, &engine_options, &error), EF_ERR_FORMAT);
    engine_options.base_path = NULL;
    engine_options.scorer = "lexicon";
    cr_assert_eq(ef_engine_new(&ours, &engine_options, &error), EF_ERR_ARGUMENT);
    cr_assert_not_null(strstr(error.message, "blend"));
    ours = load(model);
    cr_assert_eq(ef_own_train(ours, &options, &(ef_own_summary){ .tried = 0 }, &error),
                 EF_ERR_ARGUMENT);
    ef_engine_free(ours);
}
