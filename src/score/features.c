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

static void add(ef_features *features, uint64_t hash, size_t first, size_t size)
{
    features->list[features->count++] =
        (ef_feature){ hash, (uint32_t)first, (uint32_t)size };
}

/* 0 for a word that is in no feature and that n-grams do not cross. */
static uint64_t hash_of(const ef_word *word)
{
    if (word->kind == EF_TOKEN_MENTION || word->kind == EF_TOKEN_URL ||
        word->kind == EF_TOKEN_EMAIL)
        return 0;
    if (word->entry != NULL && (word->entry->flags & EF_ENTRY_OWN))
        return 0;
    if (word->kind == EF_TOKEN_NUMBER)
        return KEY_NUMBER;
    return word->hash;
}

/* A feature inside the scope of a negator is another one than outside. */
static uint64_t marked(uint64_t hash, uint64_t mark)
{
    return mark == 0 ? hash : ef_hash_combine(hash, mark);
}

bool ef_features_add(ef_features *features, const ef_words *words)
{
    if (!reserve(features, words->count * 4 + 3))
        return false;
    uint64_t before = 0, pair = 0; /* the word before, the pair before */
    for (size_t i = 0; i < words->count; i++) {
        const ef_word *word = &words->items[i];
        uint64_t hash = hash_of(word), mark = word->is_negated ? KEY_NEGATED : 0;
        uint64_t next_pair = before != 0 && hash != 0 ? ef_hash_combine(before, hash) : 0;
        if (hash != 0 && !word->is_in_phrase)
            add(features, marked(hash, mark), i, 1);
        if (word->phrase != 0)
            add(features, marked(ef_hash_combine(word->phrase, KEY_PHRASE), mark), i, 1);
        if (next_pair != 0)
            add(features, marked(next_pair, mark), i - 1, 2);
        if (pair != 0 && hash != 0)
            add(features, marked(ef_hash_combine(pair, hash), mark), i - 2, 3);
        pair = next_pair;
        before = hash;
    }
    if (words->exclamations > 0)
        add(features, KEY_EXCLAIM, 0, 0);
    if (words->questions > 0)
        add(features, KEY_ASK, 0, 0);
    if (words->is_shouted)
        add(features, KEY_SHOUT, 0, 0);
    return true;
}
