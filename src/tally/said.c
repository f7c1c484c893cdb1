/* SPDX-License-Identifier: MIT
 * tally/said.c - a bounded, even sample of what customers said.
 *
 * Messages are appended until they take a quarter more than the bound; then those go that
 * lie surely beyond it, and the rest moves together where it lies. Only what is settled is
 * sorted. An endless input costs less and less: most of it lies beyond the limit and is
 * not even cut into words. */
#include "tally/said.h"

#include <stdlib.h>

enum { FIRST_MESSAGES = 256, FIRST_WORDS = 4096, BINS = 1024 };

void ef_said_release(ef_said *said)
{
    free(said->messages);
    free(said->words);
    ef_said_dictionary_release(&said->dictionary);
    *said = (ef_said){ .bound = said->bound };
}

/* Makes room for count more items, a half more at a time: false without memory. */
static bool reserve(void **items, size_t *room, size_t used, size_t count, size_t size)
{
    if (*room - used >= count)
        return true;
    size_t wanted = *room + *room / 2;
    if (wanted < used + count)
        wanted = used + count;
    void *grown = realloc(*items, wanted * size);
    if (grown == NULL)
        return false;
    *items = grown;
    *room = wanted;
    return true;
}

static bool reserve_message(ef_said *said, size_t words)
{
    void *messages = said->messages, *places = said->words;
    size_t more = said->room == 0 ? FIRST_MESSAGES : 1;
    bool fits = reserve(&messages, &said->room, said->count, more, sizeof *said->messages);
    said->messages = messages;
    more = said->word_room == 0 ? FIRST_WORDS : words;
    fits = fits &&
           reserve(&places, &said->word_room, said->word_count, more, sizeof *said->words);
    said->words = places;
    return fits;
}

static uint64_t size_of(uint64_t messages, uint64_t words)
{
    return messages * sizeof(ef_said_message) + words * sizeof(ef_said_word);
}

/* --- the order of messages ------------------------------------------------------------ */

#define BY(field)                                                                          \
    if (a->field != b->field)                                                              \
    return a->field < b->field ? -1 : 1

static int by_order(const void *one, const void *two)
{
    const ef_said_message *a = one, *b = two;
    BY(order);
    BY(print);
    BY(voice);
    BY(hour);
    BY(score);
    BY(kind);
    BY(topics);
    return 0;
}

#undef BY

/* Takes a message of another one, whose words have other numbers. */
static bool take(ef_said *said, const ef_said_message *message, const ef_said *from,
                 uint32_t *numbers)
{
    if (!reserve_message(said, message->count))
        return false;
    ef_said_message *copy = &said->messages[said->count];
    *copy = *message;
    copy->begin = said->word_count;
    for (size_t i = 0; i < message->count; i++) {
        ef_said_word word = from->words[message->begin + i];
        uint32_t number = ef_said_number(word);
        if (numbers[number] == UINT32_MAX)
            numbers[number] = ef_said_dictionary_number(
                &said->dictionary, ef_said_dictionary_word(&from->dictionary, number));
        if (numbers[number] == UINT32_MAX) {
            if (said->dictionary.failed)
                return false;
            copy->count--; /* one word too many for the dictionary */
            continue;
        }
        said->words[said->word_count++] = numbers[number] | (word & ~(EF_SAID_MOST - 1U));
    }
    said->count++;
    return true;
}

/* Takes the first so many messages, without those above the limit. */
static bool take_all(ef_said *said, const ef_said *from, size_t count, uint64_t limit)
{
    size_t known = from->dictionary.count;
    uint32_t *numbers = malloc((known + 1) * sizeof *numbers);
    bool fits = numbers != NULL;
    for (size_t i = 0; fits && i < known; i++)
        numbers[i] = UINT32_MAX;
    for (size_t i = 0; fits && i < count; i++)
        fits = from->messages[i].order > limit ||
               take(said, &from->messages[i], from, numbers);
    free(numbers);
    return fits;
}

static uint64_t bound_of(const ef_said *said)
{
    return said->bound == 0 ? EF_SAID_BOUND : said->bound;
}

