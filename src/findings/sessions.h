/* SPDX-License-Identifier: MIT
 * findings/sessions.h - the conversations in a place that many share, such as a channel.
 *
 * What one customer says there until a silence is a conversation. To whom the staff talk is
 * not known: their next message answers everybody who is waiting. */
#ifndef EARFUL_FINDINGS_SESSIONS_H
#define EARFUL_FINDINGS_SESSIONS_H

#include "tally/conversations.h"

/* Zero-initialise; kept from place to place. */
typedef struct ef_sessions {
    ef_spoken *rows; /* sorted by session, then by time; .talk is the session's number */
    size_t row_count, row_room;
    struct ef_session {
        int64_t last_ms;
        uint32_t person;           /* the customer: number + 1 */
        bool waits, waits_for_bot; /* stands in the list of those */
    } * items;
    size_t count, room;
    uint32_t *of_person; /* number of a customer's last session + 1; by person */
    uint32_t *waiting;   /* sessions without an answer; those without a bot's behind */
} ef_sessions;

void ef_sessions_release(ef_sessions *sessions);

/* Parts the messages of one place, which are sorted by time; people is how many there are
 * in all. False without memory. */
bool ef_sessions_part(ef_sessions *sessions, const ef_spoken *spoken, size_t count,
                      size_t people, int64_t gap_ms);

#endif
