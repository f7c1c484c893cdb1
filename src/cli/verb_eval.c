/* SPDX-License-Identifier: MIT
 * cli/verb_eval.c - `earful eval`: how good the scores are on labelled text. */
#include <inttypes.h>
#include <string.h>

#include "exit_codes.h"
#include "notices.h"
#include "terminal.h"
#include "verbs.h"

static const char *const classes[3] = { "negative", "neutral", "positive" };

static uint64_t right_of(const ef_evaluation *evaluation, size_t class)
{
    return evaluation->confusion[class][0] + evaluation->confusion[class][1] +
           evaluation->confusion[class][2];
}

static uint64_t given_of(const ef_evaluation *evaluation, size_t class)
{
    return evaluation->confusion[0][class] + evaluation->confusion[1][class] +
           evaluation->confusion[2][class];
}

/* A share in eleven columns, or a hyphen for a class that does not occur. */
static void print_share(uint64_t part, uint64_t whole)
{
    if (whole == 0)
        printf("%11s", "-");
    else
        printf("%11.4f", (double)part / (double)whole);
}

static void show(const ef_evaluation *evaluation, const ef_engine_info *engine)
{
    printf("earful %s, scorer %s, lexicon %s, model %s\n\n", engine->version,
           engine->scorer, engine->lexicon_hash, engine->model.hash);
    printf("texts               %" PRIu64 " (%" PRIu64 " left out)\n", evaluation->texts,
           evaluation->unlabelled);
    printf("accuracy            %.4f\n", evaluation->accuracy);
    printf("macro F1            %.4f\n", evaluation->macro_f1);
    printf("balanced accuracy   %.4f\n", evaluation->balanced_accuracy);
    printf("calibration error   %.4f\n\n", evaluation->ece);
    printf("%-15s", "right \\ given");
    for (size_t i = 0; i < 3; i++)
        printf("%11s", classes[i]);
    printf("%11s\n", "recall");
    for (size_t i = 0; i < 3; i++) {
        printf("%-15s", classes[i]);
        for (size_t j = 0; j < 3; j++)
            printf("%11" PRIu64, evaluation->confusion[i][j]);
        print_share(evaluation->confusion[i][i], right_of(evaluation, i));
        fputc('\n', stdout);
    }
    printf("%-15s", "precision");
    for (size_t i = 0; i < 3; i++)
        print_share(evaluation->confusion[i][i], given_of(evaluation, i));
    fputc('\n', stdout);
}

static void show_json(const ef_evaluation *evaluation, const ef_engine_info *engine)
{
    printf("{\"schema\":1,\"version\":\"%s\",\"scorer\":\"%s\",\"lexicon\":\"%s\","
           "\"model\":\"%s\",\"texts\":%" PRIu64 ",\"left_out\":%" PRIu64,
           engine->version, engine->scorer, engine->lexicon_hash, engine->model.hash,
           evaluation->texts, evaluation->unlabelled);
    printf(",\"accuracy\":%.6f,\"macro_f1\":%.6f,\"balanced_accuracy\":%.6f,\"ece\":%.6f",
           evaluation->accuracy, evaluation->macro_f1, evaluation->balanced_accuracy,
           evaluation->ece);
    fputs(",\"confusion\":{", stdout);
    for (size_t i = 0; i < 3; i++) {
        printf("%s\"%s\":{", i > 0 ? "," : "", classes[i]);
        for (size_t j = 0; j < 3; j++)
            printf("%s\"%s\":%" PRIu64, j > 0 ? "," : "", classes[j],
                   evaluation->confusion[i][j]);
        fputc('}', stdout);
    }
    fputs("}}\n", stdout);
}

static int evaluate(const ef_engine *engine, ef_settings *settings)
{
    ef_error error = { 0 };
    ef_evaluation evaluation = { 0 };
    ef_engine_info info;
    ef_notices notices;
    ef_notices_start(&notices, settings, NULL);
    ef_eval_options options = { .reader = settings->reader,
                                .label = settings->label,
                                .two_classes = settings->two_classes,
                                .threads = settings->threads };
    ef_status status = ef_eval(engine, &options, &evaluation, &error);
    int code = ef_exit_after(status, &error);
    int told = ef_notices_exit(&notices, settings);
    if (status == EF_OK && evaluation.texts == 0) {
        ef_say("no text has a label or a rating: --label COL or --rating COL says where");
        return EF_EXIT_DATA;
    }
    if (status == EF_OK) {
        bool is_json = settings->to != NULL && strcmp(settings->to, "json") == 0;
        ef_engine_describe(engine, &info);
        (is_json ? show_json : show)(&evaluation, &info);
    }
    return told > code ? told : code;
}

int ef_verb_eval(ef_settings *settings)
{
    ef_error error = { 0 };
    ef_engine *engine = NULL;
    ef_status status = ef_engine_new(&engine, &settings->engine, &error);
    int code = status == EF_OK ? evaluate(engine, settings) : ef_exit_after(status, &error);
    ef_engine_free(engine);
    int flushed = ef_exit_flushed();
    return flushed > code ? flushed : code;
}
