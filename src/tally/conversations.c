/* SPDX-License-Identifier: MIT
 * tally/conversations.c - who said what when in which conversation: 16 bytes a message. */
#include "tally/conversations.h"

#include <assert.h>
#include <stdlib.h>

#include "earful/app/pseudonym.h"

/* From the top: time 42 bits (milliseconds, to the year 2109), role 2, score 15 (of others
 * than customers the event in its place), label 2, escalates 1, takes_effort 1. */
enum { TIME_AT = 22, ROLE_AT = 20, SCORE_AT = 5, LABEL_AT = 3, NO_WORST = EF_UNIT + 1 };
static const int64_t time_limit = INT64_C(1) << 42;

static const ef_role roles[] = { EF_ROLE_CUSTOMER, EF_ROLE_BOT, EF_ROLE_STAFF,
                                 EF_ROLE_SYSTEM };

static uint64_t role_order(ef_role role)
{
    for (uint64_t i = 1; i < sizeof roles / sizeof roles[0]; i++)
        if (roles[i] == role)
            return i;
    return 0;
}

static uint64_t pack(const ef_heard *heard)
{
    const ef_score *score = heard->score;
    uint64_t role = role_order(heard->record->role);
    uint64_t value = role != 0                       ? (uint64_t)heard->record->event
                     : score->label != EF_LABEL_NONE ? (uint64_t)(score->score + EF_UNIT)
                                                     : 0;
    return (uint64_t)heard->time_ms << TIME_AT | role << ROLE_AT | value << SCORE_AT |
           (uint64_t)score->label << LABEL_AT |
           (uint64_t)((score->signals & EF_SIGNAL_ESCALATION) != 0) << 1 |
           (uint64_t)((score->signals & EF_SIGNAL_EFFORT) != 0);
}

ef_said_by ef_spoken_read(const ef_spoken *spoken)
{
    uint64_t packed = spoken->packed, value = packed >> SCORE_AT & 0x7FFF;
    bool is_customers = (packed >> ROLE_AT & 3) == 0;
    return (ef_said_by){ .time_ms = (int64_t)(packed >> TIME_AT),
                         .role = roles[packed >> ROLE_AT & 3],
                         .label = (ef_label)(packed >> LABEL_AT & 3),
                         .score = is_customers ? (int32_t)value - EF_UNIT : 0,
                         .escalates = (packed >> 1 & 1) != 0,
                         .takes_effort = (packed & 1) != 0,
                         .event = is_customers ? EF_EVENT_NONE : (ef_talk_event)value };
}

void ef_conversations_release(ef_conversations *all)
{
    free(all->spoken);
    free(all->talks);
    free(all->people);
    ef_numbering_release(&all->talk_numbers);
    ef_numbering_release(&all->person_numbers);
    ef_buffer_release(&all->texts);
    *all = (ef_conversations){ 0 };
}

ef_slice ef_conversations_text(const ef_conversations *all, ef_kept kept)
{
    return (ef_slice){ all->texts.data + kept.at, kept.size };
}

/* Cut between characters. */
static bool keep(ef_conversations *all, ef_slice text, ef_kept *kept)
{
    size_t size = text.size;
    if (size > EF_KEPT_NAME)
        for (size = EF_KEPT_NAME; size > 0 && (text.data[size] & 0xC0) == 0x80;)
            size--;
    if (all->texts.size + size > UINT32_MAX ||
        !ef_buffer_append(&all->texts, text.data, size))
        return false;
    *kept = (ef_kept){ (uint32_t)(all->texts.size - size), (uint32_t)size };
    return true;
}

/* Makes room for one more entry of an array. */
static bool make_room(void **items, size_t *room, size_t count, size_t size)
{
    if (count < *room)
        return true;
    size_t wanted = *room == 0 ? 64 : *room + *room / 2;
    void *grown = realloc(*items, wanted * size);
    if (grown == NULL)
        return false;
    *items = grown;
    *room = wanted;
    return true;
}

/* The number of a conversation, made with its name if it is new. */
static uint32_t talk_of(ef_conversations *all, uint64_t hash, ef_slice name)
{
    uint32_t count = all->talk_numbers.count;
    if (!make_room((void **)&all->talks, &all->talk_room, count, sizeof *all->talks))
        return EF_NO_NUMBER;
    uint32_t number = ef_numbering_of(&all->talk_numbers, hash);
    if (number == count) {
        all->talks[number] = (ef_talk){ .worst = NO_WORST };
        if (!keep(all, name, &all->talks[number].name))
            return EF_NO_NUMBER;
    }
    return number;
}