bool ef_said_settle(ef_said *said)
{
    size_t kept = 0;
    uint64_t words = 0, bound = bound_of(said);
    if (said->count > 0)
        qsort(said->messages, said->count, sizeof *said->messages, by_order);
    while (kept < said->count) {
        words += said->messages[kept].count;
        if (size_of(kept + 1, words) > bound)
            break;
        kept++;
    }
    ef_said fresh = { .bound = said->bound, .total = said->total, .limit = said->limit };
    if (kept < said->count)
        fresh.limit = kept > 0 ? said->messages[kept - 1].order : 1;
    if (!take_all(&fresh, said, kept, UINT64_MAX)) {
        ef_said_release(&fresh);
        return false;
    }
    ef_said_release(said);
    *said = fresh;
    return true;
}

/* --- what lies surely beyond the bound ------------------------------------------------ */

static uint64_t last_order(const ef_said *said)
{
    uint64_t last = 0;
    for (size_t i = 0; i < said->count; i++)
        last = said->messages[i].order > last ? said->messages[i].order : last;
    return last;
}

static void add_sizes(uint64_t *bins, const ef_said *said, uint64_t step)
{
    for (size_t i = 0; i < said->count; i++)
        bins[said->messages[i].order / step] += size_of(1, said->messages[i].count);
}

/* An order up to which the messages of both take more than the bound: none above it stays.
 * UINT64_MAX if there is none. */
static uint64_t find_limit(const ef_said *said, const ef_said *more)
{
    uint64_t bins[BINS] = { 0 }, size = 0;
    uint64_t last = last_order(said), other = last_order(more);
    uint64_t step = (last > other ? last : other) / BINS + 1;
    add_sizes(bins, said, step);
    add_sizes(bins, more, step);
    for (uint64_t i = 0; i + 1 < BINS; i++) {
        size += bins[i];
        if (size > bound_of(said))
            return (i + 1) * step - 1;
    }
    return UINT64_MAX;
}

/* Messages and their words lie in the same order; it stays. */
static void drop_beyond(ef_said *said, uint64_t limit)
{
    size_t kept = 0, words = 0;
    for (size_t i = 0; i < said->count; i++) {
        ef_said_message message = said->messages[i];
        if (message.order > limit)
            continue;
        memmove(said->words + words, said->words + message.begin,
                message.count * sizeof *said->words);
        message.begin = words;
        words += message.count;
        said->messages[kept++] = message;
    }
    said->count = kept;
    said->word_count = words;
    if (limit != UINT64_MAX && (said->limit == 0 || limit < said->limit))
        said->limit = limit;
}

/* Drops when there is a quarter too much. A dictionary most of whose words may have gone
 * with their messages, and many messages of one order, are for settling. */
static bool hold(ef_said *said)
{
    static const ef_said none = { 0 };
    uint64_t bound = bound_of(said);
    if (size_of(said->count, said->word_count) <= bound + bound / 4)
        return true;
    drop_beyond(said, find_limit(said, &none));
    bool is_small = size_of(said->count, said->word_count) <= bound + bound / 8;
    return (is_small && said->dictionary.count <= said->word_count / 8) ||
           ef_said_settle(said);
}

static bool is_beyond(const ef_said *said, uint64_t order)
{
    return said->limit != 0 && order > said->limit;
}

bool ef_said_add(ef_said *said, const ef_heard *heard, uint64_t topics)
{
    ef_slice text = heard->record->text;
    size_t count;
    if (!heard->is_customer || heard->score->label == EF_LABEL_NONE)
        return true;
    said->total++;
    if (is_beyond(said, heard->print))
        return true;
    if (!reserve_message(said, EF_SAID_WORDS) ||
        !ef_said_split(&said->dictionary, text, said->words + said->word_count, NULL,
                       &count))
        return false;
    said->messages[said->count++] = (ef_said_message){
        .order = heard->print,
        .voice = heard->author != 0 ? heard->author : heard->cluster,
        .print = heard->words,
        .topics = topics,
        .begin = said->word_count,
        .hour = heard->has_time ? heard->day * 24 + (int32_t)(heard->second / 3600)
                                : EF_SAID_UNTIMED,
        .score = (int16_t)heard->score->score,
        .kind = (uint8_t)((unsigned)heard->score->label | (unsigned)heard->side << 2),
        .count = (uint8_t)count,
    };
    said->word_count += count;
    return hold(said);
}

bool ef_said_merge(ef_said *said, const ef_said *more)
{
    said->total += more->total;
    if (more->limit != 0 && (said->limit == 0 || more->limit < said->limit))
        said->limit = more->limit;
    uint64_t limit = find_limit(said, more);
    drop_beyond(said, limit);
    return take_all(said, more, more->count, limit) && hold(said);
}
