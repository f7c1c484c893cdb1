/* SPDX-License-Identifier: MIT
 * aggregate/group.h - what is kept of each group of a grouping.
 *
 * Groups are numbered as they appear. There are at most so many; what would be one more is
 * counted in the last, "other". */
#ifndef EARFUL_AGGREGATE_GROUP_H
#define EARFUL_AGGREGATE_GROUP_H

#include "aggregate/baseline.h"
#include "aggregate/delta.h"
#include "aggregate/seasons.h"
#include "aggregate/timeline.h"

enum { EF_KEPT_EXAMPLES = 48, EF_EXAMPLE_SIZE = 120 };

/* The worst message of a minute: its id, not its text. */
typedef struct ef_example {
    int64_t minute;
    uint64_t conversation;
    int32_t score;
    uint32_t size;
    uint8_t id[EF_EXAMPLE_SIZE]; /* a longer id is no example: a part would name nothing */
} ef_example;

typedef struct ef_group {
    ef_timeline timeline;
    ef_baseline baseline;
    ef_seasons *seasons; /* NULL unless the grouping keeps them */
    ef_example
        *examples; /* a ring of EF_KEPT_EXAMPLES, one a minute; NULL until the first */
    size_t example_count;         /* ever */
    bool is_frozen;               /* what comes now teaches nothing: an alarm is near */
    bool is_dirty;                /* changed since it was saved */
    int64_t kept_from;            /* the timeline holds no minute before this one */
    int64_t saved_from, saved_to; /* minutes that may stand in the state's rows */
    int64_t saved_hour;           /* the last one there; 0: none yet */
} ef_group;

typedef struct ef_grouping {
    ef_grouping_columns columns;
    ef_names keys;
    ef_group **groups; /* as many as keys */
    size_t capacity;
    bool keeps_seasons;
    ef_clusters clusters; /* conversations: how messages go together */
    ef_clusters voices;   /* customers heard lately: who makes an alarm */
} ef_grouping;

/* Splits "channel,store" into names. False without memory or with too many. */
bool ef_grouping_init(ef_grouping *grouping, const char *columns, uint64_t seed);
void ef_grouping_release(ef_grouping *grouping);

/* The number of the group with a key, made if need be; that of "other" when there are most
 * already; EF_NO_NAME without memory. */
int64_t ef_grouping_group(ef_grouping *grouping, ef_slice key, uint32_t most,
                          bool *is_other);

/* Remembers a message if it is the worst negative one of its minute. False without memory.
 */
bool ef_group_remember(ef_group *group, int64_t minute, int32_t score,
                       uint64_t conversation, ef_slice id);

/* The worst of the messages from a minute on, of different conversations, worst first. */
size_t ef_group_examples(const ef_group *group, int64_t from, const ef_example **found,
                         size_t room);

#endif
