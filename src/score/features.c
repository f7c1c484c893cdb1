/* SPDX-License-Identifier: MIT
 * score/features.c - the one place where words become features.
 *
 * Whatever changes here changes what a model means: raise EF_FEATURES_VERSION with it. */
#include "score/features.h"

#include <stdlib.h>

/* Told apart from words by keys that no word has: (a word's hash is mixed, these are not). */
#define KEY_NEGATED UINT64_C(0x2545F4914F6CDD1D)
#define KEY_NUMBER  UINT64_C(0x9FB21C651E98DF25)
#define KEY_EXCLAIM UINT64_C(0xC2B2AE3D27D4EB4F)
#define KEY_ASK     UINT64_C(0x165667B19E3779F9)
#define KEY_PHRASE  UINT64_C(0x85EBCA77C2B2AE63)
#define KEY_SHOUT   UINT64_C(0x27D4EB2F165667C5)

void ef_features_release(ef_features *features)
{
    free(features->list);
    memset(features, 0, sizeof *features);
}

static bool reserve(ef_features *features, size_t more)
{
    if (more <= features->capacity - features->count)
        return true;
    size_t capacity = features->capacity * 2 + more;
    ef_feature *list = realloc(features->list, capacity * sizeof *list);
    if (list == NULL)
        return false;
    features->list = list;
    features->capacity = capacity;
    return true;
}

/* Writes a feature to the place, and returns the place of the next one if it is to stay.
 * Whether it stays is often unforeseeable, a store that is overwritten costs nothing. */
static ef_feature *put(ef_feature *place, uint64_t hash, size_t first, size_t size,
                       bool stays)
{
    *place = (ef_feature){ hash, (uint32_t)first, (uint32_t)size };
    return place + stays;
}

/* 0 for a word that is in no feature and that n-grams do not cross. */
static uint64_t hash_of(const ef_word *word)
{
    if (word->is_aside || (word->traits & EF_ENTRY_OWN))
        return 0;
    if (word->kind == EF_TOKEN_WORD)
        return word->hash;
    if (word->kind == EF_TOKEN_MENTION || word->kind == EF_TOKEN_URL ||
        word->kind == EF_TOKEN_EMAIL)
        return 0;
    return word->kind == EF_TOKEN_NUMBER ? KEY_NUMBER : word->hash;
}

/* A feature inside the scope of a negator is another one than outside. */
static void negate(ef_feature *first, const ef_feature *end)
{
    for (; first < end; first++)
        first->hash = ef_hash_combine(first->hash, KEY_NEGATED);
}

/* The features that end at each word; returns the place behind the last. */
static ef_feature *put_words(ef_feature *next, const ef_words *words, const ef_model *model)
{
    uint64_t before = 0, pair = 0; /* the word before, the pair before */
    for (size_t i = 0; i < words->count; i++) {
        const ef_word *word = &words->items[i];
        ef_feature *first = next;
        uint64_t hash = hash_of(word);
        bool is_whole = hash != 0, goes_on = is_whole && before != 0;
        next = put(next, hash, i, 1, is_whole && !word->is_in_phrase);
        if (word->phrase != 0)
            next = put(next, ef_hash_combine(word->phrase, KEY_PHRASE), i, 1, true);
        uint64_t triple = ef_hash_combine(pair, hash);
        bool is_third = is_whole && pair != 0;
        pair = goes_on ? ef_hash_combine(before, hash) : 0;
        next = put(next, pair, i - 1, 2, pair != 0);
        next = put(next, triple, i - 2, 3, is_third);
        if (word->is_negated)
            negate(first, next);
        for (; model != NULL && first < next; first++)
            ef_model_expect(model, first->hash);
        before = hash;
    }
    return next;
}

bool ef_features_add(ef_features *features, const ef_words *words, const ef_model *model)
{
    if (!reserve(features, words->count * 4 + 4)) /* one more to be overwritten */
        return false;
    ef_feature *next = put_words(features->list + features->count, words, model);
    next = put(next, KEY_EXCLAIM, 0, 0, words->exclamations > 0);
    next = put(next, KEY_ASK, 0, 0, words->questions > 0);
    next = put(next, KEY_SHOUT, 0, 0, words->is_shouted);
    features->count = (size_t)(next - features->list);
    return true;
}
