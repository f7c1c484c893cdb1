/* SPDX-License-Identifier: MIT
 * findings/talk_facts.h - what each conversation says by itself: who waited how long, how
 * it ended.
 *
 * One walk over the sorted messages. Figures choose among these facts and count. */
#ifndef EARFUL_FINDINGS_TALK_FACTS_H
#define EARFUL_FINDINGS_TALK_FACTS_H

#include "findings/hours.h"
#include "tally/conversations.h"

/* Zero means the default everywhere. */
typedef struct ef_service_options {
    bool bots_respond;         /* a bot's answer counts as a first response */
    const ef_hours *hours;     /* waits count in these; NULL: by the calendar */
    const ef_open_times *open; /* the same over all days of the data; made when measured */
    bool first_close;          /* resolved when closed first, not last */
    bool events_only;          /* no phrase makes an escalation */
    int64_t contact_days;      /* within which a new conversation is the same one; 7 */
    int32_t arc_limit;         /* 1/10,000; 2,500 */
    uint32_t gap_minutes; /* in a place that many share, silence that ends a talk; 30 */
    int64_t now_ms;       /* the last message of all */
} ef_service_options;

int64_t ef_contact_window_ms(const ef_service_options *options);

typedef enum ef_arc { EF_ARC_NONE, EF_ARC_WORSENED, EF_ARC_STEADY, EF_ARC_IMPROVED } ef_arc;

enum { EF_NOT_YET = -1 };

typedef struct ef_talk_facts {
    uint32_t talk;      /* number in the conversations */
    uint32_t responder; /* who answered first: number of a person + 1; 0: nobody */
    uint64_t customer;  /* 0: not known */
    int64_t begin_ms, last_ms;
    int64_t asked_ms;    /* first message of a customer; EF_NOT_YET */
    int64_t answered_ms; /* first answer to it; EF_NOT_YET */
    int64_t wait;        /* between the two, ms, in business hours if asked; EF_NOT_YET */
    int64_t resolved_ms; /* closed, or the last message where nothing tells; EF_NOT_YET */
    bool is_reopened, is_by_event, is_by_phrase, takes_effort;
    bool repeats, is_repeated; /* within the days of an earlier, a later one's contact */
    bool is_human;             /* staff took part */
    int32_t asked_count;       /* messages of customers */
    int32_t labelled, negative, positive; /* of them, with a label */
    ef_arc arc;
    double arc_value, score; /* -1..1; NaN: none */
    int32_t worst;           /* 1/10,000; EF_UNIT + 1: none */
} ef_talk_facts;

/* A customer's message and the staff's next one. */
typedef struct ef_reply_gap {
    int64_t wait;          /* ms */
    uint32_t fact, person; /* index of the conversation's facts; who answered */
} ef_reply_gap;

typedef struct ef_service {
    ef_talk_facts *talks; /* in order of the conversations' numbers, then of time */
    size_t talk_count, talk_room;
    ef_reply_gap *gaps;
    size_t gap_count;
    bool has_roles, has_closing;
} ef_service;

/* Measures settled conversations. False without memory. */
bool ef_service_measure(ef_service *service, const ef_conversations *all,
                        const ef_service_options *options);
void ef_service_release(ef_service *service);

#endif
