/* SPDX-License-Identifier: MIT
 * tally/customers.c - what is known of each author: whether he speaks of leaving, whether
 * he praises, and what he said last. */
#include "tally/customers.h"

#include <stdlib.h>

#include "earful/app/pseudonym.h"

enum { LEAVING = EF_SIGNAL_CHURN | EF_SIGNAL_REFUND, MOST_LEVELS = 63 };

static bool is_kept(unsigned level, uint64_t hash)
{
    return level == 0 || hash >> (64 - level) == 0;
}

/* Leaves out what a level does not keep: of the numbering, and of the items beside it. */
static bool keep_level(ef_numbering *numbers, void *items, size_t size, unsigned level)
{
    ef_numbering kept = { 0 };
    uint8_t *bytes = items;
    for (uint32_t i = 0; i < numbers->count; i++) {
        uint32_t to = kept.count;
        if (!is_kept(level, numbers->hashes[i]))
            continue;
        if (ef_numbering_of(&kept, numbers->hashes[i]) == EF_NO_NUMBER) {
            ef_numbering_release(&kept);
            return false;
        }
        memmove(bytes + to * size, bytes + i * size, size);
    }
    ef_numbering_release(numbers);
    *numbers = kept;
    return true;
}

/* The item of a hash, made of zeros if it is not there. *found is NULL if the level leaves
 * it out. False without memory. */
static bool item_at(ef_numbering *numbers, void **items, size_t *room, size_t size,
                    unsigned *level, size_t most, uint64_t hash, void **found)
{
    *found = NULL;
    if (!is_kept(*level, hash))
        return true;
    if (numbers->count == *room) {
        size_t wanted = *room == 0 ? 16 : *room + *room / 2;
        void *grown = realloc(*items, wanted * size);
        if (grown == NULL)
            return false;
        *items = grown;
        *room = wanted;
    }
    uint32_t count = numbers->count, number = ef_numbering_of(numbers, hash);
    if (number == EF_NO_NUMBER)
        return false;
    if (number == count)
        memset((uint8_t *)*items + number * size, 0, size);
    while (numbers->count > most && *level < MOST_LEVELS)
        if (!keep_level(numbers, *items, size, ++*level))
            return false;
    if (!is_kept(*level, hash))
        return true;
    number = ef_numbering_of(numbers, hash);
    *found = (uint8_t *)*items + number * size;
    return number != EF_NO_NUMBER;
}

static bool author_at(ef_authors *authors, uint64_t hash, void **found)
{
    return item_at(&authors->numbers, (void **)&authors->items, &authors->room,
                   sizeof *authors->items, &authors->level, EF_MOST_AUTHORS, hash, found);
}

static bool noted_at(ef_notes_table *notes, uint64_t hash, void **found)
{
    return item_at(&notes->authors, (void **)&notes->items, &notes->room,
                   sizeof *notes->items, &notes->level, EF_MOST_NOTED, hash, found);
}

void ef_authors_release(ef_authors *authors)
{
    ef_numbering_release(&authors->numbers);
    free(authors->items);
    for (size_t i = 0; i < EF_NOTED_KINDS; i++) {
        ef_numbering_release(&authors->notes[i].authors);
        free(authors->notes[i].items);
    }
    *authors = (ef_authors){ 0 };
}

/* --- adding ------------------------------------------------------------------------ */

/* Cut between characters. */
static uint8_t keep_text(uint8_t *kept, size_t room, ef_slice text)
{
    size_t size = text.size;
    if (size > room)
        for (size = room; size > 0 && (text.data[size] & 0xC0) == 0x80;)
            size--;
    if (size > 0)
        memcpy(kept, text.data, size);
    return (uint8_t)size;
}

static bool is_later(const ef_noted *one, const ef_noted *than)
{
    if (one->second != than->second)
        return one->second > than->second;
    return one->print < than->print;
}

static bool note(ef_notes_table *notes, uint64_t author, const ef_noted *noted)
{
    void *found;
    if (!noted_at(notes, author, &found))
        return false;
    ef_noted *last = found;
    if (last != NULL && is_later(noted, last))
        *last = *noted;
    return true;
}

static uint32_t second_of(const ef_heard *heard)
{
    int64_t second = heard->has_time ? heard->time_ms / 1000 : EF_SOME_TIME;
    return second < EF_SOME_TIME ? EF_SOME_TIME
           : second > UINT32_MAX ? UINT32_MAX
                                 : (uint32_t)second;
}

/* The best answer: 9 or 10 of NPS, else the end of the scale; of effort there is none. */
static bool is_top(const ef_rating *rating)
{
    if (!rating->is_known || rating->kind == EF_RATING_CES)
        return false;
    return rating->kind == EF_RATING_NPS ? rating->value >= 9 : rating->scaled == EF_UNIT;
}

