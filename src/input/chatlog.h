/* SPDX-License-Identifier: MIT
 * input/chatlog.h - logs of chats, a line or several a message, each layout a table row.
 *
 * chatlog_table.c has the rows, chatlog_open.c and chatlog.c the functions that all of them
 * share, chatlog_names.c names that are not what they seem, chatlog_time.c what a log's lines say about time, chatlog_text.c what clients put into a
 * message that nobody wrote. */
#ifndef EARFUL_INPUT_CHATLOG_H
#define EARFUL_INPUT_CHATLOG_H

#include "input/format.h"
#include "input/line_pattern.h"

typedef enum ef_line_kind {
    EF_LINE_MESSAGE, /* {name} says {text} */
    EF_LINE_SYSTEM,  /* {text} is what happened */
    EF_LINE_DAY,     /* {when} says which day the lines below are of */
    EF_LINE_IGNORED  /* no message, and nothing that happened */
} ef_line_kind;

enum { EF_LINE_KINDS = 8 }; /* patterns of a layout */

typedef enum ef_chat_dialect {
    EF_CHAT_PLAIN,
    EF_CHAT_WHATSAPP,
    EF_CHAT_IRC,
    EF_CHAT_DISCORD
} ef_chat_dialect;

/* A row of the table. */
typedef struct ef_chat_layout {
    struct {
        ef_line_kind kind;
        const char *pattern; /* see line_pattern.h; the first that fits counts */
    } lines[EF_LINE_KINDS];
    bool joins_lines; /* a line that fits no pattern goes on with the message above */
    bool has_preamble; /* lines before the first message are none of ours */
    const char *const *stops; /* lines behind which a message has no more text; or NULL */
    ef_chat_dialect dialect;
    const char *pattern; /* generic: what a user may give for the sample; else NULL */
    /* Its own sample: the name of a file, its bytes, and time|role|author|text of each
     * record, with / for a line end within a text. A row without is refused by the tests. */
    const char *file, *sample, *expected;
} ef_chat_layout;

/* The formats that the rows make; the last one has no name. */
extern const ef_format ef_chatlog_formats[];

int ef_chatlog_sniff(const ef_format *format, ef_slice sample, bool at_end, ef_arena *arena,
                     const char **why);
ef_status ef_chatlog_open(ef_layout *layout, const ef_reader_options *options,
                          ef_slice sample, bool at_end, ef_error *error);
size_t ef_chatlog_cut(const ef_layout *layout, const ef_kernels *kernels, const uint8_t *p,
                      size_t n, bool at_end, uint64_t *state);
size_t ef_chatlog_skip(const ef_layout *layout, const uint8_t *p, size_t n, uint64_t *state);
ef_status ef_chatlog_next(ef_cursor *cursor, ef_record *record, ef_error *error);
void ef_chatlog_close_cursor(ef_cursor *cursor);

/* --- what the files of a chatlog share ----------------------------------------------- */

/* layout->own: a row made ready for one input. */
typedef struct ef_chatlog {
    const ef_chat_layout *row;
    ef_line_pattern patterns[EF_LINE_KINDS];
    size_t pattern_count;
    char day_signs[EF_LINE_KINDS]; /* what lines begin with that say the day */
    size_t day_sign_count;
    uint32_t file_day;     /* days since 1970 by the input's name; 0: it has none */
    ef_slice channel;      /* by the input's name; may be empty */
    ef_slice conversation; /* the input */
    ef_slice *long_names;  /* names that hold what ends a name, longest last; see names.c */
    size_t long_name_count;
    struct ef_chat_pattern *pattern; /* of the user; NULL: the row's */
} ef_chatlog;

typedef struct ef_chat_line {
    ef_line_kind kind;
    ef_line_match match;
    bool is_closed; /* the line goes on behind its text */
    bool has_failed; /* there was no memory to look at it; then it seems to begin nothing */
    ef_slice id, channel, conversation, role; /* where a user's pattern has them */
} ef_chat_line;

