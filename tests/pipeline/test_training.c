/* SPDX-License-Identifier: MIT
 * test_training.c - a model from an export, from beginning to end. */
#include "earful/app/train.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "earful/earful.h"

static char folder[] = "/tmp/earful-training-XXXXXX";
static char export[64], model[64], other[64];

/* An export in a language of our own: "zib" is said by the happy, "gronk" by the others,
 * and what is rated 3 speaks of a "plom". Neither word is in the lexicon. */
static void write_export(const char *path, bool has_happy)
{
    static const char *const things[] = { "door", "lamp", "table", "spoon", "wheel" };
    FILE *file = fopen(path, "wb");
    cr_assert_not_null(file);
    fputs("review,stars,verdict\n", file);
    for (int i = 0; i < 600; i++) {
        int stars = has_happy ? i % 5 + 1 : 1;
        fprintf(file, "the %s %d is %s,%d,%s\n", things[i / 5 % 5], i,
                stars > 3   ? "zib"
                : stars < 3 ? "gronk"
                            : "plom",
                stars,
                stars > 3   ? "pos"
                : stars < 3 ? "neg"
                            : "neu");
    }
    fclose(file);
}

static void start(void)
{
    cr_assert_not_null(mkdtemp(folder));
    snprintf(export, sizeof export, "%s/export.csv", folder);
    snprintf(model, sizeof model, "%s/model.efm", folder);
    snprintf(other, sizeof other, "%s/other.efm", folder);
    write_export(export, true);
}

static void stop(void)
{
    unlink(export);
    unlink(model);
    unlink(other);
    rmdir(folder);
}

TestSuite(training, .init = start, .fini = stop, .timeout = 120);

static ef_train_options options_for(const char *output, const char *const *inputs)
{
    return (ef_train_options){ .reader = { .inputs = inputs,
                                           .input_count = 1,
                                           .format = "csv",
                                           .text = "review",
                                           .rating = "stars" },
                               .output_path = output,
                               .feature_bits = 12,
                               .threads = 1 };
}

static int32_t score_of(const char *path, const char *scorer, const char *text)
{
    ef_engine_options options = { .model_path = path, .scorer = scorer };
    ef_engine *engine;
    ef_scratch *scratch;
    ef_score score;
    ef_error error = { 0 };
    cr_assert_eq(ef_engine_new(&engine, &options, &error), EF_OK, "%s", error.message);
    cr_assert_eq(ef_scratch_new(&scratch, NULL), EF_OK);
    cr_assert_eq(ef_score_text(engine, scratch, ef_slice_of(text), &score, NULL), EF_OK);
    ef_scratch_free(scratch);
    ef_engine_free(engine);
    return score.score;
}

static size_t read_file(const char *path, char **bytes)
{
    FILE *file = fopen(path, "rb");
    cr_assert_not_null(file);
    fseek(file, 0, SEEK_END);
    size_t size = (size_t)ftell(file);
    rewind(file);
    *bytes = malloc(size);
    cr_assert_eq(fread(*bytes, 1, size, file), size);
    fclose(file);
    return size;
}

Test(training, learns_the_words_of_an_export_from_its_stars)
{
    const char *inputs[] = { export };
    ef_train_options options = options_for(model, inputs);
    ef_train_summary summary;
    ef_error error = { 0 };
    cr_assert_eq(ef_train(NULL, &options, &summary, &error), EF_OK, "%s", error.message);
    cr_assert_eq(summary.texts[EF_LABEL_NEGATIVE], 240);
    cr_assert_eq(summary.texts[EF_LABEL_NEUTRAL], 120);
    cr_assert_eq(summary.texts[EF_LABEL_POSITIVE], 240);
    cr_assert_gt(summary.features, 0);
    cr_assert_gt(score_of(model, "blend", "the spoon 7 is zib"), 5000);
    cr_assert_lt(score_of(model, "bayes", "the spoon 7 is gronk"), -5000);
    cr_assert_lt(abs(score_of(model, "blend", "the spoon 7 is plom")), 3000);
}

Test(training, learns_from_a_column_of_labels)
{
    const char *inputs[] = { export };
    ef_train_options options = options_for(model, inputs);
    ef_train_summary summary;
    ef_error error = { 0 };
    options.reader.rating = NULL;
    options.label = "verdict";
    options.classifier = "naive-bayes";
    cr_assert_eq(ef_train(NULL, &options, &summary, &error), EF_OK, "%s", error.message);
    cr_assert_eq(summary.texts[EF_LABEL_NEUTRAL], 120);
    cr_assert_gt(score_of(model, "bayes", "the spoon 7 is zib"), 4000);
}

Test(training, writes_the_same_bytes_with_any_number_of_threads)
{
    const char *inputs[] = { export };
    ef_train_options options = options_for(model, inputs);
    ef_train_summary summary, again;
    char *first, *second;
    cr_assert_eq(ef_train(NULL, &options, &summary, NULL), EF_OK);
    options.output_path = other;
    options.threads = 5;
    cr_assert_eq(ef_train(NULL, &options, &again, NULL), EF_OK);
    cr_assert_str_eq(summary.hash, again.hash);
    size_t size = read_file(model, &first);
    cr_assert_eq(read_file(other, &second), size);
    cr_assert_eq(memcmp(first, second, size), 0);
    free(first);
    free(second);
}

Test(training, refuses_what_it_cannot_learn_from)
{
    const char *inputs[] = { export };
    ef_train_options options = options_for(model, inputs);
    ef_train_summary summary;
    ef_error error = { 0 };
    options.classifier = "oracle";
    cr_assert_eq(ef_train(NULL, &options, &summary, &error), EF_ERR_ARGUMENT);
    options = options_for(model, inputs);
    options.feature_bits = 40;
    cr_assert_eq(ef_train(NULL, &options, &summary, &error), EF_ERR_ARGUMENT);
    options = options_for(model, inputs);
    options.label = "mood";
    cr_assert_eq(ef_train(NULL, &options, &summary, &error), EF_ERR_ARGUMENT);
    cr_assert_not_null(strstr(error.message, "mood"));
    options = options_for(NULL, inputs);
    cr_assert_eq(ef_train(NULL, &options, &summary, &error), EF_ERR_ARGUMENT);
    options = options_for("/nowhere/at/all.efm", inputs);
    cr_assert_eq(ef_train(NULL, &options, &summary, &error), EF_ERR_IO);
    write_export(export, false);
    options = options_for(model, inputs);
    options.reader.rating_scale = "1-5";
    cr_assert_eq(ef_train(NULL, &options, &summary, &error), EF_ERR_ARGUMENT);
    cr_assert_not_null(strstr(error.message, "positive"));
    cr_assert_neq(access(model, F_OK), 0);
}
