/* SPDX-License-Identifier: MIT
 * kernels/openers.h - at which of many words phrases begin.
 *
 * The same answer as phrase_paths.h gives for one word. A set lists words that may begin a
 * phrase, by what they may begin it with; here filters thin the lists out, and tables
 * settle the rest. No CPU guesses what is found where, so a list is gone through without a
 * branch on it: what is not wanted is overwritten by the next. */
#ifndef EARFUL_KERNELS_OPENERS_H
#define EARFUL_KERNELS_OPENERS_H

#include <string.h>

#include "kernels/look_up.h"
#include "kernels/phrase_paths.h"

/* A word is in a list once, but for that of slots: there it may be as one that a number
 * follows, one that any word follows, one that a gap follows and as a number. */
enum {
    EF_STRETCH = 256,
    EF_STRETCH_ROOM = EF_STRETCH + 64,
    EF_PLACES_ROOM = 4 * EF_STRETCH + 64
};

/* Places of words in a stretch. Sets may write a register behind the last one. */
typedef struct ef_place_list {
    uint8_t places[EF_PLACES_ROOM];
    size_t count;
} ef_place_list;

/* The words of a stretch that may begin a phrase: with a pair, of which the path is given,
 * in order; with a word that a slot for one word follows, or a gap; with a number; with a
 * slot, for certain or not. */
typedef struct ef_openers {
    uint64_t paths[EF_STRETCH_ROOM];
    ef_place_list pairs, one, many, numbers, slots;
} ef_openers;

static inline void ef_openers_clear(ef_openers *o)
{
    o->pairs.count = o->one.count = o->many.count = o->numbers.count = o->slots.count = 0;
}

static inline void ef_list_place(ef_place_list *list, size_t at, bool is_wanted)
{
    list->places[list->count] = (uint8_t)at;
    list->count += is_wanted;
}

/* A stretch of words, of which n follow from its first one on, and its events. */
typedef struct ef_stretch {
    const ef_phrase_tables *tables;
    const ef_word_rules *rules;
    ef_word *words;
    size_t n;
    uint64_t *events;
} ef_stretch;

/* The hash of a word behind another one; that of the other one where there is none. */
static inline uint64_t ef_hash_behind(const ef_stretch *s, size_t at, size_t distance)
{
    return s->words[at + distance < s->n ? at + distance : at].hash;
}

static inline void ef_begin_phrase(const ef_stretch *s, size_t at, bool line, bool slots)
{
    s->words[at].opens |= line | slots;
    s->words[at].has_slots |= slots;
    s->events[at / 64] |= (uint64_t)(line | slots) << at % 64;
}

/* Paths of a level, and where they begin. */
typedef struct ef_path_list {
    uint64_t paths[EF_STRETCH];
    uint8_t places[EF_STRETCH];
    size_t count;
} ef_path_list;

/* Asks memory for what is going to be looked up: most of it is far away. */
static inline void ef_expect_paths(const ef_path_table *table, const ef_path_list *list)
{
    for (size_t i = 0; i < list->count; i++)
        ef_path_expect(table, list->paths[i]);
}

/* Lists strong pairs, and triples. */
static inline void ef_list_paths(const ef_stretch *s, const ef_openers *o,
                                 ef_path_list *pairs, ef_path_list *triples)
{
    const ef_path_table twos = s->tables->levels[EF_PAIRS],
                        threes = s->tables->levels[EF_TRIPLES];
    size_t two = 0, three = 0;
    for (size_t i = 0; i < o->pairs.count; i++) {
        size_t at = o->pairs.places[i];
        uint64_t pair = o->paths[i];
        uint64_t triple = ef_hash_combine(pair, ef_hash_behind(s, at, 2));
        pairs->paths[two] = pair;
        pairs->places[two] = triples->places[three] = (uint8_t)at;
        two += ef_path_may_be_strong(&twos, pair);
        triples->paths[three] = triple;
        three += (at + 2 < s->n) & ef_path_may_be_there(&threes, triple);
    }
    pairs->count = two;
    triples->count = three;
}

