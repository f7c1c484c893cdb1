/* SPDX-License-Identifier: MIT
 * input/chatlog.c - logs of chats, a line or several a message: the format of all layouts.
 *
 * A line either begins something or goes on with what stands above it; which of both is
 * told by the line alone. So the serial half looks for the last line that begins something
 * and cuts before it, and reads all lines only where those below depend on them: on days
 * in lines of their own, or on silence that parts conversations. */
#include "input/chatlog.h"

#include <stdlib.h>

#include "base/error.h"
#include "base/pattern.h"
#include "input/chat_record.h"
#include "input/roles.h"

enum {
    LONGEST_AUTHOR = 80
}; /* bytes; what is longer in a header of WhatsApp is an event */

/* --- lines --------------------------------------------------------------------------- */

void ef_chatlog_prepare(ef_chatlog *log, const ef_chat_layout *row)
{
    log->row = row;
    while (log->pattern_count < EF_LINE_KINDS &&
           row->lines[log->pattern_count].pattern != NULL) {
        ef_line_pattern *pattern = &log->patterns[log->pattern_count];
        if (!ef_line_pattern_make(pattern, row->lines[log->pattern_count].pattern))
            break; /* a test reads every row's sample */
        if (row->lines[log->pattern_count].kind == EF_LINE_DAY)
            log->day_signs[log->day_sign_count++] =
                row->lines[log->pattern_count].pattern[0];
        log->pattern_count++;
    }
}

static bool begins_with(ef_slice text, const char *words)
{
    size_t size = strlen(words);
    return text.size >= size && memcmp(text.data, words, size) == 0;
}

static bool holds(ef_slice text, const char *words)
{
    return text.size > 0 && memmem(text.data, text.size, words, strlen(words)) != NULL;
}

/* What some clients write as if somebody had done it: * jo (jo@example.org) has quit. */
static bool is_doing(const ef_line_match *match)
{
    static const char *const doings[] = { "is now known as ", "sets mode",
                                          "has joined ",      "has changed topic",
                                          "has quit (",       "was kicked by " };
    ef_slice text = match->text;
    if (begins_with(match->name, "Now") && begins_with(text, "talking "))
        return true;
    if (begins_with(match->name, "Topic") && begins_with(text, "for #"))
        return true;
    for (size_t i = 0; i < sizeof doings / sizeof doings[0]; i++)
        if (begins_with(text, doings[i]))
            return true;
    return begins_with(text, "(") && holds(text, "@") && holds(text, ") has ");
}

/* An event that quotes somebody, as in: changed the subject to "Help: the phone". */
static bool is_event(ef_slice name)
{
    bool quotes = false;
    for (size_t i = 0; i < name.size && !quotes; i++)
        quotes = name.data[i] == '"' || (name.data[i] == 0xe2 && i + 2 < name.size &&
                                         memcmp(name.data + i, "\xE2\x80\x9C", 3) == 0);
    return quotes || name.size > LONGEST_AUTHOR;
}

bool ef_chatlog_read_line(const ef_chatlog *log, ef_pattern_matcher *matcher, ef_slice line,
                          ef_chat_line *read)
{
    ef_slice head = { line.data, line.size < EF_CHAT_HEAD ? line.size : EF_CHAT_HEAD };
    read->is_closed = read->has_failed = false;
    read->id = read->channel = read->conversation = read->role = (ef_slice){ NULL, 0 };
    if (log->pattern != NULL) {
        bool fits = ef_chat_pattern_fits(log->pattern, matcher, head, read);
        if (fits && !read->is_closed)
            read->match.text.size += line.size - head.size;
        return fits;
    }
    for (size_t i = 0; i < log->pattern_count; i++) {
        if (!ef_line_pattern_fits(&log->patterns[i], head, &read->match))
            continue;
        if (read->match.text.data != NULL)
            read->match.text.size += line.size - head.size;
        read->kind = log->row->lines[i].kind;
        if (log->row->dialect == EF_CHAT_WHATSAPP && read->kind == EF_LINE_MESSAGE &&
            is_event(read->match.name))
            continue;
        if (log->row->dialect == EF_CHAT_DISCORD && holds(read->match.name, ": "))
            continue; /* there is no text behind a name */
        bool is_action = strstr(log->row->lines[i].pattern, "{word}") != NULL;
        if (is_action && is_doing(&read->match)) {
            const uint8_t *end = read->match.text.data + read->match.text.size;
            const uint8_t *begin = read->match.name.data;
            read->kind = EF_LINE_SYSTEM;
            read->match.text = (ef_slice){ begin, (size_t)(end - begin) };
            read->match.name = (ef_slice){ NULL, 0 };
        }
        return true;
    }
    return false;
}

