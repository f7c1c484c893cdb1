/* SPDX-License-Identifier: MIT
 * findings/phrases_said.c - the noun phrases of what was said, each with its messages.
 *
 * One pass over all messages for each number of words, so that a pair is counted only if
 * both of its words are frequent, and three words only if both of their pairs are: most
 * pairs are met once and never enter the table. A last pass writes down the messages.
 *
 * Invariant: a phrase's number follows from when it is met first in the settled order. */
#include "findings/phrases_said.h"

#include <stdlib.h>

#include "base/hash.h"

#ifdef __clang__
#pragma STDC FP_CONTRACT OFF
#endif

static const double explains = 0.6; /* of a part's messages, that a phrase holds */

typedef struct slot {
    uint64_t hash; /* 0: free */
    uint32_t phrase;
} slot;

typedef struct search {
    const ef_said *said;
    const ef_nouns *nouns;
    ef_phrase_said *items;
    uint32_t *last; /* message that counted last for a phrase, + 1 */
    size_t count, room;
    slot *slots;
    size_t capacity;
    bool failed;
} search;

void ef_phrases_said_release(ef_phrases_said *phrases)
{
    free(phrases->items);
    free(phrases->messages);
    *phrases = (ef_phrases_said){ 0 };
}

static slot *slot_at(slot *slots, size_t capacity, uint64_t hash)
{
    size_t at = ef_hash_place(hash, slots, capacity);
    while (slots[at].hash != 0 && slots[at].hash != hash)
        at = (at + 1) & (capacity - 1);
    return &slots[at];
}

static bool grow(search *s)
{
    size_t room = s->room == 0 ? 4096 : s->room * 2, capacity = room * 2;
    ef_phrase_said *items = realloc(s->items, room * sizeof *items);
    s->items = items != NULL ? items : s->items;
    uint32_t *last = realloc(s->last, room * sizeof *last);
    s->last = last != NULL ? last : s->last;
    slot *slots = calloc(capacity, sizeof *slots);
    if (items == NULL || last == NULL || slots == NULL) {
        free(slots);
        return false;
    }
    for (size_t i = 0; i < s->capacity; i++)
        if (s->slots[i].hash != 0)
            *slot_at(slots, capacity, s->slots[i].hash) = s->slots[i];
    free(s->slots);
    s->slots = slots;
    s->capacity = capacity;
    s->room = room;
    return true;
}

static uint64_t hash_of(const uint32_t *words, uint32_t size)
{
    uint64_t hash = size;
    for (uint32_t i = 0; i < size; i++)
        hash = ef_hash_mix(hash, words[i] + UINT64_C(1));
    return hash + (hash == 0);
}

static ef_phrase_said *find(const search *s, const uint32_t *words, uint32_t size)
{
    if (s->capacity == 0)
        return NULL;
    const slot *place = slot_at(s->slots, s->capacity, hash_of(words, size));
    return place->hash != 0 ? &s->items[place->phrase] : NULL;
}

static void count_phrase(search *s, const uint32_t *words, uint32_t size, size_t message)
{
    if (s->count == s->room && !grow(s)) {
        s->failed = true;
        return;
    }
    uint64_t hash = hash_of(words, size);
    slot *place = slot_at(s->slots, s->capacity, hash);
    if (place->hash == 0) {
        *place = (slot){ hash, (uint32_t)s->count };
        s->items[s->count] = (ef_phrase_said){ .size = size };
        memcpy(s->items[s->count].words, words, size * sizeof *words);
        s->last[s->count++] = 0;
    }
    if (s->last[place->phrase] != message + 1)
        s->items[place->phrase].count++;
    s->last[place->phrase] = (uint32_t)message + 1;
}

/* The words of a message in their usual forms, and how many of one run are left. */
typedef struct runs {
    uint32_t words[EF_SAID_WORDS];
    uint8_t left[EF_SAID_WORDS], kinds[EF_SAID_WORDS];
    size_t count;
} runs;

static void lay_out(runs *r, const search *s, size_t m)
{
    const ef_said_message *message = &s->said->messages[m];
    const ef_said_word *words = s->said->words + message->begin;
    r->count = message->count;
    for (size_t i = r->count; i-- > 0;) {
        bool goes_on = i + 1 < r->count && ef_said_before(words[i + 1]) == EF_CUE_WORD;
        r->words[i] = s->nouns->usual[ef_said_number(words[i])];
        r->kinds[i] = s->nouns->kinds[r->words[i]];
        r->left[i] = goes_on ? (uint8_t)(r->left[i + 1] + 1) : 1;
    }
}

/* Whether a run may hold a phrase there: it ends in a noun, and can begin so. */
static bool may_stand(const runs *r, size_t i, uint32_t size)
{
    if (size == 1)
        return r->kinds[i] != 0;
    return r->left[i] >= size && (r->kinds[i] & EF_NOUN_FIRST) &&
           (r->kinds[i + size - 1] & EF_NOUN_LAST);
}