/* Lists the words that may begin a phrase with a slot. */
static inline void ef_list_slots(const ef_stretch *s, ef_openers *o)
{
    const ef_phrase_tables *t = s->tables;
    for (size_t i = 0; i < o->many.count; i++) {
        size_t at = o->many.places[i];
        uint64_t gap = ef_hash_combine(s->words[at].hash, t->many);
        bool may = ef_slot_may_lead(t, gap, 0);
        for (size_t distance = 1; distance <= EF_GAP_WORDS + 1; distance++)
            may |= ef_slot_may_lead(t, gap, ef_hash_behind(s, at, distance));
        ef_list_place(&o->slots, at, may);
    }
    for (size_t i = 0; i < o->one.count; i++) {
        size_t at = o->one.places[i];
        uint64_t one = ef_hash_combine(s->words[at].hash, t->one);
        bool may = ef_slot_may_lead(t, one, 0);
        may |= ef_slot_may_lead(t, one, ef_hash_behind(s, at, 2));
        ef_list_place(&o->slots, at, may);
    }
    const ef_word_rules *r = s->rules;
    bool always =
        (t->number_flags & r->speaks) != 0 || ef_slots_of(r, t->number_flags) != 0;
    for (size_t i = 0; i < o->numbers.count; i++) {
        size_t at = o->numbers.places[i];
        ef_list_place(&o->slots, at,
                      always | ef_slot_may_lead(t, t->number, ef_hash_behind(s, at, 1)));
    }
}

/* Whether a pair may lead on behind a gap: certain for "no". */
static inline bool ef_pair_gap_may_lead(const ef_stretch *s, size_t at, uint64_t pair)
{
    const ef_path_table longer = s->tables->levels[EF_LONGER];
    uint64_t gap = ef_hash_combine(pair, s->tables->many);
    bool may = ef_slot_may_lead(s->tables, gap, 0);
    for (size_t i = 2; i <= EF_GAP_WORDS + 2; i++)
        may |=
            ef_path_may_be_there(&longer, ef_hash_combine(gap, ef_hash_behind(s, at, i)));
    return may;
}

/* Settles what begins with a path of a level. */
static inline void ef_settle_path(const ef_stretch *s, unsigned level, uint64_t path,
                                  size_t at)
{
    unsigned begins = ef_line_begins(s->tables, s->rules, level, path, s->words + at,
                                     level + 2, s->n - at);
    ef_begin_phrase(s, at, (begins & EF_BEGINS_LINE) != 0, (begins & EF_BEGINS_SLOTS) != 0);
}

/* Settles which pairs say something, and which go on in slots. */
static inline void ef_settle_pairs(const ef_stretch *s, const ef_path_list *pairs)
{
    const ef_path_table table = s->tables->levels[EF_PAIRS];
    const unsigned speaks = s->rules->speaks, many = s->rules->many,
                   others = (unsigned)(s->rules->one | s->rules->numbered);
    ef_path_list gaps;
    size_t count = 0;
    for (size_t i = 0; i < pairs->count; i++) {
        size_t at = pairs->places[i];
        unsigned flags = ef_path_flags(&table, pairs->paths[i]);
        ef_begin_phrase(s, at, (flags & speaks) != 0, false);
        gaps.paths[count] = pairs->paths[i];
        gaps.places[count] = (uint8_t)at;
        count += (flags & many) != 0;
        if (flags & others) /* one in a thousand */
            ef_settle_path(s, EF_PAIRS, pairs->paths[i], at);
    }
    for (size_t i = 0; i < count; i++)
        if (ef_pair_gap_may_lead(s, gaps.places[i], gaps.paths[i]))
            ef_settle_path(s, EF_PAIRS, gaps.paths[i], gaps.places[i]);
}

