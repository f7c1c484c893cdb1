/* SPDX-License-Identifier: MIT
 * score/look_back.h - what is known only when more of the sentence has been heard.
 *
 * "But" makes what comes after it weigh more, a question states nothing, "but it was not"
 * takes back what was hoped for, and praise beside a mishap is none. */
#ifndef EARFUL_SCORE_LOOK_BACK_H
#define EARFUL_SCORE_LOOK_BACK_H

#include "score/judge.h"

/* Takes back the last thing that was said or hoped for before the clause that ends with
 * the word at; the rule's word is the one that denies. */
void ef_look_back_deny(ef_judge *j, size_t at, size_t denying);

/* Says the opposite of the last valence of something else: "…, but the service isn't". */
void ef_look_back_transfer(ef_judge *j, ef_item *echo);

/* What was said before a word is over: "… until the last update". */
void ef_look_back_over(ef_judge *j, size_t first, size_t last);

/* What a sentence says weighs less than the next one; ef_rules_sum must follow. */
void ef_look_back_yield(ef_items *items, ef_words *words, const char *rule);

/* Judges the items of a sentence together. */
void ef_look_back(ef_judge *j);

#endif
