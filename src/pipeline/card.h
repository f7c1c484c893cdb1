/* SPDX-License-Identifier: MIT
 * pipeline/card.h - what a model says about its own making, as JSON and as lines. */
#ifndef EARFUL_PIPELINE_CARD_H
#define EARFUL_PIPELINE_CARD_H

#include "earful/app/train.h"
#include "pipeline/cross.h"
#include "pipeline/vocabulary.h"

typedef struct ef_card {
    const char *name, *classifier;
    const ef_texts *texts;
    const ef_counts *counts;
    const ef_vocabulary *vocabulary;
    const ef_family_result *results; /* of each family */
} ef_card;

/* Appends the card as JSON. The same training gives the same bytes: no date, no path. */
void ef_card_write(const ef_card *card, ef_buffer *json);

/* Notes the table of families and its means, line by line. */
void ef_card_note(const ef_card *card, ef_training_note_fn *note, void *user);

#endif
