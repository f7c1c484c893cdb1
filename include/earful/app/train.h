/* SPDX-License-Identifier: MIT
 * app/train.h - models from labelled or star-rated text.
 *
 * Not part of the stable interface. */
#ifndef EARFUL_APP_TRAIN_H
#define EARFUL_APP_TRAIN_H

#include "earful/engine.h"
#include "earful/reader.h"
#include "earful/scorer.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Called now and then with one line about what is being done; user is from the options. */
typedef void ef_training_note_fn(void *user, const char *line);

typedef struct ef_train_options {
    ef_reader_options reader;  /* inputs and columns; rating or label says what is right.
                                  With a recipe: inputs[0] is the folder of its files */
    const char *label;         /* column of labels: negative neutral positive, neg neu pos */
    const char *const *where;  /* "COL=VALUE": only records for which all hold */
    size_t where_count;
    const char *recipe_path;   /* inputs, label kinds and families from a file instead */
    const char *name;          /* of the model; NULL: "own" */
    const char *classifier;    /* NULL: "linear" */
    const char *output_path;   /* the model file, written beside, then renamed */
    unsigned feature_bits;     /* 2^bits slots in the weight table; 0: as many as the features
                                  ask for, at most 20 */
    ef_engine_options engine;  /* where no engine is given: its kernels, lexicons and language
                                  (its lexicon alone); scorer and model are not used */
    unsigned threads;
    ef_training_note_fn *note; /* may be NULL */
    void *note_user;
} ef_train_options;

typedef struct ef_train_summary {
    uint64_t texts[4]; /* by ef_label; NONE: used for their words only */
    uint64_t families;
    uint64_t features; /* kept */
    uint64_t model_size;
    char hash[17];
} ef_train_summary;

/* Trains a model and writes it. The engine gives tokens and lexicon; its own model is not
 * used. engine may be NULL: options->engine then says what to train with, also when no model
 * is at hand. The same input gives the same bytes at any number of threads.
 * Fails like ef_reader_next, and with EF_ERR_ARGUMENT when a class has no text. */
EF_API ef_status ef_train(const ef_engine *engine, const ef_train_options *options,
                          ef_train_summary *summary, ef_error *error);

#ifdef __cplusplus
}
#endif
#endif
