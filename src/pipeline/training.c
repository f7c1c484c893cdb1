/* SPDX-License-Identifier: MIT
 * pipeline/training.c - from labelled texts to a model file.
 *
 *     texts → words → vocabulary → features → counts → weights and blends → file
 *
 * Each step is a room's own; this file calls them in order and frees what is not needed
 * any more. No step depends on the number of threads or on the time. */
#include "earful/app/train.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/error.h"
#include "base/hash.h"
#include "model/evaluate.h"
#include "model/quantize.h"
#include "pipeline/card.h"
#include "pipeline/emotion_training.h"
#include "pipeline/output.h"
#include "pipeline/recipe.h"

enum { DEFAULT_BITS = 20, LEAST_BITS = 10, MOST_BITS = 24, SLOTS_A_FEATURE = 8, HELD_BACK = 6 };

typedef struct training {
    const ef_engine *engine;
    const ef_train_options *options;
    const ef_classifier *classifier;
    unsigned slot_bits;
    ef_texts texts;
    ef_texts felt; /* with emotions; may be empty */
    ef_vocabulary vocabulary;
    ef_counts counts;
    ef_totals *totals; /* parallel to counts.texts */
    ef_weight *slots;
    uint64_t kept;
    ef_blend_weights blends[EF_SCORERS];
    ef_family_result results[EF_FAMILY_LIMIT];
    ef_emotion_trained emotions;
} training;

static void note(const training *t, const char *line)
{
    if (t->options->note != NULL)
        t->options->note(t->options->note_user, line);
}

/* --- texts to counts --------------------------------------------------------------- */

static ef_status read_texts(training *t, ef_error *error)
{
    const ef_train_options *o = t->options;
    note(t, "reading texts");
    if (o->recipe_path == NULL)
        return ef_texts_read(&t->texts, &o->reader,
                             &(ef_labelling){ .label = o->label,
                                              .where = o->where,
                                              .where_count = o->where_count },
                             error);
    const char *folder = o->reader.input_count > 0 ? o->reader.inputs[0] : NULL;
    ef_status status = ef_recipe_read(&t->texts, &t->felt, o->recipe_path, folder, error);
    if (status == EF_OK)
        ef_texts_divide(&t->texts);
    return status;
}

static ef_status learn_words(training *t, ef_error *error)
{
    ef_gathered words;
    char line[160];
    ef_status status = ef_gather(&words, t->engine, NULL, &t->texts, EF_GATHER_WORDS,
                                 t->options->threads, error);
    if (status != EF_OK)
        return status;
    status =
        ef_vocabulary_build(&t->vocabulary, &t->texts, &words, &t->engine->lexicon, error);
    ef_gathered_release(&words);
    const ef_vocabulary *v = &t->vocabulary;
    snprintf(line, sizeof line,
             "%llu words; below a share of %.2f: %.2f %% of the texts, %.2f %% of %llu "
             "in other languages",
             (unsigned long long)v->words, v->coverage_limit / 10000.0,
             v->own_flagged / 100.0, v->foreign_flagged / 100.0,
             (unsigned long long)v->foreign_texts);
    note(t, line);
    return status;
}

/* A model that knows words and weighs nothing: for walking texts as scoring will. */
static ef_model words_only(const ef_vocabulary *vocabulary, const ef_weight *nothing)
{
    return (ef_model){ .weights = nothing,
                       .slot_bits = LEAST_BITS,
                       .vocabulary = vocabulary->bits,
                       .vocabulary_bits = vocabulary->bit_count };
}

/* Moves what belongs to texts with a class to the front; the others have no features. Of
 * every source one text in HELD_BACK goes to the part that can be held back, chosen by its
 * own bytes, so that repeats stay together. */
static size_t keep_classed(const training *t, ef_gathered *g)
{
    size_t kept = 0;
    for (size_t i = 0; i < t->texts.count; i++) {
        if (g->texts[i].label >= EF_CLASSES)
            continue;
        ef_slice text = ef_texts_at(&t->texts, i);
        g->totals[kept] = g->totals[i];
        g->texts[kept] = g->texts[i];
        if (!t->texts.is_one_source && ef_hash_bytes(text.data, text.size) % HELD_BACK == 0)
            g->texts[kept].part++;
        kept++;
    }
    return kept;
}

/* Room for each feature with few collisions, in a file no larger than that needs. */
static unsigned slot_bits_for(size_t features)
{
    unsigned bits = LEAST_BITS;
    while (bits < DEFAULT_BITS && (size_t)1 << bits < features * SLOTS_A_FEATURE)
        bits++;
    return bits;
}

