/* SPDX-License-Identifier: MIT
 * tally/said.h - what customers said: the content words of their messages.
 *
 * Messages are kept, not counts of phrases: which words are nouns, which phrases are one
 * theme and which period is compared is known at the end only, and the same messages answer
 * all of it. 16 MiB of them are kept: all, up to some 80,000 reviews or 190,000 lines of a
 * chat, which hold more than a million phrases; beyond that the even sample of those with
 * the smallest keyed hashes. Then a share is an estimate and a report says so.
 *
 * Invariant: what is kept is the longest head of all messages in the order of their hashes
 * that fits. No message that was dropped could ever come back, so the head is the same in
 * whatever order, and in however many parts, the messages came. */
#ifndef EARFUL_TALLY_SAID_H
#define EARFUL_TALLY_SAID_H

#include "tally/heard.h"
#include "tally/said_words.h"

enum { EF_SAID_BOUND = 16 << 20 }; /* bytes of messages and their words */

typedef struct ef_said_message {
    uint64_t order;  /* keyed hash of the record: who stays */
    uint64_t voice;  /* who says it: the author, else the conversation, else the record */
    uint64_t print;  /* of the text: what was said before counts as the same voice */
    uint64_t topics; /* bit t: of the user's list */
    uint64_t begin;  /* of its words */
    int32_t hour;    /* since 1970, in the report's zone; EF_SAID_UNTIMED */
    int16_t score;
    uint8_t kind;  /* ef_label, never none, and ef_side: ef_said_label, ef_said_side */
    uint8_t count; /* words */
} ef_said_message;

static inline ef_label ef_said_label(const ef_said_message *message)
{
    return (ef_label)(message->kind & 3);
}
static inline ef_side ef_said_side(const ef_said_message *message)
{
    return (ef_side)(message->kind >> 2);
}

#define EF_SAID_UNTIMED INT32_MIN

/* Zero-initialise. */
typedef struct ef_said {
    ef_said_message *messages;
    size_t count, room;
    ef_said_word *words;
    size_t word_count, word_room;
    ef_said_dictionary dictionary;
    int64_t total;  /* messages with a mood, kept or not */
    uint64_t bound; /* bytes; 0 before the first message: EF_SAID_BOUND */
    uint64_t limit; /* an order above it is not kept; 0: none yet */
} ef_said;

void ef_said_release(ef_said *said);

/* Counts a message of a customer that has a label; of others nothing. False without
 * memory: the message may then be missing. */
bool ef_said_add(ef_said *said, const ef_heard *heard, uint64_t topics);

/* Adds what another one heard. False without memory. */
bool ef_said_merge(ef_said *said, const ef_said *more);

/* Drops what is beyond the bound and brings messages into the order of their hashes, and
 * words into that of their first use: equal contents, equal bytes. False without memory. */
bool ef_said_settle(ef_said *said);

/* Appends it; it is settled. False without memory. */
bool ef_said_save(const ef_said *said, ef_buffer *out);
/* Reads what was saved into an empty one. False without memory; what is damaged sets
 * in->failed. */
bool ef_said_load(ef_said *said, ef_unpack *in);

static inline bool ef_said_is_sample(const ef_said *said)
{
    return said->total > (int64_t)said->count;
}

#endif
