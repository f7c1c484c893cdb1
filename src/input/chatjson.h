/* SPDX-License-Identifier: MIT
 * input/chatjson.h - exports of chats as JSON, each layout a table row.
 *
 * A row shows one message with names of fields in the place of values; its keys are then
 * the ones that are read, its nesting the way to them. Where the export keeps conversations
 * as objects with their messages inside, a second such object shows what is around them.
 * Documents are walked as those of json.c; nothing is loaded but the object at hand. */
#ifndef EARFUL_INPUT_CHATJSON_H
#define EARFUL_INPUT_CHATJSON_H

#include "input/chat_markup.h"
#include "input/json_record.h"
#include "input/json_route.h"

/* What a value of a shown object may be called. ! before it: no message is without, or it
 * has another value that is called so; =xyz behind that: and it says xyz. */
typedef enum ef_json_field {
    EF_JSON_FIELD_ID,
    EF_JSON_FIELD_TIME,
    EF_JSON_FIELD_STAMP, /* Slack's ts: time and id in one */
    EF_JSON_FIELD_CHANNEL,
    EF_JSON_FIELD_CONVERSATION,
    EF_JSON_FIELD_THREAD, /* a conversation within the conversation */
    EF_JSON_FIELD_AUTHOR,
    EF_JSON_FIELD_ROLE,
    EF_JSON_FIELD_BOT, /* says of itself that it is one, unless it says false */
    EF_JSON_FIELD_KIND,
    EF_JSON_FIELD_HIDDEN, /* says that customers do not see it */
    EF_JSON_FIELD_TEXT,
    EF_JSON_FIELD_EVENT,    /* what happened, where nobody wrote a text */
    EF_JSON_FIELD_BLOCKS,   /* Slack's: the text where `text` is empty */
    EF_JSON_FIELD_MESSAGES, /* of a conversation: the array of its messages */
    EF_JSON_FIELD_PEOPLE,   /* of a conversation: an array of id, type and name */
    EF_JSON_FIELD_CUSTOMER, /* of a conversation: the author that is the customer */
    EF_JSON_FIELD_OTHER,    /* tells this export from others */
    EF_JSON_FIELD_LISTING,  /* tells files that list people or channels */
    EF_JSON_FIELDS
} ef_json_field;

typedef enum ef_json_markup {
    EF_JSON_PLAIN,
    EF_JSON_HTML,
    EF_JSON_MOJIBAKE,
    EF_JSON_SLACK
} ef_json_markup;

/* Where a message's conversation is, if no field says it. */
typedef enum ef_json_talk {
    EF_JSON_BY_PLACE,   /* the file, or what the document calls it: many talk there */
    EF_JSON_BY_CHANNEL, /* the folder: likewise */
    EF_JSON_BY_FILE,    /* a file is one conversation */
    EF_JSON_BY_FOLDER   /* a folder is one */
} ef_json_talk;

typedef struct ef_json_chat {
    const char *routes[3]; /* to the messages, or the conversations; the first that fits */
    const char *message;   /* an object; see above */
    const char *around;    /* an object around messages, or NULL */
    const char *document;  /* what a document says of all its messages before the first, as
                              an object like those; or NULL */
    const char *const *kinds;  /* of messages; all other kinds are events. NULL: any */
    const char *const *events; /* words that a text ends with which nobody wrote, or NULL */
    const char *hidden;        /* the value of HIDDEN that hides, or NULL */
    const char *hidden_kind;   /* the value of KIND that hides, or NULL */
    /* Kinds that close a conversation, open it again, hand it over; or NULL. */
    const char *const *closing, *const *opening, *const *handing;
    ef_json_markup markup;
    ef_json_talk talk;
    bool has_posts; /* in a channel, what is no reply begins a thread of its own */
    /* Its own sample, as in chatlog.h: id|time|role|conversation|author|text */
    const char *file, *sample, *expected;
} ef_json_chat;

/* The formats that the rows make; the last one has no name. */
extern const ef_format ef_chatjson_formats[];

int ef_chatjson_sniff(const ef_format *format, ef_slice sample, bool at_end,
                      ef_arena *arena, const char **why);
ef_status ef_chatjson_open(ef_layout *layout, const ef_reader_options *options,
                           ef_slice sample, bool at_end, ef_error *error);
ef_status ef_chatjson_next(ef_cursor *cursor, ef_record *record, ef_error *error);
void ef_chatjson_close_cursor(ef_cursor *cursor);

/* --- what the files of chatjson share ------------------------------------------------ */

/* An object's shape, and which field each of its columns is. */
typedef struct ef_json_view {
    ef_json_shape shape;
    ef_json_field *fields;
    bool *is_required;
    ef_slice *wanted; /* the value that is required; empty: any */
    bool has_text;
} ef_json_view;

typedef struct ef_slack_people ef_slack_people; /* input/slack_people.h */

/* layout->own; the document comes first, as json.c expects. */
typedef struct ef_chatjson {
    ef_json_document document;
    const ef_json_chat *row;
    ef_json_view message, around, person;
    ef_slice conversation, channel;
    bool is_listing;               /* of people or channels: there are no messages in it */
    bool has_parts;                /* one document holds many conversations */
    const ef_slack_people *people; /* may be NULL */
} ef_chatjson;

/* The document's read. */
ef_status ef_chatjson_read(ef_cursor *cursor, ef_json_pull *pull, ef_record *record,
                           ef_error *error);

/* Makes the view of a shown object in arena. False without memory. */
bool ef_json_view_make(ef_json_view *view, const char *shown, ef_arena *arena);

/* Reads the object at pull by a view: values[field], { NULL, 0 } where there is none.
 * *is_complete tells whether all that is required is there (may be NULL). Returns as
 * ef_json_read_cells. */
ef_status ef_json_view_read(const ef_json_view *view, ef_json_reader *reader,
                            ef_arena *arena, ef_json_pull *pull,
                            ef_slice values[EF_JSON_FIELDS], bool *is_complete);

#endif
