/* SPDX-License-Identifier: MIT
 * input/chatlog_open.c - which layout a chat log has, and what is decided about it. */
#include "input/chatlog.h"

#include <stdio.h>

#include "base/error.h"
#include "input/chat_record.h"
#include "input/columns.h"

enum {
    SNIFF_BYTES = 64 << 10,
    DATES = 4096 /* of the sample, that tell day from month */
};

static bool is_blank(ef_slice text)
{
    for (size_t i = 0; i < text.size; i++)
        if (text.data[i] > ' ')
            return false;
    return true;
}

/* --- what it is ---------------------------------------------------------------------- */

typedef struct census {
    size_t lines, begun, messages;
    bool begins_at_once; /* with the first line that is not blank */
} census;

static census count_lines(const ef_chatlog *log, ef_slice sample)
{
    census c = { 0 };
    for (size_t at = 0, size; at < sample.size; at += size) {
        ef_chat_line read;
        ef_slice line = ef_chatlog_line_at(sample.data + at, sample.size - at, &size);
        if (is_blank(line))
            continue;
        bool begins = ef_chatlog_read_line(log, NULL, line, &read);
        c.begins_at_once |= c.lines == 0 && begins;
        c.lines++;
        c.begun += begins;
        c.messages += begins && read.kind == EF_LINE_MESSAGE;
    }
    return c;
}

int ef_chatlog_sniff(const ef_format *format, ef_slice sample, bool at_end, ef_arena *arena,
                     const char **why)
{
    ef_chatlog log = { 0 };
    ef_chatlog_prepare(&log, format->row);
    if (sample.size > SNIFF_BYTES) {
        sample.size = SNIFF_BYTES;
        at_end = false;
    }
    const uint8_t *last = sample.size == 0 ? NULL : memrchr(sample.data, '\n', sample.size);
    if (!at_end && last != NULL)
        sample.size = (size_t)(last - sample.data) + 1;
    census c = count_lines(&log, sample);
    /* Where messages have many lines, few lines begin one: the first must. */
    bool fits = log.row->joins_lines
                    ? (c.begins_at_once || log.row->has_preamble) &&
                          c.begun * 20 >= c.lines && c.messages * 4 >= c.begun
                    : c.begun * 10 >= c.lines * 6;
    *why = log.pattern_count == 0 ? "it is read by --pattern only"
                                  : "no line of it begins a message";
    if (c.messages == 0 || !fits)
        return 0;
    char *words = ef_arena_alloc(arena, 80);
    if (words == NULL)
        return -1;
    snprintf(words, 80, "%zu of the first %zu lines begin a message or an event", c.begun,
             c.lines);
    *why = words;
    return 90 + (int)(9 * c.begun / c.lines);
}

/* --- what is decided ----------------------------------------------------------------- */

/* The dates of the sample, written with plain digits, in scratch. */
static bool list_dates(const ef_chatlog *log, ef_slice sample, ef_arena *scratch,
                       ef_slice *dates, size_t *count)
{
    *count = 0;
    for (size_t at = 0, size; at < sample.size && *count < DATES; at += size) {
        ef_chat_line read;
        ef_slice line = ef_chatlog_line_at(sample.data + at, sample.size - at, &size);
        bool begins = ef_chatlog_read_line(log, NULL, line, &read);
        if (!begins && read.has_failed)
            return false;
        if (!begins)
            continue;
        if (log->pattern != NULL)
            dates[(*count)++] = read.match.when;
        if (log->pattern != NULL || !read.match.has_date || read.match.named_month > 0)
            continue;
        const ef_line_match *m = &read.match;
        char *text = ef_arena_alloc(scratch, 24);
        if (text == NULL)
            return false;
        int length = snprintf(text, 24, "%0*d/%0*d/%0*d", m->digits[0], m->part[0],
                              m->digits[1], m->part[1], m->digits[2], m->part[2]);
        dates[(*count)++] = (ef_slice){ (const uint8_t *)text, (size_t)length };
    }
    return true;
}

static bool has_step(const ef_chat_layout *row, const char *step)
{
    return row->lines[0].pattern != NULL && strstr(row->lines[0].pattern, step) != NULL;
}

static ef_status decide_date_order(ef_layout *layout, const char *option, ef_slice sample,
                                   ef_error *error)
{
    const ef_chatlog *log = layout->own;
    if (log->pattern == NULL && !has_step(log->row, "{date}") && option == NULL)
        return EF_OK;
    ef_arena scratch = { 0 };
    ef_slice *dates = ef_arena_alloc(&scratch, DATES * sizeof *dates);
    size_t count;
    ef_status status = dates == NULL || !list_dates(log, sample, &scratch, dates, &count)
                           ? ef_error_memory(error)
                           : ef_layout_date_order(layout, option, dates, count, 1, error);
    ef_arena_release(&scratch);
    return status;
}

