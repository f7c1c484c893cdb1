/* SPDX-License-Identifier: MIT
 * tally/whole.h - what is counted of all messages together: coverage, mood, feelings.
 *
 * One struct of whole numbers; first and last are the least and the largest time. */
#ifndef EARFUL_TALLY_WHOLE_H
#define EARFUL_TALLY_WHOLE_H

#include "tally/mood.h"

enum { EF_SCORE_BINS = 256 };

/* All members are int64_t. */
typedef struct ef_whole {
    int64_t first_ms, last_ms; /* of timed messages; INT64_MAX, INT64_MIN: none */
    int64_t records, labelled; /* that were read; with a label, of customers */
    int64_t empty, unknown_language, untimed, not_customers;
    int64_t rejected, inputs, failed_inputs; /* as the reader counted them */
    int64_t bad_ratings, bad_times;
    int64_t dropped; /* records that came before and were to count once */
    int64_t taken; /* messages whose score stood in the input */
    int64_t with_conversation, with_author, with_role, with_rating;
    int64_t emotions[EF_EMOTION_COUNT]; /* of messages with a label */
    int64_t signals[EF_SIGNAL_COUNT];
    int64_t bins[EF_SCORE_BINS]; /* of the scores: bin 0 is the worst */
    ef_mood sides[EF_SIDES];     /* add up to all */
} ef_whole;

void ef_whole_init(ef_whole *whole);
bool ef_whole_add(ef_whole *whole, const ef_heard *heard);
bool ef_whole_merge(ef_whole *whole, const ef_whole *more);
bool ef_whole_save(const ef_whole *whole, ef_buffer *out);
bool ef_whole_load(ef_whole *whole, ef_unpack *in);

/* The mood of all messages. */
ef_mood ef_whole_mood(const ef_whole *whole);

#endif
