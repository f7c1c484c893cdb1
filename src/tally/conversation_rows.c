/* SPDX-License-Identifier: MIT
 * tally/conversation_rows.c - conversations as bytes, and back.
 *
 * Conversations and people in the order of their hashes, then the messages in theirs. What
 * comes from a file is not believed: numbers and sizes are held against what there is. */
#include "tally/conversations.h"

#include <stdlib.h>

bool ef_conversations_save(const ef_conversations *all, ef_buffer *out)
{
    ef_pack_int(out, all->has_roles | all->has_closing << 1);
    ef_pack_int(out, all->person_numbers.count);
    for (uint32_t i = 0; i < all->person_numbers.count; i++) {
        ef_pack_int(out, (int64_t)all->person_numbers.hashes[i]);
        ef_pack_bytes(out, ef_conversations_text(all, all->people[i]));
    }
    ef_pack_int(out, all->talk_numbers.count);
    for (uint32_t i = 0; i < all->talk_numbers.count; i++) {
        const ef_talk *talk = &all->talks[i];
        ef_pack_int(out, (int64_t)all->talk_numbers.hashes[i]);
        ef_pack_int(out, (int64_t)talk->customer);
        ef_pack_int(out, (int64_t)talk->customer_packed);
        ef_pack_int(out, (int64_t)talk->worst_packed);
        ef_pack_int(out, (int64_t)talk->worst_print);
        ef_pack_int(out, talk->worst);
        ef_pack_int(out, talk->is_shared);
        ef_pack_bytes(out, ef_conversations_text(all, talk->name));
        ef_pack_bytes(out, ef_conversations_text(all, talk->worst_id));
    }
    ef_pack_int(out, (int64_t)all->count);
    for (size_t i = 0; i < all->count; i++) {
        ef_pack_int(out,
                    (int64_t)((uint64_t)all->spoken[i].talk << 32 | all->spoken[i].person));
        ef_pack_int(out, (int64_t)all->spoken[i].packed);
    }
    return !out->failed;
}

/* How many rows of at least so many bytes may follow; what says more is no file of ours. */
static size_t unpack_count(ef_unpack *in, size_t least)
{
    int64_t count = ef_unpack_int(in);
    if (count < 0 || (uint64_t)count > in->rest.size / least || count >= UINT32_MAX)
        in->failed = true;
    return in->failed ? 0 : (size_t)count;
}

/* A text at the end of all texts. */
static bool unpack_text(ef_conversations *all, ef_unpack *in, ef_kept *kept)
{
    ef_slice text = ef_unpack_bytes(in);
    if (text.size > EF_KEPT_NAME || all->texts.size + text.size > UINT32_MAX)
        in->failed = true;
    if (in->failed)
        return true;
    *kept = (ef_kept){ (uint32_t)all->texts.size, (uint32_t)text.size };
    return ef_buffer_append_slice(&all->texts, text);
}

/* A hash that is larger than the one before, as a number. */
static bool unpack_hash(ef_numbering *numbering, ef_unpack *in, uint64_t *last)
{
    uint64_t hash = (uint64_t)ef_unpack_int(in);
    if (hash <= *last)
        in->failed = true;
    *last = hash;
    return in->failed || ef_numbering_of(numbering, hash) != EF_NO_NUMBER;
}

static bool load_people(ef_conversations *all, ef_unpack *in)
{
    size_t count = unpack_count(in, 16);
    uint64_t last = 0;
    all->people = calloc(count + 1, sizeof *all->people);
    all->person_room = count;
    if (all->people == NULL)
        return false;
    for (size_t i = 0; i < count && !in->failed; i++)
        if (!unpack_hash(&all->person_numbers, in, &last) ||
            !unpack_text(all, in, &all->people[i]))
            return false;
    return true;
}

static bool load_talks(ef_conversations *all, ef_unpack *in)
{
    size_t count = unpack_count(in, 72);
    uint64_t last = 0;
    all->talks = calloc(count + 1, sizeof *all->talks);
    all->talk_room = count;
    if (all->talks == NULL)
        return false;
    for (size_t i = 0; i < count && !in->failed; i++) {
        ef_talk *talk = &all->talks[i];
        if (!unpack_hash(&all->talk_numbers, in, &last))
            return false;
        talk->customer = (uint64_t)ef_unpack_int(in);
        talk->customer_packed = (uint64_t)ef_unpack_int(in);
        talk->worst_packed = (uint64_t)ef_unpack_int(in);
        talk->worst_print = (uint64_t)ef_unpack_int(in);
        int64_t worst = ef_unpack_int(in);
        if (worst < -EF_UNIT || worst > EF_UNIT + 1)
            in->failed = true;
        talk->worst = (int32_t)(in->failed ? 0 : worst);
        int64_t is_shared = ef_unpack_int(in);
        in->failed |= is_shared < 0 || is_shared > 1;
        talk->is_shared = is_shared == 1;
        if (!unpack_text(all, in, &talk->name) || !unpack_text(all, in, &talk->worst_id))
            return false;
    }
    return true;
}

static bool load_spoken(ef_conversations *all, ef_unpack *in)
{
    size_t count = unpack_count(in, 16);
    all->spoken = calloc(count + 1, sizeof *all->spoken);
    all->room = count;
    if (all->spoken == NULL)
        return false;
    for (; all->count < count && !in->failed; all->count++) {
        uint64_t numbers = (uint64_t)ef_unpack_int(in);
        ef_spoken *spoken = &all->spoken[all->count];
        *spoken = (ef_spoken){ (uint32_t)(numbers >> 32), (uint32_t)numbers,
                               (uint64_t)ef_unpack_int(in) };
        ef_said_by said = ef_spoken_read(spoken);
        if (spoken->talk >= all->talk_numbers.count ||
            spoken->person > all->person_numbers.count || said.score > EF_UNIT ||
            said.event > EF_EVENT_HANDED_OVER)
            in->failed = true;
    }
    return true;
}

bool ef_conversations_load(ef_conversations *all, ef_unpack *in)
{
    int64_t flags = ef_unpack_int(in);
    if (flags < 0 || flags > 3)
        in->failed = true;
    all->has_roles = (flags & 1) != 0;
    all->has_closing = (flags & 2) != 0;
    return load_people(all, in) && load_talks(all, in) && load_spoken(all, in);
}
