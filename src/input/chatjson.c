/* SPDX-License-Identifier: MIT
 * input/chatjson.c - exports of chats as JSON: the messages.
 *
 * What json.c walks to is a message, or a conversation whose messages are then given one by
 * one: the array stays where it is in the block, and so do they. */
#include "input/chatjson.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/error.h"
#include "input/chat_record.h"
#include "input/roles.h"
#include "input/slack_people.h"
#include "input/times.h"

/* cursor->own; the reader comes first, as json.c expects. */
typedef struct talk_cursor {
    ef_json_reader reader;           /* of messages */
    ef_json_reader around;           /* of what is around them */
    ef_json_reader people;           /* of who talks there */
    ef_arena arena;                  /* of the conversation at hand */
    ef_slice values[EF_JSON_FIELDS]; /* … and what it says of itself */
    ef_slice messages;               /* … its array */
    size_t at;                       /* the byte of it that is next; size: all are given */
    uint64_t line;                   /* of that byte */
} talk_cursor;

void ef_chatjson_close_cursor(ef_cursor *cursor)
{
    talk_cursor *own = cursor->own;
    if (own != NULL) {
        ef_json_reader_release(&own->around);
        ef_json_reader_release(&own->people);
        ef_arena_release(&own->arena);
    }
    ef_json_close_cursor(cursor);
}

static bool is_equal(ef_slice a, const char *b)
{
    return a.size == strlen(b) && memcmp(a.data, b, a.size) == 0;
}

static bool is_same(ef_slice a, ef_slice b)
{
    return a.size == b.size && a.size > 0 && memcmp(a.data, b.data, a.size) == 0;
}

static bool is_listed(ef_slice word, const char *const *list)
{
    for (; *list != NULL; list++)
        if (is_equal(word, *list))
            return true;
    return false;
}

static bool ends_as_listed(ef_slice text, const char *const *list)
{
    for (; list != NULL && *list != NULL; list++) {
        size_t size = strlen(*list);
        if (text.size >= size && memcmp(text.data + text.size - size, *list, size) == 0)
            return true;
    }
    return false;
}

/* What says false, or nothing, says no. */
static bool says_yes(ef_slice value)
{
    return value.size > 0 && !is_equal(value, "false") && !is_equal(value, "null");
}

static ef_slice first_of(ef_slice a, ef_slice b)
{
    return a.size > 0 ? a : b;
}

static ef_slice name_of(const void *user, ef_slice id)
{
    return ef_slack_people_name(user, id);
}

/* Undoes what the export wrote into text and name. False without memory. */
static bool clean(const ef_chatjson *log, ef_arena *arena, ef_slice *text, ef_slice *author)
{
    ef_slice known;
    switch (log->row->markup) {
    case EF_JSON_HTML:
        return ef_markup_html(arena, text);
    case EF_JSON_MOJIBAKE:
        return ef_markup_mojibake(arena, text) && ef_markup_mojibake(arena, author);
    case EF_JSON_SLACK:
        known = ef_slack_people_name(log->people, *author);
        *author = first_of(known, *author);
        return ef_markup_slack(arena, name_of, log->people, text);
    case EF_JSON_PLAIN:
        break;
    }
    return true;
}

/* The conversation of a message that names none: of its conversation's object, of the
 * document, or of the array that it is in. False without memory. */
static bool name_talk(ef_cursor *cursor, const ef_slice values[EF_JSON_FIELDS],
                      ef_record *record)
{
    const ef_chatjson *log = cursor->block->layout->own;
    const talk_cursor *own = cursor->own;
    ef_slice *name = &record->conversation;
    *name = first_of(values[EF_JSON_FIELD_THREAD], values[EF_JSON_FIELD_CONVERSATION]);
    if (log->row->has_posts && values[EF_JSON_FIELD_CHANNEL].size > 0)
        *name = first_of(*name, values[EF_JSON_FIELD_ID]);
    if (log->row->around != NULL)
        *name = first_of(*name, own->values[EF_JSON_FIELD_CONVERSATION]);
    if (name->size > 0)
        return true;
    *name = log->conversation;
    record->is_shared =
        log->row->talk == EF_JSON_BY_PLACE || log->row->talk == EF_JSON_BY_CHANNEL;
    if (!log->has_parts)
        return true;
    char *text = ef_arena_alloc(&cursor->arena, name->size + 16);
    if (text == NULL)
        return false;
    int size = snprintf(text, name->size + 16, "%.*s#%u", (int)name->size,
                        (const char *)name->data, ef_json_array_number(own->reader.state));
    *name = (ef_slice){ (const uint8_t *)text, (size_t)size };
    return true;
}

