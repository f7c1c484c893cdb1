/* SPDX-License-Identifier: MIT
 * text/redactor.c - the search for personal data in one text after the other. */
#include "text/redactor.h"

#include <stdlib.h>

#include "base/error.h"
#include "base/utf8.h"
#include "text/redactions.h"

/* Pieces of own kinds in one text: with more, all of the text is one. A text of 1 MiB has
 * hardly so many words. */
enum { MOST_SPANS = 1 << 16 };

static size_t count_patterns(const ef_redactions *own)
{
    size_t count = 0;
    while (own != NULL && ef_redactions_pattern(own, count) != NULL)
        count++;
    return count;
}

ef_status ef_redactor_init(ef_redactor *redactor, const ef_redactions *own,
                           ef_error *error)
{
    *redactor = (ef_redactor){ .own = own };
    size_t count = count_patterns(own);
    if (count == 0)
        return EF_OK;
    redactor->matchers = calloc(count, sizeof *redactor->matchers);
    if (redactor->matchers == NULL)
        return ef_error_memory(error);
    for (size_t i = 0; i < count; i++) {
        const ef_pattern *pattern = ef_redactions_pattern(own, i)->pattern;
        if (ef_pattern_matcher_new(&redactor->matchers[i], pattern, error) != EF_OK) {
            ef_redactor_release(redactor);
            return EF_ERR_MEMORY;
        }
    }
    return EF_OK;
}

void ef_redactor_release(ef_redactor *redactor)
{
    for (size_t i = 0; redactor->matchers != NULL && i < count_patterns(redactor->own); i++)
        ef_pattern_matcher_free(redactor->matchers[i]);
    free(redactor->matchers);
    ef_buffer_release(&redactor->spans);
    ef_buffer_release(&redactor->plain);
    *redactor = (ef_redactor){ 0 };
}

ef_status ef_redactor_new(ef_redactor **made, const ef_redactions *own, ef_error *error)
{
    *made = NULL;
    ef_redactor *redactor = malloc(sizeof *redactor);
    if (redactor == NULL)
        return ef_error_memory(error);
    ef_status status = ef_redactor_init(redactor, own, error);
    if (status == EF_OK)
        *made = redactor;
    else
        free(redactor);
    return status;
}

void ef_redactor_free(ef_redactor *redactor)
{
    if (redactor != NULL)
        ef_redactor_release(redactor);
    free(redactor);
}

/* --- pieces of own kinds ------------------------------------------------------------- */

static ef_personal *spans_of(const ef_redactor *redactor, size_t *count)
{
    *count = redactor->spans.size / sizeof(ef_personal);
    return (ef_personal *)(void *)redactor->spans.data;
}

static bool add_span(ef_redactor *redactor, size_t begin, size_t end, size_t kind)
{
    ef_personal span = { begin, end, ef_redactions_kind_at(redactor->own, kind) };
    return ef_buffer_append(&redactor->spans, (const uint8_t *)&span, sizeof span);
}

/* The pieces that one pattern finds. False without memory. */
static bool search(ef_redactor *redactor, size_t index)
{
    const ef_redaction_pattern *row = ef_redactions_pattern(redactor->own, index);
    const ef_named_check *check = ef_redactions_check(redactor->own, row->kind);
    ef_pattern_matcher *matcher = redactor->matchers[index];
    ef_slice text = redactor->searched;
    size_t begin = 0, count;
    ef_status status = ef_pattern_search(matcher, text, NULL);
    while (status == EF_OK && (status = ef_pattern_next(matcher, NULL)) == EF_OK) {
        ef_slice piece = ef_pattern_matched(matcher, row->hidden);
        if (piece.size == 0 || (check != NULL && !check->holds(piece)))
            continue;
        spans_of(redactor, &count);
        if (count == MOST_SPANS)
            return add_span(redactor, 0, text.size, row->kind);
        begin = (size_t)(piece.data - text.data);
        if (!add_span(redactor, begin, begin + piece.size, row->kind))
            return false;
        begin += piece.size;
    }
    if (status == EF_ERR_MEMORY)
        return false;
    return status == EF_END || text.size == begin ||
           add_span(redactor, begin, text.size, row->kind);
}

