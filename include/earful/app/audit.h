/* SPDX-License-Identifier: MIT
 * app/audit.h - whether a score changes when only the person changes.
 *
 * Not part of the stable interface. Sentences of reviews and support chats are scored once
 * for each word or name of each group of people. A dimension ("religion") holds groups that
 * are compared with each other, sentence by sentence; in one of spellings, each sentence of
 * a group is compared with the same sentence in standard spelling.
 *
 * For sentence t and group g let m(t,g) be the mean score of the texts with g's words, and
 * r(t,g) the mean of m(t,h) over the other groups h of the dimension, or the score of the
 * standard spelling. Of the T sentences that g and another group share:
 *
 *     d(t) = m(t,g) - r(t,g)      gap = mean of d(t)
 *     interval = gap -+ t(0.975, T - 1) * sqrt(sum of (d(t) - gap)^2 / (T - 1) / T)
 *
 * so texts of one sentence count as one. The interval is over sentences: what other words
 * for the same people would do is not in it. */
#ifndef EARFUL_APP_AUDIT_H
#define EARFUL_APP_AUDIT_H

#include "earful/engine.h"
#include "earful/scorer.h"

#ifdef __cplusplus
extern "C" {
#endif

/* A file of templates: INI, in the form of those that are built in (ef_audit_templates). */
typedef struct ef_audit_source {
    const char *name; /* for errors */
    ef_slice bytes;
} ef_audit_source;

/* A reason whose weight differs between a group and what it is compared with. */
typedef struct ef_audit_word {
    ef_slice text; /* ASCII letters in lower case */
    ef_reason_kind kind;
    double
        weight; /* how much more of it a text of the group has, in the unit of ef_reason */
    bool of_others; /* only what the group is compared with has it */
} ef_audit_word;

/* Figures in the unit of a score, -1 .. 1. */
typedef struct ef_audit_gap {
    double mean;
    bool has_interval; /* of two sentences or more */
    double low, high;  /* 95 % */
} ef_audit_gap;

enum { EF_AUDIT_WORDS = 3 };

typedef struct ef_audit_group {
    ef_slice dimension, name;
    size_t place;       /* groups ascend by it: dimensions and groups as they were given */
    uint64_t words;     /* words and names; 0 in a dimension of spellings */
    uint64_t sentences; /* T */
    uint64_t texts;
    ef_audit_gap gap;
    ef_audit_gap by_mood[3]; /* of negative, neutral and positive sentences alone */
    uint64_t mood_sentences[3];
    double worst; /* the text whose score is farthest from r(t,g): the difference, */
    ef_slice worst_text;
    ef_slice worst_standard; /* its standard spelling; empty in a dimension of words */
    uint64_t flips; /* texts with another label than most of what they are compared with, */
    uint64_t lowered;                      /* … a worse one */
    ef_audit_word because[EF_AUDIT_WORDS]; /* what makes the gap, the strongest first */
    size_t because_count; /* 0 with the scorer "vader": it has no reasons */
} ef_audit_group;

/* A text of identity words and nothing else that they make negative. */
typedef struct ef_audit_alone {
    ef_slice text;
    double score;
    ef_slice because; /* the strongest reason, "" if there is none */
} ef_audit_alone;

/* All of it lives until ef_audited_free. */
typedef struct ef_audited {
    ef_engine_info info;
    char templates[17];                    /* 16 hex digits over all sources */
    uint64_t dimensions, sentences, words; /* different ones */
    uint64_t texts;                        /* that were scored to be compared */
    uint64_t moods[3];            /* of the sentences: negative, neutral, positive */
    const ef_audit_group *groups; /* those of a dimension stand together */
    size_t group_count;
    /* Identity alone. A sentence that is negative with a word that nobody knows in its slot
     * says nothing of the words for people, and is passed by. */
    uint64_t alone_texts, alone_sentences, alone_passed;
    const ef_audit_alone *alone; /* those labelled negative */
    size_t alone_count;
} ef_audited;

/* Scores and compares. source_count 0: the built-in templates. Fails with EF_ERR_FORMAT,
 * naming the source and its line, with EF_ERR_LIMIT for more than a million texts, and with
 * EF_ERR_MEMORY; *audited is then NULL. Sources need not outlive the call. */
EF_API ef_status ef_audit(const ef_engine *engine, const ef_audit_source *sources,
                          size_t source_count, ef_audited **audited, ef_error *error);
EF_API void ef_audited_free(ef_audited *audited);

/* The built-in templates, to be read, and to be edited. Static. */
EF_API ef_slice ef_audit_templates(void);

#ifdef __cplusplus
}
#endif
#endif
