/* SPDX-License-Identifier: MIT
 * score/vader.h - reference mode: what the published VADER (Hutto and Gilbert 2014) gives.
 *
 * For those who compare with older figures. The rules are those of the reference program,
 * oddities included, over a lexicon file of its format that the user brings; nothing of the
 * rest of the engine takes part. Arithmetic is in doubles, in the reference's order, with
 * +, -, *, / and square root only: the same bits on every CPU. */
#ifndef EARFUL_SCORE_VADER_H
#define EARFUL_SCORE_VADER_H

#include "earful/scorer.h"
#include "score/vader_lexicon.h"

/* How often a value occurs among those before the first "but". */
typedef struct ef_vader_count {
    double value; /* 0: a free slot */
    uint64_t count;
} ef_vader_count;

/* Kept from text to text, so that scoring allocates nothing once it is warm. */
typedef struct ef_vader_scratch {
    ef_buffer key;
    ef_vader_count *counts;
    size_t count_capacity, counts_used; /* the capacity is a power of two, or 0 */
} ef_vader_scratch;

void ef_vader_scratch_release(ef_vader_scratch *scratch);

/* Scores a text: score is the reference's compound, p_negative, p_neutral and p_positive
 * are its neg, neu and pos. Linear time; memory is bounded by the longest word and by the
 * number of different valences. Fails with EF_ERR_MEMORY only; *score is then unchanged. */
ef_status ef_vader_score(const ef_vader *vader, ef_vader_scratch *scratch, ef_slice text,
                         ef_score *score);

#endif
