/* SPDX-License-Identifier: MIT
 * app/eval.h - how good scores are on labelled or star-rated text.
 *
 * Not part of the stable interface. Several engines are asked for the same texts, so their
 * figures can be compared text by text. */
#ifndef EARFUL_APP_EVAL_H
#define EARFUL_APP_EVAL_H

#include "earful/engine.h"
#include "earful/reader.h"
#include "earful/scorer.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct ef_eval_options {
    ef_reader_options reader;
    const char *const *where; /* "COL=VALUE": only records for which all hold */
    size_t where_count;
    const char *label; /* column of labels, or NULL: stars from the rating column */
    const char *group; /* column by whose values figures are given apart, or NULL */
    bool two_classes;  /* leave neutral texts out, decide between the other two */
    unsigned threads;
} ef_eval_options;

enum { EF_RELIABILITY_BINS = 15 };

/* Texts of similar confidence. */
typedef struct ef_reliability {
    uint64_t texts;
    double confidence, accuracy; /* means; a calibrated model has them equal */
} ef_reliability;

typedef struct ef_evaluation {
    uint64_t confusion[3][3]; /* [right][given]: negative, neutral, positive */
    uint64_t texts;
    double accuracy, macro_f1, balanced_accuracy; /* over classes that occur */
    double log_loss; /* mean of -ln of the right label's probability, in nats */
    double ece;      /* expected calibration error of the given label, over the bins */
    ef_reliability bins[EF_RELIABILITY_BINS]; /* of equally many texts, least sure first */
} ef_evaluation;

/* Figures that chance is reckoned for. */
typedef struct ef_merits {
    double accuracy, macro_f1, balanced_accuracy, log_loss;
} ef_merits;

/* The 95 % interval of figures: percentiles of EF_RESAMPLES draws of texts with replacement
 * from a fixed seed. Texts with the same bytes are drawn together. */
enum { EF_RESAMPLES = 2000 };
typedef struct ef_bounds {
    ef_merits low, high;
} ef_bounds;

/* A model against the first, on the same texts. */
typedef struct ef_contest {
    ef_merits difference;          /* the model's minus the first's */
    ef_bounds bounds;               /* of the difference */
    uint64_t only_this, only_first; /* texts that one of the two alone gets right */
    double
        p; /* that so uneven a split is chance: McNemar's test, exact, mid-p, two-sided */
} ef_contest;

typedef struct ef_evaluated_model {
    ef_evaluation all;
    ef_bounds bounds;
    ef_contest against_first; /* all zero for the first */
} ef_evaluated_model;

typedef struct ef_evaluated_group {
    ef_slice name;               /* the value of the column, as it stands there */
    const ef_evaluation *models; /* one for each engine */
} ef_evaluated_group;

/* The larger groups first. All of it lives until ef_evaluated_free. */
typedef struct ef_evaluated {
    uint64_t texts;
    uint64_t left_out; /* no label, empty, or of unknown language to one of the engines */
    const ef_evaluated_model *models;
    size_t model_count;
    const ef_evaluated_group *groups;
    size_t group_count;
} ef_evaluated;

/* Scores every labelled record with every engine and compares. Fails like ef_reader_next,
 * with EF_ERR_ARGUMENT for a column that does not exist, and with EF_ERR_LIMIT for one of
 * more than 10,000 groups; *evaluated is then NULL. */
EF_API ef_status ef_eval(const ef_engine *const *engines, size_t engine_count,
                         const ef_eval_options *options, ef_evaluated **evaluated,
                         ef_error *error);
EF_API void ef_evaluated_free(ef_evaluated *evaluated);

#ifdef __cplusplus
}
#endif
#endif
