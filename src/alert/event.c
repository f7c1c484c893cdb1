/* SPDX-License-Identifier: MIT
 * alert/event.c - what an alert says: counts with intervals, labels, examples, a summary.
 *
 * Strings are appended to the event's own bytes and remembered as offsets until the last is
 * there, because the bytes move while they grow. */
#include <stdlib.h>

#include "alert/alerts.h"
#include "aggregate/interval.h"
#include "base/hash.h"
#include "base/moment.h"
#include "base/real.h"

/* A slice of the event's bytes whose address is not known yet: data holds its offset. */
static ef_slice keep(ef_buffer *bytes, ef_slice text)
{
    ef_slice kept = { (const uint8_t *)(uintptr_t)bytes->size, text.size };
    ef_buffer_append_slice(bytes, text);
    return kept;
}

static void settle(ef_slice *slice, const ef_buffer *bytes)
{
    slice->data = bytes->data + (uintptr_t)slice->data;
}

static void settle_all(ef_event *event)
{
    ef_alert *alert = &event->alert;
    settle(&alert->summary, &event->bytes);
    for (size_t i = 0; i < alert->label_count; i++) {
        settle(&alert->labels[i].name, &event->bytes);
        settle(&alert->labels[i].value, &event->bytes);
    }
    for (size_t i = 0; i < alert->phrase_count; i++)
        settle(&alert->phrases[i].text, &event->bytes);
    for (size_t i = 0; i < alert->example_count; i++)
        settle(&alert->examples[i], &event->bytes);
}

static void queue(ef_alerts *alerts, ef_event *event)
{
    if (event->bytes.failed || !ef_buffer_reserve(&event->bytes, 1)) {
        alerts->failed = true;
        ef_buffer_release(&event->bytes);
        free(event);
        return;
    }
    event->alert.seq = ++alerts->seq;
    settle_all(event);
    if (alerts->last != NULL)
        alerts->last->next = event;
    else
        alerts->first = event;
    alerts->last = event;
}

/* --- figures ------------------------------------------------------------------------ */

static void set_share(ef_alert_figure *figure, int64_t n, int64_t k, double deff)
{
    *figure = (ef_alert_figure){ .n = n, .k = k };
    if (n <= 0)
        return;
    ef_interval interval = ef_interval_wilson((double)k / deff, (double)n / deff);
    figure->value = ef_unit_of((double)k / (double)n);
    figure->low = ef_unit_of(interval.low);
    figure->high = ef_unit_of(interval.high);
}

static void set_figures(ef_alert *alert, const ef_happening *h)
{
    const ef_verdict *verdict = h->verdict;
    set_share(&alert->since, h->instance->n, h->instance->k, h->usual->deff);
    set_share(&alert->before, h->instance->before_n, h->instance->before_k, h->usual->deff);
    if (verdict->kind == EF_VERDICT_SHARE) {
        alert->before.value = ef_unit_of(h->usual->share);
        return;
    }
    alert->measure = verdict->kind == EF_VERDICT_MEAN ? EF_MEASURE_MEAN : EF_MEASURE_VOLUME;
    alert->since.value = ef_unit_of(verdict->value);
    alert->since.low = ef_unit_of(verdict->low);
    alert->since.high = ef_unit_of(verdict->high);
    alert->before.value = ef_unit_of(verdict->usual);
    alert->before.low = ef_unit_of(verdict->usual_low);
    alert->before.high = ef_unit_of(verdict->usual_high);
}

/* --- labels and examples ------------------------------------------------------------ */

static void set_labels(ef_event *event, const ef_grouping *grouping, size_t number)
{
    ef_slice key = ef_names_text(&grouping->keys, number);
    size_t at = 0;
    for (size_t i = 0; i < grouping->columns.count; i++) {
        size_t end = at;
        while (end < key.size && key.data[end] != EF_KEY_SEPARATOR)
            end++;
        ef_alert_label *label = &event->alert.labels[event->alert.label_count++];
        label->name = keep(&event->bytes, grouping->columns.names[i]);
        label->value = keep(&event->bytes, (ef_slice){ key.data + at, end - at });
        at = end + 1;
    }
}

static void set_phrases(ef_event *event, const ef_alerts *alerts, const ef_happening *h)
{
    ef_risen risen[EF_ALERT_PHRASES];
    size_t count = ef_phrases_risen(&alerts->trend->phrases, h->closing->grouping,
                                    (uint32_t)h->closing->number, h->instance->onset, risen,
                                    EF_ALERT_PHRASES);
    for (size_t i = 0; i < count; i++) {
        ef_alert_phrase *phrase = &event->alert.phrases[event->alert.phrase_count++];
        phrase->text =
            keep(&event->bytes, (ef_slice){ risen[i].phrase->text, risen[i].phrase->size });
        phrase->z = ef_unit_of(risen[i].z);
    }
}

