/* SPDX-License-Identifier: MIT
 * app/alerts.h - what rules would have said of a log.
 *
 * Not part of the stable interface. */
#ifndef EARFUL_APP_ALERTS_H
#define EARFUL_APP_ALERTS_H

#include "earful/alert.h"
#include "earful/engine.h"
#include "earful/reader.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct ef_replay_options {
    ef_reader_options reader;
    const char *rules_path; /* NULL: the built-in rules */
    const struct ef_redactions *redactions; /* what no phrase may hold besides; may be NULL */
    /* Each alert that begins or ends, and the same as one JSON object. */
    void (*event)(void *user, const ef_alert *alert, ef_slice json);
    /* At the end, how each rule stands with each group. May be NULL. */
    void (*standing)(void *user, const ef_alert_standing *standing);
    void *user;
} ef_replay_options;

typedef struct ef_replay_summary {
    ef_reader_counts counts;
    ef_trend_counts trend;
    uint64_t fired, resolved;
    bool was_sorted; /* the log was not in order of time */
} ef_replay_summary;

/* Scores a log and judges it as `follow` would have, when its messages were new. A log that
 * is more than two minutes out of order is sorted by time first. Keeps about 200 bytes a
 * message. Fails like ef_reader_next, and with EF_ERR_IO or EF_ERR_FORMAT for the rules. */
EF_API ef_status ef_replay(const ef_engine *engine, const ef_replay_options *options,
                           ef_replay_summary *summary, ef_error *error);

#ifdef __cplusplus
}
#endif
#endif
