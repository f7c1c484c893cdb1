/* SPDX-License-Identifier: MIT
 * score/rules.h - the lexicon engine: what the words of a sentence say together.
 *
 * Finds words and phrases of the lexicon and applies the rules of language to them:
 * negation, boosters, contrast, emphasis, ratings. The result is a list of items whose
 * weights add up to the lexicon's evidence, exactly; explaining reads the same list. */
#ifndef EARFUL_SCORE_RULES_H
#define EARFUL_SCORE_RULES_H

#include "earful/scorer.h"
#include "score/words.h"

typedef enum ef_item_kind { EF_ITEM_VALENCE, EF_ITEM_SIGNAL, EF_ITEM_EMOTION } ef_item_kind;

/* A word, phrase or rating that was found. */
typedef struct ef_item {
    ef_item_kind kind;
    uint32_t first, last; /* words it covers */
    int32_t base;         /* valence: 1/100; emotion: strength */
    int32_t weight;       /* after rules */
    const char *rule;     /* static name of the strongest rule that changed it, or "" */
    uint32_t rule_word;   /* the word that triggered it; first if the item itself did */
    int32_t rule_percent; /* by how much it changed the weight, as a distance from 100 */
    uint32_t clause;
    bool is_turned; /* by a negator */
    bool is_final;  /* taken back as a whole: no contrast weighs it any more */
    uint32_t name;  /* signal: bit index; emotion: ef_emotion */
} ef_item;

typedef struct ef_items {
    ef_item *list;
    size_t count, capacity;
} ef_items;

/* What the lexicon says of one sentence. */
typedef struct ef_impression {
    int32_t polarity; /* sum of the weights */
    int32_t positive; /* sum of the weights over 0 */
    int32_t negative; /* sum of the weights under 0, negated: >= 0 */
    int32_t turned;   /* of polarity: what a negator turned over */
    int32_t phrased;  /* of polarity: what phrases of two or more words say */
    int32_t verdict;  /* of polarity: ratings, emoji and emoticons */
    uint32_t hits;    /* valence items that weigh */
    bool has_positive_clause, has_negative_clause;
    bool has_rival;   /* a clause is about what this one is compared with */
    uint32_t signals; /* ef_signal bits */
    int32_t emotions[EF_EMOTION_COUNT];
} ef_impression;

void ef_items_release(ef_items *items);

/* Judges a sentence: fills *items and *findings, and marks negated words. False without
 * memory. */
bool ef_rules_apply(ef_items *items, ef_impression *findings, ef_words *words,
                    const ef_lexicon *lexicon, const ef_normal_text *normal,
                    const ef_tokens *tokens);

/* Adds the items up anew, after one of them was changed. */
void ef_rules_sum(ef_impression *findings, const ef_items *items, const ef_words *words);

#endif
