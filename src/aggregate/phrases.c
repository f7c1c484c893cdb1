/* SPDX-License-Identifier: MIT
 * aggregate/phrases.c - the last negative messages, and the phrases that they hold.
 *
 * Invariant: the table holds exactly the phrases of the documents in the ring, each with
 * the number of documents that hold it. It is bounded by 4,096 documents of 24 phrases. */
#include "aggregate/phrases.h"

#include <stdlib.h>

enum { FIRST_CAPACITY = 1024 };

void ef_phrases_release(ef_phrases *phrases)
{
    free(phrases->documents);
    free(phrases->table);
    *phrases = (ef_phrases){ 0 };
}

static ef_phrase *slot_of(ef_phrase *table, size_t capacity, uint64_t hash)
{
    size_t at = (size_t)hash & (capacity - 1);
    while (table[at].hash != 0 && table[at].hash != hash)
        at = (at + 1) & (capacity - 1);
    return &table[at];
}

static bool grow(ef_phrases *phrases)
{
    size_t capacity = phrases->capacity == 0 ? FIRST_CAPACITY : phrases->capacity * 2;
    ef_phrase *table = calloc(capacity, sizeof *table);
    if (table == NULL)
        return false;
    for (size_t i = 0; i < phrases->capacity; i++)
        if (phrases->table[i].hash != 0)
            *slot_of(table, capacity, phrases->table[i].hash) = phrases->table[i];
    free(phrases->table);
    phrases->table = table;
    phrases->capacity = capacity;
    return true;
}

ef_phrase *ef_phrases_find(const ef_phrases *phrases, uint64_t hash)
{
    if (phrases->capacity == 0)
        return NULL;
    ef_phrase *phrase = slot_of(phrases->table, phrases->capacity, hash);
    return phrase->hash != 0 ? phrase : NULL;
}

static void remove_phrase(ef_phrases *phrases, ef_phrase *phrase)
{
    size_t mask = phrases->capacity - 1, hole = (size_t)(phrase - phrases->table);
    phrases->table[hole].hash = 0;
    phrases->used--;
    for (size_t at = (hole + 1) & mask; phrases->table[at].hash != 0;
         at = (at + 1) & mask) {
        ef_phrase moved = phrases->table[at];
        phrases->table[at].hash = 0;
        *slot_of(phrases->table, phrases->capacity, moved.hash) = moved;
    }
}

static void forget(ef_phrases *phrases, const ef_document *document)
{
    for (uint32_t i = 0; i < document->count; i++) {
        ef_phrase *phrase = ef_phrases_find(phrases, document->phrases[i]);
        if (phrase != NULL && --phrase->documents == 0)
            remove_phrase(phrases, phrase);
    }
}

/* Notes who said it, until enough different customers have. */
static void note_voice(ef_phrase *phrase, uint64_t voice)
{
    uint32_t print = (uint32_t)(voice >> 32 ^ voice);
    print += print == 0;
    for (size_t i = 0; i < EF_COMMON_VOICES - 1; i++) {
        if (phrase->voices[i] == print)
            return;
        if (phrase->voices[i] == 0) {
            phrase->voices[i] = print;
            return;
        }
    }
    phrase->is_common = true;
}

bool ef_phrases_count(ef_phrases *phrases, uint64_t hash, uint64_t voice,
                      const ef_said_phrase *said)
{
    if (phrases->used * 2 >= phrases->capacity && !grow(phrases))
        return false;
    ef_phrase *phrase = slot_of(phrases->table, phrases->capacity, hash);
    if (phrase->hash == 0) {
        *phrase = (ef_phrase){ .hash = hash };
        phrases->used++;
    }
    phrase->documents++;
    note_voice(phrase, voice);
    if (said != NULL && phrase->size == 0) {
        memcpy(phrase->text, said->text, said->size);
        phrase->size = said->size;
    }
    return true;
}

bool ef_phrases_add(ef_phrases *phrases, const ef_document *document,
                    const ef_said_phrase *said)
{
    phrases->in_minute = phrases->minute == document->minute ? phrases->in_minute + 1 : 1;
    phrases->minute = document->minute;
    if (phrases->in_minute > EF_DOCUMENTS_A_MINUTE)
        return true;
    if (phrases->documents == NULL)
        phrases->documents = calloc(EF_KEPT_DOCUMENTS, sizeof *phrases->documents);
    if (phrases->documents == NULL)
        return false;
    ef_document *place = &phrases->documents[phrases->count % EF_KEPT_DOCUMENTS];
    if (phrases->count >= EF_KEPT_DOCUMENTS)
        forget(phrases, place);
    *place = *document;
    place->count = 0;
    phrases->count++;
    for (uint32_t i = 0; i < document->count; i++) {
        if (!ef_phrases_count(phrases, document->phrases[i], document->voice,
                              said != NULL ? &said[i] : NULL))
            return false;
        place->count++;
    }
    return true;
}
