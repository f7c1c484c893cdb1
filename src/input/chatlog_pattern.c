/* SPDX-License-Identifier: MIT
 * input/chatlog_pattern.c - a layout of the user's own, as a pattern with named groups.
 *
 * The pattern is matched where a line begins, against its first bytes only, so that no line
 * costs more than another. Bytes that are not UTF-8 are shown to it as question marks: what
 * it finds has the same place in the line as it is. */
#include "input/chatlog.h"

#include <assert.h>
#include <stdlib.h>

#include "base/error.h"
#include "base/pattern.h"
#include "base/utf8.h"
#include "input/columns.h"

typedef struct ef_chat_pattern {
    ef_pattern *pattern;
    ef_pattern_matcher *serial; /* of the half that runs in one thread */
    ef_line_pattern clock;      /* a time that is no more than a clock */
    unsigned time, author, text, role, channel, conversation, id; /* groups; 0: none */
} ef_chat_pattern;

/* Where the number of a group stands in the pattern; -1 for a name that is none of ours. */
static ptrdiff_t place_of(const char *name)
{
    static const struct {
        const char *name;
        size_t place;
    } groups[] = { { "time", offsetof(ef_chat_pattern, time) },
                   { "author", offsetof(ef_chat_pattern, author) },
                   { "text", offsetof(ef_chat_pattern, text) },
                   { "role", offsetof(ef_chat_pattern, role) },
                   { "channel", offsetof(ef_chat_pattern, channel) },
                   { "conversation", offsetof(ef_chat_pattern, conversation) },
                   { "id", offsetof(ef_chat_pattern, id) } };
    for (size_t i = 0; i < sizeof groups / sizeof groups[0]; i++)
        if (strcmp(groups[i].name, name) == 0)
            return (ptrdiff_t)groups[i].place;
    return -1;
}

static ef_status take_groups(ef_chat_pattern *own, ef_error *error)
{
    const char *name;
    for (size_t i = 0; ef_pattern_name_at(own->pattern, i, &name); i++) {
        ptrdiff_t place = place_of(name);
        if (place < 0)
            return ef_error_set(error, EF_ERR_ARGUMENT,
                                "group '%s' of the pattern is none of time, author, text, "
                                "role, channel, conversation, id",
                                name);
        *(unsigned *)((char *)own + place) = ef_pattern_group(own->pattern, name);
    }
    return own->text > 0 ? EF_OK
                         : ef_error_set(error, EF_ERR_ARGUMENT,
                                        "the pattern has no group (?<text>...)");
}

ef_status ef_chat_pattern_open(ef_layout *layout, const char *text, ef_error *error)
{
    ef_chatlog *log = layout->own;
    if (text == NULL)
        return ef_error_set(error, EF_ERR_ARGUMENT,
                            "the format 'generic' needs a pattern: --pattern '(?<author>"
                            "[^:]+): (?<text>.*)'");
    ef_chat_pattern *own = calloc(1, sizeof *own);
    if (own == NULL)
        return ef_error_memory(error);
    log->pattern = own;
    bool is_clock = ef_line_pattern_make(&own->clock, "{clock}");
    assert(is_clock);
    (void)is_clock;
    ef_status status =
        ef_pattern_new(&own->pattern, ef_slice_of(text), EF_PATTERN_AT_START, error);
    if (status == EF_OK)
        status = ef_pattern_matcher_new(&own->serial, own->pattern, error);
    if (status == EF_OK)
        status = take_groups(own, error);
    ef_buffer flag = { 0 };
    ef_buffer_append_text(&flag, "--pattern ");
    ef_flag_quote(&flag, ef_slice_of(text));
    if (status == EF_OK)
        status = flag.failed ? ef_error_memory(error)
                             : ef_layout_decide(layout, "pattern", text, "as asked for",
                                                ef_buffer_text(&flag), error);
    ef_buffer_release(&flag);
    return status;
}

ef_pattern_matcher *ef_chat_pattern_matcher(const ef_chat_pattern *pattern)
{
    ef_pattern_matcher *matcher;
    ef_status status = ef_pattern_matcher_new(&matcher, pattern->pattern, NULL);
    return status == EF_OK ? matcher : NULL;
}

void ef_chatlog_close(ef_layout *layout)
{
    ef_chatlog *log = layout->own;
    if (log->pattern == NULL)
        return;
    ef_pattern_matcher_free(log->pattern->serial);
    ef_pattern_free(log->pattern->pattern);
    free(log->pattern);
    log->pattern = NULL;
}

/* Copies the line with question marks for bytes that are no UTF-8. A character that is cut
 * off at the end counts as such bytes. */
static void show_plain(ef_slice line, uint8_t *plain)
{
    uint32_t code;
    for (size_t at = 0; at < line.size;) {
        size_t size = ef_utf8_decode(line.data + at, line.size - at, &code);
        if (size == 0)
            plain[at] = '?';
        else
            memcpy(plain + at, line.data + at, size);
        at += size > 0 ? size : 1;
    }
}

/* What a group found, as a piece of the line. */
static ef_slice group_of(const ef_pattern_matcher *matcher, unsigned group,
                         const uint8_t *plain, ef_slice line)
{
    ef_slice found =
        group == 0 ? (ef_slice){ NULL, 0 } : ef_pattern_matched(matcher, group);
    if (found.data == NULL)
        return found;
    return (ef_slice){ line.data + (found.data - plain), found.size };
}

bool ef_chat_pattern_fits(const ef_chat_pattern *pattern, ef_pattern_matcher *matcher,
                          ef_slice head, ef_chat_line *read)
{
    uint8_t plain[EF_CHAT_HEAD];
    ef_slice shown = { plain, head.size };
    assert(head.size <= sizeof plain);
    if (matcher == NULL)
        matcher = pattern->serial;
    show_plain(head, plain);
    ef_status status = ef_pattern_search(matcher, shown, NULL);
    if (status == EF_OK)
        status = ef_pattern_next(matcher, NULL);
    read->has_failed = status == EF_ERR_MEMORY;
    if (status != EF_OK)
        return false;
    ef_line_match *match = &read->match, clock;
    memset(match, 0, sizeof *match);
    read->kind = EF_LINE_MESSAGE;
    match->when = group_of(matcher, pattern->time, plain, head);
    match->name = group_of(matcher, pattern->author, plain, head);
    match->text = group_of(matcher, pattern->text, plain, head);
    read->role = group_of(matcher, pattern->role, plain, head);
    read->channel = group_of(matcher, pattern->channel, plain, head);
    read->conversation = group_of(matcher, pattern->conversation, plain, head);
    read->id = group_of(matcher, pattern->id, plain, head);
    read->is_closed = match->text.data == NULL ||
                      match->text.data + match->text.size != head.data + head.size;
    if (match->text.data == NULL)
        match->text = (ef_slice){ head.data, 0 };
    if (match->when.size > 0 &&
        ef_line_pattern_fits(&pattern->clock, match->when, &clock)) {
        clock.when = match->when;
        clock.name = match->name;
        clock.text = match->text;
        *match = clock;
    }
    return true;
}
