/* SPDX-License-Identifier: MIT
 * score/engine.c - loading what never changes: kernels, lexicon, model. */
#include <stdlib.h>

#include "base/error.h"
#include "base/hash.h"
#include "earful/earful.h"
#include "lexicon/lexicon_build.h"
#include "score/engine_parts.h"
#include "score/language.h"

static const struct scorer {
    const char *name, *summary;
} scorers[] = {
    { "blend", "lexicon and classifier together (default)" },
    { "lexicon", "words, phrases and rules only" },
    { "bayes", "the classifier only" },
    { "vader", "the figures of VADER, for a lexicon file in its format" },
};
enum { SCORERS = sizeof scorers / sizeof *scorers, VADER = SCORERS - 1 };

bool ef_scorer_at(size_t index, const char **name, const char **summary)
{
    if (index >= SCORERS)
        return false;
    *name = scorers[index].name;
    *summary = scorers[index].summary;
    return true;
}

/* The base lexicon, built in or of a pack, and what the user adds to it. */
static ef_status load_lexicon(ef_engine *engine, const ef_engine_options *options,
                              ef_error *error)
{
    ef_lexicon base;
    size_t size = (size_t)(ef_embedded_lexicon_end - ef_embedded_lexicon);
    bool is_pack = options->language_path != NULL;
    ef_status status = ef_lexicon_open(&base, ef_embedded_lexicon, size, error);
    if (status != EF_OK || (options->lexicon_count == 0 && !is_pack)) {
        engine->lexicon = base;
        return status;
    }
    ef_lexicon_builder builder;
    status = ef_lexicon_builder_init(&builder, is_pack ? NULL : &base, error);
    if (status == EF_OK && is_pack)
        status = ef_language_lexicon(&builder, options->language_path, error);
    builder.is_own = true;
    for (size_t i = 0; status == EF_OK && i < options->lexicon_count; i++)
        status = ef_lexicon_file_add(&builder, options->lexicon_paths[i], error);
    if (status == EF_OK)
        status = ef_lexicon_builder_finish(&builder, &engine->lexicon, error);
    ef_lexicon_builder_release(&builder);
    return status;
}

static ef_status choose_scorer(ef_engine *engine, const char *name, ef_error *error)
{
    const ef_blend_weights *blends[SCORERS] = { engine->model.blend,
                                                engine->model.blend_lexicon,
                                                engine->model.blend_classifier };
    for (int i = 0; i < VADER; i++)
        if (strcmp(name, scorers[i].name) == 0) {
            engine->scorer = scorers[i].name;
            engine->blend = blends[i];
            engine->hears_lexicon_only = blends[i] == engine->model.blend_lexicon;
            if (!engine->hears_lexicon_only)
                engine->emotions = engine->model.emotions;
            return engine->own == NULL || i == 0
                       ? EF_OK
                       : ef_error_set(error, EF_ERR_ARGUMENT,
                                      "an own model adds to the scorer 'blend', not to '%s'",
                                      name);
        }
    return ef_error_set(error, EF_ERR_ARGUMENT,
                        "unknown scorer '%s': there are blend, lexicon, bayes, vader", name);
}

/* The model of a pack, or the built-in one, if no other is named. */
static ef_status load_base(ef_engine *engine, const ef_engine_options *options,
                           ef_error *error)
{
    if (options->base_path != NULL)
        return ef_model_load(&engine->model, options->base_path, error);
    if (options->language_path != NULL) {
        ef_buffer path = { 0 };
        ef_status status = ef_language_model(options->language_path, &path)
                               ? ef_model_load(&engine->model, ef_buffer_text(&path), error)
                               : ef_error_memory(error);
        ef_buffer_release(&path);
        return status;
    }
    return ef_model_open(&engine->model, ef_embedded_model,
                         (size_t)(ef_embedded_model_end - ef_embedded_model),
                         "built-in model", error);
}

/* The reference mode: its own lexicon files, and no model. */
static ef_status load_vader(ef_engine *engine, const ef_engine_options *options,
                            ef_error *error)
{
    engine->scorer = scorers[VADER].name;
    engine->vader = calloc(1, sizeof *engine->vader);
    if (engine->vader == NULL)
        return ef_error_memory(error);
    if (options->model_path != NULL || options->language_path != NULL ||
        options->base_path != NULL)
        return ef_error_set(error, EF_ERR_ARGUMENT,
                            "scorer vader uses no model and no language pack: leave --model "
                            "and --language out");
    ef_status status = ef_vader_init(engine->vader, error);
    for (size_t i = 0; status == EF_OK && i < options->lexicon_count; i++) {
        ef_buffer bytes = { 0 };
        status = ef_lexicon_file_read(options->lexicon_paths[i], &bytes, error);
        if (status == EF_OK)
            status = ef_vader_add(engine->vader, ef_buffer_slice(&bytes),
                                  options->lexicon_paths[i], error);
        ef_buffer_release(&bytes);
    }
    if (status == EF_OK && !engine->vader->has_words)
        return ef_error_set(error, EF_ERR_ARGUMENT,
                            "scorer vader needs a lexicon in VADER's format: give --lexicon "
                            "vader_lexicon.txt, and --lexicon emoji_utf8_lexicon.txt for "
                            "emoji");
    return status;
}

