/* SPDX-License-Identifier: MIT
 * tally/heard.c - one scored message, as the parts of a tally count it.
 *
 * Hashes are keyed with a constant, not with a secret: tallies that were made on different
 * machines must know the same customer by the same number. */
#include "tally/heard.h"

#include "base/calendar.h"
#include "base/hash.h"

/* What a hash is of: an author and a conversation of the same name are two things. */
static const uint64_t author_key = UINT64_C(0x61757468),
                      conversation_key = UINT64_C(0x636F6E76),
                      words_key = UINT64_C(0x776F7264), print_key = UINT64_C(0x7072696E);

/* Never 0; 0 for an empty slice. */
static uint64_t hash_of(uint64_t key, ef_slice bytes)
{
    if (bytes.size == 0)
        return 0;
    uint64_t hash = ef_hash_combine(key, ef_hash_bytes(bytes.data, bytes.size));
    return hash == 0 ? 1 : hash;
}

static uint64_t print_of(const ef_heard *heard)
{
    const ef_record *record = heard->record;
    uint64_t print = ef_hash_combine(heard->words, heard->author);
    print = ef_hash_combine(print, heard->conversation);
    print = ef_hash_combine(print, hash_of(print_key, record->id));
    print = ef_hash_combine(print, hash_of(print_key, record->rating.raw));
    print = ef_hash_combine(print, heard->has_time ? (uint64_t)heard->time_ms + 1 : 0);
    return print == 0 ? 1 : print;
}

static bool is_within(const ef_period *period, int64_t time_ms)
{
    return time_ms >= period->begin_ms && time_ms < period->end_ms;
}

static bool is_named(ef_slice name, ef_slice value)
{
    return name.size == value.size && memcmp(name.data, value.data, name.size) == 0;
}

static ef_side side_of(const ef_heard *heard, const ef_sides *sides)
{
    for (int side = EF_SIDE_BEFORE; sides->are_asked && side < EF_SIDES; side++) {
        bool is_in =
            sides->column == EF_BY_TIME
                ? heard->has_time && is_within(&sides->periods[side], heard->time_ms)
                : is_named(sides->names[side], heard->groups[sides->column]);
        if (is_in)
            return (ef_side)side;
    }
    return EF_SIDE_NONE;
}

/* A date of the first day of 1970 is how many exports write that there is none. */
static void set_time(ef_heard *heard, const ef_zone *zone)
{
    const ef_record *record = heard->record;
    heard->has_time = record->has_time && record->time_ms >= INT64_C(86400000);
    if (!heard->has_time)
        return;
    int64_t local = ef_zone_to_local(zone, record->time_ms / 1000);
    heard->time_ms = record->time_ms;
    heard->day = (int32_t)ef_day_of_seconds(local);
    heard->second = (uint32_t)(local - heard->day * INT64_C(86400));
}

bool ef_heard_of(ef_heard *heard, const ef_plan *plan, const ef_record *record,
                 const ef_score *score, const ef_slice *groups)
{
    *heard = (ef_heard){ .record = record, .score = score, .groups = groups };
    heard->is_customer =
        record->role == EF_ROLE_UNKNOWN || record->role == EF_ROLE_CUSTOMER;
    set_time(heard, plan->zone);
    bool is_all = plan->span.begin_ms == INT64_MIN && plan->span.end_ms == INT64_MAX;
    if (!is_all && (!heard->has_time || !is_within(&plan->span, heard->time_ms)))
        return false;
    heard->author = hash_of(author_key, record->author);
    heard->conversation = hash_of(conversation_key, record->conversation);
    heard->words = hash_of(words_key, record->text);
    heard->print = print_of(heard);
    /* Where many share a place, the words of one of them go together, not all of them. */
    bool is_shared = record->is_shared && heard->author != 0;
    heard->cluster = is_shared ? ef_hash_combine(heard->conversation, heard->author) | 1
                     : heard->conversation != 0 ? heard->conversation
                     : heard->author != 0       ? heard->author
                                                : heard->print;
    heard->side = side_of(heard, &plan->sides);
    return true;
}