static bool has_top(const ef_record *record)
{
    bool is_best = is_top(&record->rating);
    for (size_t i = 0; i < EF_FURTHER_ANSWERS; i++)
        is_best |= is_top(&record->answers[i]);
    return is_best && !record->is_excluded;
}

static ef_author author_of(const ef_heard *heard)
{
    const ef_score *score = heard->score;
    uint32_t now = second_of(heard);
    bool is_positive = score->label == EF_LABEL_POSITIVE, is_best = has_top(heard->record);
    return (ef_author){ .churn = (score->signals & LEAVING) != 0 ? now : 0,
                        .last = score->label != EF_LABEL_NONE ? now : 0,
                        .positive = is_positive ? now : 0,
                        .negative = score->label == EF_LABEL_NEGATIVE ? now : 0,
                        .top = is_best ? now : 0,
                        .praise = is_best && is_positive ? now : 0,
                        .rated = heard->record->rating.is_known ? now : 0 };
}

static bool count(ef_authors *authors, uint64_t hash, const ef_author *more)
{
    void *found;
    if (!author_at(authors, hash, &found))
        return false;
    uint32_t *times = found;
    const uint32_t *others = (const uint32_t *)more;
    for (size_t i = 0; times != NULL && i < EF_AUTHOR_TIMES; i++)
        times[i] = others[i] > times[i] ? others[i] : times[i];
    return true;
}

void ef_authors_expect(const ef_authors *authors, const ef_heard *heard)
{
    uint32_t number = ef_numbering_expect(&authors->numbers, heard->author);
    if (number != EF_NO_NUMBER)
        __builtin_prefetch(&authors->items[number]);
}

bool ef_authors_add(ef_authors *authors, const ef_heard *heard)
{
    const ef_record *record = heard->record;
    if (heard->author == 0 || !heard->is_customer)
        return true;
    ef_author author = author_of(heard);
    ef_noted noted = { .print = heard->print,
                       .second = second_of(heard),
                       .signals = heard->score->signals };
    if (!authors->hides_names || ef_is_pseudonym(record->author))
        noted.name_size = keep_text(noted.name, EF_NOTED_NAME, record->author);
    noted.id_size = keep_text(noted.id, EF_NOTED_ID, record->id);
    return count(authors, heard->author, &author) &&
           (author.churn == 0 ||
            note(&authors->notes[EF_NOTED_CHURN], heard->author, &noted)) &&
           (author.top == 0 ||
            note(&authors->notes[EF_NOTED_PRAISE], heard->author, &noted)) &&
           (heard->conversation == 0 ||
            note(&authors->notes[EF_NOTED_TALK], heard->author, &noted));
}

/* Both keep what both levels keep. */
static bool rise_to(ef_numbering *numbers, void *items, size_t size, unsigned *level,
                    unsigned more)
{
    if (more <= *level)
        return true;
    *level = more;
    return keep_level(numbers, items, size, more);
}

static bool merge_notes(ef_notes_table *notes, const ef_notes_table *more)
{
    if (!rise_to(&notes->authors, notes->items, sizeof *notes->items, &notes->level,
                 more->level))
        return false;
    for (uint32_t i = 0; i < more->authors.count; i++)
        if (!note(notes, more->authors.hashes[i], &more->items[i]))
            return false;
    return true;
}

bool ef_authors_merge(ef_authors *authors, const ef_authors *more)
{
    if (!rise_to(&authors->numbers, authors->items, sizeof *authors->items, &authors->level,
                 more->level))
        return false;
    for (uint32_t i = 0; i < more->numbers.count; i++)
        if (!count(authors, more->numbers.hashes[i], &more->items[i]))
            return false;
    for (size_t i = 0; i < EF_NOTED_KINDS; i++)
        if (!merge_notes(&authors->notes[i], &more->notes[i]))
            return false;
    return true;
}

const ef_noted *ef_authors_noted(const ef_authors *authors, ef_noted_for why,
                                 uint64_t author)
{
    const ef_notes_table *notes = &authors->notes[why];
    uint32_t number = ef_numbering_find(&notes->authors, author);
    return number == EF_NO_NUMBER ? NULL : &notes->items[number];
}

/* --- as bytes ---------------------------------------------------------------------- */

/* The numbers in the order of their hashes; NULL without memory. */
static uint32_t *order_of(const ef_numbering *numbers)
{
    uint32_t *order = malloc((2 * (size_t)numbers->count + 1) * sizeof *order);
    if (order != NULL)
        ef_numbering_ranks(numbers, order + numbers->count, order);
    return order;
}