/* Settles what triples say, and what goes on from them; that is rare. */
static inline void ef_settle_triples(const ef_stretch *s, const ef_path_list *triples)
{
    const ef_path_table table = s->tables->levels[EF_TRIPLES],
                        longer = s->tables->levels[EF_LONGER];
    const unsigned speaks = s->rules->speaks, goes_on = s->rules->goes_on,
                   slots = ef_slots_of(s->rules, 0xff);
    for (size_t i = 0; i < triples->count; i++) {
        size_t at = triples->places[i];
        uint64_t triple = triples->paths[i];
        unsigned flags = ef_path_flags(&table, triple);
        uint64_t path = ef_hash_combine(triple, ef_hash_behind(s, at, 3));
        bool goes = ((flags & goes_on) != 0) & (at + 3 < s->n);
        ef_begin_phrase(s, at, (flags & speaks) != 0, false);
        if ((goes & ef_path_may_be_there(&longer, path)) | ((flags & slots) != 0))
            ef_settle_path(s, EF_TRIPLES, triple, at);
    }
}

/* Settles where phrases begin: `opens` and `has_slots` of words, and their events. */
static inline void ef_settle_openers(const ef_stretch *s, ef_openers *o)
{
    ef_path_list pairs, triples;
    ef_list_paths(s, o, &pairs, &triples);
    ef_expect_paths(&s->tables->levels[EF_PAIRS], &pairs);
    ef_expect_paths(&s->tables->levels[EF_TRIPLES], &triples);
    ef_list_slots(s, o);
    ef_settle_pairs(s, &pairs);
    ef_settle_triples(s, &triples);
    for (size_t i = 0; i < o->slots.count; i++) {
        size_t at = o->slots.places[i];
        bool leads = ef_word_slots_lead(s->tables, s->rules, s->words + at, s->n - at);
        ef_begin_phrase(s, at, false, leads);
    }
}

/* --- one word at a time ------------------------------------------------------------ */

/* Surveys the first words of n, as many as a stretch has; lists those that may begin a
 * phrase. Events of the stretch are added. */
static inline void ef_survey_stretch(const ef_stretch *s, ef_openers *o,
                                     ef_word_counts *counts)
{
    const ef_word_rules r = *s->rules; /* in registers: stores might hit them */
    const ef_path_table table = s->tables->levels[EF_PAIRS];
    size_t count = s->n < EF_STRETCH ? s->n : EF_STRETCH;
    size_t pairs = 0, one = 0, many = 0, numbers = 0, numbered = 0;
    ef_word_counts c = { 0 };
    for (size_t i = 0; i < count; i++) {
        const ef_word *word = &s->words[i], *next = word + (i + 1 < s->n);
        bool goes_on = ((word->traits & r.goes_on) != 0) & (next > word);
        uint64_t pair = ef_hash_combine(word->hash, next->hash);
        o->paths[pairs] = pair;
        o->pairs.places[pairs] = o->one.places[one] = o->many.places[many] =
            o->numbers.places[numbers] = o->slots.places[numbered] = (uint8_t)i;
        pairs += goes_on & ef_path_may_be_there(&table, pair);
        one += goes_on & ((word->traits & r.one) != 0);
        many += goes_on & ((word->traits & r.many) != 0);
        numbers += word->is_number;
        numbered += goes_on & ((word->traits & r.numbered) != 0) & next->is_number;
        bool is_word = word->kind == r.word;
        c.words += is_word;
        c.known += is_word & word->is_known;
        s->events[i / 64] |= (uint64_t)ef_word_stirs(&r, word) << i % 64;
    }
    o->pairs.count = pairs;
    o->one.count = one;
    o->many.count = many;
    o->numbers.count = numbers;
    o->slots.count = numbered;
    counts->words += c.words;
    counts->known += c.known;
}

/* Kernels' survey_words, for sets that have no better way to list words. */
static inline void ef_survey_stretches(const ef_word_rules *rules,
                                       const ef_phrase_tables *tables, ef_word *words,
                                       size_t n, uint64_t *events, ef_word_counts *counts)
{
    ef_openers openers;
    *counts = (ef_word_counts){ 0 };
    memset(events, 0, (n / 64 + 1) * sizeof *events);
    for (size_t i = 0; i < n; i += EF_STRETCH) {
        const ef_stretch stretch = { tables, rules, words + i, n - i, events + i / 64 };
        ef_survey_stretch(&stretch, &openers, counts);
        ef_settle_openers(&stretch, &openers);
    }
}

#endif
