/* SPDX-License-Identifier: MIT
 * score/spelling.h - the word with a mood that a misspelt one was meant to be.
 *
 * "Terirble", "excelent", "horribble", "amzing": two neighbours changed places, a letter
 * was doubled, or one of a pair or a vowel is missing. */
#ifndef EARFUL_SCORE_SPELLING_H
#define EARFUL_SCORE_SPELLING_H

#include "lexicon/lexicon.h"

/* The hash of the word of the lexicon that one such slip turns into the given one, which
 * nobody knows; 0 if there is none, or the word has less than 5 letters or more than 15.
 * Nine of ten such words take two look-ups; bounded: some four a letter. */
uint64_t ef_spelling_mend(const ef_lexicon *lexicon, ef_slice word);

#endif
