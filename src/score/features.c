/* SPDX-License-Identifier: MIT
 * score/features.c - the one place where words become features.
 *
 * Whatever changes here changes what a model means: raise EF_FEATURES_VERSION with it. */
#include "score/features.h"

#include <stdlib.h>

/* Told apart from words by keys that no word has: (a word's hash is mixed, these are not).
 */
#define KEY_NUMBER  UINT64_C(0x9FB21C651E98DF25)
#define KEY_EXCLAIM UINT64_C(0xC2B2AE3D27D4EB4F)
#define KEY_ASK     UINT64_C(0x165667B19E3779F9)
#define KEY_PHRASE  UINT64_C(0x85EBCA77C2B2AE63)
#define KEY_SHOUT   UINT64_C(0x27D4EB2F165667C5)

static const ef_gram_rules gram_rules = {
    .none = 1 << EF_TOKEN_MENTION | 1 << EF_TOKEN_URL | 1 << EF_TOKEN_EMAIL,
    .number = EF_TOKEN_NUMBER,
    .number_key = KEY_NUMBER,
    .own = EF_ENTRY_OWN,
};

enum {
    GRAMS = 3,     /* that end at a word */
    MARKS = 3,     /* of a sentence, at most */
    FELT_ROOM = 16 /* kernels write behind the last one */
};

void ef_features_release(ef_features *features)
{
    free(features->list);
    free(features->felt);
    memset(features, 0, sizeof *features);
}

/* The key of a phrase; 0 if it is set aside. */
static uint64_t phrase_key(const ef_words *words, const ef_found_phrase *phrase)
{
    const ef_word *word = &words->items[phrase->at];
    uint64_t key = ef_hash_combine(phrase->key, KEY_PHRASE);
    if (word->is_aside)
        return 0;
    return word->is_negated ? ef_hash_combine(key, EF_KEY_NEGATED) : key;
}

/* The keys of the marks of a sentence; gives how many. */
static size_t mark_keys(const ef_words *words, uint64_t keys[MARKS])
{
    size_t count = 0;
    if (words->exclamations > 0)
        keys[count++] = KEY_EXCLAIM;
    if (words->questions > 0)
        keys[count++] = KEY_ASK;
    if (words->is_shouted)
        keys[count++] = KEY_SHOUT;
    return count;
}

/* --- listed ---------------------------------------------------------------------- */

static void put(ef_features *features, uint64_t hash, size_t first, size_t size)
{
    features->list[features->count++] =
        (ef_feature){ hash, (uint32_t)first, (uint32_t)size };
}

static void put_gram(void *user, uint64_t gram, size_t first, size_t size)
{
    put(user, gram, first, size);
}

bool ef_features_list(ef_features *features, const ef_words *words)
{
    uint64_t keys[MARKS];
    size_t most = words->count * GRAMS + words->phrase_count + MARKS;
    if (most > features->capacity) {
        ef_feature *list = realloc(features->list, 2 * most * sizeof *list);
        if (list == NULL)
            return false;
        features->list = list;
        features->capacity = 2 * most;
    }
    features->count = 0;
    ef_each_gram(&gram_rules, words->items, words->count, put_gram, features);
    for (size_t i = 0; i < words->phrase_count; i++) {
        uint64_t key = phrase_key(words, &words->phrases[i]);
        if (key != 0)
            put(features, key, words->phrases[i].at, 1);
    }
    for (size_t i = 0, count = mark_keys(words, keys); i < count; i++)
        put(features, keys[i], 0, 0);
    return true;
}

/* --- weighed --------------------------------------------------------------------- */

static bool reserve_felt(ef_features *features, const ef_words *words)
{
    size_t most = features->felt_count + words->count * GRAMS + words->phrase_count +
                  MARKS + FELT_ROOM;
    if (most <= features->felt_capacity)
        return true;
    uint64_t *felt = realloc(features->felt, 2 * most * sizeof *felt);
    if (felt == NULL)
        return false;
    features->felt = felt;
    features->felt_capacity = 2 * most;
    return true;
}

static ef_gram_tables tables_of(const ef_model *model)
{
    return (ef_gram_tables){
        .slots = model->weights,
        .slot_bits = model->slot_bits,
        .filter = model->emotions.blend == NULL ? NULL : model->emotions.filter,
        .filter_bits = EF_EMOTION_FILTER_BITS,
    };
}

void ef_features_expect(const ef_word *words, size_t count, const ef_model *model,
                        const ef_kernels *kernels)
{
    const ef_gram_tables tables = tables_of(model);
    kernels->expect_grams(&tables, &gram_rules, words, count);
}

bool ef_features_weigh(ef_features *features, const ef_words *words, const ef_model *model,
                       const ef_kernels *kernels, ef_gram_sums *sums)
{
    const ef_gram_tables tables = tables_of(model);
    uint64_t keys[MARKS];
    if (!reserve_felt(features, words))
        return false;
    *sums = (ef_gram_sums){ .felt = features->felt, .felt_count = features->felt_count };
    kernels->weigh_grams(&tables, &gram_rules, words->items, words->count, sums);
    for (size_t i = 0; i < words->phrase_count; i++) {
        uint64_t key = phrase_key(words, &words->phrases[i]);
        if (key != 0)
            ef_weigh_gram(&tables, key, sums);
    }
    for (size_t i = 0, count = mark_keys(words, keys); i < count; i++)
        ef_weigh_gram(&tables, keys[i], sums);
    features->felt_count = sums->felt_count;
    return true;
}
