/* SPDX-License-Identifier: MIT
 * audit/blame.h - the words that make a gap.
 *
 * Reasons of all texts are added up by what they say, for each group: plus what the group's
 * own texts have, minus what it is compared with has. What a sentence itself says stands on
 * both sides and cancels, so what is left are the words for people, and what they do to
 * the words beside them. */
#ifndef EARFUL_AUDIT_BLAME_H
#define EARFUL_AUDIT_BLAME_H

#include "base/arena.h"
#include "earful/app/audit.h"

typedef struct ef_blame ef_blame;

/* For groups 0 .. columns - 1. NULL without memory. */
ef_blame *ef_blame_new(size_t columns);
void ef_blame_free(ef_blame *blame);

/* How much a text of one group counts for each group: share[column]. */
bool ef_blame_add(ef_blame *blame, const double *share, size_t column, ef_slice text,
                  const ef_explanation *explanation);

/* The reasons that pull a group's gap the way it goes, strongest first, and how many. One
 * text of the group has weights of 1 / sentences of the sums. Words live in the arena.
 * False without memory. */
bool ef_blame_words(const ef_blame *blame, size_t column, double gap, uint64_t sentences,
                    ef_arena *arena, ef_audit_word words[EF_AUDIT_WORDS], size_t *count);

#endif
