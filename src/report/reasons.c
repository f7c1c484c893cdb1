/* SPDX-License-Identifier: MIT
 * report/reasons.c - the strongest reasons of a score, as JSON.
 *
 * An explanation lists every reason in the order of the text; a record carries only those
 * that moved its score most. Ties keep the order of the text, so the answer is one. */
#include "report/score_fields.h"

#include "base/json_out.h"

enum { STRONGEST = 10 }; /* what a reader takes in; the rest is for `explain` */

static uint32_t strength(const ef_reason *reason)
{
    return reason->weight < 0 ? 0 - (uint32_t)reason->weight : (uint32_t)reason->weight;
}

/* Inserts reason into the count strongest, which are in falling order. */
static size_t insert(const ef_reason *strongest[STRONGEST], size_t count,
                     const ef_reason *reason)
{
    size_t at = count;
    while (at > 0 && strength(strongest[at - 1]) < strength(reason))
        at--;
    if (at == STRONGEST)
        return count;
    size_t kept = count < STRONGEST ? count : STRONGEST - 1;
    memmove(&strongest[at + 1], &strongest[at], (kept - at) * sizeof strongest[0]);
    strongest[at] = reason;
    return kept + 1;
}

static void append_reason(ef_buffer *out, ef_slice text, const ef_reason *reason,
                          ef_redaction *redaction)
{
    size_t end = reason->end < text.size ? reason->end : text.size;
    size_t begin = reason->begin < end ? reason->begin : end;
    ef_buffer_append_text(out, "{\"kind\":\"");
    ef_buffer_append_text(out, ef_reason_kind_name(reason->kind));
    ef_buffer_append_text(out, "\",\"begin\":");
    ef_buffer_append_int(out, reason->begin);
    ef_buffer_append_text(out, ",\"end\":");
    ef_buffer_append_int(out, reason->end);
    ef_buffer_append_text(out, ",\"text\":");
    if (begin < end)
        ef_json_string(out, ef_redacted_part(redaction, text, begin, end, out));
    else
        ef_buffer_append_text(out, "\"\"");
    ef_buffer_append_text(out, ",\"base\":");
    ef_buffer_append_int(out, reason->base);
    ef_buffer_append_text(out, ",\"weight\":");
    ef_buffer_append_int(out, reason->weight);
    ef_buffer_append_text(out, ",\"rule\":");
    if (reason->rule == NULL || reason->rule[0] == '\0')
        ef_buffer_append_text(out, "null");
    else
        ef_json_string(out, ef_slice_of(reason->rule));
    if (reason->name != NULL && reason->name[0] != '\0') {
        ef_buffer_append_text(out, ",\"name\":");
        ef_json_string(out, ef_slice_of(reason->name));
    }
    ef_buffer_append_byte(out, '}');
}

void ef_reasons_array(ef_buffer *out, ef_slice text, const ef_explanation *explanation,
                      ef_redaction *redaction)
{
    const ef_reason *strongest[STRONGEST];
    size_t count = 0, all = explanation == NULL ? 0 : explanation->reason_count;
    for (size_t i = 0; i < all; i++)
        count = insert(strongest, count, &explanation->reasons[i]);
    ef_buffer_append_byte(out, '[');
    for (size_t i = 0; i < count; i++) {
        if (i > 0)
            ef_buffer_append_byte(out, ',');
        append_reason(out, text, strongest[i], redaction);
    }
    ef_buffer_append_byte(out, ']');
}