static bool has_day_line(const ef_chatlog *log, ef_slice sample)
{
    for (size_t at = 0, size; at < sample.size; at += size) {
        ef_chat_line read;
        ef_slice line = ef_chatlog_line_at(sample.data + at, sample.size - at, &size);
        if (ef_chatlog_read_line(log, NULL, line, &read) && read.kind == EF_LINE_DAY)
            return true;
    }
    return false;
}

static ef_status decide_day(ef_layout *layout, ef_slice sample, ef_error *error)
{
    ef_chatlog *log = layout->own;
    bool is_by_line = has_day_line(log, sample);
    char text[EF_CHAT_TIME_SIZE];
    if (log->pattern != NULL || has_step(log->row, "{date}") || has_step(log->row, "{ymd}"))
        return EF_OK;
    log->file_day = ef_chatlog_day_of_name(ef_slice_of(layout->label));
    if (log->file_day == 0)
        return ef_layout_decide(layout, "day", is_by_line ? "by line" : "none",
                                is_by_line
                                    ? "lines of their own say it"
                                    : "neither a line nor the file's name says it: there "
                                      "are no times",
                                "", error);
    ef_chat_time_text((int64_t)log->file_day * 86400000, text);
    text[sizeof "2024-11-03" - 1] = '\0';
    return ef_layout_decide(layout, "day", text,
                            is_by_line ? "the file's name says it, and lines below"
                                       : "the file's name says it",
                            "", error);
}

static ef_status decide_zone(ef_layout *layout, const char *option, ef_error *error)
{
    const char *name = option == NULL ? "UTC" : option;
    ef_buffer flag = { 0 };
    ef_buffer_append_text(&flag, "--tz ");
    ef_flag_quote(&flag, ef_slice_of(name));
    ef_status status =
        flag.failed ? ef_error_memory(error)
                    : ef_layout_decide(layout, "time zone", name,
                                       option == NULL ? "times name none" : "as asked for",
                                       ef_buffer_text(&flag), error);
    ef_buffer_release(&flag);
    return status;
}

static ef_status decide_conversation(ef_layout *layout, ef_error *error)
{
    ef_chatlog *log = layout->own;
    char value[64], flag[32];
    if (log->row->dialect == EF_CHAT_IRC)
        log->channel = ef_chatlog_channel_of_name(ef_slice_of(layout->label));
    log->conversation = ef_slice_of(layout->label);
    if (layout->gap_minutes == 0)
        return ef_layout_decide(layout, "conversation", "the file",
                                "nothing in it parts one from the other: rules take what "
                                "one author says until a silence",
                                "", error);
    snprintf(value, sizeof value, "until %u minutes of silence", layout->gap_minutes);
    snprintf(flag, sizeof flag, "--gap %um", layout->gap_minutes);
    return ef_layout_decide(layout, "conversation", value, "as asked for", flag, error);
}

ef_status ef_chatlog_open(ef_layout *layout, const ef_reader_options *options,
                          ef_slice sample, bool at_end, ef_error *error)
{
    ef_chatlog *log = ef_arena_alloc(&layout->arena, sizeof *log);
    if (log == NULL)
        return ef_error_memory(error);
    memset(log, 0, sizeof *log);
    ef_chatlog_prepare(log, layout->format->row);
    layout->own = log;
    ef_status status = EF_OK;
    if (log->pattern_count == 0)
        status = ef_chat_pattern_open(layout, options->pattern, error);
    if (status != EF_OK)
        return status;
    if (layout->max_record < EF_RECORD_MARGIN)
        layout->max_record = EF_RECORD_MARGIN; /* room for what begins a record */
    const uint8_t *last = sample.size == 0 ? NULL : memrchr(sample.data, '\n', sample.size);
    if (!at_end)
        sample.size = last == NULL ? 0 : (size_t)(last - sample.data) + 1;
    bool may_cut_names = log->row->joins_lines && !log->row->has_preamble;
    if (log->pattern == NULL && may_cut_names &&
        !ef_chatlog_learn_names(log, sample, &layout->arena))
        return ef_error_memory(error);
    status = ef_chat_open(layout, log->pattern != NULL, error);
    if (status == EF_OK)
        status = decide_day(layout, sample, error);
    if (status == EF_OK)
        status = decide_date_order(layout, options->date_order, sample, error);
    if (status == EF_OK)
        status = decide_zone(layout, options->time_zone, error);
    if (status == EF_OK)
        status = decide_conversation(layout, error);
    return status;
}
