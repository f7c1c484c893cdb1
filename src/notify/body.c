/* SPDX-License-Identifier: MIT
 * notify/body.c - what a sink is sent: an event in the form that the receiver wants. */
#include "notify/body.h"

#include <cjson/cJSON.h>
#include <stdlib.h>

#include "base/json_out.h"

enum { DEEPEST = 8, LONGEST_NUMBER = 32, LONGEST_FIELD = 128 };

/* --- events ------------------------------------------------------------------------- */

/* What no reader of JSON has to be afraid of: strings closed, not deep, numbers short. */
static bool is_harmless(ef_slice event)
{
    size_t depth = 0, number = 0;
    bool is_string = false;
    for (size_t i = 0; i < event.size; i++) {
        uint8_t byte = event.data[i];
        if (byte == 0)
            return false;
        if (is_string) {
            i += byte == '\\';
            is_string = byte != '"';
            continue;
        }
        is_string = byte == '"';
        depth += byte == '{' || byte == '[';
        if (depth > DEEPEST || ((byte == '}' || byte == ']') && depth-- == 0))
            return false;
        number = (byte >= '0' && byte <= '9') || byte == '.' ? number + 1 : 0;
        if (number > LONGEST_NUMBER)
            return false;
    }
    return !is_string && depth == 0;
}

static cJSON *parse(ef_slice event)
{
    if (event.size == 0 || event.size > EF_LONGEST_EVENT || !is_harmless(event))
        return NULL;
    const char *end = NULL, *last = (const char *)event.data + event.size;
    cJSON *parsed =
        cJSON_ParseWithLengthOpts((const char *)event.data, event.size, &end, false);
    /* Something behind the object would go out with it. */
    if (parsed != NULL && (!cJSON_IsObject(parsed) || end != last)) {
        cJSON_Delete(parsed);
        return NULL;
    }
    return parsed;
}

static const char *text_of(const cJSON *event, const char *key)
{
    const char *text = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(event, key));
    return text == NULL ? "" : text;
}

static bool is_resolved(const cJSON *event)
{
    return strcmp(text_of(event, "status"), "resolved") == 0;
}

/* --- places ------------------------------------------------------------------------- */

typedef struct filling {
    ef_buffer *out;
    const ef_sink *sink;
    const cJSON *event;
    ef_slice bytes; /* of the event */
} filling;

/* PagerDuty knows four words; "page" and "ticket" are those of rules. */
static const char *severity_of(const cJSON *event)
{
    const char *severity = text_of(event, "severity");
    static const char *const known[] = { "critical", "error", "warning", "info" };
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        if (strcmp(severity, known[i]) == 0)
            return severity;
    }
    return strcmp(severity, "page") == 0 ? "critical" : "warning";
}

/* What is not in the event itself; NULL for another name. */
static const char *own_text(const filling *f, const char *name)
{
    if (strcmp(name, "key") == 0)
        return f->sink->key == NULL ? "" : f->sink->key;
    if (strcmp(name, "action") == 0)
        return is_resolved(f->event) ? "resolve" : "trigger";
    if (strcmp(name, "pager_severity") == 0)
        return severity_of(f->event);
    return NULL;
}

/* Slack reads <!channel> as a call to everybody: what comes from data must not. */
static void append_entities(ef_buffer *out, ef_slice text)
{
    for (size_t i = 0; i < text.size; i++) {
        uint8_t byte = text.data[i];
        if (byte == '&')
            ef_buffer_append_text(out, "&amp;");
        else if (byte == '<')
            ef_buffer_append_text(out, "&lt;");
        else if (byte == '>')
            ef_buffer_append_text(out, "&gt;");
        else
            ef_buffer_append_byte(out, byte);
    }
}

/* Text for the inside of a string: as a string of JSON without its quotes. */
static void append_inside(filling *f, ef_slice text)
{
    ef_buffer entities = { 0 }, quoted = { 0 };
    if (f->sink->kind == EF_SINK_SLACK) {
        append_entities(&entities, text);
        text = ef_buffer_slice(&entities);
    }
    if (ef_json_string(&quoted, text) && !entities.failed)
        ef_buffer_append(f->out, quoted.data + 1, quoted.size - 2);
    else
        f->out->failed = true;
    ef_buffer_release(&entities);
    ef_buffer_release(&quoted);
}

static void append_text(filling *f, ef_slice text, bool is_inside)
{
    if (is_inside)
        append_inside(f, text);
    else
        ef_json_string(f->out, text);
}

