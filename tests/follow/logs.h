/* SPDX-License-Identifier: MIT
 * tests/follow/logs.h - what happens to two logs, and what is known of every line in them.
 */
#ifndef EARFUL_TESTS_FOLLOW_LOGS_H
#define EARFUL_TESTS_FOLLOW_LOGS_H

#include <stdbool.h>
#include <stdint.h>

enum {
    STEPS = 40,
    LINES = 4096,
    LOGS = 2,
    ROTATED = 24,
};

typedef enum op {
    APPEND,
    HALF,
    ROTATE,
    COPY,
    REGROW,
    DELETE,
    KILL,
    STOP,
    DISK_FULL,
    PASS,
    SETTLE,
    OPS
} op;

typedef struct step {
    op op;
    unsigned log;    /* which */
    unsigned amount; /* lines, calls or milliseconds */
    unsigned calls;  /* of the follower before it happens; fewer if it waits earlier */
} step;

/* Where a line is. */
typedef enum fate {
    ON_DISK,   /* it must be in the output, once */
    SETTLED,   /* … also if it goes now: it was there for long */
    GONE,      /* it may be in the output */
    HALF_ONLY, /* it never got its end: it may be in the output, as partial */
} fate;

typedef struct line {
    unsigned char log, fate;
    short file; /* number of the rotated generation, in the model's own count; -1: none */
} line;

/* Shared by all lives of a program. */
typedef struct story {
    step steps[STEPS];
    unsigned count, at; /* of steps; the next one */
    unsigned calls;     /* of the follower since the last step */
    line lines[LINES];
    unsigned line_count;
    int half[LOGS];             /* number of the line that waits for its end; -1: none */
    int current[LOGS];          /* number of the file that stands at the path; -1: none */
    int rotated[LOGS][ROTATED]; /* files at log.1, log.2 … */
    int files;                  /* how many there have been */
    int64_t now;                /* milliseconds */
    unsigned full;              /* writes that will fail */
    unsigned waits, settle_until;
    int64_t settle_ms; /* settling until then; 0: not */
    bool is_killed, is_over, is_verbose, is_stuck, is_judged;
    uint64_t random;
} story;

extern story *s; /* shared by all lives of a program */

/* What a writer and a rotator do; every line written gets a number and a fate. */
void append(unsigned log, unsigned count);
void append_half(unsigned log);
void rotate(unsigned log);
void copy_and_empty(unsigned log);
void empty_and_regrow(unsigned log, unsigned count);
void delete_log(unsigned log);

#endif
