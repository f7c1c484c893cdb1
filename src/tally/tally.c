/* SPDX-License-Identifier: MIT
 * tally/tally.c - the parts of a tally, one call each. */
#include "tally/tally.h"

void ef_tally_init(ef_tally *tally, const ef_plan *plan)
{
    *tally = (ef_tally){ .plan = plan };
    ef_whole_init(&tally->whole);
    ef_days_init(&tally->days);
}

bool ef_tally_add(ef_tally *tally, const ef_heard *heard)
{
    return ef_whole_add(&tally->whole, heard) && ef_days_add(&tally->days, heard) &&
           ef_conversations_add(&tally->conversations, heard) &&
           ef_said_add(&tally->said, heard, 0);
}

bool ef_tally_merge(ef_tally *tally, const ef_tally *more)
{
    return ef_whole_merge(&tally->whole, &more->whole) &&
           ef_days_merge(&tally->days, &more->days) &&
           ef_conversations_merge(&tally->conversations, &more->conversations) &&
           ef_said_merge(&tally->said, &more->said);
}

bool ef_tally_settle(ef_tally *tally)
{
    return ef_conversations_settle(&tally->conversations) && ef_said_settle(&tally->said);
}

bool ef_tally_save(const ef_tally *tally, ef_buffer *out)
{
    return ef_whole_save(&tally->whole, out) && ef_days_save(&tally->days, out) &&
           ef_conversations_save(&tally->conversations, out) &&
           ef_said_save(&tally->said, out);
}

bool ef_tally_load(ef_tally *tally, ef_unpack *in)
{
    return ef_whole_load(&tally->whole, in) && ef_days_load(&tally->days, in) &&
           ef_conversations_load(&tally->conversations, in) &&
           ef_said_load(&tally->said, in);
}

void ef_tally_release(ef_tally *tally)
{
    ef_days_release(&tally->days);
    ef_conversations_release(&tally->conversations);
    ef_said_release(&tally->said);
}
