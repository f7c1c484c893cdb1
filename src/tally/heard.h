/* SPDX-License-Identifier: MIT
 * tally/heard.h - one scored message, as the parts of a tally count it.
 *
 * Everything that several parts need is worked out once, here: what day it is where the
 * report is read, who speaks, and to which conversation it belongs. Lives for one message.
 */
#ifndef EARFUL_TALLY_HEARD_H
#define EARFUL_TALLY_HEARD_H

#include "earful/record.h"
#include "earful/scorer.h"
#include "tally/plan.h"

typedef struct ef_heard {
    const ef_record *record;
    const ef_score *score;
    bool is_customer;      /* counts for the mood: not of staff, bots and systems */
    bool has_time;         /* time_ms, day and second are set */
    int64_t time_ms;       /* since 1970 UTC */
    int32_t day;           /* since 1970, in the report's zone */
    uint32_t second;       /* of that day */
    ef_side side;          /* of what is compared */
    uint64_t author;       /* keyed hash; 0: not known */
    uint64_t conversation; /* keyed hash; 0: none */
    uint64_t cluster;      /* never 0: the conversation, else the author, else the record */
    uint64_t print;        /* never 0: of the record itself; orders samples in the same way
                              however the input was read, cut and merged */
    uint64_t words;        /* of its text; 0: none */
    const ef_slice *groups; /* the values of the plan's columns; none has control bytes */
} ef_heard;

/* Works out what there is to know. groups has plan->group_count values. Points to record,
 * score and groups. False: the plan leaves the message out, it is of another time. */
bool ef_heard_of(ef_heard *heard, const ef_plan *plan, const ef_record *record,
                 const ef_score *score, const ef_slice *groups);

#endif