static void append_item(filling *f, const cJSON *item, bool is_inside)
{
    if (cJSON_IsString(item)) {
        append_text(f, ef_slice_of(item->valuestring), is_inside);
        return;
    }
    bool is_nothing = item == NULL || cJSON_IsNull(item);
    char *printed = is_nothing ? NULL : cJSON_PrintUnformatted(item);
    if (!is_nothing && printed == NULL)
        f->out->failed = true;
    else if (is_inside)
        append_inside(f, ef_slice_of(is_nothing ? "" : printed));
    else
        ef_buffer_append_text(f->out, is_nothing ? "null" : printed);
    cJSON_free(printed);
}

/* {{event}} is all of it, {{a.b}} a member of a member. */
static void fill(filling *f, char *name, bool is_inside)
{
    const char *own = own_text(f, name);
    if (own != NULL) {
        append_text(f, ef_slice_of(own), is_inside);
    } else if (strcmp(name, "event") == 0) {
        if (is_inside)
            append_inside(f, f->bytes);
        else
            ef_buffer_append_slice(f->out, f->bytes);
    } else {
        const cJSON *item = f->event;
        for (char *part; (part = strsep(&name, ".")) != NULL && item != NULL;)
            item = cJSON_GetObjectItemCaseSensitive(item, part);
        append_item(f, item, is_inside);
    }
}

