/* SPDX-License-Identifier: MIT
 * cli/review_card.h - one text as a person is asked about it, in lines. */
#ifndef EARFUL_CLI_REVIEW_CARD_H
#define EARFUL_CLI_REVIEW_CARD_H

#include "earful/app/review.h"
#include "sheet.h"

typedef struct ef_card {
    const ef_review_item *item;
    const ef_explanation *explanation; /* of item->text; NULL: there is none */
    bool shows_model; /* false: what the model says is hidden, so that it sways nobody */
} ef_card;

/* The text; with the model's reasons in colour if it may be shown. */
void ef_card_text(const ef_card *card, ef_sheet *sheet);

/* Three lines: what the model says, why the text was chosen, the strongest reasons. */
void ef_card_model(const ef_card *card, ef_sheet *sheet);

/* A line for every reason, the strongest of a kind first. */
void ef_card_reasons(const ef_card *card, ef_sheet *sheet);

/* Where the text stands: "reviews.csv line 14, id R4100", in at most so many columns. */
size_t ef_card_place(const ef_card *card, FILE *stream, size_t columns);

#endif
