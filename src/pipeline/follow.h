/* SPDX-License-Identifier: MIT
 * pipeline/follow.h - the loop behind ef_follow, in a world that a test may invent. */
#ifndef EARFUL_PIPELINE_FOLLOW_H
#define EARFUL_PIPELINE_FOLLOW_H

#include "alert/outbox.h"
#include "earful/app/follow.h"
#include "follow/source_follow.h"

/* What the loop knows of the world besides its files. */
typedef struct ef_world {
    int64_t (*now_ms)(void *user);  /* a clock that only goes forward */
    int64_t (*wall_ms)(void *user); /* milliseconds since 1970 */
    /* Waits until one of the descriptors (negative ones are passed by) can be read, or
     * `writable` be written, or the time has passed. */
    void (*wait)(void *user, const int *descriptors, size_t count, int writable,
                 int64_t timeout_ms);
    void *user;
} ef_world;

ef_status ef_follow_in(const ef_world *world, const ef_follow_options *options,
                       ef_follow_summary *summary, ef_error *error);

/* How many followed files may be open at a time. */
size_t ef_most_open(void);

/* Fills in what a following and an outbox count; either may be NULL. */
void ef_follow_describe(ef_follow_summary *summary, const ef_following *following,
                        const ef_outbox *outbox, const ef_trend *trend);

#endif