ef_slice ef_chatlog_line_at(const uint8_t *p, size_t n, size_t *size)
{
    const uint8_t *end = memchr(p, '\n', n);
    size_t length = end == NULL ? n : (size_t)(end - p);
    *size = end == NULL ? n : length + 1;
    return (ef_slice){ p, length > 0 && p[length - 1] == '\r' ? length - 1 : length };
}

static bool is_blank(ef_slice text)
{
    for (size_t i = 0; i < text.size; i++)
        if (text.data[i] > ' ')
            return false;
    return true;
}

/* --- where records end --------------------------------------------------------------- */

/* Where the last line begins that begins something; 0 if only the first does. The last line
 * need not have come to its end if enough of it is there. */
static size_t last_begun(const ef_layout *layout, const uint8_t *p, size_t n)
{
    const uint8_t *end = n == 0 ? NULL : memrchr(p, '\n', n);
    if (end == NULL || (size_t)(p + n - end) > EF_CHAT_HEAD)
        end = p + n;
    while (end != NULL && end > p) {
        const uint8_t *before = memrchr(p, '\n', (size_t)(end - p));
        size_t begin = before == NULL ? 0 : (size_t)(before - p) + 1, size;
        ef_chat_line read;
        ef_slice line = ef_chatlog_line_at(p + begin, n - begin, &size);
        if (begin > 0 && ef_chatlog_read_line(layout->own, NULL, line, &read))
            return begin;
        end = before;
    }
    return 0;
}

/* Moves the place behind the n bytes at p. */
static void pass_lines(const ef_layout *layout, const uint8_t *p, size_t n,
                       ef_chat_place *place)
{
    const ef_chatlog *log = layout->own;
    bool needs_all = layout->gap_minutes > 0;
    for (size_t at = 0, size; (needs_all || log->day_sign_count > 0) && at < n;
         at += size) {
        ef_chat_line read;
        ef_slice line = ef_chatlog_line_at(p + at, n - at, &size);
        bool may_matter =
            needs_all || (line.size > 0 && memchr(log->day_signs, line.data[0],
                                                  log->day_sign_count) != NULL);
        if (may_matter && ef_chatlog_read_line(log, NULL, line, &read))
            ef_chatlog_pass(layout, &read, place);
    }
}

size_t ef_chatlog_cut(const ef_layout *layout, const ef_kernels *kernels, const uint8_t *p,
                      size_t n, bool at_end, uint64_t *state)
{
    (void)kernels;
    const ef_chatlog *log = layout->own;
    ef_chat_place place = ef_chat_place_unpack(*state);
    size_t size = n;
    if (!at_end && log->row->joins_lines) {
        size = last_begun(layout, p, n);
    } else if (!at_end) {
        const uint8_t *last = n == 0 ? NULL : memrchr(p, '\n', n);
        size = last == NULL ? 0 : (size_t)(last - p) + 1;
    }
    if (size > 0) {
        pass_lines(layout, p, size, &place);
        place.is_in_dropped = false;
    } else if (n > layout->max_record + EF_RECORD_MARGIN) {
        /* The record will be stopped. To pass it twice is to pass it once. */
        ef_chatlog_line_at(p, n, &size);
        pass_lines(layout, p, size, &place);
        size = 0;
    }
    *state = ef_chat_place_pack(&place);
    return size;
}

