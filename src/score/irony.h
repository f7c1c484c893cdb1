/* SPDX-License-Identifier: MIT
 * score/irony.h - praise that is none: "Great, another crash", "Lovely. You lost it again."
 *
 * Only where the contrast is plain: bare praise beside a mishap that somebody is told of.
 * The praise turns, the classifier does not hear it, and the text is marked for a person.
 */
#ifndef EARFUL_SCORE_IRONY_H
#define EARFUL_SCORE_IRONY_H

#include "score/judge.h"

/* Judges a sentence of its own: praise, and a mishap in a later clause or behind "how",
 * "when", "for". */
void ef_irony_weigh(ef_judge *j);

/* Whether a sentence is bare praise: "Great!", "Oh, lovely." */
bool ef_is_bare_praise(const ef_items *items, const ef_words *words);

/* Whether what was found in a sentence is a mishap and nothing good. */
bool ef_is_mishap(const ef_impression *findings, const ef_words *words);

/* Turns bare praise; ef_rules_sum must follow. */
void ef_irony_turn(ef_items *items, ef_words *words, ef_impression *findings);

#endif