/* An id says nothing of who it is; a place called after a person has no digit in it. */
static ef_slice shown_name(const ef_conversations *all, ef_slice name)
{
    bool is_shown = !all->hides_names || ef_is_pseudonym(name);
    for (size_t i = 0; i < name.size; i++)
        is_shown |= name.data[i] >= '0' && name.data[i] <= '9';
    return is_shown ? name : (ef_slice){ NULL, 0 };
}

static uint32_t person_of(ef_conversations *all, uint64_t hash, ef_slice name)
{
    uint32_t count = all->person_numbers.count;
    if (!make_room((void **)&all->people, &all->person_room, count, sizeof *all->people))
        return EF_NO_NUMBER;
    uint32_t number = ef_numbering_of(&all->person_numbers, hash);
    if (number == count && !keep(all, name, &all->people[number]))
        return EF_NO_NUMBER;
    return number;
}

/* The customer of a conversation is who spoke first in it; of two at once, who has the
 * smaller hash. */
static void note_customer(ef_talk *talk, uint64_t customer, uint64_t packed)
{
    bool is_first = talk->customer == 0 || packed < talk->customer_packed ||
                    (packed == talk->customer_packed && customer < talk->customer);
    if (customer != 0 && is_first) {
        talk->customer = customer;
        talk->customer_packed = packed;
    }
}

/* Whether a message is worse than the worst so far: by score, then the earlier one. */
static bool is_worst(const ef_talk *talk, int32_t score, uint64_t packed, uint64_t print)
{
    if (score != talk->worst)
        return score < talk->worst;
    if (packed != talk->worst_packed)
        return packed < talk->worst_packed;
    return print < talk->worst_print;
}

static bool note_worst(ef_conversations *all, ef_talk *talk, const ef_talk *other,
                       ef_slice id)
{
    if (!is_worst(talk, other->worst, other->worst_packed, other->worst_print))
        return true;
    talk->worst = other->worst;
    talk->worst_packed = other->worst_packed;
    talk->worst_print = other->worst_print;
    return keep(all, id, &talk->worst_id);
}

static bool is_customers(ef_role role)
{
    return role == EF_ROLE_UNKNOWN || role == EF_ROLE_CUSTOMER;
}

bool ef_conversations_add(ef_conversations *all, const ef_heard *heard)
{
    const ef_record *record = heard->record;
    if (heard->conversation == 0 || record->is_hidden || !heard->has_time ||
        heard->time_ms < 0 || heard->time_ms >= time_limit)
        return true;
    ef_slice name = shown_name(all, record->conversation);
    uint32_t number = talk_of(all, heard->conversation, name), person = 0;
    if (number == EF_NO_NUMBER ||
        !make_room((void **)&all->spoken, &all->room, all->count, sizeof *all->spoken))
        return false;
    ef_talk *talk = &all->talks[number];
    uint64_t packed = pack(heard);
    if (is_customers(record->role)) {
        note_customer(talk, heard->author, packed);
        ef_talk own = { .worst = heard->score->score,
                        .worst_packed = packed,
                        .worst_print = heard->print };
        if (heard->score->label != EF_LABEL_NONE &&
            !note_worst(all, talk, &own, record->id))
            return false;
    }
    bool is_named = record->is_shared || !is_customers(record->role);
    talk->is_shared |= record->is_shared;
    if (is_named && heard->author != 0 && record->role != EF_ROLE_SYSTEM) {
        person = person_of(all, heard->author, record->author);
        if (person == EF_NO_NUMBER)
            return false;
        person++;
    }
    all->has_roles |= record->role == EF_ROLE_STAFF || record->role == EF_ROLE_BOT;
    all->has_closing |= record->event == EF_EVENT_CLOSED;
    all->spoken[all->count++] = (ef_spoken){ number, person, packed };
    return true;
}

static bool merge_people(ef_conversations *all, const ef_conversations *more,
                         uint32_t *numbers)
{
    for (uint32_t i = 0; i < more->person_numbers.count; i++) {
        numbers[i] = person_of(all, more->person_numbers.hashes[i],
                               ef_conversations_text(more, more->people[i]));
        if (numbers[i] == EF_NO_NUMBER)
            return false;
    }
    return true;
}

