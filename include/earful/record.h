/* SPDX-License-Identifier: MIT
 * record.h - one review or message, whatever file it came from.
 *
 * Every input format fills the same noun. Slices point into the reader that gave the
 * record and die when it moves on; whoever wants to keep one copies it. */
#ifndef EARFUL_RECORD_H
#define EARFUL_RECORD_H

#include <stdbool.h>

#include "earful/slice.h"

typedef enum ef_role {
    EF_ROLE_UNKNOWN = 0,
    EF_ROLE_CUSTOMER,
    EF_ROLE_STAFF,
    EF_ROLE_BOT,
    EF_ROLE_SYSTEM
} ef_role;

/* What happened in a conversation, where the export tells. */
typedef enum ef_talk_event {
    EF_EVENT_NONE = 0,
    EF_EVENT_CLOSED,
    EF_EVENT_OPENED,     /* again */
    EF_EVENT_HANDED_OVER /* assigned or transferred to somebody */
} ef_talk_event;

/* What was asked for. */
typedef enum ef_rating_kind {
    EF_RATING_PLAIN = 0, /* stars, or nobody says */
    EF_RATING_NPS,       /* how likely to recommend, 0-10 */
    EF_RATING_CSAT,      /* how satisfied, 1-5 */
    EF_RATING_CES,       /* how easy, 1-7, or in its first version how hard, 1-5 */
    EF_RATING_KINDS
} ef_rating_kind;

/* A rating as found, and where it lies on its scale. */
typedef struct ef_rating {
    ef_slice raw;   /* as written; empty when the record has none */
    bool is_known;  /* value, low and high are set */
    double value;   /* in low..high */
    double low;     /* the worst answer of the scale */
    double high;    /* the best answer of the scale */
    int32_t scaled; /* value on -10000..10000: worst to best */
    ef_rating_kind kind;
} ef_rating;

enum { EF_FURTHER_ANSWERS = 2 };

typedef struct ef_record {
    ef_slice id;
    ef_slice channel;
    ef_slice conversation;
    ef_slice author;
    ef_slice language;
    ef_slice text; /* UTF-8, repaired; the text columns joined by two newlines */
    ef_role role;
    bool has_time;
    int64_t time_ms; /* milliseconds since 1970-01-01T00:00:00Z; valid if has_time */
    ef_rating rating;
    ef_rating answers[EF_FURTHER_ANSWERS]; /* of a survey that asks more, each of another kind */
    bool is_excluded; /* its ratings do not count: a test, or the survey tool says so */

    const ef_slice *fields; /* the input's own columns, in the order of its header; a
                               cell that its row does not have is { NULL, 0 } */
    size_t field_count;     /* those after ef_reader_columns' last are surplus cells */
    ef_slice raw;           /* the bytes of the whole record, without its line end */

    uint64_t index;  /* 0 for the first record of the run */
    uint64_t line;   /* line where the record begins, from 1; 0 in binary inputs */
    uint64_t offset; /* byte where the record begins, in the decoded input */
    bool is_cut;     /* the record was longer than the limit and its text was cut */
    bool is_partial; /* its line has no end, and will get none: the file was replaced */
    bool is_shared;  /* conversation names a place that many share, such as a channel: what
                        one author says there until a silence is a conversation */
    ef_talk_event event;
    bool is_hidden; /* customers do not see it: a note of the staff */
} ef_record;

#endif
