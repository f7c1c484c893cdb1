/* SPDX-License-Identifier: MIT
 * input/chat_record.h - what a chat log's message looks like, whatever log it is from.
 *
 * All chat formats have the same columns, so that logs of many kinds make one table. A
 * column shows what was found, the record's text holds what is to be scored: where an event
 * or a picture has no words of a person, the text is empty and the column is not. */
#ifndef EARFUL_INPUT_CHAT_RECORD_H
#define EARFUL_INPUT_CHAT_RECORD_H

#include "input/format.h"

typedef enum ef_chat_column {
    EF_CHAT_ID,
    EF_CHAT_TIME, /* RFC 3339 in UTC if it could be read, else as found */
    EF_CHAT_CHANNEL,
    EF_CHAT_CONVERSATION,
    EF_CHAT_AUTHOR,
    EF_CHAT_ROLE,
    EF_CHAT_TEXT,
    EF_CHAT_COLUMNS
} ef_chat_column;

/* Sets the layout's names and columns. has_id: the format knows ids. EF_ERR_MEMORY only. */
ef_status ef_chat_open(ef_layout *layout, bool has_id, ef_error *error);

/* Completes a record of which id, channel, conversation, author, role, time and text are
 * set: decides the role, and lays the columns out in the cursor's arena. when is the time
 * as found, shown what the text column shows. EF_ERR_MEMORY only. */
ef_status ef_chat_finish(ef_cursor *cursor, ef_record *record, ef_slice when,
                         ef_slice shown, ef_error *error);

/* Writes 2024-11-03T20:49:05Z, with milliseconds if there are any, to text, and returns the
 * size. time_ms is not negative. */
enum { EF_CHAT_TIME_SIZE = 32 };
size_t ef_chat_time_text(int64_t time_ms, char text[EF_CHAT_TIME_SIZE]);

#endif
