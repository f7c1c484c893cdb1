/* SPDX-License-Identifier: MIT
 * test_word_kernels.c - words and grams come out of every kernel set as of the reference.
 *
 * Tables are small and full, so that buckets overflow; hashes are few, so that words are
 * found; every number of tokens up to several registers is tried. */
#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/hash.h"
#include "kernels/kernels.h"
#include "kernels/look_up.h"

enum { LONGEST = 200, ROOM = LONGEST + 32, SLOT_BITS = 6, HASHES = 97, GRAM_BITS = 8 };

/* xorshift: the seed is printed, so that a failure can be repeated. */
static uint64_t next_random(uint64_t *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return *state;
}

static uint64_t printed_seed(void)
{
    const char *given = getenv("SEED");
    uint64_t seed = given != NULL ? strtoull(given, NULL, 10) : (uint64_t)time(NULL);
    cr_log_info("SEED=%llu", (unsigned long long)seed);
    return seed | 1;
}

typedef struct world {
    uint64_t hashes[HASHES];
    uint64_t items[2 << SLOT_BITS], vocabulary[16];
    uint64_t pairs[EF_FILTER_WORDS], triples[EF_FILTER_WORDS];
    uint32_t slots[1 << GRAM_BITS];
    uint64_t felt[64];
    ef_word_tables tables;
    ef_gram_tables grams;
} world;

static const ef_word_rules word_rules = { .listed = 1 << 0 | 1 << 4,
                                          .ratings = 1 << 2,
                                          .word = 0,
                                          .number = 1,
                                          .stop = 9,
                                          .clause_end = 1 << 5,
                                          .sentence_end = 1 << 6,
                                          .capitals = 1 << 0,
                                          .odd = 1 << 2 | 1 << 4,
                                          .own = 1 << 6,
                                          .is_number = 1 << 5,
                                          .speaks = 1 << 7,
                                          .goes_on = 1 << 1,
                                          .one = 1 << 2,
                                          .many = 1 << 3,
                                          .numbered = 1 << 4 };
static const ef_gram_rules gram_rules = {
    .none = 1 << 6 | 1 << 7, .number = 1, .own = 1 << 6, .number_key = 12345
};

/* A table of buckets of two, filled as the lexicon's is, to five of eight. */
static void fill_items(world *w, uint64_t *state)
{
    uint64_t mask = (1 << SLOT_BITS) - 1;
    for (size_t i = 0; i < 40; i++) {
        uint64_t hash = w->hashes[i], slot = hash & mask & ~UINT64_C(1);
        while (w->items[2 * slot] != 0)
            slot = (slot + 1) & mask;
        w->items[2 * slot] = hash;
        w->items[2 * slot + 1] = next_random(state);
    }
}

static world *make_world(uint64_t *state, bool has_filters)
{
    world *w = calloc(1, sizeof *w);
    cr_assert_not_null(w);
    for (size_t i = 0; i < HASHES; i++)
        w->hashes[i] = next_random(state);
    fill_items(w, state);
    for (size_t i = 0; i < 16; i++)
        w->vocabulary[i] = next_random(state);
    for (size_t i = 0; i < EF_FILTER_WORDS; i++) {
        w->pairs[i] = next_random(state) | next_random(state);
        w->triples[i] = next_random(state) & next_random(state);
    }
    for (size_t i = 0; i < 64; i++)
        w->felt[i] = next_random(state);
    w->tables =
        (ef_word_tables){ w->items, has_filters ? w->vocabulary : NULL, SLOT_BITS, 10 };
    w->grams = (ef_gram_tables){ w->slots, has_filters ? w->felt : NULL, GRAM_BITS, 12 };
    return w;
}

static void fill_tokens(const world *w, ef_token *tokens, size_t n, uint64_t *state)
{
    for (size_t i = 0; i < n; i++) {
        uint64_t random = next_random(state);
        tokens[i] =
            (ef_token){ .hash = w->hashes[random % HASHES],
                        .begin = (uint32_t)random,
                        .size = (uint16_t)(random >> 32),
                        .kind = random >> 60 < 10 ? 0 : (uint8_t)(random >> 50 & 15) % 10,
                        .flags = (uint8_t)(random >> 40) };
    }
}

/* The slots of grams that really occur get the print of one of them. */
static void learn(world *w, const ef_word *words, size_t n, ef_word_marks marks)
{
    ef_gram_carry carry = { 0, 0 };
    for (size_t i = 0; i < n; i++) {
        uint64_t grams[3];
        unsigned there =
            ef_next_grams(&gram_rules, &words[i], ef_marks_of(&marks, i), &carry, grams);
        for (unsigned k = 0; k < 3; k++) {
            uint32_t print = (uint32_t)(grams[k] >> 48);
            if ((there >> k & 1) && (grams[k] & 1 << 9))
                w->slots[grams[k] & ((1 << GRAM_BITS) - 1)] =
                    (print + (print == 0)) | (uint32_t)(grams[k] >> 16 << 16);
        }
    }
}

static int by_value(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return x < y ? -1 : x > y;
}

typedef struct answers {
    size_t count, unknown_count;
    ef_word words[ROOM];
    uint32_t indexes[ROOM], unknown[ROOM];
    ef_token_bits bits[ROOM / 64 + 1];
    uint64_t events[ROOM / 64 + 1];
    ef_word_counts counts;
    uint64_t starts[ROOM / 64 + 2], negated[ROOM / 64 + 2], in_phrase[ROOM / 64 + 2],
        aside[ROOM / 64 + 2];
    int32_t polarity[ROOM], neutrality[ROOM];
    uint32_t known[ROOM];
    ef_gram_sums sums;
    uint64_t felt[3 * ROOM];
} answers;