size_t ef_chatlog_skip(const ef_layout *layout, const uint8_t *p, size_t n, uint64_t *state)
{
    const ef_chatlog *log = layout->own;
    const uint8_t *end = n == 0 ? NULL : memchr(p, '\n', n);
    if (end == NULL)
        return 0;
    ef_chat_place place = ef_chat_place_unpack(*state);
    place.is_in_dropped = log->row->joins_lines;
    *state = ef_chat_place_pack(&place);
    return (size_t)(end - p) + 1;
}

/* --- records ------------------------------------------------------------------------- */

/* cursor->own: where in the log the cursor stands. */
typedef struct chat_cursor {
    ef_chat_place place;
    ef_chat_line lines[2];       /* of the record at hand, and the one that ended it */
    unsigned current;            /* the index of the first of them */
    bool has_next;               /* there is a second: it begins the next record */
    ef_pattern_matcher *matcher; /* for a user's pattern; else NULL */
    const ef_layout *layout;     /* that it is of */
} chat_cursor;

void ef_chatlog_close_cursor(ef_cursor *cursor)
{
    const chat_cursor *own = cursor->own;
    if (own != NULL)
        ef_pattern_matcher_free(own->matcher);
    free(cursor->own);
    cursor->own = NULL;
}

/* Moves the cursor behind the lines that go on with a record. Those that blank lines end
 * with belong to no text, but to the record. False without memory. */
static bool join_lines(ef_cursor *cursor)
{
    chat_cursor *own = cursor->own;
    const ef_layout *layout = cursor->block->layout;
    const ef_buffer *bytes = &cursor->block->bytes;
    size_t size;
    while (cursor->at < bytes->size) {
        ef_slice line =
            ef_chatlog_line_at(bytes->data + cursor->at, bytes->size - cursor->at, &size);
        own->has_next =
            !cursor->block->is_cut && ef_chatlog_read_line(layout->own, own->matcher, line,
                                                           &own->lines[!own->current]);
        if (own->has_next)
            return true;
        if (!cursor->block->is_cut && own->lines[!own->current].has_failed)
            return false;
        cursor->at += size;
        cursor->line++;
    }
    return true;
}

/* Without line ends and blanks behind it. */
static ef_slice trim_end(ef_slice text)
{
    while (text.size > 0 && text.data[text.size - 1] <= ' ')
        text.size--;
    return text;
}

/* Without the end of its last line. */
static ef_slice without_end(ef_slice raw)
{
    raw.size -= raw.size > 0 && raw.data[raw.size - 1] == '\n';
    raw.size -= raw.size > 0 && raw.data[raw.size - 1] == '\r';
    return raw;
}

/* What stands before the first of the lines that end a message's text. */
static ef_slice cut_at_stops(ef_slice text, const char *const *stops)
{
    for (size_t at = 0, size; stops != NULL && at < text.size; at += size) {
        ef_slice line = ef_chatlog_line_at(text.data + at, text.size - at, &size);
        for (size_t i = 0; stops[i] != NULL; i++)
            if (line.size >= strlen(stops[i]) &&
                memcmp(line.data, stops[i], strlen(stops[i])) == 0)
                return trim_end((ef_slice){ text.data, at });
    }
    return text;
}

/* Line ends as LF alone; copied where there is a CR. */
static bool drop_returns(ef_arena *arena, ef_slice *text)
{
    if (text->size == 0 || memchr(text->data, '\r', text->size) == NULL)
        return true;
    uint8_t *copy = ef_arena_alloc(arena, text->size);
    size_t size = 0;
    if (copy == NULL)
        return false;
    for (size_t i = 0; i < text->size; i++) {
        bool is_end =
            text->data[i] == '\r' && i + 1 < text->size && text->data[i + 1] == '\n';
        if (!is_end)
            copy[size++] = text->data[i];
    }
    *text = (ef_slice){ copy, size };
    return true;
}

/* What a user's pattern took for the text, and the lines below, put together where the
 * first line goes on behind its text. */