static ef_role role_of(const ef_json_chat *row, const ef_slice values[EF_JSON_FIELDS],
                       ef_slice text, bool *is_hidden)
{
    ef_slice kind = values[EF_JSON_FIELD_KIND];
    bool is_event = (row->kinds != NULL && kind.size > 0 && !is_listed(kind, row->kinds)) ||
                    ends_as_listed(text, row->events);
    *is_hidden =
        (row->hidden != NULL && is_equal(values[EF_JSON_FIELD_HIDDEN], row->hidden)) ||
        (row->hidden_kind != NULL && is_equal(kind, row->hidden_kind));
    if (is_event)
        return EF_ROLE_SYSTEM;
    if (says_yes(values[EF_JSON_FIELD_BOT]))
        return EF_ROLE_BOT;
    ef_role role = ef_role_named(values[EF_JSON_FIELD_ROLE]);
    return role == EF_ROLE_UNKNOWN && *is_hidden ? EF_ROLE_STAFF : role;
}

/* What an event does to its conversation. */
static ef_talk_event event_of(const ef_json_chat *row, ef_slice kind)
{
    if (row->closing != NULL && is_listed(kind, row->closing))
        return EF_EVENT_CLOSED;
    if (row->opening != NULL && is_listed(kind, row->opening))
        return EF_EVENT_OPENED;
    if (row->handing != NULL && is_listed(kind, row->handing))
        return EF_EVENT_HANDED_OVER;
    return EF_EVENT_NONE;
}

/* A database writes {"$date":"2024-…"} for a time. */
static ef_slice bare_time(ef_slice when)
{
    static const char key[] = "{\"$date\":";
    if (when.size < sizeof key || memcmp(when.data, key, sizeof key - 1) != 0)
        return when;
    when = (ef_slice){ when.data + sizeof key - 1, when.size - sizeof key };
    while (when.size > 0 && (*when.data == ' ' || *when.data == '"'))
        when = (ef_slice){ when.data + 1, when.size - 1 };
    while (when.size > 0 && when.data[when.size - 1] == '"')
        when.size--;
    return when;
}

static void take_time(ef_cursor *cursor, ef_slice when, ef_record *record)
{
    const ef_layout *layout = cursor->block->layout;
    if (when.size == 0)
        return;
    record->has_time = ef_time_read(when, layout->zone, layout->date_order, layout->now_ms,
                                    &record->time_ms);
    cursor->counts.bad_times += !record->has_time;
}

/* Who an author is, if the conversation lists its people, or names its customer. False
 * without memory. */
static bool know_author(ef_cursor *cursor, ef_slice *author, ef_role *role)
{
    const ef_chatjson *log = cursor->block->layout->own;
    talk_cursor *own = cursor->own;
    ef_slice people = own->values[EF_JSON_FIELD_PEOPLE], values[EF_JSON_FIELDS];
    ef_slice customer = own->values[EF_JSON_FIELD_CUSTOMER];
    bool is_found = author->size == 0;
    if (*role == EF_ROLE_UNKNOWN && !is_found && customer.size > 0)
        *role = is_same(*author, customer) ? EF_ROLE_CUSTOMER : EF_ROLE_STAFF;
    for (size_t at = 1, size = 1; at < people.size && !is_found; at += size) {
        const uint8_t *p = people.data + at;
        ef_json_pull pull;
        size = 1;
        if (*p != '{')
            continue;
        ef_json_pull_init(&pull, cursor->kernels, p, people.size - at);
        ef_status status = ef_json_view_read(&log->person, &own->people, &cursor->arena,
                                             &pull, values, NULL);
        if (status != EF_OK)
            return status != EF_ERR_MEMORY;
        size = pull.at;
        if (!is_same(values[EF_JSON_FIELD_ID], *author))
            continue;
        if (*role == EF_ROLE_UNKNOWN)
            *role = ef_role_named(values[EF_JSON_FIELD_ROLE]);
        *author = first_of(values[EF_JSON_FIELD_AUTHOR], *author);
        is_found = true;
    }
    return true;
}

static ef_status fill_record(ef_cursor *cursor, const ef_slice values[EF_JSON_FIELDS],
                             ef_record *record, ef_error *error)
{
    const ef_chatjson *log = cursor->block->layout->own;
    ef_slice text = values[EF_JSON_FIELD_TEXT], author = values[EF_JSON_FIELD_AUTHOR];
    ef_slice stamp = values[EF_JSON_FIELD_STAMP], bot = values[EF_JSON_FIELD_BOT];
    ef_slice when = bare_time(first_of(values[EF_JSON_FIELD_TIME], stamp));
    bool is_hidden;
    *record =
        (ef_record){ .raw = record->raw }; /* a rejected one may have left its marks */
    if (text.size == 0 && !ef_markup_slack_blocks(&cursor->arena, cursor->kernels,
                                                  values[EF_JSON_FIELD_BLOCKS], &text))
        return ef_error_memory(error);
    if (!clean(log, &cursor->arena, &text, &author) || !name_talk(cursor, values, record))
        return ef_error_memory(error);
    record->role = role_of(log->row, values, text, &is_hidden);
    if (log->row->around != NULL && !know_author(cursor, &author, &record->role))
        return ef_error_memory(error);
    if (author.size == 0 && record->role == EF_ROLE_BOT && !is_equal(bot, "true"))
        author = bot;
    record->id = first_of(values[EF_JSON_FIELD_ID], stamp);
    record->author = author;
    record->channel = first_of(values[EF_JSON_FIELD_CHANNEL], log->channel);
    record->event = event_of(log->row, values[EF_JSON_FIELD_KIND]);
    record->is_hidden = is_hidden;
    if (record->role != EF_ROLE_SYSTEM && !is_hidden)
        record->text = text;
    take_time(cursor, when, record);
    return ef_chat_finish(cursor, record, when, first_of(text, values[EF_JSON_FIELD_EVENT]),
                          error);
}

