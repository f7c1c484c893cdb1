/* SPDX-License-Identifier: MIT
 * kernels/look_up.h - where kernels find things in tables: for one thing at a time.
 *
 * The reference looks things up by these functions, one after the other; other rooms do
 * where there is only one. */
#ifndef EARFUL_KERNELS_LOOK_UP_H
#define EARFUL_KERNELS_LOOK_UP_H

#include "base/hash.h"
#include "kernels/kernels.h"

/* A function that only asks memory for something ahead of time. By force: gcc 12 sees that
 * it changes nothing and drops the calls of one that it has not made a part of its caller.
 */
#define EF_EXPECTS static inline __attribute__((always_inline))

/* Asks memory for what ef_look_up will read: a tenth of all time went into waiting. */
EF_EXPECTS void ef_expect_word(const ef_word_tables *tables, uint64_t hash)
{
    uint64_t mask = (UINT64_C(1) << tables->slot_bits) - 1;
    __builtin_prefetch(&tables->items[2 * (hash & mask & ~UINT64_C(1))]);
    if (tables->vocabulary != NULL)
        __builtin_prefetch(
            &tables->vocabulary[hash >> (64 - tables->vocabulary_bits) >> 6]);
}

/* What is found of a word. One word in three is in no table and no CPU guesses which, so
 * the only branch is for a bucket that overflowed. */
static inline uint32_t ef_look_up(const ef_word_tables *tables, uint64_t hash)
{
    const uint64_t *items = tables->items;
    uint64_t mask = (UINT64_C(1) << tables->slot_bits) - 1,
             place = hash & mask & ~UINT64_C(1);
    for (;;) {
        uint64_t second = items[2 * place + 2];
        place += second == hash;
        if ((second == 0) + (items[2 * place] == hash) != 0) /* || would be two branches */
            break;
        place = ((place & ~UINT64_C(1)) + 2) & mask;
    }
    uint32_t found = (uint32_t)(4 * place) | (items[2 * place] == hash);
    if (tables->vocabulary != NULL) {
        uint64_t bit = hash >> (64 - tables->vocabulary_bits);
        found |=
            (uint32_t)(tables->vocabulary[bit >> 6] >> (bit & 63) & 1) * EF_FOUND_KNOWN;
    }
    return found;
}

/* The word that a token becomes. */
static inline ef_word ef_read_word(const ef_word_tables *tables, const ef_word_rules *rules,
                                   const ef_token *token, uint64_t hash)
{
    uint32_t found = ef_look_up(tables, hash);
    uint32_t is_listed = found & rules->listed >> token->kind & EF_FOUND_LISTED;
    uint64_t item = tables->items[found / 4 * 2 + 1];
    unsigned traits = (unsigned)(item >> EF_TRAITS_SHIFT) & 0xff & (0 - is_listed);
    return (ef_word){ .hash = hash,
                      .found = (found & ~(uint32_t)EF_FOUND_LISTED) | is_listed,
                      .traits = (uint8_t)traits,
                      .ends_clause = (token->flags & rules->clause_end) != 0,
                      .is_number =
                          token->kind == rules->number || (traits & rules->is_number) != 0,
                      .is_known =
                          (found & EF_FOUND_KNOWN) != 0 || (traits & rules->own) != 0,
                      .kind = token->kind,
                      .flags = token->flags };
}

/* Whether something may begin or end at a word, whatever stands beside it. */
static inline bool ef_word_stirs(const ef_word_rules *rules, const ef_word *word)
{
    return ((word->traits & rules->speaks) != 0) | (rules->ratings >> word->kind & 1) |
           word->is_number | word->ends_clause;
}

