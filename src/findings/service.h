/* SPDX-License-Identifier: MIT
 * findings/service.h - how long customers wait, and how their conversations go: METRICS
 * sections 2 and 3. */
#ifndef EARFUL_FINDINGS_SERVICE_H
#define EARFUL_FINDINGS_SERVICE_H

#include "earful/app/report.h"
#include "findings/talk_facts.h"

/* Which conversations count. Zero: all. */
typedef struct ef_talk_choice {
    uint32_t responder;       /* who answered first: number of a person + 1 */
    int64_t begin_ms, end_ms; /* those that begin within; end 0: for ever */
} ef_talk_choice;

bool ef_talk_is_chosen(const ef_talk_facts *facts, const ef_talk_choice *choice);

/* Sorted values of the chosen. */
typedef struct ef_waits {
    int64_t *items;
    size_t count;
    double deff; /* of the share above the median, by conversation */
} ef_waits;

typedef enum ef_wait_kind {
    EF_WAIT_FIRST_RESPONSE,
    EF_WAIT_REPLY_GAP,
    EF_WAIT_RESOLUTION,
    EF_WAIT_UNANSWERED, /* the age of what nobody has answered */
    EF_WAIT_KINDS
} ef_wait_kind;

/* False without memory. The caller frees items. */
bool ef_waits_of(ef_waits *waits, ef_wait_kind kind, const ef_service *service,
                 const ef_service_options *options, const ef_talk_choice *choice);

/* Shares of conversations: how many of how many. */
typedef enum ef_talk_share {
    EF_TALK_UNANSWERED,
    EF_TALK_OPEN,
    EF_TALK_REOPENED,
    EF_TALK_FIRST_CONTACT,
    EF_TALK_REPEATED,
    EF_TALK_ESCALATED,
    EF_TALK_BY_EVENT,
    EF_TALK_BY_PHRASE,
    EF_TALK_CONTAINED,
    EF_TALK_IMPROVED,
    EF_TALK_STEADY,
    EF_TALK_WORSENED,
    EF_TALK_EFFORT,
    EF_TALK_SHARES
} ef_talk_share;

ef_figure ef_talk_share_of(ef_talk_share share, const ef_service *service,
                           const ef_service_options *options, const ef_talk_choice *choice);

/* The median of a kind of wait; the choice made the waits. */
ef_figure ef_wait_median(ef_wait_kind kind, const ef_waits *waits,
                         const ef_service *service, const ef_service_options *options);

/* Appends all figures of a kind of wait. False without memory. */
bool ef_wait_figures(ef_figures *figures, ef_wait_kind kind, const ef_service *service,
                     const ef_service_options *options, const ef_talk_choice *choice);

/* Appends what can be said of the chosen: first responses, reply gaps, resolution, first
 * contact, escalation. Nothing without roles. False without memory. */
bool ef_service_figures(ef_figures *figures, const ef_service *service,
                        const ef_service_options *options, const ef_talk_choice *choice);

/* Appends how conversations go: score, arc, worst, effort. */
bool ef_conversation_figures(ef_figures *figures, const ef_service *service,
                             const ef_service_options *options,
                             const ef_talk_choice *choice);

#endif
