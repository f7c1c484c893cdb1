/* SPDX-License-Identifier: MIT
 * pipeline/own_texts.h - a user's labelled texts, and what the default model makes of them.
 *
 * Texts lie in parts that are left out in turn, by their own bytes or by the value of a
 * column, so that what belongs together is never on both sides. The latest fifth can be a
 * part of its own. */
#ifndef EARFUL_PIPELINE_OWN_TEXTS_H
#define EARFUL_PIPELINE_OWN_TEXTS_H

#include "earful/app/own.h"
#include "pipeline/gather.h"

/* Part k is EF_BOTH_PARTS(k) of the counts. */
enum { EF_OWN_LATEST = 5, EF_OWN_PARTS };

typedef struct ef_own_text {
    ef_totals totals;             /* later with the own evidence of a trial */
    int32_t polarity, neutrality; /* the model's logits, in 1/65536 */
    uint16_t bundle;              /* by the text's bytes, for ef_compare and for samples */
} ef_own_text;

typedef struct ef_own_texts {
    ef_counts counts;   /* of the texts with a class */
    ef_own_text *texts; /* parallel to counts.texts */
    bool has_neutral;   /* enough neutral texts to learn from; else there are none here */
    uint64_t labels[4]; /* texts read, by ef_label; NONE: without a label, or empty */
} ef_own_texts;

/* Reads texts and has the engine's model judge them. Fails as ef_own_train says. */
ef_status ef_own_texts_read(ef_own_texts *texts, const ef_engine *engine,
                            const ef_own_options *options, ef_error *error);
void ef_own_texts_release(ef_own_texts *texts);

#endif
