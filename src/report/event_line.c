/* SPDX-License-Identifier: MIT
 * report/event_line.c - an alert as one line for a person. */
#include "report/event_line.h"

#include "base/hash.h"
#include "base/moment.h"
#include "report/display.h"

enum { SUMMARY_WIDTH = 240, LABEL_WIDTH = 60 };

/* 0.1453 as 14.5 %. */
static void append_percent(ef_buffer *out, int32_t value)
{
    ef_buffer_append_int(out, value / 100);
    ef_buffer_append_byte(out, '.');
    ef_buffer_append_int(out, (value < 0 ? -value : value) / 10 % 10);
    ef_buffer_append_text(out, " %");
}

static void append_usual(ef_buffer *out, const ef_alert *alert)
{
    if (alert->before.n == 0)
        return;
    ef_buffer_append_text(out, "; usual ");
    if (alert->measure == EF_MEASURE_SHARE)
        append_percent(out, alert->before.value);
    else
        ef_buffer_append_unit(out, alert->before.value);
}

void ef_event_line(ef_buffer *out, const ef_alert *alert)
{
    char id[17];
    bool is_firing = alert->status == EF_ALERT_FIRING;
    ef_moment_append(out, is_firing ? alert->starts_ms : alert->ends_ms);
    ef_buffer_append_text(out, is_firing ? " firing " : " resolved ");
    ef_display_append(out, ef_slice_of(alert->rule), LABEL_WIDTH);
    ef_buffer_append_text(out, " (");
    ef_display_append(out, ef_slice_of(alert->severity), LABEL_WIDTH);
    ef_buffer_append_text(out, "): ");
    ef_display_append(out, alert->summary, SUMMARY_WIDTH);
    for (size_t i = 0; i < alert->label_count; i++) {
        ef_buffer_append_text(out, i == 0 ? " [" : ", ");
        ef_display_append(out, alert->labels[i].name, LABEL_WIDTH);
        ef_buffer_append_byte(out, '=');
        ef_display_append(out, alert->labels[i].value, LABEL_WIDTH);
    }
    ef_buffer_append_text(out, alert->label_count > 0 ? "]" : "");
    append_usual(out, alert);
    ef_hash_hex(alert->id, id);
    ef_buffer_append_text(out, "; id ");
    ef_buffer_append_text(out, id);
}
