/* SPDX-License-Identifier: MIT
 * aggregate/delta.h - what a block of messages adds to a trend, in their order.
 *
 * Not summed up yet: which minute is closed when a message comes, and which message makes
 * the third bad one of a conversation, depends on their order. So a delta is the list of
 * what counts of each message, and merging walks it: deltas cut anywhere give the same. */
#ifndef EARFUL_AGGREGATE_DELTA_H
#define EARFUL_AGGREGATE_DELTA_H

#include "aggregate/keys.h"
#include "earful/trend.h"
#include "text/redactor.h"

enum {
    EF_MOST_GROUPINGS = 16,
    EF_MOST_GROUP_COLUMNS = 8,
    EF_KEY_SEPARATOR = 0x1F, /* between the values of a key; no value holds it */
    EF_VALUE_LIMIT = 200     /* bytes of a value in a key */
};

/* The columns that a grouping is made of. */
typedef struct ef_grouping_columns {
    char *text; /* "channel,store" as asked for */
    ef_slice names[EF_MOST_GROUP_COLUMNS];
    size_t count;
} ef_grouping_columns;

typedef struct ef_observation {
    int64_t time_ms;
    uint64_t conversation; /* hash; of place and author where many share a place; 0: none */
    uint64_t cluster;      /* hash of the conversation, else of the author; 0: none */
    uint64_t voice;        /* hash of the author, else of the conversation; 0: none */
    size_t id_at, name_at; /* in bytes: id of the message; conversation, author behind it */
    uint32_t id_size, name_size;
    uint32_t author_size; /* 0 where the place is the conversation */
    uint32_t place;       /* that many share: silence ends a conversation there; 0: none */
    bool is_customer;     /* the record says so: it is no guess */
    int32_t score;
    uint32_t signals;
    ef_label label;
    bool is_mixed;
    size_t phrases_at; /* in phrases, of a negative message */
    uint32_t phrase_count;
} ef_observation;

struct ef_delta {
    const struct ef_trend *trend;
    size_t grouping_count; /* of the trend, when the delta was made */
    int64_t arrival_ms;
    bool is_history;
    ef_names keys[EF_MOST_GROUPINGS]; /* of the groups that occur here */
    ef_observation *items;
    uint32_t *groups; /* grouping_count numbers of keys for each item */
    size_t count, capacity;
    ef_buffer bytes, key;
    ef_buffer phrases;      /* of struct ef_said_phrase */
    ef_redactor redactor;   /* what phrases leave out */
    ef_trend_counts counts; /* of what did not become an item */
};

/* Sorts a delta by time, messages of one time in their order, if one of them came more than
 * lateness_ms late. *was_needed says whether. EF_ERR_MEMORY: it is as it was. */
ef_status ef_delta_sort(ef_delta *delta, int64_t lateness_ms, bool *was_needed,
                        ef_error *error);

/* The numbers of keys of an item, one for each grouping. */
static inline uint32_t *ef_delta_groups(const ef_delta *delta, size_t item)
{
    return delta->groups + item * delta->grouping_count;
}

ef_slice ef_delta_id(const ef_delta *delta, const ef_observation *observation);
ef_slice ef_delta_conversation(const ef_delta *delta, const ef_observation *observation);
ef_slice ef_delta_author(const ef_delta *delta, const ef_observation *observation);

#endif
