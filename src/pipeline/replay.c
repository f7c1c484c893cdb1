/* SPDX-License-Identifier: MIT
 * pipeline/replay.c - a log judged by rules as if it were new.
 *
 * All messages go into one delta, which is sorted by time if it has to be, and merged. So
 * rules see what they would have seen live, in the same order: the alerts are the same to
 * the byte, ids and examples included. */
#include "earful/app/alerts.h"

#include "aggregate/trend.h"
#include "base/error.h"
#include "input/reader.h"
#include "pipeline/judging.h"
#include "report/event_json.h"

typedef struct replay {
    const ef_engine *engine;
    const ef_replay_options *options;
    ef_replay_summary *summary;
    ef_engine_info info;
    ef_rules *rules;
    ef_trend *trend;
    ef_alerts *alerts;
    ef_delta *delta;
    ef_reader *reader;
    ef_block block;
    ef_cursor cursor;
    ef_scratch *scratch;
    ef_buffer text; /* an id, then an event */
    ef_redactor redactor;
} replay;

static ef_status open_all(replay *r, ef_error *error)
{
    ef_engine_describe(r->engine, &r->info);
    ef_status status = ef_judging_rules(&r->rules, r->options->rules_path, error);
    ef_trend_options trend = { .gap_minutes = r->options->reader.gap_minutes,
                               .redactions = r->options->redactions };
    if (status == EF_OK)
        status = ef_redactor_init(&r->redactor, r->options->redactions, error);
    if (status == EF_OK)
        status = ef_trend_new(&r->trend, &trend, error);
    if (status == EF_OK)
        status = ef_alerts_new(&r->alerts, r->rules, r->trend, error);
    if (status == EF_OK)
        status = ef_delta_new(&r->delta, r->trend, error);
    if (status == EF_OK)
        status = ef_scratch_new(&r->scratch, error);
    if (status == EF_OK)
        status = ef_reader_new(&r->reader, &r->options->reader, error);
    return status;
}

static void close_all(replay *r)
{
    ef_cursor_release(&r->cursor);
    ef_buffer_release(&r->block.bytes);
    ef_buffer_release(&r->text);
    ef_redactor_release(&r->redactor);
    ef_reader_free(r->reader);
    ef_scratch_free(r->scratch);
    ef_delta_free(r->delta);
    ef_alerts_free(r->alerts);
    ef_trend_free(r->trend);
    ef_rules_free(r->rules);
}

/* A record that brought no id is known by its place, as `follow` writes it: of the first
 * file at this path. */
static void name(replay *r, ef_record *record)
{
    if (record->id.size > 0)
        return;
    ef_buffer_reset(&r->text);
    ef_buffer_printf(&r->text, "%s:1:%llu", r->block.layout->label,
                     (unsigned long long)record->offset);
    record->id = ef_buffer_slice(&r->text);
}

static ef_status hear_block(replay *r, ef_error *error)
{
    const ef_layout *layout = r->block.layout;
    const ef_reader_options *options = &r->options->reader;
    ef_record record;
    ef_score score;
    ef_cursor_start(&r->cursor, &r->block, ef_kernels_select(r->info.kernels),
                    options->notice, options->notice_user);
    for (;;) {
        ef_status status = ef_cursor_next(&r->cursor, &record, error);
        if (status == EF_OK)
            status = ef_score_text(r->engine, r->scratch, record.text, &score, error);
        if (status != EF_OK)
            return status == EF_END ? EF_OK : status;
        name(r, &record);
        status = ef_delta_add(r->delta, layout->names, layout->name_count, &record, &score,
                              error);
        if (status != EF_OK)
            return status;
    }
}

static ef_status hear_all(replay *r, ef_error *error)
{
    ef_delta_reset(r->delta, 0, false);
    for (;;) {
        ef_status status = ef_reader_block(r->reader, &r->block, error);
        if (status == EF_OK)
            status = hear_block(r, error);
        if (status != EF_OK)
            return status == EF_END ? EF_OK : status;
    }
}

static ef_status tell_all(replay *r, ef_error *error)
{
    ef_alert alert;
    while (ef_alerts_next(r->alerts, &alert) == EF_OK) {
        r->summary->fired += alert.status == EF_ALERT_FIRING;
        r->summary->resolved += alert.status == EF_ALERT_RESOLVED;
        ef_buffer_reset(&r->text);
        ef_event_json(&r->text, &r->info, &r->redactor, &alert);
        if (r->text.failed)
            return ef_error_memory(error);
        r->options->event(r->options->user, &alert, ef_buffer_slice(&r->text));
    }
    ef_alert_standing standing;
    for (size_t i = 0; r->options->standing != NULL &&
                       ef_alerts_standing(r->alerts, i, &standing) == EF_OK;
         i++)
        r->options->standing(r->options->user, &standing);
    return EF_OK;
}

static ef_status judge_all(replay *r, ef_error *error)
{
    ef_status status =
        ef_delta_sort(r->delta, r->trend->lateness_ms, &r->summary->was_sorted, error);
    if (status == EF_OK)
        status = ef_trend_merge(r->trend, r->delta, error);
    if (status == EF_OK)
        status = ef_trend_finish(r->trend, error);
    return status == EF_OK ? tell_all(r, error) : status;
}

ef_status ef_replay(const ef_engine *engine, const ef_replay_options *options,
                    ef_replay_summary *summary, ef_error *error)
{
    memset(summary, 0, sizeof *summary);
    replay r = { .engine = engine, .options = options, .summary = summary };
    ef_status status = open_all(&r, error);
    if (status == EF_OK)
        status = hear_all(&r, error);
    if (status == EF_OK)
        status = judge_all(&r, error);
    if (r.reader != NULL) {
        ef_reader_add(r.reader, &r.cursor);
        ef_reader_count(r.reader, &summary->counts);
    }
    if (r.trend != NULL)
        ef_trend_count(r.trend, &summary->trend);
    close_all(&r);
    return status;
}
