/* SPDX-License-Identifier: MIT
 * aggregate/risen.c - the phrases that rose most.
 *
 * Documents are counted, not words, and each customer once for a phrase and a side: one
 * angry message, or ten of one person, do not rank. The prior is what both sides say. */
#include "aggregate/phrases.h"

#include <stdlib.h>

#include "base/hash.h"
#include "base/real.h"

#ifdef __clang__
#pragma STDC FP_CONTRACT OFF
#endif

static const double prior_size = 500, least_z = 3, false_share = 0.05;

double ef_log_odds(double y1, double n1, double y2, double n2, double a, double a0,
                   double *delta)
{
    double d = ef_ln((y1 + a) / (n1 + a0 - y1 - a)) - ef_ln((y2 + a) / (n2 + a0 - y2 - a));
    if (delta != NULL)
        *delta = d;
    return d / ef_sqrt(1 / (y1 + a) + 1 / (y2 + a));
}

typedef struct tally {
    uint64_t hash;
    uint32_t after, before;
} tally;

/* A count under way: tallies by phrase, and the set of (phrase, customer, side). */
typedef struct counting {
    tally *tallies;
    uint64_t *heard;
    size_t capacity; /* of both: twice what they may hold */
    double after, before;
} counting;

static bool is_new(counting *c, uint64_t key)
{
    size_t at = (size_t)key & (c->capacity - 1);
    key += key == 0;
    while (c->heard[at] != 0 && c->heard[at] != key)
        at = (at + 1) & (c->capacity - 1);
    bool is_free = c->heard[at] == 0;
    c->heard[at] = key;
    return is_free;
}

static tally *tally_of(counting *c, uint64_t hash)
{
    size_t at = (size_t)hash & (c->capacity - 1);
    while (c->tallies[at].hash != 0 && c->tallies[at].hash != hash)
        at = (at + 1) & (c->capacity - 1);
    c->tallies[at].hash = hash;
    return &c->tallies[at];
}

static void count_document(counting *c, const ef_document *document, bool is_after)
{
    for (uint32_t i = 0; i < document->count; i++) {
        uint64_t hash = document->phrases[i];
        if (!is_new(c, ef_hash_combine(hash + is_after, document->voice)))
            continue;
        tally *t = tally_of(c, hash);
        t->after += is_after;
        t->before += !is_after;
        c->after += is_after;
        c->before += !is_after;
    }
}

static void count_all(counting *c, const ef_phrases *phrases, size_t grouping,
                      uint32_t group, int64_t from)
{
    uint64_t kept = phrases->count < EF_KEPT_DOCUMENTS ? phrases->count : EF_KEPT_DOCUMENTS;
    for (uint64_t i = phrases->count - kept; i < phrases->count; i++) {
        const ef_document *document = &phrases->documents[i % EF_KEPT_DOCUMENTS];
        if (document->groups[grouping] == group)
            count_document(c, document, document->minute >= from);
    }
}

static int by_z(const void *one, const void *two)
{
    const ef_risen *a = one, *b = two;
    if (a->z > b->z || a->z < b->z)
        return a->z > b->z ? -1 : 1;
    if (a->phrase->size != b->phrase->size) /* the longer says more */
        return a->phrase->size > b->phrase->size ? -1 : 1;
    return a->phrase->hash < b->phrase->hash ? -1 : a->phrase->hash > b->phrase->hash;
}

/* Phrases that enough customers use now, with their z; *tested says how many there were. */
static size_t compare(const counting *c, const ef_phrases *phrases, ef_risen *risen,
                      size_t *tested)
{
    size_t count = 0;
    *tested = 0;
    for (size_t i = 0; i < c->capacity; i++) {
        const tally *t = &c->tallies[i];
        if (t->hash == 0 || t->after < EF_COMMON_VOICES)
            continue;
        ++*tested;
        double a = (double)(t->after + t->before) / (c->after + c->before) * prior_size;
        double z =
            ef_log_odds(t->after, c->after, t->before, c->before, a, prior_size, NULL);
        const ef_phrase *phrase = ef_phrases_find(phrases, t->hash);
        if (z > least_z && phrase != NULL && phrase->size > 0)
            risen[count++] = (ef_risen){ phrase, z };
    }
    qsort(risen, count, sizeof *risen, by_z);
    return count;
}

/* Benjamini and Hochberg: the longest head of the list whose last is beyond chance. */
static size_t beyond_chance(const ef_risen *risen, size_t count, size_t tested)
{
    while (count > 0 && ef_normal_tail(risen[count - 1].z) * (double)tested >
                            false_share * (double)count)
        count--;
    return count;
}

static bool holds(const ef_phrase *whole, const ef_phrase *part)
{
    for (uint32_t at = 0; at + part->size <= whole->size; at++)
        if (memcmp(whole->text + at, part->text, part->size) == 0)
            return true;
    return false;
}

/* The best of them, without those that say the same: "app", "the app". */
static size_t choose(const ef_risen *risen, size_t count, ef_risen *found, size_t room)
{
    size_t chosen = 0;
    for (size_t i = 0; i < count && chosen < room; i++) {
        bool is_told = false;
        for (size_t k = 0; k < chosen; k++)
            is_told |= holds(found[k].phrase, risen[i].phrase) ||
                       holds(risen[i].phrase, found[k].phrase);
        if (!is_told)
            found[chosen++] = risen[i];
    }
    return chosen;
}

size_t ef_phrases_risen(const ef_phrases *phrases, size_t grouping, uint32_t group,
                        int64_t from, ef_risen *found, size_t room)
{
    /* At most 4,096 documents of 24 phrases: half of it is free. */
    enum { CAPACITY = 1 << 18 };
    size_t chosen = 0, tested;
    counting c = { .capacity = CAPACITY };
    if (phrases->documents == NULL)
        return 0;
    c.tallies = calloc(CAPACITY, sizeof *c.tallies);
    c.heard = calloc(CAPACITY, sizeof *c.heard);
    ef_risen *risen = malloc((phrases->used + 1) * sizeof *risen);
    if (c.tallies != NULL && c.heard != NULL && risen != NULL) {
        count_all(&c, phrases, grouping, group, from);
        size_t count = compare(&c, phrases, risen, &tested);
        chosen = choose(risen, beyond_chance(risen, count, tested), found, room);
    }
    free(c.tallies);
    free(c.heard);
    free(risen);
    return chosen;
}
