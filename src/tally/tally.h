/* SPDX-License-Identifier: MIT
 * tally/tally.h - all that a report counts of its messages, in parts that merge.
 *
 * Each part is a struct of its own, in a file of its own, with the same functions: init,
 * add (one ef_heard), merge (another part of its kind), save (bytes, in an order of their
 * own), load and release. Sums are integers and sets have no order, so a tally is the same
 * whoever counted what: threads, files, machines. What would grow without bound keeps what
 * has the smallest hashes: which those are depends on the messages alone.
 * add, merge, save and load give false for want of memory only; load notes in its ef_unpack
 * that bytes are none of its own.
 * Invariant: add, merge and save commute: any split of the input saves the same bytes. */
#ifndef EARFUL_TALLY_TALLY_H
#define EARFUL_TALLY_TALLY_H

#include "tally/conversations.h"
#include "tally/customers.h"
#include "tally/day_cells.h"
#include "tally/days.h"
#include "tally/groups.h"
#include "tally/heard.h"
#include "tally/said.h"
#include "tally/excerpts.h"
#include "tally/rated.h"
#include "tally/voices.h"
#include "tally/whole.h"

typedef struct ef_tally {
    const ef_plan *plan; /* the owner's; the same for tallies that merge */
    ef_whole whole;
    ef_days days;
    ef_conversations conversations;
    ef_day_cells cells;
    ef_authors authors;
    ef_topic_hand topic_hand; /* no part: what finding topics needs */
    ef_said said;
    ef_excerpts excerpts;
    ef_redactor *redactor; /* of own kinds; made when the first message is added */
    ef_buffer unsaid;      /* a text without them */
    ef_voices voices;
    ef_rated rated;
    ef_groups groups;
} ef_tally;

void ef_tally_init(ef_tally *tally, const ef_plan *plan);
/* Asks for the memory that the message touches; it may not be scored yet. */
void ef_tally_expect(const ef_tally *tally, const ef_heard *heard);
bool ef_tally_add(ef_tally *tally, const ef_heard *heard);
bool ef_tally_merge(ef_tally *tally, const ef_tally *more);
/* Puts what is kept in the order in which it is read: before save, and before findings. */
bool ef_tally_settle(ef_tally *tally);
bool ef_tally_save(const ef_tally *tally, ef_buffer *out);
bool ef_tally_load(ef_tally *tally, ef_unpack *in);
void ef_tally_release(ef_tally *tally);

#endif
