/* SPDX-License-Identifier: MIT
 * follow/roster.h - all tails, found by path and by inode.
 *
 * The roster owns its tails. Several may stand under one path: the youngest is found; the
 * others still drain what was rotated away. */
#ifndef EARFUL_FOLLOW_ROSTER_H
#define EARFUL_FOLLOW_ROSTER_H

#include "follow/tail.h"

typedef struct ef_roster {
    ef_tail **items; /* in the order of finding */
    size_t count, capacity;
    ef_tail **by_path, **by_inode, **by_first; /* buckets of chains */
    size_t buckets;                            /* a power of two, or 0 */
} ef_roster;

void ef_roster_release(ef_roster *roster);

/* Takes a tail over; false without memory: it is then still the caller's. */
bool ef_roster_add(ef_roster *roster, ef_tail *tail);
/* Frees the tails that are forgotten. */
void ef_roster_sweep(ef_roster *roster);

/* The tail that stands at path now; NULL if none does. */
ef_tail *ef_roster_at(const ef_roster *roster, const char *path);
/* The tail of a file that is not finished, NULL if there is none. */
ef_tail *ef_roster_of(const ef_roster *roster, uint64_t device, uint64_t inode);
/* The youngest that was first seen at path, finished or not. */
ef_tail *ef_roster_youngest(const ef_roster *roster, const char *first_path);
/* The format of the files that have stood at path; NULL if it is not known. */
const char *ef_roster_format(const ef_roster *roster, const char *first_path);
/* All tails of an inode, finished or not, one after the other: after NULL the first. */
ef_tail *ef_roster_next_of(const ef_roster *roster, const ef_tail *after, uint64_t device,
                           uint64_t inode);
/* All that were first seen at path, in the same manner. */
ef_tail *ef_roster_next_first(const ef_roster *roster, const ef_tail *after,
                              const char *first_path);

/* To be called when path or inode of a tail have changed. False without memory: it then
 * stands where it stood. */
bool ef_roster_move(ef_roster *roster, ef_tail *tail, const char *path);
void ef_roster_renew(ef_roster *roster, ef_tail *tail, uint64_t device, uint64_t inode);

#endif