static bool save_notes(const ef_notes_table *notes, ef_buffer *out)
{
    uint32_t *order = order_of(&notes->authors);
    if (order == NULL)
        return false;
    ef_pack_int(out, notes->level);
    ef_pack_int(out, notes->authors.count);
    for (uint32_t i = 0; i < notes->authors.count; i++) {
        const ef_noted *noted = &notes->items[order[i]];
        ef_pack_int(out, (int64_t)notes->authors.hashes[order[i]]);
        ef_pack_int(out, (int64_t)noted->print);
        ef_pack_int(out, noted->second);
        ef_pack_int(out, noted->signals);
        ef_pack_bytes(out, (ef_slice){ noted->name, noted->name_size });
        ef_pack_bytes(out, (ef_slice){ noted->id, noted->id_size });
    }
    free(order);
    return !out->failed;
}

bool ef_authors_save(const ef_authors *authors, ef_buffer *out)
{
    uint32_t *order = order_of(&authors->numbers);
    if (order == NULL)
        return false;
    ef_pack_int(out, authors->level);
    ef_pack_int(out, authors->numbers.count);
    for (uint32_t i = 0; i < authors->numbers.count; i++) {
        const uint32_t *times = (const uint32_t *)&authors->items[order[i]];
        ef_pack_int(out, (int64_t)authors->numbers.hashes[order[i]]);
        for (size_t j = 0; j < EF_AUTHOR_TIMES; j++)
            ef_pack_int(out, times[j]);
    }
    free(order);
    for (size_t i = 0; i < EF_NOTED_KINDS; i++)
        if (!save_notes(&authors->notes[i], out))
            return false;
    return !out->failed;
}

static uint32_t unpack_time(ef_unpack *in)
{
    int64_t time = ef_unpack_int(in);
    in->failed |= time < 0 || time > UINT32_MAX;
    return (uint32_t)time;
}

/* How many items follow, and on which level. */
static int64_t unpack_head(ef_unpack *in, unsigned *level, size_t item_bytes, size_t most)
{
    int64_t found = ef_unpack_int(in), items = ef_unpack_int(in);
    in->failed |= found < 0 || found > MOST_LEVELS || items < 0 || (uint64_t)items > most ||
                  (uint64_t)items > in->rest.size / item_bytes;
    *level = in->failed ? 0 : (unsigned)found;
    return in->failed ? 0 : items;
}

static uint8_t unpack_text(ef_unpack *in, uint8_t *text, size_t room)
{
    ef_slice bytes = ef_unpack_bytes(in);
    in->failed |= bytes.size > room;
    if (!in->failed && bytes.size > 0)
        memcpy(text, bytes.data, bytes.size);
    return in->failed ? 0 : (uint8_t)bytes.size;
}

static bool load_notes(ef_notes_table *notes, ef_unpack *in)
{
    int64_t items = unpack_head(in, &notes->level, 6 * 8, EF_MOST_NOTED);
    for (int64_t i = 0; i < items && !in->failed; i++) {
        uint64_t author = (uint64_t)ef_unpack_int(in);
        ef_noted noted = { .print = (uint64_t)ef_unpack_int(in) };
        noted.second = unpack_time(in);
        noted.signals = unpack_time(in);
        noted.name_size = unpack_text(in, noted.name, EF_NOTED_NAME);
        noted.id_size = unpack_text(in, noted.id, EF_NOTED_ID);
        in->failed |= author == 0 || !is_kept(notes->level, author) || noted.second == 0;
        if (!in->failed && !note(notes, author, &noted))
            return false;
    }
    in->failed |= (int64_t)notes->authors.count != items;
    return true;
}

bool ef_authors_load(ef_authors *authors, ef_unpack *in)
{
    int64_t items =
        unpack_head(in, &authors->level, (1 + EF_AUTHOR_TIMES) * 8, EF_MOST_AUTHORS);
    for (int64_t i = 0; i < items && !in->failed; i++) {
        uint64_t hash = (uint64_t)ef_unpack_int(in);
        uint32_t times[EF_AUTHOR_TIMES];
        ef_author author;
        for (size_t j = 0; j < EF_AUTHOR_TIMES; j++)
            times[j] = unpack_time(in);
        memcpy(&author, times, sizeof author);
        in->failed |= hash == 0 || !is_kept(authors->level, hash);
        if (!in->failed && !count(authors, hash, &author))
            return false;
    }
    in->failed |= (int64_t)authors->numbers.count != items;
    for (size_t i = 0; i < EF_NOTED_KINDS && !in->failed; i++)
        if (!load_notes(&authors->notes[i], in))
            return false;
    return true;
}
