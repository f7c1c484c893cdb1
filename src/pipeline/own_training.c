/* SPDX-License-Identifier: MIT
 * pipeline/own_training.c - an own model from a user's texts, with its card, as a file. */
#include "earful/app/own.h"

#include <math.h>
#include <stdlib.h>

#include "base/error.h"
#include "base/json_out.h"
#include "pipeline/output.h"
#include "pipeline/own_learn.h"

enum { NAME_LIMIT = 64 };

/* --- the card ---------------------------------------------------------------------- */

static void write_count(ef_buffer *json, const char *key, uint64_t count)
{
    ef_buffer_append_byte(json, ',');
    ef_json_key(json, key);
    ef_buffer_append_int(json, (int64_t)count);
}

static void write_figure(ef_buffer *json, const char *key, double figure)
{
    ef_buffer_append_byte(json, ',');
    ef_json_key(json, key);
    ef_buffer_append_unit(json, (int32_t)lrint(figure * EF_UNIT));
}

static void write_figures(ef_buffer *json, const char *key, const ef_evaluation *e)
{
    ef_buffer_append_byte(json, ',');
    ef_json_key(json, key);
    ef_buffer_append_text(json, "{\"accuracy\":");
    ef_buffer_append_unit(json, (int32_t)lrint(e->accuracy * EF_UNIT));
    write_figure(json, "macro_f1", e->macro_f1);
    write_figure(json, "balanced_accuracy", e->balanced_accuracy);
    write_figure(json, "log_loss", e->log_loss);
    write_figure(json, "calibration_error", e->ece);
    ef_buffer_append_byte(json, '}');
}

/* No date and no path: the same texts give the same bytes. */
static void write_card(ef_buffer *json, const ef_own_model *model,
                       const ef_own_options *options, const ef_own_summary *s)
{
    ef_buffer_append_text(json, "{\"name\":");
    ef_json_string(json, model->info.name);
    ef_buffer_append_text(json, ",\"classifier\":");
    ef_json_string(json, model->info.classifier);
    ef_buffer_append_text(json, ",\"adds_to\":");
    ef_json_string(json, ef_slice_of(model->base_hash));
    write_count(json, "negative", s->texts[EF_LABEL_NEGATIVE]);
    write_count(json, "neutral", s->texts[EF_LABEL_NEUTRAL]);
    write_count(json, "positive", s->texts[EF_LABEL_POSITIVE]);
    write_count(json, "features", model->info.feature_count);
    ef_buffer_append_text(json, ",\"class_weights\":[");
    for (int i = 0; i < 3; i++) {
        ef_buffer_append_text(json, i > 0 ? "," : "");
        ef_buffer_append_unit(json, (int32_t)lrint(s->class_weights[i] * EF_UNIT));
    }
    ef_buffer_append_text(json, "],\"figures\":");
    ef_json_string(json, ef_slice_of(options->tries_latest
                                         ? "the latest fifth, learnt from the rest"
                                         : "each fifth of the texts left out in turn"));
    write_count(json, "classes", s->has_neutral ? 3 : 2);
    write_count(json, "tried", s->tried);
    write_figures(json, "default", &s->models[0].all);
    write_figures(json, "own", &s->models[1].all);
    ef_buffer_append_byte(json, '}');
}

/* --- the file ---------------------------------------------------------------------- */

static ef_status write_file(const char *path, ef_slice bytes, ef_error *error)
{
    ef_output output;
    ef_status status = ef_output_open(&output, path, error);
    if (status != EF_OK)
        return status;
    status = ef_output_write(&output, bytes, error);
    if (status == EF_OK)
        status = ef_output_finish(&output, error);
    ef_output_discard(&output);
    return status;
}

static ef_status write_model(ef_own_model *model, const ef_own_options *options,
                             ef_own_summary *summary, ef_error *error)
{
    ef_buffer json = { 0 }, file = { 0 };
    write_card(&json, model, options, summary);
    model->info.card = ef_buffer_slice(&json);
    ef_status status =
        json.failed ? ef_error_memory(error) : ef_own_write(model, &file, error);
    if (status == EF_OK && options->output_path != NULL)
        status = write_file(options->output_path, ef_buffer_slice(&file), error);
    if (status == EF_OK)
        ef_own_hash(file.data, file.size, summary->hash);
    summary->model_size = file.size;
    ef_buffer_release(&json);
    ef_buffer_release(&file);
    return status;
}

/* --- all of it --------------------------------------------------------------------- */

static ef_status check(const ef_engine *engine, const ef_own_options *options,
                       ef_error *error)
{
    if (engine->own != NULL)
        return ef_error_set(error, EF_ERR_ARGUMENT,
                            "an own model adds to a whole model, "
                            "not to another own model");
    if (options->name != NULL && strlen(options->name) > NAME_LIMIT)
        return ef_error_set(error, EF_ERR_ARGUMENT, "a model's name has at most 64 bytes");
    return EF_OK;
}

static void summarize(const ef_own_texts *texts, const ef_own_model *model,
                      ef_own_summary *summary)
{
    memcpy(summary->texts, texts->labels, sizeof summary->texts);
    summary->has_neutral = texts->has_neutral;
    summary->features = model->info.feature_count;
    for (int i = 0; i < 3; i++)
        summary->class_weights[i] =
            model->class_weights.of[i] / (double)EF_CLASS_WEIGHT_ONE;
}

ef_status ef_own_train(const ef_engine *engine, const ef_own_options *options,
                       ef_own_summary *summary, ef_error *error)
{
    ef_own_texts texts;
    ef_weight *slots = NULL;
    const char *name = options->name == NULL ? "own" : options->name;
    const char *kind = options->only_calibrates ? "calibration" : "residual";
    ef_own_model model = { .info = { .name = ef_slice_of(name),
                                     .classifier = ef_slice_of(kind) } };
    memset(summary, 0, sizeof *summary);
    memcpy(model.base_hash, engine->model.info.hash, sizeof model.base_hash);
    ef_status status = check(engine, options, error);
    if (status == EF_OK && options->note != NULL)
        options->note(options->note_user, "reading texts");
    if (status == EF_OK)
        status = ef_own_texts_read(&texts, engine, options, error);
    if (status != EF_OK)
        return status;
    status = ef_own_learn(&texts, options, &model, &slots, summary, error);
    summarize(&texts, &model, summary);
    if (status == EF_OK)
        status = write_model(&model, options, summary, error);
    ef_own_texts_release(&texts);
    free(slots);
    return status;
}
