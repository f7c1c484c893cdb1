/* SPDX-License-Identifier: MIT
 * score/features.c - the one place where words become features.
 *
 * Whatever changes here changes what a model means: raise EF_FEATURES_VERSION with it. */
#include "score/features.h"

#include <stdlib.h>

#include "base/grow.h"
#include "kernels/look_up.h"

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
    GRAMS = 3,      /* that end at a word */
    MARKS = 3,      /* of a sentence, at most */
    FELT_ROOM = 16, /* kernels write behind the last one */
    RUN_ROOM = 8
};

void ef_features_release(ef_features *features)
{
    free(features->list);
    free(features->felt);
    free(features->runs.polarity);
    free(features->runs.neutrality);
    free(features->runs.known);
    memset(features, 0, sizeof *features);
}

/* The key of a phrase; 0 if it is set aside. */
static uint64_t phrase_key(const ef_words *words, const ef_found_phrase *phrase)
{
    uint64_t key = ef_hash_combine(phrase->key, KEY_PHRASE);
    if (ef_word_is_marked(words, words->marks->aside, phrase->at))
        return 0;
    return ef_word_is_marked(words, words->marks->negated, phrase->at)
               ? ef_hash_combine(key, EF_KEY_NEGATED)
               : key;
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

/* N-grams in the order of the words at which they end. */
static void put_grams(ef_features *features, const ef_words *words)
{
    ef_gram_carry carry = { 0, 0 };
    for (size_t i = 0; i < words->count; i++) {
        uint64_t grams[GRAMS];
        unsigned marks = ef_marks_of(words->marks, words->place + i);
        unsigned there = ef_next_grams(&gram_rules, &words->items[i], marks, &carry, grams);
        for (size_t k = 0; k < GRAMS; k++)
            if (there >> k & 1)
                put(features, grams[k], i - k, k + 1);
    }
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
    put_grams(features, words);
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

static bool reserve_felt(ef_features *features, const ef_passage *passage)
{
    size_t most = features->felt_count + passage->count * (GRAMS + 1) +
                  passage->sentence_count * MARKS + FELT_ROOM;
    if (most <= features->felt_capacity)
        return true;
    uint64_t *felt = realloc(features->felt, 2 * most * sizeof *felt);
    if (felt == NULL)
        return false;
    features->felt = felt;
    features->felt_capacity = 2 * most;
    return true;
}

static bool reserve_runs(ef_features *features, size_t words)
{
    ef_gram_runs *runs = &features->runs;
    size_t capacity = 2 * words + 64;
    if (words + RUN_ROOM <= features->run_capacity)
        return true;
    features->run_capacity = 0;
    if (!ef_grow(&runs->polarity, capacity, sizeof *runs->polarity) ||
        !ef_grow(&runs->neutrality, capacity, sizeof *runs->neutrality) ||
        !ef_grow(&runs->known, capacity, sizeof *runs->known))
        return false;
    features->run_capacity = capacity;
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

bool ef_features_weigh(ef_features *features, const ef_passage *passage,
                       const ef_model *model, const ef_kernels *kernels)
{
    const ef_gram_tables tables = tables_of(model);
    if (!reserve_felt(features, passage) || !reserve_runs(features, passage->count))
        return false;
    ef_gram_sums sums = { .felt = features->felt, .felt_count = features->felt_count };
    kernels->weigh_grams(&tables, &gram_rules, passage->items, passage->count,
                         &passage->marks, &features->runs, &sums);
    features->felt_count = sums.felt_count;
    return true;
}

/* What the n-grams of a sentence weigh. */
static ef_gram_sums sums_of(const ef_features *features, const ef_words *words)
{
    const ef_gram_runs *runs = &features->runs;
    size_t first = words->place, last = first + words->count - 1;
    ef_gram_sums sums = { .felt = features->felt, .felt_count = features->felt_count };
    if (words->count == 0)
        return sums;
    sums.polarity = runs->polarity[last] - (first > 0 ? runs->polarity[first - 1] : 0);
    sums.neutrality =
        runs->neutrality[last] - (first > 0 ? runs->neutrality[first - 1] : 0);
    sums.known = runs->known[last] - (first > 0 ? runs->known[first - 1] : 0);
    return sums;
}

ef_gram_sums ef_features_sum(ef_features *features, const ef_words *words,
                             const ef_model *model)
{
    const ef_gram_tables tables = tables_of(model);
    uint64_t keys[MARKS];
    ef_gram_sums sums = sums_of(features, words);
    for (size_t i = 0; i < words->phrase_count; i++) {
        uint64_t key = phrase_key(words, &words->phrases[i]);
        if (key != 0)
            ef_weigh_gram(&tables, key, &sums);
    }
    for (size_t i = 0, count = mark_keys(words, keys); i < count; i++)
        ef_weigh_gram(&tables, keys[i], &sums);
    features->felt_count = sums.felt_count;
    return sums;
}
