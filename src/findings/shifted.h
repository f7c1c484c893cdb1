/* SPDX-License-Identifier: MIT
 * findings/shifted.h - what is said more, or less, on the other side: another period, or
 * another segment. */
#ifndef EARFUL_FINDINGS_SHIFTED_H
#define EARFUL_FINDINGS_SHIFTED_H

#include "base/arena.h"
#include "findings/corpus.h"

enum { EF_SHOWN_SHIFTED = 15 };

/* Fills risen, fallen and tested of a comparison, without quotes, the surest first: the
 * phrases that voices of one side say more, at least five of them, by an exact test with
 * p < 0.0027 (as |z| > 3) that is not by chance among so many (Benjamini and Hochberg, 5 %).
 * z is that of the log-odds with an informative prior (Monroe, Colaresi and Quinn 2008).
 * Nothing where a side has fewer than 30 voices. False without memory. */
bool ef_shifted_find(ef_comparison *comparison, ef_corpus *corpus, ef_arena *arena);

#endif
