/* SPDX-License-Identifier: MIT
 * notify/sinks_file.h - where alerts go: the sections [sink.NAME] of a file.
 *
 * Secrets (an address that opens a channel, a routing key, a header of authorization) come
 * from the file itself, from a file that it names, or from the environment; never from
 * arguments, which everybody on the machine can read. They are never printed. */
#ifndef EARFUL_NOTIFY_SINKS_FILE_H
#define EARFUL_NOTIFY_SINKS_FILE_H

#include <stdbool.h>

#include "earful/slice.h"
#include "earful/status.h"

enum {
    EF_MOST_SINKS = 32,
    EF_SINK_NAME_SIZE = 64,
    EF_MOST_WORDS = 32,
    EF_MOST_TOGETHER = 16
};

typedef enum ef_sink_kind {
    EF_SINK_WEBHOOK,
    EF_SINK_ALERTMANAGER,
    EF_SINK_PAGERDUTY,
    EF_SINK_SLACK,
    EF_SINK_EXEC
} ef_sink_kind;

typedef struct ef_sink {
    char name[EF_SINK_NAME_SIZE];
    ef_sink_kind kind;
    uint64_t line; /* of its head */
    bool has_kind, allows_http;
    char *url, *key, *authorization, *body, *ca_file, *proxy; /* NULL: not given */
    char *command;              /* of exec: its words, each with a NUL behind it */
    char *words[EF_MOST_WORDS]; /* argv; ends with NULL */
    int runner;                 /* of exec, once it runs: see runner.h */
    unsigned timeout_seconds;
    /* Seconds: that a first alert waits for others, between two groups, and until one that
     * lasts is told again (0: never). */
    unsigned group_wait, group_interval, repeat_interval;
    bool has_wait, has_interval, has_repeat;
} ef_sink;

typedef struct ef_sinks {
    ef_sink items[EF_MOST_SINKS];
    size_t count;
} ef_sinks;

/* Called for every error, with its line. */
typedef void ef_sinks_trouble(void *user, uint64_t line, const char *message);

/* Reads the bytes of a file, and the secrets that it names. False when there was an error,
 * or no memory (line 0). */
bool ef_sinks_read(ef_sinks *sinks, ef_slice bytes, ef_sinks_trouble *trouble, void *user);
/* How many alerts one request may carry; 1 where each needs a body, a run or a key of its
 * own. */
size_t ef_sink_most_together(const ef_sink *sink);
void ef_sinks_release(ef_sinks *sinks);

#endif
