/* SPDX-License-Identifier: MIT
 * saying.h - messages made by hand, as the parts of a tally hear them. */
#ifndef EARFUL_TESTS_TALLY_SAYING_H
#define EARFUL_TESTS_TALLY_SAYING_H

#include "base/hash.h"
#include "tally/heard.h"

typedef struct hand_made {
    ef_record record;
    ef_score score;
    ef_heard heard;
} hand_made;

/* A customer's message; the number stands for the record and, unless author is set, for who
 * wrote it. Points into *made. */
static inline const ef_heard *saying(hand_made *made, const char *text, uint64_t number,
                                   uint64_t author, ef_label label)
{
    *made = (hand_made){ 0 };
    made->record.text = ef_slice_of(text);
    made->score.label = label;
    made->score.score = ((int32_t)label - EF_LABEL_NEUTRAL) * 8000;
    made->heard = (ef_heard){
        .record = &made->record,
        .score = &made->score,
        .is_customer = true,
        .author = author,
        .cluster = author != 0 ? author : ef_hash_mix(number, 2),
        .print = ef_hash_mix(number, 1),
        .words = ef_hash_bytes(made->record.text.data, made->record.text.size),
    };
    return &made->heard;
}

#endif