static ef_status take_own(ef_engine *engine, uint8_t *bytes, size_t size,
                          const ef_engine_options *options, ef_error *error)
{
    engine->own = calloc(1, sizeof *engine->own);
    if (engine->own == NULL)
        return ef_error_memory(error);
    return ef_own_adopt(engine->own, bytes, size, options->model_path, error);
}

static ef_status load_under_own(ef_engine *engine, const ef_engine_options *options,
                                ef_error *error)
{
    ef_status status = load_base(engine, options, error);
    if (status == EF_OK && strcmp(engine->model.info.hash, engine->own->base_hash) != 0)
        return ef_error_set(error, EF_ERR_FORMAT,
                            "model '%s' adds to model %s, and this is %s: train it again "
                            "with 'earful train'",
                            options->model_path, engine->own->base_hash,
                            engine->model.info.hash);
    return status;
}

static ef_status load_model(ef_engine *engine, const ef_engine_options *options,
                            ef_error *error)
{
    uint8_t *bytes;
    size_t size;
    if (options->model_path == NULL)
        return load_base(engine, options, error);
    ef_status status = ef_model_read(options->model_path, &bytes, &size, error);
    if (status == EF_OK && ef_own_is_meant(bytes, size))
        status = take_own(engine, bytes, size, options, error);
    else if (status == EF_OK)
        status = ef_model_adopt(&engine->model, bytes, size, options->model_path, error);
    if (status != EF_OK)
        free(bytes);
    else if (engine->own != NULL)
        status = load_under_own(engine, options, error);
    return status;
}

static ef_status start(ef_engine **engine, const ef_engine_options *options, ef_error *error)
{
    *engine = calloc(1, sizeof **engine);
    if (*engine == NULL)
        return ef_error_memory(error);
    (*engine)->kernels = ef_kernels_select(options->kernels);
    if ((*engine)->kernels == NULL)
        return ef_error_set(error, EF_ERR_ARGUMENT,
                            "no kernels '%s' on this machine: see 'earful list kernels'",
                            options->kernels);
    return EF_OK;
}

static ef_status load_ours(ef_engine *engine, const ef_engine_options *options,
                          ef_error *error)
{
    ef_status status = load_lexicon(engine, options, error);
    if (status == EF_OK)
        status = load_model(engine, options, error);
    if (status == EF_OK)
        status = choose_scorer(engine, options->scorer == NULL ? "blend" : options->scorer,
                               error);
    return status;
}

static ef_status finish(ef_engine **engine, ef_status status)
{
    if (status != EF_OK) {
        ef_engine_free(*engine);
        *engine = NULL;
    }
    return status;
}

ef_status ef_engine_new(ef_engine **engine, const ef_engine_options *options,
                        ef_error *error)
{
    static const ef_engine_options defaults = { 0 };
    options = options == NULL ? &defaults : options;
    bool is_vader =
        options->scorer != NULL && strcmp(options->scorer, scorers[VADER].name) == 0;
    ef_status status = start(engine, options, error);
    if (status == EF_OK)
        status = is_vader ? load_vader(*engine, options, error)
                          : load_ours(*engine, options, error);
    return finish(engine, status);
}

ef_status ef_engine_new_untrained(ef_engine **engine, const ef_engine_options *options,
                                  ef_error *error)
{
    ef_status status = start(engine, options, error);
    if (status == EF_OK)
        status = load_lexicon(*engine, options, error);
    return finish(engine, status);
}

void ef_engine_free(ef_engine *engine)
{
    if (engine == NULL)
        return;
    if (engine->vader != NULL)
        ef_vader_release(engine->vader);
    free(engine->vader);
    ef_lexicon_release(&engine->lexicon);
    ef_model_release(&engine->model);
    if (engine->own != NULL)
        ef_own_release(engine->own);
    free(engine->own);
    free(engine);
}

void ef_engine_describe(const ef_engine *engine, ef_engine_info *info)
{
    memset(info, 0, sizeof *info);
    info->version = EF_VERSION;
    info->scorer = engine->scorer;
    info->kernels = engine->kernels->name;
    const ef_vader *vader = engine->vader;
    ef_hash_hex(vader != NULL ? vader->hash : engine->lexicon.hash, info->lexicon_hash);
    info->lexicon_entries = vader != NULL ? vader->entries : engine->lexicon.terms;
    info->model = engine->own == NULL ? engine->model.info : engine->own->info;
    if (engine->own != NULL)
        info->base = engine->model.info;
    for (int i = 0; i < 3; i++)
        info->class_weights[i] =
            engine->own == NULL ? EF_CLASS_WEIGHT_ONE : engine->own->class_weights.of[i];
    if (vader != NULL)
        strcpy(info->model.hash, "none");
}
