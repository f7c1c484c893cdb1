/* SPDX-License-Identifier: MIT
 * report/event_json.c - the bytes of an alert, the same for every sink. */
#include "report/event_json.h"

#include "base/hash.h"
#include "base/json_out.h"
#include "base/moment.h"
#include "text/redact.h"

static void key(ef_buffer *out, const char *name)
{
    ef_buffer_append_byte(out, ',');
    ef_json_key(out, name);
}

static void text(ef_buffer *out, const char *name, ef_slice value)
{
    key(out, name);
    ef_json_string(out, value);
}

/* value / 10000 without needless zeros: 0.25, 4, -0.1. */
static void unit(ef_buffer *out, int32_t value)
{
    size_t before = out->size;
    ef_buffer_append_unit(out, value);
    if (out->failed)
        return;
    while (out->size > before && out->data[out->size - 1] == '0')
        out->size--;
    if (out->size > before && out->data[out->size - 1] == '.')
        out->size--;
}

static void moment(ef_buffer *out, const char *name, int64_t time_ms)
{
    key(out, name);
    ef_buffer_append_byte(out, '"');
    ef_moment_append(out, time_ms);
    ef_buffer_append_byte(out, '"');
}

static void labels(ef_buffer *out, const ef_alert *alert)
{
    key(out, "labels");
    ef_buffer_append_byte(out, '{');
    for (size_t i = 0; i < alert->label_count; i++) {
        if (i > 0)
            ef_buffer_append_byte(out, ',');
        ef_json_string(out, alert->labels[i].name);
        ef_buffer_append_byte(out, ':');
        ef_json_string(out, alert->labels[i].value);
    }
    ef_buffer_append_byte(out, '}');
}

static void interval(ef_buffer *out, const ef_alert *alert, const ef_alert_figure *figure)
{
    if (alert->measure == EF_MEASURE_VOLUME || figure->n == 0)
        return;
    key(out, "interval");
    ef_buffer_append_byte(out, '[');
    unit(out, figure->low);
    ef_buffer_append_byte(out, ',');
    unit(out, figure->high);
    ef_buffer_append_byte(out, ']');
}

static void counts(ef_buffer *out, const ef_alert_figure *figure)
{
    key(out, "n");
    ef_buffer_append_int(out, figure->n);
    key(out, "k");
    ef_buffer_append_int(out, figure->k);
}

static void figures(ef_buffer *out, const ef_alert *alert)
{
    static const char *const measures[] = { "share", "mean", "volume" };
    text(out, "measure", ef_slice_of(measures[alert->measure]));
    key(out, "value");
    unit(out, alert->since.value);
    counts(out, &alert->since);
    interval(out, alert, &alert->since);
    key(out, "baseline");
    ef_buffer_append_text(out, "{\"value\":");
    unit(out, alert->before.value);
    counts(out, &alert->before);
    interval(out, alert, &alert->before);
    ef_buffer_append_byte(out, '}');
}

static void times(ef_buffer *out, const ef_alert *alert)
{
    moment(out, "onset", alert->onset_ms);
    moment(out, "startsAt", alert->starts_ms);
    if (alert->status == EF_ALERT_RESOLVED || alert->ends_ms != 0) {
        moment(out, "endsAt", alert->ends_ms);
    } else {
        key(out, "endsAt");
        ef_buffer_append_text(out, "null");
    }
    key(out, "false_alarms_per_week");
    if (alert->false_alarms < 0)
        ef_buffer_append_text(out, "null");
    else
        unit(out, alert->false_alarms);
}

static void redacted(ef_buffer *out, ef_redactor *redactor, ef_slice value)
{
    ef_buffer masked = { 0 };
    if (ef_redact(&masked, redactor, value))
        ef_json_string(out, ef_buffer_slice(&masked));
    else
        out->failed = true;
    ef_buffer_release(&masked);
}

static void example_texts(ef_buffer *out, ef_redactor *redactor, const ef_alert *alert,
                          const ef_slice *texts)
{
    key(out, "texts");
    for (size_t i = 0; i < alert->example_count; i++) {
        ef_buffer_append_byte(out, i > 0 ? ',' : '[');
        redacted(out, redactor, texts[i]);
    }
    ef_buffer_append_text(out, alert->example_count > 0 ? "]" : "[]");
}

static void evidence(ef_buffer *out, ef_redactor *redactor, const ef_alert *alert,
                     const ef_slice *texts)
{
    key(out, "phrases");
    ef_buffer_append_byte(out, '[');
    for (size_t i = 0; i < alert->phrase_count; i++) {
        ef_buffer_append_text(out, i > 0 ? ",{\"text\":" : "{\"text\":");
        redacted(out, redactor, alert->phrases[i].text);
        key(out, "z");
        unit(out, alert->phrases[i].z);
        ef_buffer_append_byte(out, '}');
    }
    ef_buffer_append_byte(out, ']');
    key(out, "examples");
    ef_buffer_append_byte(out, '[');
    for (size_t i = 0; i < alert->example_count; i++) {
        if (i > 0)
            ef_buffer_append_byte(out, ',');
        ef_json_string(out, alert->examples[i]);
    }
    ef_buffer_append_byte(out, ']');
    if (texts != NULL)
        example_texts(out, redactor, alert, texts);
}

static void origin(ef_buffer *out, const ef_engine_info *engine, const ef_alert *alert)
{
    char print[17];
    text(out, "engine", ef_slice_of(engine->version));
    text(out, "model", ef_slice_of(engine->model.hash));
    text(out, "lexicon", ef_slice_of(engine->lexicon_hash));
    ef_hash_hex(alert->id, print);
    text(out, "fingerprint", ef_slice_of(print));
    key(out, "seq");
    ef_buffer_append_int(out, (int64_t)alert->seq);
}

void ef_event_json(ef_buffer *out, const ef_engine_info *engine, ef_redactor *redactor,
                   const ef_alert *alert)
{
    ef_event_json_with_texts(out, engine, redactor, alert, NULL);
}

void ef_event_json_with_texts(ef_buffer *out, const ef_engine_info *engine,
                              ef_redactor *redactor, const ef_alert *alert,
                              const ef_slice texts[EF_ALERT_EXAMPLES])
{
    bool is_firing = alert->status == EF_ALERT_FIRING;
    ef_buffer_append_text(out, "{\"schema\":1,\"event\":\"alert\"");
    text(out, "status", ef_slice_of(is_firing ? "firing" : "resolved"));
    text(out, "rule", ef_slice_of(alert->rule));
    text(out, "kind", ef_slice_of(alert->kind));
    text(out, "severity", ef_slice_of(alert->severity));
    text(out, "summary", alert->summary);
    labels(out, alert);
    if (alert->suppressed > 0) {
        key(out, "suppressed");
        ef_buffer_append_int(out, (int64_t)alert->suppressed);
    }
    figures(out, alert);
    times(out, alert);
    evidence(out, redactor, alert, texts);
    origin(out, engine, alert);
    ef_buffer_append_byte(out, '}');
}
