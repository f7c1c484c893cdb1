/* SPDX-License-Identifier: MIT
 * tally/said_rows.c - what customers said, as bytes and back.
 *
 * The bytes hold no message as it was written, but its words can be read in them: a partial
 * file is as private as the texts it was made of. What is read back is not believed. */
#include "tally/said.h"

#include <stdlib.h>

static void pack_message(ef_buffer *out, const ef_said_message *m)
{
    ef_pack_int(out, (int64_t)m->order);
    ef_pack_int(out, (int64_t)m->voice);
    ef_pack_int(out, (int64_t)m->print);
    ef_pack_int(out, (int64_t)m->topics);
    ef_pack_int(out, m->hour);
    ef_pack_int(out, (int64_t)((uint32_t)(uint16_t)m->score << 16 | (uint32_t)m->kind << 8 |
                               m->count));
}

static bool unpack_message(ef_unpack *in, ef_said_message *m)
{
    m->order = (uint64_t)ef_unpack_int(in);
    m->voice = (uint64_t)ef_unpack_int(in);
    m->print = (uint64_t)ef_unpack_int(in);
    m->topics = (uint64_t)ef_unpack_int(in);
    int64_t hour = ef_unpack_int(in), rest = ef_unpack_int(in);
    m->hour = (int32_t)hour;
    m->score = (int16_t)(uint16_t)(rest >> 16);
    m->kind = (uint8_t)(rest >> 8);
    m->count = (uint8_t)rest;
    return !in->failed && hour == m->hour && rest >= 0 && rest <= UINT32_MAX &&
           ef_said_label(m) != EF_LABEL_NONE && ef_said_side(m) < EF_SIDES &&
           m->score >= -EF_UNIT && m->score <= EF_UNIT;
}

bool ef_said_save(const ef_said *said, ef_buffer *out)
{
    const ef_said_dictionary *d = &said->dictionary;
    ef_pack_int(out, said->total);
    ef_pack_int(out, (int64_t)said->limit);
    ef_pack_int(out, (int64_t)d->count);
    for (uint32_t i = 0; i < d->count; i++) {
        ef_slice word = ef_said_dictionary_word(d, i);
        ef_buffer_append_byte(out, (uint8_t)word.size);
        ef_buffer_append_slice(out, word);
    }
    ef_pack_int(out, (int64_t)said->count);
    ef_pack_int(out, (int64_t)said->word_count);
    for (size_t i = 0; i < said->count; i++)
        pack_message(out, &said->messages[i]);
    for (size_t i = 0; i < said->word_count; i++)
        for (unsigned shift = 0; shift < 32; shift += 8)
            ef_buffer_append_byte(out, (uint8_t)(said->words[i] >> shift));
    return !out->failed;
}

static ef_slice unpack_word(ef_unpack *in)
{
    size_t size = in->rest.size > 0 ? in->rest.data[0] : 0;
    if (size == 0 || size > EF_SAID_WORD_SIZE || in->rest.size < 1 + size) {
        in->failed = true;
        return (ef_slice){ NULL, 0 };
    }
    ef_slice word = { in->rest.data + 1, size };
    in->rest = (ef_slice){ word.data + size, in->rest.size - 1 - size };
    return word;
}

static void unpack_dictionary(ef_said *said, ef_unpack *in)
{
    int64_t count = ef_unpack_int(in);
    for (int64_t i = 0; i < count && !in->failed; i++) {
        ef_slice word = unpack_word(in);
        if (!in->failed && ef_said_dictionary_number(&said->dictionary, word) != i)
            in->failed = true;
    }
}

static ef_said_word unpack_place(ef_unpack *in)
{
    uint32_t word = 0;
    for (unsigned i = 0; i < 4; i++)
        word |= (uint32_t)in->rest.data[i] << 8 * i;
    in->rest = (ef_slice){ in->rest.data + 4, in->rest.size - 4 };
    return word;
}

static bool is_word(const ef_said *said, ef_said_word word)
{
    return ef_said_number(word) < said->dictionary.count &&
           ef_said_before(word) < EF_CUE_COUNT && ef_said_behind(word) < EF_CUE_COUNT &&
           word >> 31 == 0;
}

/* Messages, then their words: as many as the messages say. False without memory. */
static bool unpack_messages(ef_said *said, ef_unpack *in)
{
    enum { MESSAGE_BYTES = 48 };
    uint64_t count = (uint64_t)ef_unpack_int(in), words = (uint64_t)ef_unpack_int(in);
    uint64_t left = in->rest.size, begin = 0;
    in->failed |=
        count > left / MESSAGE_BYTES || words > (left - count * MESSAGE_BYTES) / 4;
    if (in->failed)
        return true;
    said->messages = malloc((count + 1) * sizeof *said->messages);
    said->words = malloc((words + 1) * sizeof *said->words);
    if (said->messages == NULL || said->words == NULL)
        return false;
    said->count = said->room = count;
    said->word_count = said->word_room = words;
    for (size_t i = 0; i < count; i++) {
        in->failed |= !unpack_message(in, &said->messages[i]);
        said->messages[i].begin = begin;
        begin += said->messages[i].count;
    }
    in->failed |= begin != words;
    for (size_t i = 0; i < words; i++) {
        said->words[i] = unpack_place(in);
        in->failed |= !is_word(said, said->words[i]);
    }
    return true;
}

bool ef_said_load(ef_said *said, ef_unpack *in)
{
    said->total = ef_unpack_int(in);
    said->limit = (uint64_t)ef_unpack_int(in);
    unpack_dictionary(said, in);
    bool fits = !said->dictionary.failed && unpack_messages(said, in);
    in->failed |= said->total < (int64_t)said->count;
    if (!fits || in->failed)
        ef_said_release(said);
    return fits;
}
