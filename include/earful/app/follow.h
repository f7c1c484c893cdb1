/* SPDX-License-Identifier: MIT
 * app/follow.h - growing logs: read as they grow, scored, remembered.
 *
 * Not part of the stable interface. What is written to a file of ours is written once, for
 * every complete record, through kills, rotations and full disks; what goes to a pipe, at
 * least once. */
#ifndef EARFUL_APP_FOLLOW_H
#define EARFUL_APP_FOLLOW_H

#include "earful/alert.h"
#include "earful/app/sandbox.h"
#include "earful/engine.h"
#include "earful/reader.h"
#include "earful/writer.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Where to begin in files that are not remembered. */
typedef enum ef_follow_start {
    EF_FOLLOW_DEFAULT, /* at the end of what is there now, at the beginning of new files;
                          with is_once, at the beginning */
    EF_FOLLOW_BEGIN,
    EF_FOLLOW_END,
    EF_FOLLOW_LAST /* with the last lines */
} ef_follow_start;

/* What is written. */
typedef enum ef_follow_emit {
    EF_FOLLOW_ALERTS,   /* what the rules raise */
    EF_FOLLOW_MESSAGES, /* every message with its score; no rule is asked */
    EF_FOLLOW_ALL
} ef_follow_emit;

/* What whoever runs us may ask for at any time, as bits. */
enum {
    EF_FOLLOW_STOP = 1,   /* read what is there, commit, return */
    EF_FOLLOW_RELOAD = 2, /* lexicon, model and rules from their files; -o is reopened */
    EF_FOLLOW_STATUS = 4  /* call `status` */
};

/* How far it has come. */
typedef struct ef_follow_summary {
    ef_reader_counts counts; /* of records */
    uint64_t labels[4];      /* records by ef_label */
    uint64_t files;          /* that are followed now */
    uint64_t waiting_bytes;  /* seen and not read yet */
    uint64_t truncated;      /* how often a file was emptied */
    uint64_t lost_bytes;     /* that were there and could not be read */
    uint64_t gone_files;     /* that went while nobody looked, not read to their end */
    uint64_t passed_bytes;   /* of holes in files */
    uint64_t late, future; /* messages, since the state began: that came when their minute
                              was closed; with a time that cannot be */
    uint64_t alerts; /* events that rules raised: firing and resolved */
    uint64_t waiting_alerts;    /* events for a sink that are not delivered yet */
    uint64_t deliveries, failed_deliveries; /* the latter: attempts */
    uint64_t lost_alerts;       /* refused by a sink for good, or dropped: too many waited */
    uint64_t commits, failed_commits;
    bool output_closed; /* the reader of our output went away: a quiet end */
    ef_sandbox_state sandbox; /* what holds this process */
} ef_follow_summary;

typedef struct ef_follow_options {
    ef_engine_options engine;
    ef_reader_options reader; /* inputs: files, folders, globs; or "-" alone, a pipe */
    ef_writer_options writer; /* name, only_scores and reasons of messages */
    const char *state_path;   /* the database; must be given */
    const char *output_path;  /* where events go; NULL or "-": standard output */
    const char *rules_path;   /* a rule file; NULL: the built-in rules */
    const char *sinks_path;   /* where alerts go besides; NULL: nowhere */
    const char *notifier_path; /* earful-notify; NULL: beside this program */
    ef_sandbox_mode notifier_sandbox; /* what that closes around itself */
    const char *metrics_path; /* counts for a monitor, written anew at commits; NULL: none */
    ef_follow_emit emit;
    ef_follow_start start;
    uint64_t last_lines; /* for EF_FOLLOW_LAST */
    bool is_once;        /* read what is there, and return */
    bool polls;          /* do not trust inotify */
    uint32_t flush_ms;   /* a message that nothing ends is over after this pause; 0: 1000 */
    bool shows_text;     /* alerts carry the texts of their examples, redacted */
    /* Every alert and its end, with a line about it that any terminal may be given. May be
     * NULL. is_for_people: alerts are told so only, and not written as JSON. */
    void (*alert)(void *user, const ef_alert *alert, const char *line);
    bool is_for_people;
    bool keeps_controls; /* a terminal gets control characters, not their numbers */
    /* A descriptor that becomes readable when there is something to ask; -1: none. asked
     * gives the bits and makes it unreadable again; it is called in every turn. May be NULL. */
    int wake_descriptor;
    unsigned (*asked)(void *user);
    void (*status)(void *user, const ef_follow_summary *summary); /* may be NULL */
    /* Closes the sandbox, by ef_sandbox_enter: called once, when earful-notify runs and
     * nothing else has been opened. May be NULL. */
    ef_status (*enclose)(void *user, ef_sandbox_state *state, ef_error *error);
    void *user;
} ef_follow_options;

/* Follows until it is asked to stop, to the end of a pipe, or, with is_once, to the end of
 * what is there. *summary is filled on success and on failure. Trouble with a file is told
 * as a notice and tried again. Fails when nothing can be remembered or written at the
 * start, with EF_ERR_IO, EF_ERR_FORMAT (a damaged state) or EF_ERR_ARGUMENT, and later only
 * without memory. */
EF_API ef_status ef_follow(const ef_follow_options *options, ef_follow_summary *summary,
                           ef_error *error);

/* One file as it is remembered. path lives as long as the call. */
typedef struct ef_followed {
    const char *path; /* as first seen */
    uint64_t generation, offset;
    uint64_t size;     /* of what stands at the path now; 0 if nothing does */
    bool is_current;   /* that is the same file */
    int64_t written_ms; /* when it had last been written to, since 1970 */
} ef_followed;

typedef void ef_followed_fn(void *user, const ef_followed *file);

/* Tells what a state remembers, also while it is in use: every file that is not finished,
 * and in *counts (may be NULL) what was counted for alerts. Fails with EF_ERR_IO or
 * EF_ERR_FORMAT. */
EF_API ef_status ef_follow_look(const char *state_path, ef_followed_fn *fn, void *user,
                                ef_trend_counts *counts, ef_error *error);

#ifdef __cplusplus
}
#endif
#endif