/* Where the place that begins here ends, its name copied; 0 if none does. */
static size_t place_size(const char *at, char name[LONGEST_FIELD])
{
    if (at[0] != '{' || at[1] != '{')
        return 0;
    size_t size =
        strspn(at + 2, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.-");
    if (size == 0 || size >= LONGEST_FIELD || strncmp(at + 2 + size, "}}", 2) != 0)
        return 0;
    memcpy(name, at + 2, size);
    name[size] = '\0';
    return size + 4;
}

static void fill_template(filling *f, const char *body, bool is_inside)
{
    char name[LONGEST_FIELD];
    while (*body != '\0') {
        size_t size = place_size(body, name);
        if (size > 0) {
            fill(f, name, is_inside);
            body += size;
            continue;
        }
        if (is_inside && body[0] == '\\' && body[1] != '\0')
            ef_buffer_append_byte(f->out, (uint8_t)*body++);
        else if (*body == '"')
            is_inside = !is_inside;
        ef_buffer_append_byte(f->out, (uint8_t)*body++);
    }
}

/* --- Alertmanager ------------------------------------------------------------------- */

/* Its labels have names of letters, digits and _; ours come first. */
static void append_label_name(ef_buffer *out, const char *name)
{
    static const char *const taken[] = { "alertname", "severity", "kind" };
    ef_buffer_append_byte(out, '"');
    for (size_t i = 0; i < sizeof taken / sizeof taken[0]; i++) {
        if (strcmp(name, taken[i]) == 0)
            ef_buffer_append_text(out, "label_");
    }
    if (*name >= '0' && *name <= '9')
        ef_buffer_append_byte(out, '_');
    for (; *name != '\0'; name++) {
        bool is_letter = (*name | 0x20) >= 'a' && (*name | 0x20) <= 'z';
        bool fits = is_letter || (*name >= '0' && *name <= '9');
        ef_buffer_append_byte(out, fits ? (uint8_t)*name : (uint8_t)'_');
    }
    ef_buffer_append_text(out, "\":");
}

#define ALERT                                                                              \
    "\"alertname\":\"{{rule}}\",\"severity\":\"{{severity}}\",\"kind\":\"{{kind}}\"},"     \
    "\"annotations\":{\"summary\":\"{{summary}}\",\"value\":\"{{value}}\","                \
    "\"measure\":\"{{measure}}\","                                                         \
    "\"interval\":\"{{interval}}\",\"baseline\":\"{{baseline.value}}\","                   \
    "\"baseline_n\":\"{{baseline.n}}\",\"baseline_k\":\"{{baseline.k}}\","                 \
    "\"baseline_interval\":\"{{baseline.interval}}\",\"n\":\"{{n}}\",\"k\":\"{{k}}\","     \
    "\"false_alarms_per_week\":\"{{false_alarms_per_week}}\","                             \
    "\"phrases\":\"{{phrases}}\",\"texts\":\"{{texts}}\","                                 \
    "\"onset\":\"{{onset}}\",\"examples\":\"{{examples}}\","                               \
    "\"engine\":\"{{engine}}\",\"model\":\"{{model}}\",\"lexicon\":\"{{lexicon}}\","       \
    "\"seq\":\"{{seq}}\",\"fingerprint\":\"{{fingerprint}}\"},\"startsAt\":\"{{startsAt}}" \
    "\""

/* A firing alert has no end: the receiver resolves it when it hears no more of it. */
static void append_alert(filling *f)
{
    const cJSON *label;
    ef_buffer_append_text(f->out, "{\"labels\":{");
    cJSON_ArrayForEach(label, cJSON_GetObjectItemCaseSensitive(f->event, "labels"))
    {
        if (!cJSON_IsString(label) || label->string[0] == '\0')
            continue;
        append_label_name(f->out, label->string);
        ef_json_string(f->out, ef_slice_of(label->valuestring));
        ef_buffer_append_byte(f->out, ',');
    }
    fill_template(f, ALERT, false);
    if (is_resolved(f->event))
        fill_template(f, ",\"endsAt\":\"{{endsAt}}\"", false);
    ef_buffer_append_byte(f->out, '}');
}

/* --- all of them -------------------------------------------------------------------- */

static const char *const templates[] = {
    [EF_SINK_WEBHOOK] = "{{event}}",
    [EF_SINK_PAGERDUTY] =
        "{\"routing_key\":\"{{key}}\",\"event_action\":\"{{action}}\","
        "\"dedup_key\":\"{{fingerprint}}\",\"payload\":{\"summary\":\"{{summary}}\","
        "\"source\":\"earful\",\"severity\":\"{{pager_severity}}\","
        "\"timestamp\":\"{{startsAt}}\",\"custom_details\":{{event}}}}",
    /* The inside of one string for all events. */
    [EF_SINK_SLACK] =
        "[{{status}}] {{rule}} ({{kind}}, {{severity}}): {{summary}}\\n"
        "of {{labels}}: {{measure}} {{value}} {{interval}}, {{k}} of {{n}} since "
        "{{onset}}; usual {{baseline.value}} {{baseline.interval}} of {{baseline.n}}; "
        "{{false_alarms_per_week}} false alarms a week expected\\n"
        "fired {{startsAt}}, ended {{endsAt}}\\n"
        "rose: {{phrases}}\\nlook at: {{examples}} {{texts}}\\n"
        "earful {{engine}}, model {{model}}, lexicon {{lexicon}}, number {{seq}}, "
        "id {{fingerprint}}",
    [EF_SINK_EXEC] = "{{event}}",
};

static ef_status append_event(ef_buffer *out, const ef_sink *sink, ef_slice event)
{
    cJSON *parsed = parse(event);
    if (parsed == NULL)
        return EF_ERR_FORMAT;
    filling f = { out, sink, parsed, event };
    if (sink->body != NULL)
        fill_template(&f, sink->body, false);
    else if (sink->kind == EF_SINK_ALERTMANAGER)
        append_alert(&f);
    else
        fill_template(&f, templates[sink->kind], sink->kind == EF_SINK_SLACK);
    cJSON_Delete(parsed);
    return out->failed ? EF_ERR_MEMORY : EF_OK;
}

ef_status ef_body_make_group(ef_buffer *out, const ef_sink *sink, const ef_slice *events,
                             size_t count)
{
    size_t begin = out->size;
    bool is_slack = sink->kind == EF_SINK_SLACK && sink->body == NULL;
    bool is_alertmanager = sink->kind == EF_SINK_ALERTMANAGER && sink->body == NULL;
    bool is_array = is_alertmanager || (count > 1 && !is_slack);
    ef_status status = EF_OK;
    ef_buffer_append_text(out, is_slack ? "{\"text\":\"" : is_array ? "[" : "");
    for (size_t i = 0; i < count && status == EF_OK; i++) {
        ef_buffer_append_text(out, i == 0 ? "" : is_slack ? "\\n\\n" : ",");
        status = append_event(out, sink, events[i]);
    }
    ef_buffer_append_text(out, is_slack ? "\"}" : is_array ? "]" : "");
    if (status != EF_OK)
        out->size = begin;
    else if (out->failed)
        status = EF_ERR_MEMORY;
    return status;
}

ef_status ef_body_make(ef_buffer *out, const ef_sink *sink, ef_slice event)
{
    return ef_body_make_group(out, sink, &event, 1);
}

bool ef_body_is_template(const char *body)
{
    static const uint8_t nothing[] = "{}";
    ef_sink sink = { .kind = EF_SINK_WEBHOOK };
    ef_buffer out = { 0 };
    sink.body = strdup(body);
    bool is_made =
        sink.body != NULL && ef_body_make(&out, &sink, (ef_slice){ nothing, 2 }) == EF_OK;
    cJSON *parsed = is_made ? cJSON_Parse(ef_buffer_text(&out)) : NULL;
    bool is_json = parsed != NULL;
    cJSON_Delete(parsed);
    ef_buffer_release(&out);
    free(sink.body);
    return is_json;
}
