/* SPDX-License-Identifier: MIT
 * input/chat_record.c - what a chat log's message looks like, whatever log it is from. */
#include "input/chat_record.h"

#include "base/error.h"
#include "input/roles.h"

ef_status ef_chat_open(ef_layout *layout, bool has_id, ef_error *error)
{
    static const char *const names[EF_CHAT_COLUMNS] = { "id",           "time",   "channel",
                                                        "conversation", "author", "role",
                                                        "text" };
    layout->names = ef_arena_alloc(&layout->arena, sizeof *layout->names * EF_CHAT_COLUMNS);
    if (layout->names == NULL)
        return ef_error_memory(error);
    for (size_t i = 0; i < EF_CHAT_COLUMNS; i++)
        layout->names[i] = ef_slice_of(names[i]);
    layout->name_count = EF_CHAT_COLUMNS;
    layout->columns = (ef_columns){ .text = { EF_CHAT_TEXT },
                                    .text_count = 1,
                                    .id = has_id ? EF_CHAT_ID : EF_NO_COLUMN,
                                    .time = EF_CHAT_TIME,
                                    .rating = EF_NO_COLUMN,
                                    .author = EF_CHAT_AUTHOR,
                                    .role = EF_CHAT_ROLE,
                                    .channel = EF_CHAT_CHANNEL,
                                    .conversation = EF_CHAT_CONVERSATION,
                                    .language = EF_NO_COLUMN };
    return ef_role_decide(layout, error);
}

/* Year, month, day of days since 1970, which are not negative. A March-based year has its
 * leap day at the end, so that the months before it have a rule: 153 days in five. */
static void date_of(uint32_t days, uint32_t *year, uint32_t *month, uint32_t *day)
{
    uint32_t shifted = days + 719468; /* since 0000-03-01 */
    uint32_t era = shifted / 146097, in_era = shifted % 146097;
    uint32_t of_era = (in_era - in_era / 1460 + in_era / 36524 - in_era / 146096) / 365;
    uint32_t in_year = in_era - (365 * of_era + of_era / 4 - of_era / 100);
    uint32_t shifted_month = (5 * in_year + 2) / 153;
    *day = in_year - (153 * shifted_month + 2) / 5 + 1;
    *month = shifted_month < 10 ? shifted_month + 3 : shifted_month - 9;
    *year = of_era + era * 400 + (*month <= 2);
}

static char *put_number(char *at, uint32_t value, int digits)
{
    for (int i = digits - 1; i >= 0; i--, value /= 10)
        at[i] = (char)('0' + value % 10);
    return at + digits;
}

size_t ef_chat_time_text(int64_t time_ms, char text[EF_CHAT_TIME_SIZE])
{
    uint64_t seconds = (uint64_t)time_ms / 1000;
    uint32_t year, month, day, rest = (uint32_t)(seconds % 86400);
    uint32_t thousandths = (uint32_t)((uint64_t)time_ms % 1000);
    date_of((uint32_t)(seconds / 86400), &year, &month, &day);
    char *at = put_number(text, year, 4);
    *at++ = '-';
    at = put_number(at, month, 2);
    *at++ = '-';
    at = put_number(at, day, 2);
    *at++ = 'T';
    at = put_number(at, rest / 3600, 2);
    *at++ = ':';
    at = put_number(at, rest / 60 % 60, 2);
    *at++ = ':';
    at = put_number(at, rest % 60, 2);
    if (thousandths > 0) {
        *at++ = '.';
        at = put_number(at, thousandths, 3);
    }
    *at++ = 'Z';
    return (size_t)(at - text);
}

static bool is_blank(ef_slice text)
{
    for (size_t i = 0; i < text.size; i++)
        if (text.data[i] > ' ')
            return false;
    return true;
}

ef_status ef_chat_finish(ef_cursor *cursor, ef_record *record, ef_slice when,
                         ef_slice shown, ef_error *error)
{
    struct {
        ef_slice cells[EF_CHAT_COLUMNS];
        char time[EF_CHAT_TIME_SIZE];
    } *row = ef_arena_alloc(&cursor->arena, sizeof *row);
    if (row == NULL)
        return ef_error_memory(error);
    record->role = ef_role_of(cursor->block->layout, record->role, record->author);
    if (record->has_time)
        when = (ef_slice){ (const uint8_t *)row->time,
                           ef_chat_time_text(record->time_ms, row->time) };
    row->cells[EF_CHAT_ID] = record->id;
    row->cells[EF_CHAT_TIME] = when;
    row->cells[EF_CHAT_CHANNEL] = record->channel;
    row->cells[EF_CHAT_CONVERSATION] = record->conversation;
    row->cells[EF_CHAT_AUTHOR] = record->author;
    row->cells[EF_CHAT_ROLE] = ef_slice_of(ef_role_name(record->role));
    row->cells[EF_CHAT_TEXT] = shown;
    record->fields = row->cells;
    record->field_count = EF_CHAT_COLUMNS;
    cursor->counts.empty += is_blank(record->text);
    return EF_OK;
}
