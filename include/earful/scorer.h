/* SPDX-License-Identifier: MIT
 * scorer.h - text in, sentiment out, and why.
 *
 * All figures are integers in units of 1/10000, made from integer evidence without
 * floating point: the same text gives the same bits on every CPU and in every thread. */
#ifndef EARFUL_SCORER_H
#define EARFUL_SCORER_H

#include <stdbool.h>

#include "earful/engine.h"
#include "earful/slice.h"
#include "earful/status.h"

#ifdef __cplusplus
extern "C" {
#endif

enum { EF_UNIT = 10000 }; /* one, in the unit of probabilities and scores */

typedef enum ef_label {
    EF_LABEL_NONE = 0, /* empty text, or a language that the model does not know */
    EF_LABEL_NEGATIVE,
    EF_LABEL_NEUTRAL,
    EF_LABEL_POSITIVE
} ef_label;

typedef enum ef_emotion {
    EF_EMOTION_NONE = 0,
    EF_EMOTION_ANGER,
    EF_EMOTION_DISGUST,
    EF_EMOTION_FEAR,
    EF_EMOTION_JOY,
    EF_EMOTION_SADNESS,
    EF_EMOTION_SURPRISE,
    EF_EMOTION_COUNT
} ef_emotion;

/* Bits of ef_score.signals: what a message says beside its mood. */
typedef enum ef_signal {
    EF_SIGNAL_CHURN = 1 << 0,
    EF_SIGNAL_ESCALATION = 1 << 1,
    EF_SIGNAL_EFFORT = 1 << 2,
    EF_SIGNAL_REFUND = 1 << 3,
    EF_SIGNAL_LEGAL = 1 << 4,
    EF_SIGNAL_SAFETY = 1 << 5,
    EF_SIGNAL_ADVOCATE = 1 << 6,
    EF_SIGNAL_THANKS = 1 << 7,
    EF_SIGNAL_SARCASM = 1 << 8
} ef_signal;
enum { EF_SIGNAL_COUNT = 9 };

/* Bits of ef_score.review: why a person should look. */
typedef enum ef_review_reason {
    EF_REVIEW_UNSURE = 1 << 0,   /* the likeliest label is not likely enough */
    EF_REVIEW_DISAGREE = 1 << 1, /* lexicon and classifier say the opposite, both strongly */
    EF_REVIEW_LANGUAGE = 1 << 2, /* the language is unknown */
    EF_REVIEW_SARCASM = 1 << 3   /* something in it is often sarcasm */
} ef_review_reason;
enum { EF_REVIEW_REASON_COUNT = 4 };

typedef enum ef_language {
    EF_LANGUAGE_MODEL = 0, /* the language of the model */
    EF_LANGUAGE_UNKNOWN    /* four or more words, too few of them known */
} ef_language;

/* With the scorer "vader", score is the reference's compound, and p_negative, p_neutral and
 * p_positive are its neg, neu and pos: shares rounded to 1/1000, whose sum may miss 10000 by
 * that. The text counts as one sentence, and nothing is said of emotion, signals, language
 * and review. */
typedef struct ef_score {
    ef_label label;
    ef_language language;
    int32_t score; /* -10000..10000: p_positive - p_negative */
    int32_t p_negative, p_neutral, p_positive; /* 0..10000, sum exactly 10000 */
    int32_t confidence;                        /* the largest of the three */
    bool mixed;                                /* a negative and a positive clause */
    bool needs_review;
    uint32_t sentences;
    int32_t lowest, highest; /* score of the lowest and the highest sentence */
    ef_emotion emotion;
    int32_t emotion_p; /* 0..10000, of the named emotion or of none; with a model that knows
                          no emotions a share of the lexicon's strength, 0 for none */
    uint32_t signals;  /* ef_signal bits */
    int32_t coverage;  /* share of word tokens known, 0..10000; 10000 without words */
    uint32_t words;    /* word tokens */
    uint32_t review;   /* ef_review_reason bits; needs_review: there is one. 0 in a score
                          that was read from a file */
} ef_score;

/* What a reason is made of. */
typedef enum ef_reason_kind {
    EF_REASON_LEXICON,    /* a word, phrase, emoji or rating of the lexicon engine */
    EF_REASON_CLASSIFIER, /* an n-gram of the classifier */
    EF_REASON_SIGNAL,     /* a phrase that set a signal */
    EF_REASON_EMOTION,    /* a word that speaks for an emotion */
    EF_REASON_OWN         /* an n-gram of an own model, which adds to the classifier */
} ef_reason_kind;

/* One contribution to the evidence. Spans are bytes of the text as given. */
typedef struct ef_reason {
    ef_reason_kind kind;
    uint32_t sentence;   /* from 0 */
    uint32_t begin, end; /* begin <= end <= text size */
    int32_t base;        /* weight before rules; for the unit see ef_evidence */
    int32_t weight;      /* weight after rules: what was added to the evidence */
    const char *rule;    /* what changed it: "negated by 'not'" names the rule only,
                            "negation", "booster", "contrast", …; "" if nothing did. Static */
    uint32_t rule_begin, rule_end; /* span of the word that triggered the rule; 0,0 if none */
    const char *name;    /* name of the signal or emotion; "" else. Static */
} ef_reason;

/* The integer evidence that reasons add up to, exactly. */
typedef struct ef_evidence {
    int32_t lexicon;    /* sum of the weights of EF_REASON_LEXICON, 1/100 of a valence point */
    int32_t classifier; /* sum of the weights of EF_REASON_CLASSIFIER, model units */
    int32_t own;        /* sum of the weights of EF_REASON_OWN; 0 without an own model */
} ef_evidence;

/* A sentence of an explained text. */
typedef struct ef_sentence {
    uint32_t begin, end; /* bytes of the text as given */
    ef_evidence evidence;
    int32_t p_negative, p_neutral, p_positive;
} ef_sentence;

typedef struct ef_explanation {
    ef_score score;
    ef_evidence evidence; /* of the whole text: the sum of its sentences */
    const ef_sentence *sentences;
    size_t sentence_count;
    const ef_reason *reasons; /* in order of sentence, then of begin */
    size_t reason_count;
} ef_explanation;

/* Working memory of one thread: tokens, features, reasons. Reused from text to text, so
 * that scoring allocates nothing once it is warm. */
typedef struct ef_scratch ef_scratch;

/* Fails with EF_ERR_MEMORY only. */
EF_API ef_status ef_scratch_new(ef_scratch **scratch, ef_error *error);
EF_API void ef_scratch_free(ef_scratch *scratch);

/* Scores one text: any bytes; invalid UTF-8 counts as U+FFFD. Costs O(text.size) time and
 * constant memory. engine may be shared, scratch belongs to one thread.
 * Fails with EF_ERR_MEMORY only; *score is then unchanged. */
EF_API ef_status ef_score_text(const ef_engine *engine, ef_scratch *scratch, ef_slice text,
                               ef_score *score, ef_error *error);

/* Scores one text and keeps every reason. *explanation points into scratch and dies at the
 * next call with it. explanation->score equals what ef_score_text gives. At most 1 MiB of
 * text is explained, the score is of the whole. An engine whose scorer is "vader" has no
 * reasons to give: EF_ERR_ARGUMENT. */
EF_API ef_status ef_explain_text(const ef_engine *engine, ef_scratch *scratch, ef_slice text,
                                 ef_explanation *explanation, ef_error *error);

/* Names as they stand in outputs: "negative", "anger", "churn", "lexicon". "" for none. Static. */
EF_API const char *ef_label_name(ef_label label);
EF_API const char *ef_emotion_name(ef_emotion emotion);
EF_API const char *ef_signal_name(unsigned index); /* of bit 1 << index */
EF_API const char *ef_reason_kind_name(ef_reason_kind kind);

#ifdef __cplusplus
}
#endif
#endif