typedef struct ef_pattern_matcher ef_pattern_matcher; /* base/pattern.h */

/* The line at p[0..n) without its end; *size gets its size with it. */
ef_slice ef_chatlog_line_at(const uint8_t *p, size_t n, size_t *size);

/* Whether the line (without its end) begins something, and what. matcher is the thread's
 * own for a user's pattern; NULL for the row's, and in the serial half. */
bool ef_chatlog_read_line(const ef_chatlog *log, ef_pattern_matcher *matcher, ef_slice line,
                          ef_chat_line *read);

/* The same by a user's pattern, for the first bytes of a line. */
bool ef_chat_pattern_fits(const struct ef_chat_pattern *pattern,
                          ef_pattern_matcher *matcher, ef_slice head, ef_chat_line *read);

/* Makes the pattern of the options that of the log. Fails with EF_ERR_ARGUMENT if it is
 * none or has groups of other names. A matcher for one more thread; NULL without memory. */
ef_status ef_chat_pattern_open(ef_layout *layout, const char *text, ef_error *error);
ef_pattern_matcher *ef_chat_pattern_matcher(const struct ef_chat_pattern *pattern);
void ef_chatlog_close(ef_layout *layout);

/* Makes the patterns of a row ready. */
void ef_chatlog_prepare(ef_chatlog *log, const ef_chat_layout *row);

/* Where a log stands between two lines: what its state in 64 bits unpacks to. */
typedef struct ef_chat_place {
    uint32_t day;        /* since 1970, by the last day line; 0: none yet */
    bool is_in_dropped;  /* lines that begin nothing belong to a record that was too long */
    uint32_t last, begun; /* minutes since 1970: the last message, its conversation's first;
                             0: none yet */
} ef_chat_place;

ef_chat_place ef_chat_place_unpack(uint64_t state);
uint64_t ef_chat_place_pack(const ef_chat_place *place);

typedef enum ef_chat_when {
    EF_CHAT_TIME_ABSENT, /* no time in the line, or no day for it */
    EF_CHAT_TIME_BAD,
    EF_CHAT_TIME_KNOWN
} ef_chat_when;

/* When a line was written, at a place in its log. */
ef_chat_when ef_chatlog_time(const ef_layout *layout, const ef_line_match *match,
                             const ef_chat_place *place, int64_t *time_ms);

/* Moves a place behind a line that begins something. */
void ef_chatlog_pass(const ef_layout *layout, const ef_chat_line *line, ef_chat_place *place);

/* The day that a name of a file has in it, 2024-11-03 or 20241103; 0 if it has none. */
uint32_t ef_chatlog_day_of_name(ef_slice name);

/* The channel that a name of a log has in it: #help_20241103.log, irc.net.#help.weechatlog,
 * #help/2024-11-03.log; empty if it has none. */
ef_slice ef_chatlog_channel_of_name(ef_slice name);

/* Whether a message is only a client's note that something else was there: a picture, a
 * deleted message. Else *text is without the notes around what was written. */
bool ef_chatlog_is_note(const ef_chatlog *log, ef_slice *text);

/* Undoes what IRC clients do: codes for colours, and bytes that are no UTF-8 but CP1252.
 * In arena if anything changes. False without memory. */
bool ef_chatlog_decode(ef_arena *arena, ef_slice *text);

enum { EF_CHAT_HEAD = 512 }; /* bytes of a line that tell whether it begins something: more
                                than any pattern of a row takes before its {text} */

/* Finds the names of the sample that hold a colon and a blank. False without memory. */
bool ef_chatlog_learn_names(ef_chatlog *log, ef_slice sample, ef_arena *arena);

/* Gives a name that was cut at its own colon back what belongs to it. */
void ef_chatlog_complete_name(const ef_chatlog *log, ef_line_match *match);

#endif
