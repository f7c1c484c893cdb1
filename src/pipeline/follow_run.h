/* SPDX-License-Identifier: MIT
 * pipeline/follow_run.h - one following from its start to its end: what follow.c (the loop)
 * and follow_open.c (what it is made of) share. */
#ifndef EARFUL_PIPELINE_FOLLOW_RUN_H
#define EARFUL_PIPELINE_FOLLOW_RUN_H

#include "pipeline/checkpoint.h"
#include "pipeline/follow.h"
#include "pipeline/judging.h"
#include "pipeline/outward.h"
#include "pipeline/pipeline.h"

enum {
    EF_COMMIT_MS = 1000,
    EF_BACKUP_MS = 10 * 60 * 1000,
};

typedef struct ef_follow_run {
    const ef_follow_options *options;
    const ef_world *world;
    ef_engine *engine;
    ef_engine_info info;
    ef_scoring scoring;
    ef_writing opened;
    ef_hand hand;
    ef_piece piece;
    ef_events events;
    ef_checkpoint checkpoint;
    ef_judging judging;
    ef_outward outward;
    ef_following *following;
    char *state_copy; /* holds the name of the folder of the state */
    ef_tail *tail; /* of the block at hand */
    ef_buffer id;  /* of the record at hand */
    ef_follow_summary *summary;
    int64_t commit_ms, backup_ms, stop_ms;
    uint64_t uncommitted; /* bytes read since the last commit */
    bool is_dirty;        /* something happened since the last commit */
    bool must_commit;     /* an alert was raised: it is committed at once */
    bool is_failing;      /* the last commit failed, and that was told */
    bool has_no_metrics;  /* that was told */
    bool is_stopping;
} ef_follow_run;

static inline int64_t ef_follow_now(const ef_follow_run *f)
{
    return f->world->now_ms(f->world->user);
}

/* A notice: trouble with a file of ours, or news of it. */
void ef_follow_tell(const ef_follow_run *f, const char *path, const char *message);

/* Opens all that options and world of *f ask for. On failure, too, it is to be closed. */
ef_status ef_follow_open(ef_follow_run *f, ef_error *error);
void ef_follow_close(ef_follow_run *f);

#endif