static bool is_frequent(const search *s, const uint32_t *words, uint32_t size)
{
    const ef_phrase_said *part = find(s, words, size);
    return part != NULL && part->count >= EF_LEAST_MENTIONS;
}

static void count_size(search *s, uint32_t size)
{
    runs r;
    for (size_t m = 0; m < s->said->count && !s->failed; m++) {
        lay_out(&r, s, m);
        for (size_t i = 0; i + size <= r.count; i++)
            if (may_stand(&r, i, size) &&
                (size == 1 || (is_frequent(s, r.words + i, size - 1) &&
                               is_frequent(s, r.words + i + 1, size - 1))))
                count_phrase(s, r.words + i, size, m);
    }
}

/* Whether the words of a phrase belong together: they meet at least eight times as often
 * as by chance, and one in thirty uses of the rarer part is in this phrase. */
static bool is_bound(const search *s, const ef_phrase_said *phrase)
{
    if (phrase->size == 1)
        return true;
    double head = find(s, phrase->words, phrase->size - 1)->count;
    double tail = find(s, phrase->words + 1, phrase->size - 1)->count;
    double both = phrase->count, all = (double)s->said->count;
    return both * all >= 8 * head * tail && both * 30 >= (head < tail ? head : tail);
}

static bool is_kept(const search *s, const ef_phrase_said *phrase)
{
    bool is_name = phrase->size > 1 || (s->nouns->kinds[phrase->words[0]] & EF_NOUN_ALONE);
    return is_name && phrase->count >= EF_LEAST_MENTIONS && is_bound(s, phrase);
}

/* Gives the phrases that stay their place in the list, and all others none. */
static bool keep(ef_phrases_said *phrases, search *s, size_t *mentions)
{
    *mentions = 0;
    phrases->items = malloc((s->count + 1) * sizeof *phrases->items);
    if (phrases->items == NULL)
        return false;
    for (size_t i = 0; i < s->count; i++) {
        s->last[i] = UINT32_MAX;
        if (!is_kept(s, &s->items[i]))
            continue;
        s->last[i] = (uint32_t)phrases->count;
        phrases->items[phrases->count] = s->items[i];
        phrases->items[phrases->count].begin = *mentions;
        phrases->items[phrases->count++].count = 0;
        *mentions += s->items[i].count;
    }
    return true;
}

/* Writes a message down for a phrase, once. Gives the phrase, NULL if it is none. */
static ef_phrase_said *note(ef_phrases_said *phrases, const search *s,
                            const uint32_t *words, uint32_t size, uint32_t message)
{
    const ef_phrase_said *found = find(s, words, size);
    uint32_t number = found != NULL ? s->last[found - s->items] : UINT32_MAX;
    if (number == UINT32_MAX)
        return NULL;
    ef_phrase_said *phrase = &phrases->items[number];
    uint32_t *end = phrases->messages + phrase->begin + phrase->count;
    if (phrase->count == 0 || end[-1] != message) {
        *end = message;
        phrase->count++;
    }
    return phrase;
}

/* Longer phrases first: what stands in one of them is told by it. */
static void note_message(ef_phrases_said *phrases, search *s, uint32_t m)
{
    uint8_t longest[EF_SAID_WORDS] = { 0 };
    runs r;
    lay_out(&r, s, m);
    for (uint32_t size = EF_MOST_PHRASE_WORDS; size > 0; size--) {
        for (size_t i = 0; i + size <= r.count; i++) {
            ef_phrase_said *phrase =
                may_stand(&r, i, size) ? note(phrases, s, r.words + i, size, m) : NULL;
            if (phrase != NULL && longest[i] > size && phrase->inside_of != m + 1) {
                phrase->inside_of = m + 1;
                phrase->inside++;
            }
            for (uint32_t k = 0; phrase != NULL && k < size; k++)
                if (longest[i + k] < size)
                    longest[i + k] = (uint8_t)size;
        }
    }
}

bool ef_phrases_said_find(ef_phrases_said *phrases, const ef_said *said,
                          const ef_nouns *nouns)
{
    search s = { .said = said, .nouns = nouns };
    size_t mentions = 0;
    for (uint32_t size = 1; size <= EF_MOST_PHRASE_WORDS; size++)
        count_size(&s, size);
    bool fits = !s.failed && (s.count == 0 || keep(phrases, &s, &mentions));
    if (fits) {
        phrases->messages = malloc((mentions + 1) * sizeof *phrases->messages);
        fits = phrases->messages != NULL;
    }
    for (uint32_t m = 0; fits && m < said->count; m++)
        note_message(phrases, &s, m);
    for (size_t i = 0; fits && i < phrases->count; i++)
        phrases->items[i].is_told =
            phrases->items[i].inside >= explains * phrases->items[i].count;
    free(s.items);
    free(s.last);
    free(s.slots);
    if (!fits)
        ef_phrases_said_release(phrases);
    return fits;
}
