/* SPDX-License-Identifier: MIT
 * app/review.h - a person in the loop: texts worth a look, one by one, and labels back.
 *
 * Not part of the stable interface. All inputs are scored once; what is kept of them is
 * bounded, however many they are: the best few of each kind. Every answer is on the disk
 * before the next text is shown. The labels file is CSV that `train`, `calibrate` and
 * `eval` take as it is. */
#ifndef EARFUL_APP_REVIEW_H
#define EARFUL_APP_REVIEW_H

#include "earful/app/own.h"
#include "earful/app/redact.h"
#include "earful/app/run.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Why a text was chosen. */
typedef enum ef_review_kind {
    EF_REVIEW_RANDOM, /* drawn by lot: only these tell how good the model is on all texts */
    EF_REVIEW_UNCERTAIN, /* two labels are nearly as likely */
    EF_REVIEW_OPPOSED,   /* lexicon and classifier say the opposite */
    EF_REVIEW_DIVERSE,   /* says what many texts say and no labelled one does */
    EF_REVIEW_CUE,       /* a cue of sarcasm, or a language that the model does not know */
    EF_REVIEW_KINDS
} ef_review_kind;

/* "random", "uncertain", "disagree", "diverse", "cue"; NULL after the last. Static. */
EF_API const char *ef_review_kind_name(unsigned kind);

enum { EF_REVIEW_USUAL_COUNT = 20, EF_REVIEW_MOST = 1000, EF_REVIEW_TEXT_LIMIT = 16 << 10 };

/* Zero means the default everywhere. Strings are read while the review is open. */
typedef struct ef_review_options {
    ef_reader_options reader;
    const char *const *where; /* "COL=VALUE": only records for which all hold */
    size_t where_count;
    const char
        *labels_path; /* the file that answers are appended to; made with mode 0600 */
    const char *by;   /* the name of a kind, or "mix" (NULL): some of each */
    uint32_t count;   /* texts to ask about; 0: EF_REVIEW_USUAL_COUNT */
    uint64_t seed;    /* of what is drawn by lot */
    bool redact;      /* texts and ids are shown and written redacted */
    const ef_redactions *redactions; /* kinds of one's own besides; NULL: none */
    unsigned threads;
    ef_progress_fn *progress; /* may be NULL; while inputs are scored */
    void *progress_user;
} ef_review_options;

/* A text to be asked about. Slices live until ef_review_free. */
typedef struct ef_review_item {
    ef_slice text, id, file; /* text and id as they are written, redacted if asked for */
    uint64_t line;
    ef_review_kind kind;
    ef_score score; /* of the text as it was read */
} ef_review_item;

/* Numbers of texts, each text counted once. */
typedef struct ef_review_counts {
    uint64_t records;        /* read */
    uint64_t needs_review;   /* of these, repeats counted */
    uint64_t too_long;       /* longer than EF_REVIEW_TEXT_LIMIT: not asked */
    uint64_t before;         /* answers that the file held when it was opened */
    uint64_t asked;          /* texts in this queue */
    uint64_t at;             /* of these, answered: also the number of the current one */
    uint64_t labels[4];      /* answers of this time, by ef_label; NONE: skipped */
    uint64_t agreed, judged; /* labels of this time that are the model's, of how many that
                                the model gave a label */
    bool was_cut;            /* the last row of the file was not whole: it was taken away */
} ef_review_counts;

typedef struct ef_review ef_review;

/* Reads the labels file, scores all inputs and chooses what to ask. No other process may
 * have the same file open for review. Inputs are only read; where they stand the order in
 * which threads work leaves no trace. Fails like ef_run_score; with EF_ERR_FORMAT when the
 * file at labels_path is none of ours; EF_END: the user has stopped it. */
EF_API ef_status ef_review_open(ef_review **review, const ef_engine *engine,
                                const ef_review_options *options, ef_error *error);
EF_API void ef_review_free(ef_review *review);

/* The text that is to be answered now; NULL when all have been. */
EF_API const ef_review_item *ef_review_item_now(const ef_review *review);
/* The one answered last, and how; NULL when there is none to undo. */
EF_API const ef_review_item *ef_review_item_last(const ef_review *review, ef_label *label);

/* Appends the answer to the labels file, waits until it is on the disk, and moves on. NONE
 * skips: the text is not asked again. On failure the file is as it was and the text is
 * still to be answered. */
EF_API ef_status ef_review_answer(ef_review *review, ef_label label, ef_error *error);
/* Takes the last answer of this time out of the file and moves back. EF_END: there is none.
 */
EF_API ef_status ef_review_undo(ef_review *review, ef_error *error);

EF_API void ef_review_count(const ef_review *review, ef_review_counts *counts);

/* --- how the model did --------------------------------------------------------------- */

/* k of n agreed, and Wilson's 95 % interval; low and high are 0 and 1 where n is 0. */
typedef struct ef_agreed_share {
    uint64_t agreed, texts;
    double low, high;
} ef_agreed_share;

typedef struct ef_review_report {
    uint64_t labels[4];  /* by ef_label; NONE: skipped */
    uint64_t models;     /* that were asked; figures are of the last one's answers */
    char model[17];      /* its hash */
    uint64_t of_others;  /* labels that were asked with other models: left out below */
    uint64_t unlabelled; /* texts to which the model gave no label: left out below */
    /* Of texts drawn by lot, whatever they were asked for: the one unbiased figure. */
    ef_agreed_share random;
    uint64_t
        random_skipped;  /* drawn, and skipped by the person: the figure leaves them out */
    ef_agreed_share all; /* of whatever was asked: harder than the texts as a whole */
    ef_agreed_share kinds[EF_REVIEW_KINDS];
    ef_agreed_share sure;     /* the model's label had a probability of 0.8 or more */
    uint64_t confusion[3][3]; /* [person][model] */
} ef_review_report;

/* Reads a labels file and counts. Fails with EF_ERR_IO and EF_ERR_FORMAT. */
EF_API ef_status ef_review_judge(const char *labels_path, ef_review_report *report,
                                 ef_error *error);

/* --- what to do about it ------------------------------------------------------------- */

typedef enum ef_review_advice {
    EF_ADVICE_LABEL_ON,  /* there are too few labels to learn from */
    EF_ADVICE_NOT_YET,   /* what they teach is within chance */
    EF_ADVICE_CALIBRATE, /* limits and probabilities gain, words no more than these */
    EF_ADVICE_TRAIN
} ef_review_advice;

typedef struct ef_review_gain {
    ef_review_advice advice;
    bool is_trained, is_calibrated;     /* which of the two there were labels enough for */
    ef_own_summary trained, calibrated; /* tried on labels that were left out */
} ef_review_gain;

/* Tries what `train` and `calibrate` would gain, on labels left out a fifth at a time;
 * writes nothing. A way is advised if log loss falls beyond chance (its 95 % interval is
 * below 0) and neither macro-F1 nor accuracy falls. The engine must have no own model.
 * Fails like ef_own_train, but not for want of labels. */
EF_API ef_status ef_review_advise(const ef_engine *engine, const char *labels_path,
                                  unsigned threads, ef_review_gain *gain, ef_error *error);

#ifdef __cplusplus
}
#endif
#endif