static bool join_text(ef_arena *arena, ef_slice raw, ef_slice first, ef_slice *text)
{
    size_t size;
    *text = first;
    ef_chatlog_line_at(raw.data, raw.size, &size);
    ef_slice below = trim_end((ef_slice){ raw.data + size, raw.size - size });
    if (below.size == 0)
        return true;
    if (first.size == 0) {
        *text = below;
        return true;
    }
    uint8_t *joined = ef_arena_alloc(arena, first.size + 1 + below.size);
    if (joined == NULL)
        return false;
    memcpy(joined, first.data, first.size);
    joined[first.size] = '\n';
    memcpy(joined + first.size + 1, below.data, below.size);
    *text = (ef_slice){ joined, first.size + 1 + below.size };
    return true;
}

/* The text of the record raw: what its first line has of it, and the lines below. */
static ef_slice text_of(const ef_layout *layout, ef_slice raw, const ef_line_match *match)
{
    const ef_chatlog *log = layout->own;
    size_t size;
    ef_chatlog_line_at(raw.data, raw.size, &size);
    const uint8_t *begin = match->text.data == NULL ? raw.data + size : match->text.data;
    const uint8_t *end = raw.data + raw.size;
    if (!log->row->joins_lines)
        return (ef_slice){ begin, (size_t)(end - begin) };
    ef_slice text = trim_end((ef_slice){ begin, (size_t)(end - begin) });
    return cut_at_stops(text, log->row->stops);
}

/* Phones write a tilde before a name that is not in the owner's address book. */
static ef_slice clean_name(const ef_chatlog *log, ef_slice name)
{
    size_t size;
    if (log->row->dialect == EF_CHAT_WHATSAPP && name.size > 1 && name.data[0] == '~' &&
        (size = ef_line_blank(name.data + 1, name.size - 1)) > 0)
        return (ef_slice){ name.data + 1 + size, name.size - 1 - size };
    return name;
}

static ef_slice without_marks(ef_slice text)
{
    for (size_t size; (size = ef_line_mark(text.data, text.size)) > 0;)
        text = (ef_slice){ text.data + size, text.size - size };
    return text;
}

/* The conversation that a place is in: the input, and when it began if silence parts it. */
static bool name_conversation(ef_cursor *cursor, ef_slice *name)
{
    const ef_chatlog *log = cursor->block->layout->own;
    const chat_cursor *own = cursor->own;
    *name = log->conversation;
    if (cursor->block->layout->gap_minutes == 0 || own->place.begun == 0)
        return true;
    uint8_t *text = ef_arena_alloc(&cursor->arena, name->size + 1 + EF_CHAT_TIME_SIZE);
    if (text == NULL)
        return false;
    memcpy(text, name->data, name->size);
    text[name->size] = '@';
    size_t size =
        ef_chat_time_text((int64_t)own->place.begun * 60000, (char *)text + name->size + 1);
    *name = (ef_slice){ text, name->size + 1 + size };
    return true;
}

