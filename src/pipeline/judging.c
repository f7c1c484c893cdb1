/* SPDX-License-Identifier: MIT
 * pipeline/judging.c - the part of `follow` that raises alerts: trend, rules, events. */
#include "pipeline/judging.h"

#include <errno.h>
#include <stdio.h>

#include "alert/alert_rows.h"
#include "base/error.h"
#include "base/hash.h"
#include "report/event_json.h"
#include "report/event_line.h"

enum { LARGEST_RULES = 1 << 20 };

static ef_status read_file(ef_buffer *bytes, const char *path, ef_error *error)
{
    FILE *file = fopen(path, "re");
    char piece[4096];
    size_t got;
    if (file == NULL)
        return ef_error_set(error, EF_ERR_IO, "cannot open '%s': %s", path,
                            strerrordesc_np(errno));
    while ((got = fread(piece, 1, sizeof piece, file)) > 0 && bytes->size < LARGEST_RULES)
        ef_buffer_append(bytes, piece, got);
    bool is_bad = ferror(file) != 0 || got > 0;
    fclose(file);
    if (bytes->failed)
        return ef_error_memory(error);
    return is_bad ? ef_error_set(error, EF_ERR_IO, "cannot read '%s'", path) : EF_OK;
}

ef_status ef_judging_rules(ef_rules **rules, const char *path, ef_error *error)
{
    ef_buffer bytes = { 0 };
    ef_error failure = { 0 };
    *rules = NULL;
    if (path == NULL)
        return ef_rules_read(rules, (ef_slice){ NULL, 0 }, NULL, NULL, error);
    ef_status status = read_file(&bytes, path, error);
    if (status != EF_OK) {
        ef_buffer_release(&bytes);
        return status;
    }
    ef_slice text = ef_buffer_slice(&bytes);
    if (text.data == NULL)
        text.data = (const uint8_t *)"";
    status = ef_rules_read(rules, text, NULL, NULL, &failure);
    if (status != EF_OK)
        ef_error_set_at(error, status, failure.line, failure.column, failure.offset,
                        "%s:%llu: %s", path, (unsigned long long)failure.line,
                        failure.message);
    ef_buffer_release(&bytes);
    return status;
}

static void drop_counts(ef_judging *j)
{
    ef_delta_free(j->delta);
    ef_alerts_free(j->alerts);
    ef_trend_free(j->trend);
    j->delta = NULL;
    j->alerts = NULL;
    j->trend = NULL;
}

static ef_status make_counts(ef_judging *j, ef_error *error)
{
    ef_trend_options options = { .salt = j->salt,
                                 .gap_minutes = j->options->reader.gap_minutes,
                                 .redactions = j->options->writer.redactions };
    ef_status status = ef_trend_new(&j->trend, &options, error);
    if (status == EF_OK)
        status = ef_alerts_new(&j->alerts, j->rules, j->trend, error);
    return status;
}

ef_status ef_judging_open(ef_judging *j, const ef_follow_options *options, ef_state *state,
                          uint64_t salt, ef_error *error)
{
    *j = (ef_judging){ .salt = salt, .options = options };
    ef_status status = ef_redactor_init(&j->redactor, options->writer.redactions, error);
    if (status == EF_OK)
        status = ef_judging_rules(&j->rules, options->rules_path, error);
    if (status == EF_OK && options->shows_text &&
        (j->texts = ef_recent_texts_new()) == NULL)
        return ef_error_memory(error);
    if (status == EF_OK)
        status = make_counts(j, error);
    if (status == EF_OK)
        status = ef_alerts_load(j->alerts, state, error);
    if (status == EF_ERR_FORMAT && j->alerts != NULL) {
        j->was_damaged = true;
        drop_counts(j);
        status = make_counts(j, error);
    }
    return status == EF_OK ? ef_delta_new(&j->delta, j->trend, error) : status;
}

void ef_judging_close(ef_judging *j)
{
    drop_counts(j);
    ef_rules_free(j->rules);
    j->rules = NULL;
    ef_recent_texts_free(j->texts);
    j->texts = NULL;
    ef_redactor_release(&j->redactor);
    ef_buffer_release(&j->json);
    ef_buffer_release(&j->line);
}

ef_status ef_judging_reload(ef_judging *j, const char *rules_path, ef_error *error)
{
    ef_rules *fresh;
    ef_delta *delta = NULL;
    ef_status status = ef_judging_rules(&fresh, rules_path, error);
    if (status == EF_OK)
        status = ef_alerts_replace(j->alerts, fresh, error);
    if (status != EF_OK) {
        ef_rules_free(fresh);
        return status;
    }
    ef_rules_free(j->rules);
    j->rules = fresh;
    status = ef_delta_new(&delta, j->trend, error); /* it counts for the new groupings */
    if (status == EF_OK) {
        ef_delta_free(j->delta);
        j->delta = delta;
    }
    return status;
}

void ef_judging_begin(ef_judging *j, int64_t arrival_ms, bool is_history)
{
    ef_delta_reset(j->delta, arrival_ms, is_history);
}

ef_status ef_judging_hear(ef_judging *j, const ef_slice *columns, size_t column_count,
                          const ef_record *record, const ef_score *score, ef_error *error)
{
    if (j->texts != NULL && score->label == EF_LABEL_NEGATIVE)
        ef_recent_texts_keep(j->texts, record->id, record->text);
    return ef_delta_add(j->delta, columns, column_count, record, score, error);
}

ef_status ef_judging_end(ef_judging *j, ef_error *error)
{
    return ef_trend_merge(j->trend, j->delta, error);
}

/* The event's JSON, with texts if they are to be shown. */
static ef_slice write_event(ef_judging *j, const ef_engine_info *engine,
                            const ef_alert *alert)
{
    ef_slice texts[EF_ALERT_EXAMPLES] = { { NULL, 0 } };
    for (size_t i = 0; j->texts != NULL && i < alert->example_count; i++)
        texts[i] = ef_recent_texts_find(j->texts, alert->examples[i]);
    ef_buffer_reset(&j->json);
    ef_event_json_with_texts(&j->json, engine, &j->redactor, alert, j->texts != NULL ? texts : NULL);
    return ef_buffer_slice(&j->json);
}

static void tell_people(ef_judging *j, const ef_alert *alert)
{
    ef_buffer_reset(&j->line);
    ef_event_line(&j->line, alert);
    if (j->options->alert != NULL && !j->line.failed)
        j->options->alert(j->options->user, alert, ef_buffer_text(&j->line));
}

static ef_status put_event(ef_outbox *outbox, const ef_alert *alert, ef_slice event,
                           ef_error *error)
{
    char id[17];
    ef_hash_hex(alert->id, id);
    return ef_outbox_put(outbox, ef_slice_of(id), event, error);
}

ef_status ef_judging_take(ef_judging *j, const ef_engine_info *engine, ef_buffer *out,
                          ef_outbox *outbox, uint64_t *count, ef_error *error)
{
    ef_alert alert;
    ef_status status = EF_OK;
    *count = 0;
    while (status == EF_OK && ef_alerts_next(j->alerts, &alert) == EF_OK) {
        ef_slice event = write_event(j, engine, &alert);
        out->failed |= j->json.failed;
        if (!j->options->is_for_people) {
            ef_buffer_append_slice(out, event);
            ef_buffer_append_byte(out, '\n');
        }
        if (out->failed)
            return ef_error_memory(error);
        tell_people(j, &alert);
        if (outbox != NULL)
            status = put_event(outbox, &alert, event, error);
        ++*count;
    }
    return status;
}