static bool merge_talks(ef_conversations *all, const ef_conversations *more,
                        uint32_t *numbers)
{
    for (uint32_t i = 0; i < more->talk_numbers.count; i++) {
        const ef_talk *other = &more->talks[i];
        numbers[i] = talk_of(all, more->talk_numbers.hashes[i],
                             ef_conversations_text(more, other->name));
        if (numbers[i] == EF_NO_NUMBER)
            return false;
        ef_talk *talk = &all->talks[numbers[i]];
        talk->is_shared |= other->is_shared;
        note_customer(talk, other->customer, other->customer_packed);
        if (!note_worst(all, talk, other, ef_conversations_text(more, other->worst_id)))
            return false;
    }
    return true;
}

static bool append_spoken(ef_conversations *all, const ef_conversations *more,
                          const uint32_t *talks, const uint32_t *people)
{
    if (all->room < all->count + more->count) {
        size_t room = all->count + more->count;
        ef_spoken *spoken = realloc(all->spoken, room * sizeof *spoken);
        if (spoken == NULL)
            return false;
        all->spoken = spoken;
        all->room = room;
    }
    for (size_t i = 0; i < more->count; i++) {
        ef_spoken one = more->spoken[i];
        one.talk = talks[one.talk];
        one.person = one.person == 0 ? 0 : people[one.person - 1] + 1;
        all->spoken[all->count++] = one;
    }
    return true;
}

bool ef_conversations_merge(ef_conversations *all, const ef_conversations *more)
{
    if (more->count == 0)
        return true;
    uint32_t *talks = malloc((more->talk_numbers.count + 1) * sizeof *talks);
    uint32_t *people = malloc((more->person_numbers.count + 1) * sizeof *people);
    bool is_done = talks != NULL && people != NULL && merge_people(all, more, people) &&
                   merge_talks(all, more, talks) && append_spoken(all, more, talks, people);
    free(talks);
    free(people);
    all->has_roles |= more->has_roles;
    all->has_closing |= more->has_closing;
    return is_done;
}

static int by_time(const void *a, const void *b)
{
    const ef_spoken *one = a, *two = b;
    if (one->talk != two->talk)
        return one->talk < two->talk ? -1 : 1;
    if (one->packed != two->packed)
        return one->packed < two->packed ? -1 : 1;
    return (one->person > two->person) - (one->person < two->person);
}

/* Puts entries of an array, and their hashes, in the order of their hashes. */
static bool reorder(void *items, size_t size, ef_numbering *numbering, uint32_t *ranks)
{
    size_t count = numbering->count;
    uint32_t *order = malloc((count + 1) * sizeof *order);
    uint8_t *sorted = malloc(count * size + 1);
    ef_numbering fresh = { 0 };
    bool is_done = order != NULL && sorted != NULL;
    if (is_done)
        ef_numbering_ranks(numbering, ranks, order);
    for (size_t i = 0; is_done && i < count; i++) {
        memcpy(sorted + i * size, (const uint8_t *)items + order[i] * size, size);
        is_done = ef_numbering_of(&fresh, numbering->hashes[order[i]]) != EF_NO_NUMBER;
    }
    if (is_done && count > 0)
        memcpy(items, sorted, count * size);
    ef_numbering *dropped = is_done ? numbering : &fresh;
    ef_numbering_release(dropped);
    if (is_done)
        *numbering = fresh;
    free(order);
    free(sorted);
    return is_done;
}

bool ef_conversations_settle(ef_conversations *all)
{
    uint32_t *talks = malloc((all->talk_numbers.count + 1) * sizeof *talks);
    uint32_t *people = malloc((all->person_numbers.count + 1) * sizeof *people);
    bool is_done = talks != NULL && people != NULL;
    if (is_done && reorder(all->talks, sizeof *all->talks, &all->talk_numbers, talks)) {
        for (size_t i = 0; i < all->count; i++)
            all->spoken[i].talk = talks[all->spoken[i].talk];
        is_done = reorder(all->people, sizeof *all->people, &all->person_numbers, people);
        for (size_t i = 0; is_done && i < all->count; i++)
            if (all->spoken[i].person != 0)
                all->spoken[i].person = people[all->spoken[i].person - 1] + 1;
    } else {
        is_done = false;
    }
    free(talks);
    free(people);
    if (is_done && all->count > 0)
        qsort(all->spoken, all->count, sizeof *all->spoken, by_time);
    return is_done;
}