static void set_examples(ef_event *event, const ef_group *group, int64_t from)
{
    const ef_example *examples[EF_ALERT_EXAMPLES];
    size_t count = ef_group_examples(group, from, examples, EF_ALERT_EXAMPLES);
    for (size_t i = 0; i < count; i++)
        event->alert.examples[event->alert.example_count++] =
            keep(&event->bytes, (ef_slice){ examples[i]->id, examples[i]->size });
}

/* --- the summary -------------------------------------------------------------------- */

static bool is(ef_slice name, const char *text)
{
    return name.size == strlen(text) && memcmp(name.data, text, name.size) == 0;
}

/* 0.3125 as 31 %: a person reads it. */
static void append_percent(ef_buffer *bytes, int32_t unit)
{
    ef_buffer_append_int(bytes, (unit + (unit < 0 ? -50 : 50)) / 100);
    ef_buffer_append_text(bytes, " %");
}

static void append_figure(ef_buffer *bytes, const ef_alert *alert, int32_t value)
{
    if (alert->measure == EF_MEASURE_SHARE)
        append_percent(bytes, value);
    else
        ef_buffer_append_unit(bytes, value);
}

/* Appends a label's value; labels still hold offsets into the same bytes. */
static void append_label(ef_event *event, ef_slice name)
{
    for (size_t i = 0; i < event->alert.label_count && !event->bytes.failed; i++) {
        ef_slice own = event->alert.labels[i].name, value = event->alert.labels[i].value;
        settle(&own, &event->bytes);
        if (own.size != name.size || memcmp(own.data, name.data, name.size) != 0)
            continue;
        if (!ef_buffer_reserve(&event->bytes, value.size))
            return;
        settle(&value, &event->bytes); /* there is room: it does not move */
        ef_buffer_append_slice(&event->bytes, value);
        return; /* name may lie in bytes that have moved */
    }
}

/* The values of all labels: "web, en". */
static void append_labels(ef_event *event)
{
    for (size_t i = 0; i < event->alert.label_count; i++) {
        ef_slice name = event->alert.labels[i].name;
        ef_buffer_append_text(&event->bytes, i > 0 ? ", " : "");
        settle(&name, &event->bytes);
        append_label(event, name);
    }
    if (event->alert.label_count == 0)
        ef_buffer_append_text(&event->bytes, "all");
}

static void fill_place(ef_event *event, ef_slice name)
{
    const ef_alert *alert = &event->alert;
    ef_buffer *bytes = &event->bytes;
    if (is(name, "n"))
        ef_buffer_append_int(bytes, alert->since.n);
    else if (is(name, "k"))
        ef_buffer_append_int(bytes, alert->since.k);
    else if (is(name, "value"))
        append_figure(bytes, alert, alert->since.value);
    else if (is(name, "usual"))
        append_figure(bytes, alert, alert->before.value);
    else if (is(name, "onset"))
        ef_moment_append(bytes, alert->onset_ms);
    else if (is(name, "rule"))
        ef_buffer_append_text(bytes, alert->rule);
    else if (is(name, "labels"))
        append_labels(event);
    else
        append_label(event, name);
}

/* Of a rule that has none of its own: a pager refuses an alert without. */
static const char *plain_summary(const ef_alert *alert)
{
    if (alert->measure == EF_MEASURE_MEAN)
        return "mean score {{value}}, usual {{usual}}, in {{labels}}";
    if (alert->measure == EF_MEASURE_VOLUME)
        return "{{n}} messages, {{k}} negative, usual {{usual}}, in {{labels}}";
    return "{{k}} of {{n}} messages negative in {{labels}}";
}

/* Copies the rule's summary and fills {{name}} in; a name that is none gives nothing. */
static void set_summary(ef_event *event, const char *summary)
{
    size_t begin = event->bytes.size;
    if (*summary == '\0')
        summary = plain_summary(&event->alert);
    for (const char *at = summary; *at != '\0';) {
        const char *end = at[0] == '{' && at[1] == '{' ? strstr(at, "}}") : NULL;
        if (end == NULL) {
            ef_buffer_append_byte(&event->bytes, (uint8_t)*at++);
            continue;
        }
        fill_place(event, (ef_slice){ (const uint8_t *)at + 2, (size_t)(end - at) - 2 });
        at = end + 2;
    }
    event->alert.summary =
        (ef_slice){ (const uint8_t *)(uintptr_t)begin, event->bytes.size - begin };
}

/* --- events ------------------------------------------------------------------------- */

