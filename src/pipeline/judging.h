/* SPDX-License-Identifier: MIT
 * pipeline/judging.h - the part of `follow` that raises alerts: trend, rules, events.
 *
 * Messages are heard block by block; what the rules say of them is asked for afterwards.
 * The state of all this is saved with the places in the files, so that a run that was
 * killed raises what an unkilled one raises. */
#ifndef EARFUL_PIPELINE_JUDGING_H
#define EARFUL_PIPELINE_JUDGING_H

#include "alert/outbox.h"
#include "base/buffer.h"
#include "earful/alert.h"
#include "earful/app/follow.h"
#include "earful/engine.h"
#include "pipeline/recent_texts.h"
#include "state/state.h"
#include "text/redactor.h"

typedef struct ef_judging {
    ef_rules *rules;
    ef_trend *trend;
    ef_alerts *alerts;
    ef_delta *delta;
    uint64_t salt;
    const ef_follow_options *options; /* the caller's */
    ef_recent_texts *texts;           /* NULL: alerts show no text */
    ef_redactor redactor;             /* of texts and phrases in events */
    ef_buffer json, line;             /* of one event */
    bool was_damaged; /* what was remembered did not fit together: all begins anew */
} ef_judging;

/* The rules of a file, or the built-in ones where path is NULL; an error names file and
 * line. */
ef_status ef_judging_rules(ef_rules **rules, const char *path, ef_error *error);

/* Of options count: rules_path, shows_text, alert, user, is_for_people, and the writer's
 * redactions. Fails with EF_ERR_IO or EF_ERR_FORMAT (error names file and line) or
 * EF_ERR_MEMORY. */
ef_status ef_judging_open(ef_judging *judging, const ef_follow_options *options,
                          ef_state *state, uint64_t salt, ef_error *error);
void ef_judging_close(ef_judging *judging);

/* Reads the rules again. On failure the old ones stay. */
ef_status ef_judging_reload(ef_judging *judging, const char *rules_path, ef_error *error);

/* Before and behind the messages of a block: they came at arrival_ms. History teaches and
 * raises nothing. */
void ef_judging_begin(ef_judging *judging, int64_t arrival_ms, bool is_history);
ef_status ef_judging_hear(ef_judging *judging, const ef_slice *columns, size_t column_count,
                          const ef_record *record, const ef_score *score, ef_error *error);
ef_status ef_judging_end(ef_judging *judging, ef_error *error);

/* Appends the events that are due, one JSON object a line (none of them when they are for
 * people), tells them, and puts them into the outbox, if there is one. *count gets how
 * many. */
ef_status ef_judging_take(ef_judging *judging, const ef_engine_info *engine, ef_buffer *out,
                          ef_outbox *outbox, uint64_t *count, ef_error *error);

#endif