static ef_status count_features(training *t, ef_error *error)
{
    ef_gathered g;
    ef_weight *nothing = calloc((size_t)1 << LEAST_BITS, sizeof *nothing);
    if (nothing == NULL)
        return ef_error_memory(error);
    ef_model model = words_only(&t->vocabulary, nothing);
    note(t, "collecting features");
    ef_status status = ef_gather(&g, t->engine, &model, &t->texts, EF_GATHER_FEATURES,
                                 t->options->threads, error);
    free(nothing);
    if (status != EF_OK)
        return status;
    size_t classed = keep_classed(t, &g);
    status = ef_counts_build(&t->counts, g.texts, classed, g.hashes, g.repeats,
                             2 * t->texts.families, error);
    t->counts.is_one_source = t->texts.is_one_source;
    if (t->options->feature_bits == 0)
        t->slot_bits = slot_bits_for(t->counts.count);
    t->totals = g.totals;
    g.totals = NULL;
    ef_gathered_release(&g);
    ef_buffer_release(&t->texts.bytes); /* from here on texts are features */
    return status;
}

static ef_status check_classes(const training *t, ef_train_summary *summary,
                               ef_error *error)
{
    for (size_t i = 0; i < t->texts.count; i++) {
        unsigned label = t->texts.list[i].label;
        summary->texts[label < EF_CLASSES ? label + EF_LABEL_NEGATIVE : EF_LABEL_NONE]++;
    }
    summary->families = t->texts.families;
    if (summary->texts[EF_LABEL_NEGATIVE] > 0 && summary->texts[EF_LABEL_POSITIVE] > 0)
        return EF_OK;
    const char *missing = summary->texts[EF_LABEL_NEGATIVE] == 0 ? "negative" : "positive";
    return ef_error_set(error, EF_ERR_ARGUMENT,
                        "no text is labelled %s: name the column of labels or ratings",
                        missing);
}

/* --- counts to weights ------------------------------------------------------------- */

static ef_status train_weights(training *t, ef_error *error)
{
    size_t room = t->counts.count + 1;
    ef_float_weights weights = { malloc(room * sizeof(float)),
                                 malloc(room * sizeof(float)) };
    ef_weight *placed = malloc(room * sizeof *placed);
    t->slots = malloc(sizeof *t->slots << t->slot_bits);
    ef_status status = EF_OK;
    note(t, "training on all families");
    if (weights.polarity == NULL || weights.neutrality == NULL || placed == NULL ||
        t->slots == NULL)
        status = ef_error_memory(error);
    if (status == EF_OK)
        status = t->classifier->train(&t->counts, EF_NO_PART, &weights, error);
    if (status == EF_OK)
        status =
            ef_weights_place(&t->counts, &weights, t->slot_bits, placed, &t->kept, error);
    if (status == EF_OK)
        ef_weights_fill(&t->counts, placed, t->slot_bits, t->slots);
    free(weights.polarity);
    free(weights.neutrality);
    free(placed);
    return status;
}

static ef_status cross(training *t, ef_error *error)
{
    size_t size = t->counts.text_count * sizeof *t->totals;
    ef_totals *known = malloc(size + 1);
    if (known == NULL)
        return ef_error_memory(error);
    memcpy(known, t->totals, size);
    ef_crossing crossing = { .counts = &t->counts,
                             .families = t->texts.families,
                             .classifier = t->classifier,
                             .strange = t->totals,
                             .known = known,
                             .slot_bits = t->slot_bits,
                             .threads = t->options->threads };
    note(t, "training without each family");
    ef_status status = ef_cross_classify(&crossing, error);
    if (status == EF_OK) {
        note(t, "fitting the blend");
        status = ef_cross_evaluate(&crossing, t->results, error);
    }
    if (status == EF_OK)
        status = ef_cross_fit(&crossing, t->blends, error);
    free(known);
    return status;
}

