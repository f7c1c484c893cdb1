/* SPDX-License-Identifier: MIT
 * audit/trial.h - one sentence, with the words of every group in it.
 *
 * A sentence is done before the next one begins: what is kept of it are one difference for
 * each group, the text that is farthest off, and what its reasons add up to. */
#ifndef EARFUL_AUDIT_TRIAL_H
#define EARFUL_AUDIT_TRIAL_H

#include "audit/blame.h"
#include "audit/templates.h"

/* What the texts of one group come to in the sentence at hand. */
typedef struct ef_standing {
    size_t texts;
    double sum; /* of scores */
    size_t labels[EF_LABEL_POSITIVE + 1];
} ef_standing;

/* Between a group and what it is compared with, in one sentence. */
typedef struct ef_difference {
    double value;
    ef_carrier_mood mood;
} ef_difference;

typedef struct ef_trial {
    const ef_engine *engine;
    ef_scratch *scratch;
    ef_blame *blame;        /* NULL: the scorer has no reasons */
    ef_arena *arena;        /* for texts that are kept */
    ef_audit_group *groups; /* what is found of each */
    ef_buffer *differences; /* [group]: ef_difference */
    size_t columns;         /* groups, and one more for standard spelling */
    ef_buffer texts, bytes; /* of the sentence at hand, and what they say */
    ef_standing *standings; /* [column], of the sentence at hand */
    double *shares;         /* [column] */
    size_t asked;           /* texts of all sentences */
} ef_trial;

/* *trial is released, too, if this fails. */
ef_status ef_trial_init(ef_trial *trial, const ef_engine *engine, ef_audit_group *groups,
                        size_t group_count, ef_arena *arena, ef_error *error);
void ef_trial_release(ef_trial *trial);

/* Begins a sentence: then append a text to trial->bytes, take it, append the next … */
void ef_trial_begin(ef_trial *trial);
/* Takes what was appended since begin. The last column is that of standard spelling. */
bool ef_trial_take(ef_trial *trial, size_t column, size_t begin);
/* Scores the texts and compares. A sentence with one group only is passed by. */
ef_status ef_trial_finish(ef_trial *trial, ef_carrier_mood mood, ef_error *error);

#endif