static ef_word_marks marks_of(answers *a)
{
    return (ef_word_marks){ a->starts, a->negated, a->in_phrase, a->aside };
}

static void ask(const ef_kernels *set, const world *w, const ef_token *tokens, size_t n,
                uint64_t marks, answers *a)
{
    memset(a, 0, sizeof *a);
    set->survey_tokens(&word_rules, tokens, n, a->bits);
    ef_word_list list = { .words = a->words, .tokens = a->indexes, .unknown = a->unknown };
    size_t middle = n * (marks % 11) / 11; /* any place: lists go on where they end */
    set->read_words(&w->tables, &word_rules, tokens, a->bits, 0, middle, &list);
    set->read_words(&w->tables, &word_rules, tokens, a->bits, middle, n, &list);
    a->count = list.count;
    a->unknown_count = list.unknown_count;
    const ef_phrase_filters filters = { w->pairs, w->triples, w->hashes[0], w->hashes[1],
                                        w->items, w->items,   SLOT_BITS,    SLOT_BITS };
    set->survey_words(&word_rules, &filters, a->words, a->count, a->events, &a->counts);
    for (size_t i = 0; i <= a->count / 64; i++) {
        a->starts[i] = marks >> i % 7 & marks << 11 & marks >> 23;
        a->negated[i] = marks >> i;
        a->in_phrase[i] = marks >> 1 & marks << 13;
        a->aside[i] = marks >> 3 & marks << 29;
    }
    const ef_word_marks all = marks_of(a);
    const ef_gram_runs runs = { a->polarity, a->neutrality, a->known };
    a->sums = (ef_gram_sums){ .polarity = -5, .neutrality = 7, .felt = a->felt };
    set->weigh_grams(&w->grams, &gram_rules, a->words, a->count, &all, &runs, &a->sums);
    qsort(a->felt, a->sums.felt_count, sizeof *a->felt, by_value);
}

static void compare(const answers *wanted, const answers *given, const char *name, size_t n)
{
    cr_assert_eq(wanted->count, given->count, "%s, %zu tokens", name, n);
    cr_assert_arr_eq(wanted->words, given->words, wanted->count * sizeof(ef_word),
                     "%s, %zu tokens", name, n);
    cr_assert_arr_eq(wanted->indexes, given->indexes, wanted->count * sizeof(uint32_t));
    cr_assert_arr_eq(wanted->bits, given->bits, (n / 64 + 1) * sizeof(ef_token_bits),
                     "%s, %zu tokens", name, n);
    cr_assert_eq(wanted->unknown_count, given->unknown_count, "%s, %zu", name, n);
    cr_assert_arr_eq(wanted->unknown, given->unknown,
                     wanted->unknown_count * sizeof(uint32_t), "%s, %zu", name, n);
    cr_assert_arr_eq(wanted->events, given->events,
                     (wanted->count / 64 + 1) * sizeof(uint64_t), "%s, %zu", name, n);
    cr_assert_eq(wanted->counts.words, given->counts.words, "%s, %zu", name, n);
    cr_assert_eq(wanted->counts.known, given->counts.known, "%s, %zu", name, n);
    cr_assert_arr_eq(wanted->polarity, given->polarity, wanted->count * sizeof(int32_t));
    cr_assert_arr_eq(wanted->neutrality, given->neutrality,
                     wanted->count * sizeof(int32_t));
    cr_assert_arr_eq(wanted->known, given->known, wanted->count * sizeof(uint32_t));
    cr_assert_eq(wanted->sums.polarity, given->sums.polarity, "%s, %zu", name, n);
    cr_assert_eq(wanted->sums.neutrality, given->sums.neutrality, "%s, %zu", name, n);
    cr_assert_eq(wanted->sums.known, given->sums.known, "%s, %zu", name, n);
    cr_assert_eq(wanted->sums.felt_count, given->sums.felt_count, "%s, %zu", name, n);
    cr_assert_arr_eq(wanted->felt, given->felt, wanted->sums.felt_count * sizeof(uint64_t));
}

static void try_world(world *w, uint64_t *state, bool *has_known, bool *has_felt)
{
    static ef_token tokens[LONGEST];
    static answers wanted, given;
    for (size_t n = 0; n < LONGEST; n++) {
        uint64_t marks = next_random(state) & next_random(state);
        fill_tokens(w, tokens, n, state);
        ask(ef_kernels_at(0), w, tokens, n, marks, &wanted);
        learn(w, wanted.words, wanted.count, marks_of(&wanted));
        ask(ef_kernels_at(0), w, tokens, n, marks, &wanted);
        *has_known |= wanted.sums.known > 0;
        *has_felt |= wanted.sums.felt_count > 0;
        for (size_t i = 1; ef_kernels_at(i) != NULL; i++) {
            if (!ef_kernels_at(i)->is_supported())
                continue;
            ask(ef_kernels_at(i), w, tokens, n, marks, &given);
            compare(&wanted, &given, ef_kernels_at(i)->name, n);
        }
    }
}

Test(word_kernels, every_set_makes_the_words_and_weighs_the_grams_of_the_reference)
{
    uint64_t state = printed_seed();
    bool has_known = false, has_felt = false;
    for (int round = 0; round < 20; round++) {
        world *w = make_world(&state, round % 4 != 0);
        try_world(w, &state, &has_known, &has_felt);
        free(w);
    }
    cr_assert(has_known && has_felt, "the test finds what it looks for");
}
