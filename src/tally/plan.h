/* SPDX-License-Identifier: MIT
 * tally/plan.h - what a report counts by: the same for all tallies that are to merge.
 *
 * Immutable once made, shared by threads. */
#ifndef EARFUL_TALLY_PLAN_H
#define EARFUL_TALLY_PLAN_H

#include "aggregate/pack.h"
#include "base/arena.h"
#include "base/zone.h"
#include "earful/app/redact.h"
#include "tally/topics.h"

enum { EF_MOST_REPORT_GROUPS = 8, EF_MOST_PLAN_WORDS = 64 };

/* To which of two periods or segments a message belongs. */
typedef enum ef_side { EF_SIDE_NONE = 0, EF_SIDE_BEFORE, EF_SIDE_AFTER, EF_SIDES } ef_side;

/* A stretch of time, in milliseconds since 1970 UTC; INT64_MIN and INT64_MAX: open. */
typedef struct ef_period {
    int64_t begin_ms, end_ms;
} ef_period;

/* What is compared: two periods, or two values of a column. */
typedef struct ef_sides {
    bool are_asked;
    size_t column;            /* of groups; EF_BY_TIME: periods */
    ef_slice names[EF_SIDES]; /* of before and after, as asked for; values of the column */
    ef_period periods[EF_SIDES];
} ef_sides;

enum { EF_BY_TIME = EF_MOST_REPORT_GROUPS };

/* What is grouped by if nobody says it: a column of that meaning, where there is one. */
#define EF_GROUP_PRODUCT "product"
#define EF_GROUP_CHANNEL "channel"
#define EF_GROUP_LANGUAGE "language"

/* As people write it; NULL: not asked for. */
typedef struct ef_plan_wishes {
    const char *zone;                         /* NULL: UTC */
    const char *const *groups, *const *where; /* names of columns; COL=VALUE */
    size_t group_count, where_count;
    const char *since, *until; /* a moment, day, week, month or year; both included */
    const char *compare;       /* "2026-02..2026-03", "channel=website..shop" */
    const char *before;        /* a moment, day …: all before it, and from it on */
    const char *topics;        /* what a file of topics holds: see tally/topics.h */
    const char *topics_name;   /* of that file, for errors; NULL: "topics" */
    bool shows_words;          /* quotations are not redacted */
    const ef_redactions *redactions; /* what is redacted besides; not saved */
} ef_plan_wishes;

typedef struct ef_plan {
    ef_arena arena;        /* owns all strings below */
    ef_plan_wishes wishes; /* what it was made from */
    ef_zone *zone;
    ef_slice zone_name;
    ef_slice groups[EF_MOST_REPORT_GROUPS];
    size_t group_count;
    bool groups_are_usual; /* nobody asked: those that say something are shown */
    ef_period span; /* what is counted */
    ef_sides sides;
    ef_topics *topics; /* NULL: no list was given */
} ef_plan;

/* EF_ERR_ARGUMENT for what is no zone or time, EF_ERR_FORMAT for topics that cannot be
 * read; error says what would be. A column that is
 * compared is counted as a group, too. */
ef_status ef_plan_make(ef_plan *plan, const ef_plan_wishes *wishes, ef_error *error);
void ef_plan_release(ef_plan *plan);

/* What was asked for, as bytes: two plans are the same if these are. */
bool ef_plan_save(const ef_plan *plan, ef_buffer *out);
/* Reads it back. EF_ERR_FORMAT for bytes that are no plan, EF_ERR_ARGUMENT for a zone that
 * is not known here. */
ef_status ef_plan_load(ef_plan *plan, ef_unpack *in, ef_error *error);

/* Reads "2026", "2026-03", "2026-W10", "2026-03-01", "2026-03-01 14:00" as the stretch of
 * time it means where the zone is. False if it is none of these. */
bool ef_period_read(ef_period *period, const ef_zone *zone, ef_slice text);

#endif
