/* SPDX-License-Identifier: MIT
 * tally/groups.h - the mood of each value of the columns that a report groups by.
 *
 * A column with more values than EF_MOST_VALUES groups nothing: it is given up as a whole,
 * at the same value however the input is cut. */
#ifndef EARFUL_TALLY_GROUPS_H
#define EARFUL_TALLY_GROUPS_H

#include "tally/mood.h"
#include "tally/sums.h"

enum { EF_MOST_VALUES = 200000 };

/* The values of one column. */
typedef struct ef_group_values {
    ef_sums moods;   /* key: where its name begins in names; sums: ef_mood */
    ef_buffer names; /* each with its size as a byte in front */
    bool is_given_up;
} ef_group_values;

typedef struct ef_groups {
    ef_group_values columns[EF_MOST_REPORT_GROUPS];
    size_t count;
} ef_groups;

void ef_groups_init(ef_groups *groups, size_t count);
bool ef_groups_add(ef_groups *groups, const ef_heard *heard);
/* Adds what was counted of a value of a column elsewhere. */
bool ef_groups_put(ef_groups *groups, size_t column, ef_slice name, const ef_mood *mood);
bool ef_groups_merge(ef_groups *groups, const ef_groups *more);
bool ef_groups_save(const ef_groups *groups, ef_buffer *out);
bool ef_groups_load(ef_groups *groups, ef_unpack *in);
void ef_groups_release(ef_groups *groups);

/* The name of an entry of moods; lives until the next is added. */
ef_slice ef_group_name(const ef_group_values *values, int64_t key);

#endif
