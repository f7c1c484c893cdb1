/* SPDX-License-Identifier: MIT
 * trend.h - scored messages as counts per group and minute.
 *
 * A trend counts messages by event time, in integers, for each grouping it was asked for:
 * "" (all together), "channel", "channel,store" … A minute closes when a message two
 * minutes younger has been seen: then rules judge it (see alert.h). A trend never asks the
 * clock: time comes from records, or from the loop that feeds it.
 *
 * On threads: each worker fills an ef_delta, one thread merges them in the order of
 * reading. How the stream was cut into deltas leaves no trace. */
#ifndef EARFUL_TREND_H
#define EARFUL_TREND_H

#include "earful/record.h"
#include "earful/scorer.h"
#include "earful/status.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct ef_trend ef_trend;
typedef struct ef_delta ef_delta;

/* Zero means the default everywhere. */
typedef struct ef_trend_options {
    int64_t lateness_ms;  /* how much later a message may come; 0: two minutes */
    uint32_t most_groups; /* of one grouping; 0: 1,000. What comes later is "other" */
    uint64_t salt;        /* mixed into hashes of conversations and authors */
    uint32_t gap_minutes; /* in a place that many share, the silence of an author that ends
                             a conversation; 0: half an hour */
    const struct ef_redactions *redactions; /* what is personal besides (app/redact.h), so
                                               that no phrase holds it; NULL: nothing */
} ef_trend_options;

/* What a trend has seen. A message is counted in one of the first four. */
typedef struct ef_trend_counts {
    uint64_t messages; /* counted: of a customer, with a label and a time */
    uint64_t unlabelled;
    uint64_t not_customers; /* of staff, bots and systems */
    uint64_t untimed;       /* no time of their own, and none of arrival */
    uint64_t late;          /* messages that came when their minute was closed */
    uint64_t future;        /* more than a day ahead of arrival: taken as without time */
    uint64_t in_other;      /* counted for "other": there were too many groups */
} ef_trend_counts;

/* Fails with EF_ERR_MEMORY. options may be NULL. A trend belongs to one thread. */
EF_API ef_status ef_trend_new(ef_trend **trend, const ef_trend_options *options,
                              ef_error *error);
EF_API void ef_trend_free(ef_trend *trend);

/* Counts one message; minutes that its time closes are judged at once.
 *
 * columns names record->fields (ef_reader_columns), for groupings by the input's own
 * columns; NULL and 0 where there are none. Text, id and conversation are copied as far as
 * they are needed. Fails with EF_ERR_MEMORY. */
EF_API ef_status ef_trend_add(ef_trend *trend, const ef_slice *columns, size_t column_count,
                              const ef_record *record, const ef_score *score,
                              ef_error *error);

/* It is now_ms (milliseconds since 1970) and nothing new has come: groups that should have
 * been heard of are judged silent. Moves no other rule. */
EF_API ef_status ef_trend_advance(ef_trend *trend, int64_t now_ms, ef_error *error);

/* Nothing more will come: all minutes up to the last message close and are judged. */
EF_API ef_status ef_trend_finish(ef_trend *trend, ef_error *error);

EF_API void ef_trend_count(const ef_trend *trend, ef_trend_counts *counts);

/* An empty delta for this trend, which must outlive it. Make it after the rules are known
 * (ef_alerts_new): it counts for the groupings of that moment. */
EF_API ef_status ef_delta_new(ef_delta **delta, const ef_trend *trend, ef_error *error);
EF_API void ef_delta_free(ef_delta *delta);

/* Empties a delta for reuse. arrival_ms is when its messages came, 0 if nobody knows; it
 * dates messages without a time. History teaches baselines and raises nothing. */
EF_API void ef_delta_reset(ef_delta *delta, int64_t arrival_ms, bool is_history);

/* As ef_trend_add; touches nothing but the delta, so each worker may fill its own. */
EF_API ef_status ef_delta_add(ef_delta *delta, const ef_slice *columns, size_t column_count,
                              const ef_record *record, const ef_score *score,
                              ef_error *error);

/* Counts what a delta holds, in its order. The delta is as it was. */
EF_API ef_status ef_trend_merge(ef_trend *trend, const ef_delta *delta, ef_error *error);

#ifdef __cplusplus
}
#endif
#endif
