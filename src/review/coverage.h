/* SPDX-License-Identifier: MIT
 * review/coverage.h - which words texts share, and which of them a person has seen.
 *
 * A text is its distinct words, hashed into a table of fixed size: two words in one slot do
 * no harm here. How common a word is comes from a sample of the texts; how often it was
 * asked about, from those that were labelled or chosen. */
#ifndef EARFUL_REVIEW_COVERAGE_H
#define EARFUL_REVIEW_COVERAGE_H

#include "earful/slice.h"

/* Distinct words of a text that count: a longer text is told by its first ones. */
enum { EF_COVERAGE_WORDS = 128, EF_COVERAGE_SLOTS = 1 << 16 };

typedef struct ef_text_words {
    uint16_t slots[EF_COVERAGE_WORDS]; /* ascending, each once */
    size_t count;
} ef_text_words;

typedef struct ef_coverage {
    uint16_t texts[EF_COVERAGE_SLOTS]; /* of the sample, that hold the word */
    uint16_t asked[EF_COVERAGE_SLOTS]; /* texts asked about that hold it */
} ef_coverage;

void ef_text_words_find(ef_text_words *words, ef_slice text);

/* Counts a text of the sample; counts a text as asked about. */
void ef_coverage_sample(ef_coverage *coverage, const ef_text_words *words);
void ef_coverage_ask(ef_coverage *coverage, const ef_text_words *words);

/* How much of a text is new, 0..1: the mean over its words of 1 / (1 + times asked), rare
 * words of the sample weighing more. 1 for a text without words. */
double ef_coverage_novelty(const ef_coverage *coverage, const ef_text_words *words);

/* How much a label of this text would tell of others: its words that are common in the
 * sample and not asked about, against the root of their number. Any size; 0 if none are. */
double ef_coverage_reach(const ef_coverage *coverage, const ef_text_words *words);

#endif