static ef_status learn_emotions(training *t, ef_error *error)
{
    const ef_train_options *o = t->options;
    if (t->felt.count == 0)
        return EF_OK;
    ef_weight *nothing = calloc((size_t)1 << LEAST_BITS, sizeof *nothing);
    if (nothing == NULL)
        return ef_error_memory(error);
    ef_model model = words_only(&t->vocabulary, nothing);
    note(t, "learning emotions");
    ef_status status =
        ef_emotions_train(&t->emotions, t->engine, &model, &t->felt, o->threads, error);
    free(nothing);
    if (status == EF_OK && o->note != NULL)
        ef_emotions_note(&t->emotions, &t->felt, o->note, o->note_user);
    return status;
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

static ef_status write_model(const training *t, ef_train_summary *summary, ef_error *error)
{
    const char *name = t->options->name == NULL ? "own" : t->options->name;
    ef_buffer json = { 0 }, file = { 0 };
    ef_card card = { name,       t->classifier->name, &t->texts,
                     &t->counts, &t->vocabulary,      t->results };
    ef_card_write(&card, &json);
    if (t->options->note != NULL)
        ef_card_note(&card, t->options->note, t->options->note_user);
    ef_model model = { .info = { .name = ef_slice_of(name),
                                 .classifier = ef_slice_of(t->classifier->name),
                                 .card = ef_buffer_slice(&json),
                                 .feature_count = t->kept },
                       .weights = t->slots,
                       .slot_bits = t->slot_bits,
                       .vocabulary = t->vocabulary.bits,
                       .vocabulary_bits = t->vocabulary.bit_count,
                       .blend = &t->blends[EF_SCORER_BLEND],
                       .blend_lexicon = &t->blends[EF_SCORER_LEXICON],
                       .blend_classifier = &t->blends[EF_SCORER_CLASSIFIER],
                       .emotions = t->emotions.model,
                       .coverage_limit = t->vocabulary.coverage_limit };
    ef_status status =
        json.failed ? ef_error_memory(error) : ef_model_write(&model, &file, error);
    if (status == EF_OK)
        status = write_file(t->options->output_path, ef_buffer_slice(&file), error);
    summary->features = t->kept;
    summary->model_size = file.size;
    if (status == EF_OK)
        ef_model_hash(file.data, file.size, summary->hash);
    ef_buffer_release(&json);
    ef_buffer_release(&file);
    return status;
}

/* --- all of it --------------------------------------------------------------------- */

static ef_status choose(training *t, ef_error *error)
{
    const ef_train_options *o = t->options;
    const char *name = o->classifier == NULL ? "linear" : o->classifier;
    t->classifier = ef_classifier_named(name);
    t->slot_bits = o->feature_bits == 0 ? DEFAULT_BITS : o->feature_bits;
    if (t->classifier == NULL)
        return ef_error_set(error, EF_ERR_ARGUMENT,
                            "unknown classifier '%s': see 'earful list classifiers'", name);
    if (t->slot_bits < LEAST_BITS || t->slot_bits > MOST_BITS)
        return ef_error_set(error, EF_ERR_ARGUMENT, "feature bits must be 10 to 24");
    if (o->output_path == NULL)
        return ef_error_set(error, EF_ERR_ARGUMENT, "no file is named for the model");
    if (o->recipe_path != NULL && o->where_count > 0)
        return ef_error_set(error, EF_ERR_ARGUMENT,
                            "a recipe takes no conditions: its labels choose the texts");
    if (o->name != NULL && strlen(o->name) > 64)
        return ef_error_set(error, EF_ERR_ARGUMENT, "a model's name has at most 64 bytes");
    return EF_OK;
}

static ef_status run(training *t, ef_train_summary *summary, ef_error *error)
{
    ef_status status = choose(t, error);
    if (status == EF_OK)
        status = read_texts(t, error);
    if (status == EF_OK)
        status = check_classes(t, summary, error);
    if (status == EF_OK)
        status = learn_words(t, error);
    if (status == EF_OK)
        status = count_features(t, error);
    if (status == EF_OK)
        status = cross(t, error);
    if (status == EF_OK)
        status = train_weights(t, error);
    if (status == EF_OK)
        status = learn_emotions(t, error);
    if (status == EF_OK)
        status = write_model(t, summary, error);
    return status;
}

ef_status ef_train(const ef_engine *engine, const ef_train_options *options,
                   ef_train_summary *summary, ef_error *error)
{
    ef_engine *own = NULL;
    memset(summary, 0, sizeof *summary);
    training *t = calloc(1, sizeof *t);
    if (t == NULL)
        return ef_error_memory(error);
    ef_status status = EF_OK;
    if (engine == NULL)
        status = ef_engine_new_untrained(&own, &options->engine, error);
    t->engine = engine == NULL ? own : engine;
    t->options = options;
    if (status == EF_OK)
        status = run(t, summary, error);
    ef_texts_release(&t->texts);
    ef_texts_release(&t->felt);
    ef_emotion_trained_release(&t->emotions);
    ef_vocabulary_release(&t->vocabulary);
    ef_counts_release(&t->counts);
    free(t->totals);
    free(t->slots);
    free(t);
    ef_engine_free(own);
    return status;
}
