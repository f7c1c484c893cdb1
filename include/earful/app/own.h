/* SPDX-License-Identifier: MIT
 * app/own.h - what a user's own texts add to the default model.
 *
 * Not part of the stable interface. An own model learns what the engine's model misses on
 * the user's texts, joins both, and chooses what each class weighs when a label is given.
 * Where the texts teach nothing, it says what the default says. */
#ifndef EARFUL_APP_OWN_H
#define EARFUL_APP_OWN_H

#include "earful/app/eval.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Called now and then with one line about what is being done; user is from the options. */
typedef void ef_own_note_fn(void *user, const char *line);

typedef struct ef_own_options {
    ef_reader_options reader;
    const char *const *where; /* "COL=VALUE": only records for which all hold */
    size_t where_count;
    const char *label;    /* column of labels, or NULL: stars from the rating column */
    const char *hold_out; /* texts with one value of this column are tried together, or
                             NULL: only repeats of a text are */
    bool tries_latest; /* try it on the latest fifth of the texts, learnt from the rest */
    bool only_calibrates;    /* no words are learnt */
    bool has_curve;          /* also try it with an eighth, a fourth, a half of the texts */
    const char *name;        /* of the model; NULL: "own" */
    const char *output_path; /* the model file, written beside, then renamed; NULL: none */
    unsigned threads;
    ef_own_note_fn *note; /* may be NULL */
    void *note_user;
} ef_own_options;

enum { EF_OWN_CURVE = 4 };

/* Of each side so many texts are needed to learn from them. That few teach hardly anything,
 * and do no harm: see the table of models/README.md on labels. */
enum { EF_OWN_LEAST = 5 };

typedef struct ef_own_summary {
    uint64_t texts[4]; /* by ef_label; NONE: without a label, or empty */
    bool has_neutral;  /* neutral texts were enough to learn from; else they are left out */
    uint64_t features;
    uint64_t model_size;
    char hash[17];
    double class_weights[3]; /* negative, neutral, positive */
    /* The default and the own model on texts that it did not learn from. */
    uint64_t tried;
    ef_evaluated_model models[2];
    struct {
        uint64_t texts; /* learnt from */
        ef_evaluation own;
    } curve[EF_OWN_CURVE]; /* the last is all of them */
} ef_own_summary;

/* Makes an own model and writes it. The same input gives the same bytes at any number of
 * threads. Fails like ef_reader_next, and with EF_ERR_ARGUMENT when a class has too few
 * texts, or there are no times for tries_latest; nothing is then written. */
EF_API ef_status ef_own_train(const ef_engine *engine, const ef_own_options *options,
                              ef_own_summary *summary, ef_error *error);

#ifdef __cplusplus
}
#endif
#endif
