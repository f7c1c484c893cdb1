/* SPDX-License-Identifier: MIT
 * tally/mood.h - what is added up of messages wherever they are added up: by day, by group,
 * of all.
 *
 * Sums of whole numbers, so they add up in any order. Scores and ratings are in units of
 * 1/10000. All members are of one type: a mood is the sums of an entry of ef_sums. */
#ifndef EARFUL_TALLY_MOOD_H
#define EARFUL_TALLY_MOOD_H

#include "tally/heard.h"

typedef struct ef_mood {
    int64_t n; /* messages of customers that have a label */
    int64_t negative, positive, mixed;
    int64_t sum, squares;                  /* of their scores */
    int64_t rated, rating, rating_squares; /* ratings by customers, on -10000..10000 */
} ef_mood;

enum { EF_MOOD_SUMS = sizeof(ef_mood) / sizeof(int64_t) };

static inline void ef_mood_count(ef_mood *mood, const ef_heard *heard)
{
    const ef_score *score = heard->score;
    const ef_rating *rating = &heard->record->rating;
    if (!heard->is_customer)
        return;
    if (score->label != EF_LABEL_NONE) {
        mood->n++;
        mood->negative += score->label == EF_LABEL_NEGATIVE;
        mood->positive += score->label == EF_LABEL_POSITIVE;
        mood->mixed += score->mixed;
        mood->sum += score->score;
        mood->squares += (int64_t)score->score * score->score;
    }
    if (rating->is_known) {
        mood->rated++;
        mood->rating += rating->scaled;
        mood->rating_squares += (int64_t)rating->scaled * rating->scaled;
    }
}

/* Wraps around like ef_sums_merge: what was loaded cannot make it overflow. */
static inline void ef_mood_merge(ef_mood *mood, const ef_mood *more)
{
    uint64_t *to = (uint64_t *)mood;
    const uint64_t *from = (const uint64_t *)more;
    for (size_t i = 0; i < EF_MOOD_SUMS; i++)
        to[i] += from[i];
}

/* As bytes. What cannot have been counted sets in->failed. */
void ef_mood_save(const ef_mood *mood, ef_buffer *out);
void ef_mood_load(ef_mood *mood, ef_unpack *in);

#endif
