/* SPDX-License-Identifier: MIT
 * score/comparison.h - who wins where two are compared.
 *
 * "The old one was better" praises what the speaker no longer has: a comparative whose
 * subject is a rival speaks against the thing reviewed. */
#ifndef EARFUL_SCORE_COMPARISON_H
#define EARFUL_SCORE_COMPARISON_H

#include "score/judge.h"

/* "Better", "more helpful"; not "no better" or "got better". */
bool ef_is_comparative(const ef_judge *j, const ef_item *item);

/* Whether "like this", "as that" or "than here" stands shortly behind an item. */
bool ef_is_like_this(const ef_judge *j, const ef_item *item);

/* Tells of words that name a rival: "the old", "your competitor". */
void ef_comparison_meet_rival(ef_judge *j, size_t first, size_t last);

/* Judges a new valence item. */
void ef_comparison_weigh(ef_judge *j, ef_item *item);

#endif
