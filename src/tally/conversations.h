/* SPDX-License-Identifier: MIT
 * tally/conversations.h - who said what when in which conversation: 16 bytes a message.
 *
 * What conversations are measured by - first responses, how they end - needs their messages
 * in order of time, and messages come in any order. So all are kept, packed so that sorting
 * the numbers sorts by time, and sorted once at the end. At equal times (many logs tell
 * minutes only) customers come before bots, bots before staff, staff before the system,
 * then the worse score: order of arrival leaves no trace. Messages without a time or
 * without a conversation are left out. */
#ifndef EARFUL_TALLY_CONVERSATIONS_H
#define EARFUL_TALLY_CONVERSATIONS_H

#include "aggregate/pack.h"
#include "tally/heard.h"
#include "tally/numbering.h"

enum { EF_KEPT_NAME = 64 }; /* bytes of a name or an id; longer ones are cut */

/* A message. */
typedef struct ef_spoken {
    uint32_t talk;   /* number of its conversation */
    uint32_t person; /* number of the staff member or bot who wrote it, plus 1; 0: nobody.
                        In a place that many share, of a customer, too */
    uint64_t packed; /* time, role, score, marks: see ef_spoken_read */
} ef_spoken;

/* The same unpacked. */
typedef struct ef_said_by {
    int64_t time_ms;
    ef_role role; /* never EF_ROLE_UNKNOWN: of whom nobody knows is a customer */
    ef_label label;
    int32_t score; /* -10000..10000, of customers with a label */
    bool escalates, takes_effort;
    ef_talk_event event; /* of all others */
} ef_said_by;

ef_said_by ef_spoken_read(const ef_spoken *spoken);

/* A stretch of the texts that are kept. */
typedef struct ef_kept {
    uint32_t at, size;
} ef_kept;

typedef struct ef_talk {
    uint64_t customer; /* hash of the author who spoke first as a customer; 0: not known */
    uint64_t customer_packed;
    uint64_t worst_packed, worst_print; /* of the worst message */
    int32_t worst;                      /* its score; 10001: no message has a label */
    ef_kept name, worst_id;
    bool is_shared; /* it is a place, such as a channel: findings/sessions.h */
} ef_talk;

/* Zero-initialise. talks and people run beside the numbers. */
typedef struct ef_conversations {
    ef_spoken *spoken;
    size_t count, room;
    ef_numbering talk_numbers, person_numbers;
    ef_talk *talks;
    ef_kept *people; /* their names */
    size_t talk_room, person_room;
    ef_buffer texts;
    bool hides_names; /* of conversations only what can be no person's name is kept */
    bool has_roles;   /* somebody is known to be staff or a bot */
    bool has_closing; /* some event says that a conversation is closed */
} ef_conversations;

void ef_conversations_release(ef_conversations *all);
bool ef_conversations_add(ef_conversations *all, const ef_heard *heard);
bool ef_conversations_merge(ef_conversations *all, const ef_conversations *more);

/* Renumbers conversations and people by their hashes, and sorts the messages by
 * conversation, then time. Who reads them settles first. False without memory. */
bool ef_conversations_settle(ef_conversations *all);

/* Writes what is settled. */
bool ef_conversations_save(const ef_conversations *all, ef_buffer *out);
/* Into what is empty. Bytes that are none of ours set in->failed. False without memory. */
bool ef_conversations_load(ef_conversations *all, ef_unpack *in);

ef_slice ef_conversations_text(const ef_conversations *all, ef_kept kept);

#endif
