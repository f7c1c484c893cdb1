/* SPDX-License-Identifier: MIT
 * score/negation.h - what "not", "no" and "hardly" do to the words behind them.
 *
 * A negator turns the valences of its clause. It does not turn what it makes as strong as
 * can be ("could not be kinder"), and where it takes a complaint back or denies a plain
 * fact, the classifier, which adds up words, is not asked. */
#ifndef EARFUL_SCORE_NEGATION_H
#define EARFUL_SCORE_NEGATION_H

#include "score/judge.h"

/* Whether the word at a place stands in the scope of a negator. */
static inline bool ef_is_negating(const ef_judge *j, size_t at)
{
    return j->negation.kind != EF_NEGATOR_NO && at - j->negation.from <= j->negation.reach;
}

void ef_negation_start(ef_judge *j, unsigned kind, size_t first, size_t last);

/* Tells of a verb of opinion: a negator before it is held over an aside. */
void ef_negation_hold(ef_judge *j, size_t at);

/* Judges a new valence item. */
void ef_negation_weigh(ef_judge *j, ef_item *item);

/* Tells of words that were passed while a negator was in force or held. */
void ef_negation_pass(ef_judge *j, size_t first, size_t end);

/* Tells of the end of a clause, and of the beginning of the next one; end is the place of
 * its first word. */
void ef_negation_end_clause(ef_judge *j, size_t end);
void ef_negation_begin_clause(ef_judge *j, size_t end);

#endif
