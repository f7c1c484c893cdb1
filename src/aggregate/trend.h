/* SPDX-License-Identifier: MIT
 * aggregate/trend.h - all groups of all groupings, and the minutes that are still open.
 *
 * A minute is open until a message comes that is younger than its end by the lateness. Then
 * it closes, once: its pane is judged and learned. Messages are taken in order, and each
 * closes what it closes before it is counted itself.
 * Invariant: every minute below closed_before is closed; the open list holds each (minute,
 * grouping, group) that has messages and is not, in order of time, then of numbers. */
#ifndef EARFUL_AGGREGATE_TREND_H
#define EARFUL_AGGREGATE_TREND_H

#include "aggregate/group.h"
#include "aggregate/phrases.h"

enum {
    EF_MINUTE_MS = 60000,
    EF_NEVER = INT64_MIN,
    EF_LATE_MINUTES = 10 /* a message that is no older than that is judged all the same */
};

/* A group's minute that closes. */
typedef struct ef_closing {
    size_t grouping, number; /* of the group in it */
    ef_group *group;
    ef_clusters *voices; /* of all groups of the grouping; NULL: nobody knows */
    int64_t minute;
    const ef_minute *entry; /* of the timeline; NULL: nothing was said in that minute */
    bool is_live;           /* not history: may raise an alert */
} ef_closing;

/* What judges minutes and messages: the room `alert`. All may be NULL together. */
typedef struct ef_judge {
    void *user;
    /* A minute with messages. True if the baseline must not learn it. */
    bool (*closes)(void *user, const ef_closing *closing);
    /* A message has come into a minute that is closed, EF_LATE_MINUTES ago at most; last is
     * the youngest that is. */
    void (*corrects)(void *user, const ef_closing *closing, int64_t last);
    /* The baseline was refreshed; comes behind closes. */
    void (*refreshed)(void *user, const ef_closing *closing);
    /* A minute is closed for all groups. Gives the minute at which it wants to be asked
     * again even if nobody speaks, INT64_MAX if it waits for nothing. */
    int64_t (*passes)(void *user, int64_t minute);
    /* A message, behind the minutes that it closed. False without memory. */
    bool (*hears)(void *user, const ef_delta *delta, const ef_observation *observation);
    /* Nobody has said anything until a minute. */
    void (*waits)(void *user, int64_t minute);
    /* Nothing will follow a minute. */
    void (*ends)(void *user, int64_t minute);
} ef_judge;

typedef struct ef_open_minute {
    int64_t minute;
    uint32_t grouping, group;
} ef_open_minute;

struct ef_trend {
    int64_t lateness_ms;
    uint32_t most_groups;
    uint64_t salt;
    const struct ef_redactions *redactions; /* NULL: built-in kinds only */
    int64_t gap_minutes; /* silence that ends a conversation in a place that many share */
    ef_grouping groupings[EF_MOST_GROUPINGS];
    size_t grouping_count;
    bool keeps_phrases; /* of negative messages; for alerts */
    ef_phrases phrases;
    int64_t kept_minutes;  /* how far back a window of a rule may look */
    int64_t latest_ms;     /* of any message; EF_NEVER: none yet */
    int64_t arrived_ms;    /* when that came, 0: not known */
    int64_t now_ms;        /* as the loop said last, 0: never */
    int64_t closed_before; /* minute; EF_NEVER: none yet */
    int64_t asked_next;    /* what judge.passes gave */
    int64_t swept_hour;
    bool is_history; /* what is merged now: it raises nothing */
    ef_open_minute *open;
    size_t open_count, open_capacity;
    ef_judge judge;
    ef_trend_counts counts;
    ef_delta *own; /* for ef_trend_add */
};

/* Notes that a group has messages in a minute that is open. False without memory. */
bool ef_trend_open(ef_trend *trend, ef_open_minute wanted);

/* The number of a grouping, added if need be. Fails with EF_ERR_MEMORY, EF_ERR_LIMIT. */
ef_status ef_trend_group_by(ef_trend *trend, const char *columns, size_t *grouping,
                            ef_error *error);

#endif