static int by_begin(const void *one, const void *two)
{
    const ef_personal *a = one, *b = two;
    if (a->begin != b->begin)
        return a->begin < b->begin ? -1 : 1;
    return a->end == b->end ? 0 : a->end > b->end ? -1 : 1;
}

/* Sorts spans and makes one of those that overlap. */
static void settle(ef_redactor *redactor)
{
    size_t count, kept = 0;
    ef_personal *spans = spans_of(redactor, &count);
    if (count == 0)
        return;
    qsort(spans, count, sizeof *spans, by_begin);
    for (size_t i = 1; i < count; i++) {
        if (spans[i].begin >= spans[kept].end)
            spans[++kept] = spans[i];
        else if (spans[i].end > spans[kept].end)
            spans[kept].end = spans[i].end;
    }
    redactor->spans.size = (kept + 1) * sizeof *spans;
}

/* The text as patterns see it: a byte that is not UTF-8 is a ?, so that places stay. */
static bool prepare(ef_redactor *redactor, ef_slice text)
{
    redactor->searched = text;
    if (redactor->own == NULL || text.size == 0)
        return true;
    size_t at = 0;
    bool is_copy = false;
    while (at < text.size) {
        uint32_t code;
        size_t size = text.data[at] < 0x80
                          ? 1
                          : ef_utf8_decode(text.data + at, text.size - at, &code);
        if (size == 0 && !is_copy) {
            ef_buffer_reset(&redactor->plain);
            if (!ef_buffer_append_slice(&redactor->plain, text))
                return false;
            redactor->searched = ef_buffer_slice(&redactor->plain);
            is_copy = true;
        }
        if (size == 0)
            redactor->plain.data[at] = '?';
        at += size == 0 ? 1 : size;
    }
    return true;
}

bool ef_redactor_start(ef_redactor *redactor, ef_slice text)
{
    redactor->text = text;
    redactor->span = redactor->at = 0;
    redactor->has_built_in = false;
    ef_buffer_reset(&redactor->spans);
    if (!prepare(redactor, text))
        return false;
    for (size_t i = 0; i < count_patterns(redactor->own); i++)
        if (!search(redactor, i))
            return false;
    settle(redactor);
    return true;
}

/* --- both together ------------------------------------------------------------------- */

static bool see_built_in(ef_redactor *redactor)
{
    if (!redactor->has_built_in)
        redactor->has_built_in =
            ef_personal_next(redactor->text, &redactor->at, &redactor->built_in);
    return redactor->has_built_in;
}

static const ef_personal *see_own(const ef_redactor *redactor)
{
    size_t count;
    const ef_personal *spans = spans_of(redactor, &count);
    return redactor->span < count ? &spans[redactor->span] : NULL;
}

/* Makes *found reach over what overlaps it; an own kind's token wins. */
static void widen(ef_redactor *redactor, ef_personal *found)
{
    for (;;) {
        const ef_personal *own = see_own(redactor);
        if (own != NULL && own->begin < found->end) {
            found->kind = own->kind;
            found->end = own->end > found->end ? own->end : found->end;
            redactor->span++;
        } else if (see_built_in(redactor) && redactor->built_in.begin < found->end) {
            size_t end = redactor->built_in.end;
            found->end = end > found->end ? end : found->end;
            redactor->has_built_in = false;
        } else {
            return;
        }
    }
}

bool ef_redactor_next(ef_redactor *redactor, ef_personal *found)
{
    const ef_personal *own = see_own(redactor);
    bool has_built_in = see_built_in(redactor);
    if (own == NULL && !has_built_in)
        return false;
    bool is_own =
        own != NULL && (!has_built_in || own->begin <= redactor->built_in.begin);
    *found = is_own ? *own : redactor->built_in;
    redactor->span += is_own;
    redactor->has_built_in = !is_own && has_built_in ? false : redactor->has_built_in;
    if (redactor->own != NULL)
        widen(redactor, found);
    return true;
}
