/* SPDX-License-Identifier: MIT
 * stream.h - for tests: an invented stream of messages, a trend, and what rules say. */
#ifndef EARFUL_TESTS_ALERT_STREAM_H
#define EARFUL_TESTS_ALERT_STREAM_H

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>

#include "earful/alert.h"
#include "report/event_json.h"

enum { MINUTE = 60000, HOUR = 60 * MINUTE };
static const int64_t DAY = 24 * (int64_t)HOUR;
static const int64_t MONDAY = INT64_C(1704067200000); /* 2024-01-01T00:00:00Z */

typedef struct said {
    int64_t time_ms;
    const char *channel, *conversation, *text;
    int32_t score; /* its sign is the label */
    uint32_t signals;
    const char *author; /* in a place that many share; NULL: it is none */
    ef_role role;
} said;

static inline uint64_t draw(uint64_t *seed)
{
    *seed = *seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return *seed >> 33;
}

/* The record and the score of a message; the id is its time. */
static inline void make(const said *message, ef_record *record, ef_score *score,
                        char id[32])
{
    snprintf(id, 32, "m%lld", (long long)message->time_ms);
    *record = (ef_record){ .id = ef_slice_of(id),
                           .channel = ef_slice_of(message->channel),
                           .conversation = ef_slice_of(message->conversation),
                           .author = ef_slice_of(message->author),
                           .role = message->role,
                           .is_shared = message->author != NULL,
                           .text = ef_slice_of(message->text),
                           .has_time = true,
                           .time_ms = message->time_ms };
    *score = (ef_score){ .label = message->score < 0   ? EF_LABEL_NEGATIVE
                                  : message->score > 0 ? EF_LABEL_POSITIVE
                                                       : EF_LABEL_NEUTRAL,
                         .score = message->score,
                         .signals = message->signals };
}

typedef struct watched {
    ef_rules *rules;
    ef_trend *trend;
    ef_alerts *alerts;
    ef_buffer events; /* one line each */
    size_t fired, resolved;
    ef_alert last; /* figures only: its strings are gone */
    char rule[64]; /* of the last */
} watched;

static inline watched watch(const char *rules)
{
    watched w = { 0 };
    ef_error error = { 0 };
    cr_assert_eq(ef_rules_read(&w.rules, ef_slice_of(rules), NULL, NULL, &error), EF_OK,
                 "%s", error.message);
    cr_assert_eq(ef_trend_new(&w.trend, NULL, &error), EF_OK);
    cr_assert_eq(ef_alerts_new(&w.alerts, w.rules, w.trend, &error), EF_OK);
    return w;
}

static inline void collect(watched *w)
{
    static const ef_engine_info engine = { .version = "test", .lexicon_hash = "" };
    ef_alert alert;
    while (ef_alerts_next(w->alerts, &alert) == EF_OK) {
        ef_redactor redactor = { 0 };
        ef_event_json(&w->events, &engine, &redactor, &alert);
        ef_buffer_append_byte(&w->events, '\n');
        w->last = alert;
        snprintf(w->rule, sizeof w->rule, "%s", alert.rule);
        w->fired += alert.status == EF_ALERT_FIRING;
        w->resolved += alert.status == EF_ALERT_RESOLVED;
    }
}

static inline void say(watched *w, said message)
{
    ef_record record;
    ef_score score;
    char id[32];
    make(&message, &record, &score, id);
    cr_assert_eq(ef_trend_add(w->trend, NULL, 0, &record, &score, NULL), EF_OK);
    collect(w);
}

static inline void end(watched *w)
{
    cr_assert_eq(ef_trend_finish(w->trend, NULL), EF_OK);
    collect(w);
}

static inline void unwatch(watched *w)
{
    ef_alerts_free(w->alerts);
    ef_trend_free(w->trend);
    ef_rules_free(w->rules);
    ef_buffer_release(&w->events);
}

/* `per_hour` messages of strangers from..to, this share of them negative. */
static inline void chatter(watched *w, int64_t from, int64_t to, unsigned per_hour,
                           unsigned percent, uint64_t *seed)
{
    int64_t step = 2 * (int64_t)HOUR / per_hour;
    for (int64_t time_ms = from; time_ms < to;) {
        say(w, (said){ .time_ms = time_ms,
                       .channel = "web",
                       .score = draw(seed) % 100 < percent ? -6000 : 4000 });
        time_ms += 1 + (int64_t)(draw(seed) % (uint64_t)step);
    }
}

#endif