/* Adds what one gram weighs. */
static inline void ef_weigh_gram(const ef_gram_tables *tables, uint64_t gram,
                                 ef_gram_sums *sums)
{
    uint32_t slot, print = (uint32_t)(gram >> 48);
    uint64_t place = gram & ((UINT64_C(1) << tables->slot_bits) - 1);
    memcpy(&slot, (const uint8_t *)tables->slots + 4 * place, sizeof slot);
    uint32_t is_known = (slot & 0xffff) == print + (print == 0);
    slot &= 0 - is_known; /* half of the grams are known, and no CPU guesses which */
    sums->polarity += (int8_t)(slot >> 16);
    sums->neutrality += (int8_t)(slot >> 24);
    sums->known += is_known;
    if (tables->filter != NULL) {
        uint64_t bit = gram >> EF_FELT_SHIFT & ((UINT64_C(1) << tables->filter_bits) - 1);
        sums->felt[sums->felt_count] = gram;
        sums->felt_count += tables->filter[bit >> 6] >> (bit & 63) & 1;
    }
}

/* The marks of one word, a bit each. */
enum { EF_STARTS = 1, EF_NEGATED = 2, EF_IN_PHRASE = 4, EF_ASIDE = 8 };

static inline unsigned ef_marks_of(const ef_word_marks *marks, size_t i)
{
    size_t k = i / 64, bit = i % 64;
    return (unsigned)(marks->starts[k] >> bit & 1) * EF_STARTS |
           (unsigned)(marks->negated[k] >> bit & 1) * EF_NEGATED |
           (unsigned)(marks->in_phrase[k] >> bit & 1) * EF_IN_PHRASE |
           (unsigned)(marks->aside[k] >> bit & 1) * EF_ASIDE;
}

/* The key of a word in n-grams; 0 if it is in none. */
static inline uint64_t ef_gram_key(const ef_gram_rules *rules, const ef_word *word,
                                   unsigned marks)
{
    if ((marks & EF_ASIDE) || (word->traits & rules->own) ||
        (rules->none >> word->kind & 1))
        return 0;
    return word->kind == rules->number ? rules->number_key : word->hash;
}

/* What is carried from word to word: the one before, the pair before; 0 is none. */
typedef struct ef_gram_carry {
    uint64_t before, pair;
} ef_gram_carry;

/* Makes the grams that end at a word with such marks, of 1, 2 and 3 words; gives which of
 * them there are, a bit each. */
static inline unsigned ef_next_grams(const ef_gram_rules *rules, const ef_word *word,
                                     unsigned marks, ef_gram_carry *carry,
                                     uint64_t grams[3])
{
    if (marks & EF_STARTS)
        *carry = (ef_gram_carry){ 0, 0 };
    uint64_t key = ef_gram_key(rules, word, marks);
    uint64_t pair = ef_hash_combine(carry->before, key);
    bool has_pair = key != 0 && carry->before != 0 && pair != 0;
    bool has_triple = key != 0 && carry->pair != 0;
    unsigned there = (unsigned)(key != 0 && !(marks & EF_IN_PHRASE)) |
                     (unsigned)has_pair << 1 | (unsigned)has_triple << 2;
    grams[0] = key;
    grams[1] = pair;
    grams[2] = ef_hash_combine(carry->pair, key);
    for (unsigned k = 0; k < 3 && (marks & EF_NEGATED); k++)
        grams[k] = ef_hash_combine(grams[k], EF_KEY_NEGATED);
    *carry = (ef_gram_carry){ key, has_pair ? pair : 0 };
    return there;
}

/* Adds what all grams of a passage weigh. Inline, so that each set gets it in the
 * instructions it is built for. */
static inline void ef_weigh_grams(const ef_gram_tables *tables, const ef_gram_rules *rules,
                                  const ef_word *words, size_t n,
                                  const ef_word_marks *marks, const ef_gram_runs *runs,
                                  ef_gram_sums *sums)
{
    const ef_gram_tables t = *tables; /* in registers: stores might hit them */
    ef_gram_sums s = *sums;
    ef_gram_carry carry = { 0, 0 };
    for (size_t i = 0; i < n; i++) {
        uint64_t grams[3];
        unsigned there =
            ef_next_grams(rules, &words[i], ef_marks_of(marks, i), &carry, grams);
        for (unsigned k = 0; k < 3; k++)
            if (there >> k & 1)
                ef_weigh_gram(&t, grams[k], &s);
        runs->polarity[i] = s.polarity;
        runs->neutrality[i] = s.neutrality;
        runs->known[i] = s.known;
    }
    *sums = s;
}

#endif