static void set_times(ef_alert *alert, const ef_happening *h)
{
    alert->onset_ms = h->instance->onset * EF_MINUTE_MS;
    alert->starts_ms =
        (h->instance->started + 1) * EF_MINUTE_MS; /* its end: the judgement */
    if (h->status == EF_ALERT_RESOLVED)
        alert->ends_ms = (h->minute + 1) * EF_MINUTE_MS;
}

/* An event that names its rule; NULL without memory. */
static ef_event *make_event(ef_alerts *alerts, const ef_rule *rule)
{
    ef_event *event = calloc(1, sizeof *event);
    if (event == NULL) {
        alerts->failed = true;
        return NULL;
    }
    memcpy(event->rule, rule->name, sizeof event->rule);
    memcpy(event->severity, rule->severity, sizeof event->severity);
    event->alert.rule = event->rule;
    event->alert.kind = rule->kind->name;
    event->alert.severity = event->severity;
    return event;
}

void ef_alerts_tell(ef_alerts *alerts, const ef_happening *h)
{
    ef_event *event = make_event(alerts, h->rule);
    if (event == NULL)
        return;
    ef_alert *alert = &event->alert;
    alert->status = h->status;
    alert->id = h->instance->id;
    double expected = h->rule->kind->false_alarms(h->rule, h->usual);
    alert->false_alarms = expected < 0 ? -1 : ef_unit_of(expected);
    set_times(alert, h);
    set_figures(alert, h);
    set_labels(event, &alerts->trend->groupings[h->rule->grouping], h->closing->number);
    if (h->status == EF_ALERT_FIRING) {
        set_phrases(event, alerts, h);
        set_examples(event, h->closing->group, h->instance->onset);
    }
    set_summary(event, h->rule->summary);
    queue(alerts, event);
}

static const ef_rule_kind too_many = { .name = "suppressed" };

void ef_alerts_tell_suppressed(ef_alerts *alerts, int64_t minute)
{
    ef_rule rule = { .name = "suppressed", .severity = "warning", .kind = &too_many };
    ef_event *event = make_event(alerts, &rule);
    if (event == NULL)
        return;
    ef_alert *alert = &event->alert;
    alert->suppressed = alerts->suppressed;
    alert->false_alarms = -1;
    alert->onset_ms = alerts->suppressed_from * EF_MINUTE_MS;
    alert->starts_ms = (minute + 1) * EF_MINUTE_MS;
    alert->id = ef_hash_combine(ef_hash_bytes((const uint8_t *)event->rule, 10),
                                (uint64_t)alerts->suppressed_from);
    ef_buffer_append_int(&event->bytes, (int64_t)alerts->suppressed);
    ef_buffer_append_text(&event->bytes, " more alerts within an hour were not raised");
    alert->summary.size = event->bytes.size;
    alerts->suppressed = 0;
    queue(alerts, event);
}

static void add_label(ef_event *event, const char *name, ef_slice value)
{
    event->alert.labels[event->alert.label_count++] =
        (ef_alert_label){ keep(&event->bytes, ef_slice_of(name)),
                          keep(&event->bytes, value) };
}

/* The id is made of the conversation's name and its author's, not of their salted hash: it
 * is the same on every machine. The minute is in it because one may be handed over again,
 * behind a silence. */
static uint64_t id_of(const ef_handover *h, ef_slice name, ef_slice author)
{
    uint64_t id = ef_hash_combine(h->rule->identity, ef_hash_bytes(name.data, name.size));
    if (author.size > 0)
        id = ef_hash_combine(id, ef_hash_bytes(author.data, author.size));
    return ef_hash_combine(id, (uint64_t)(h->message->time_ms / EF_MINUTE_MS));
}

void ef_alerts_hand_over(ef_alerts *alerts, const ef_handover *h)
{
    ef_event *event = make_event(alerts, h->rule);
    if (event == NULL)
        return;
    ef_alert *alert = &event->alert;
    ef_slice name = ef_delta_conversation(h->delta, h->message);
    ef_slice author = ef_delta_author(h->delta, h->message);
    ef_slice id = ef_delta_id(h->delta, h->message);
    alert->id = id_of(h, name, author);
    alert->onset_ms = alert->starts_ms = h->message->time_ms;
    alert->ends_ms = alert->starts_ms + h->rule->keep * EF_MINUTE_MS;
    alert->false_alarms = -1;
    set_share(&alert->since, h->talk->n, h->talk->x, 1);
    add_label(event, "conversation", name);
    if (author.size > 0)
        add_label(event, "author", author);
    if (id.size > 0 && id.size <= EF_EXAMPLE_SIZE)
        alert->examples[alert->example_count++] = keep(&event->bytes, id);
    set_summary(event, h->rule->summary);
    queue(alerts, event);
}