static ef_status fill_record(ef_cursor *cursor, ef_chat_line *read, ef_record *record,
                             ef_error *error)
{
    const ef_layout *layout = cursor->block->layout;
    const ef_chatlog *log = layout->own;
    const chat_cursor *own = cursor->own;
    ef_slice raw = record->raw;
    if (raw.size > layout->max_record) /* read as if it ended there, however much is here */
        raw.size = layout->max_record;
    bool is_irc = log->row->dialect == EF_CHAT_IRC;
    if (read->kind == EF_LINE_MESSAGE)
        ef_chatlog_complete_name(log, &read->match);
    ef_slice text = text_of(layout, raw, &read->match), name = read->match.name;
    if (read->is_closed && !join_text(&cursor->arena, raw, read->match.text, &text))
        return ef_error_memory(error);
    if (!drop_returns(&cursor->arena, &text) ||
        (is_irc && !(ef_chatlog_decode(&cursor->arena, &text) &&
                     ef_chatlog_decode(&cursor->arena, &name))) ||
        !name_conversation(cursor, &record->conversation))
        return ef_error_memory(error);
    record->author = clean_name(log, name);
    record->id = read->id;
    record->channel = read->channel.size > 0 ? read->channel : log->channel;
    record->is_shared = read->conversation.size == 0;
    if (!record->is_shared)
        record->conversation = read->conversation;
    record->role = ef_role_named(read->role);
    record->text = text;
    if (read->kind == EF_LINE_SYSTEM)
        record->role = EF_ROLE_SYSTEM;
    if (read->kind == EF_LINE_SYSTEM || ef_chatlog_is_note(log, &record->text))
        record->text = (ef_slice){ NULL, 0 };
    ef_slice shown = without_marks(record->text.size > 0 ? record->text : text);
    ef_chat_when when =
        ef_chatlog_time(layout, &read->match, &own->place, &record->time_ms);
    record->has_time = when == EF_CHAT_TIME_KNOWN;
    cursor->counts.bad_times += when == EF_CHAT_TIME_BAD;
    return ef_chat_finish(cursor, record, read->match.when, shown, error);
}

/* A line that begins nothing and goes on with nothing. */
static void pass_over(ef_cursor *cursor, ef_slice line, uint64_t number)
{
    const chat_cursor *own = cursor->own;
    const ef_chatlog *log = cursor->block->layout->own;
    if (is_blank(line) || own->place.is_in_dropped || log->row->has_preamble)
        return;
    ef_cursor_reject(cursor, "not a line of this layout", number, 1,
                     (size_t)(line.data - cursor->block->bytes.data), line);
}

/* Sets a cursor to the start of its block. False without memory. */
static bool start_block(ef_cursor *cursor)
{
    const ef_layout *layout = cursor->block->layout;
    const ef_chatlog *log = layout->own;
    if (cursor->own == NULL)
        cursor->own = calloc(1, sizeof(chat_cursor));
    chat_cursor *own = cursor->own;
    if (own == NULL)
        return false;
    if (own->layout != layout) {
        ef_pattern_matcher_free(own->matcher);
        own->matcher = NULL;
        own->layout = layout;
    }
    own->place = ef_chat_place_unpack(cursor->block->state);
    own->has_next = false;
    if (log->pattern != NULL && own->matcher == NULL)
        own->matcher = ef_chat_pattern_matcher(log->pattern);
    return log->pattern == NULL || own->matcher != NULL;
}

ef_status ef_chatlog_next(ef_cursor *cursor, ef_record *record, ef_error *error)
{
    const ef_block *block = cursor->block;
    const ef_layout *layout = block->layout;
    const ef_chatlog *log = layout->own;
    if (cursor->at == 0 && !start_block(cursor))
        return ef_error_memory(error);
    chat_cursor *own = cursor->own;
    while (cursor->at < block->bytes.size) {
        size_t start = cursor->at, size;
        uint64_t number = cursor->line++;
        const uint8_t *p = block->bytes.data + start;
        ef_slice line = ef_chatlog_line_at(p, block->bytes.size - start, &size);
        own->current ^= own->has_next;
        ef_chat_line *read = &own->lines[own->current];
        bool begins = own->has_next || ef_chatlog_read_line(log, own->matcher, line, read);
        own->has_next = false;
        cursor->at += size;
        if (!begins && read->has_failed)
            return ef_error_memory(error);
        if (!begins) {
            pass_over(cursor, line, number);
            continue;
        }
        ef_chatlog_pass(layout, read, &own->place);
        if (read->kind == EF_LINE_DAY || read->kind == EF_LINE_IGNORED)
            continue;
        if (log->row->joins_lines && !join_lines(cursor))
            return ef_error_memory(error);
        ef_arena_reset(&cursor->arena);
        record->raw = without_end((ef_slice){ p, cursor->at - start });
        record->line = number;
        record->offset = block->offset + start;
        return fill_record(cursor, read, record, error);
    }
    return EF_END;
}