/* A conversation: what it says of itself is kept, its array is to be read. */
static ef_status enter_talk(ef_cursor *cursor, ef_json_pull *pull, ef_record *record,
                            ef_error *error)
{
    const ef_chatjson *log = cursor->block->layout->own;
    talk_cursor *own = cursor->own;
    ef_arena_reset(&own->arena);
    ef_status status =
        ef_json_view_read(&log->around, &own->around, &own->arena, pull, own->values, NULL);
    if (status != EF_OK)
        return status == EF_ERR_MEMORY ? ef_error_memory(error) : status;
    if (pull->at > cursor->block->layout->max_record)
        return EF_OK; /* it will be rejected */
    ef_slice array = own->values[EF_JSON_FIELD_MESSAGES];
    bool is_array = array.size > 1 && array.data[0] == '[';
    own->messages = is_array ? array : (ef_slice){ NULL, 0 };
    own->at = is_array ? 1 : 0;
    own->line = cursor->line;
    if (is_array)
        own->line += cursor->kernels->count(pull->p, (size_t)(array.data - pull->p), '\n');
    if (!log->around.has_text || own->values[EF_JSON_FIELD_TEXT].data == NULL)
        return EF_AGAIN;
    size_t before = is_array ? (size_t)(array.data - pull->p) : pull->at;
    record->raw = (ef_slice){ pull->p, before };
    return fill_record(cursor, own->values, record, error);
}

ef_status ef_chatjson_read(ef_cursor *cursor, ef_json_pull *pull, ef_record *record,
                           ef_error *error)
{
    const ef_chatjson *log = cursor->block->layout->own;
    talk_cursor *own = cursor->own;
    ef_slice values[EF_JSON_FIELDS];
    if (log->row->around != NULL)
        return enter_talk(cursor, pull, record, error);
    ef_status status =
        ef_json_view_read(&log->message, &own->reader, &cursor->arena, pull, values, NULL);
    if (status != EF_OK)
        return status == EF_ERR_MEMORY ? ef_error_memory(error) : status;
    if (log->is_listing)
        return EF_AGAIN;
    record->raw = (ef_slice){ pull->p, pull->at };
    return fill_record(cursor, values, record, error);
}

/* Moves to the next object of the array at hand; false at its end. The array was read as a
 * whole, so it is JSON. */
static bool find_message(ef_cursor *cursor)
{
    talk_cursor *own = cursor->own;
    const uint8_t *p = own->messages.data;
    size_t n = own->messages.size;
    while (own->at < n && p[own->at] != '{') {
        bool is_between = memchr(" \t\r\n,", p[own->at], 5) != NULL;
        size_t size =
            is_between ? 1 : ef_json_extent(cursor->kernels, p + own->at, n - own->at);
        own->line += p[own->at] == '\n';
        own->at = p[own->at] == ']' || size == 0 ? n : own->at + size;
    }
    return own->at < n;
}

static ef_status next_message(ef_cursor *cursor, ef_record *record, ef_error *error)
{
    const ef_block *block = cursor->block;
    const ef_chatjson *log = block->layout->own;
    talk_cursor *own = cursor->own;
    ef_slice values[EF_JSON_FIELDS];
    ef_json_pull pull;
    if (!find_message(cursor))
        return EF_END;
    const uint8_t *p = own->messages.data + own->at;
    ef_json_pull_init(&pull, cursor->kernels, p, own->messages.size - own->at);
    ef_arena_reset(&cursor->arena);
    ef_status status =
        ef_json_view_read(&log->message, &own->reader, &cursor->arena, &pull, values, NULL);
    if (status != EF_OK)
        return status == EF_ERR_MEMORY ? ef_error_memory(error) : EF_END;
    record->raw = (ef_slice){ p, pull.at };
    status = fill_record(cursor, values, record, error);
    record->line = own->line;
    record->offset = block->offset + (uint64_t)(p - block->bytes.data);
    own->line += cursor->kernels->count(p, pull.at, '\n');
    own->at += pull.at;
    return status;
}

ef_status ef_chatjson_next(ef_cursor *cursor, ef_record *record, ef_error *error)
{
    if (cursor->own == NULL)
        cursor->own = calloc(1, sizeof(talk_cursor));
    talk_cursor *own = cursor->own;
    if (own == NULL)
        return ef_error_memory(error);
    if (cursor->at == 0)
        own->messages = (ef_slice){ NULL, 0 };
    for (;;) {
        ef_status status =
            own->messages.data == NULL ? EF_END : next_message(cursor, record, error);
        if (status != EF_END)
            return status;
        own->messages = (ef_slice){ NULL, 0 };
        status = ef_json_next_record(cursor, record, error);
        if (status != EF_AGAIN)
            return status;
    }
}
