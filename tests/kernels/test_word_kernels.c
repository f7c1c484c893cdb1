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
#include "kernels/phrase_paths.h"

enum { LONGEST = 300, ROOM = LONGEST + 32, SLOT_BITS = 6, HASHES = 97, GRAM_BITS = 8 };
enum { PATH_BITS = 9, PHRASES = 300, PHRASE_STEPS = 6 };

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
    uint64_t paths[EF_LEVELS][2 << PATH_BITS];
    uint64_t filters[EF_LEVELS][1 << EF_FILTER_BITS];
    uint64_t followed[1 << (EF_SLOT_FILTER_BITS - 6)];
    ef_phrase_tables phrases;
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

/* The item of a key in a table of buckets of two, filled as the lexicon's is. */
static uint64_t *item_of(uint64_t *items, unsigned bits, uint64_t key)
{
    uint64_t mask = (UINT64_C(1) << bits) - 1, slot = key & mask & ~UINT64_C(1);
    while (items[2 * slot] != 0 && items[2 * slot] != key)
        slot = (slot + 1) & mask;
    items[2 * slot] = key;
    return &items[2 * slot + 1];
}

/* To five of eight. A slot is a way to go on. */
static void fill_items(world *w, uint64_t *state)
{
    for (size_t i = 0; i < 40; i++) {
        uint64_t item = next_random(state);
        bool has_slots = (item >> EF_TRAITS_SHIFT & 0x1c) != 0;
        item |= has_slots ? UINT64_C(2) << EF_TRAITS_SHIFT : 0;
        *item_of(w->items, SLOT_BITS, w->hashes[i]) = item;
    }
}

/* Adds flags to a path of so many steps; the flags of a word are in its own item. */
static void add_flags(world *w, uint64_t path, size_t steps, unsigned flags)
{
    if (steps == 1)
        return;
    size_t level = steps - 2 < EF_LONGER ? steps - 2 : EF_LONGER;
    uint64_t *item = item_of(w->paths[level], PATH_BITS, path);
    uint64_t *known = &w->filters[level][path >> (64 - EF_FILTER_BITS)];
    *item |= (uint64_t)flags << EF_TRAITS_SHIFT;
    *known |= ef_path_bits(path);
    if (flags & 0x9c) /* speaks, or one of the slots */
        *known |= ef_path_strong_bits(path);
}

/* Adds a phrase that goes on with words of few hashes, and with slots. */
static void add_phrase(world *w, uint64_t *state)
{
    const uint64_t keys[] = { w->phrases.one, w->phrases.many, w->phrases.number };
    size_t steps = 2 + next_random(state) % (PHRASE_STEPS - 1);
    uint64_t path = next_random(state) % 9 == 0 ? w->phrases.number
                                                : w->hashes[next_random(state) % 40];
    bool is_slot = path == w->phrases.number;
    for (size_t n = 1; n < steps; n++) {
        size_t slot = n + 1 < steps ? next_random(state) % 12 : 12;
        uint64_t next = slot < 3 ? keys[slot] : w->hashes[next_random(state) % 12];
        unsigned flags = 2u | (slot < 3 ? 4u << slot : 0);
        add_flags(w, path, n, flags);
        if (path == w->phrases.number)
            w->phrases.number_flags |= (uint8_t)flags;
        uint64_t bit = ef_slot_bit(path, slot < 3 ? 0 : next);
        if (is_slot)
            w->followed[bit >> 6] |= UINT64_C(1) << (bit & 63);
        path = ef_hash_combine(path, next);
        is_slot = slot < 3;
    }
    add_flags(w, path, steps, 0x80);
}

static void fill_phrases(world *w, uint64_t *state)
{
    w->phrases = (ef_phrase_tables){
        .slots = w->followed, .one = 1001, .many = 1002, .number = 1003
    };
    for (size_t i = 0; i < EF_LEVELS; i++)
        w->phrases.levels[i] =
            (ef_path_table){ w->paths[i], w->filters[i], PATH_BITS, EF_FILTER_BITS };
    for (size_t i = 0, count = next_random(state) % PHRASES; i < count; i++)
        add_phrase(w, state);
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
    fill_phrases(w, state);
    for (size_t i = 0; i < 64; i++)
        w->felt[i] = next_random(state);
    w->tables =
        (ef_word_tables){ w->items, has_filters ? w->vocabulary : NULL, SLOT_BITS, 10 };
    w->grams = (ef_gram_tables){ .slots = w->slots,
                                 .filter = has_filters ? w->felt : NULL,
                                 .slot_bits = GRAM_BITS,
                                 .filter_bits = 12 };
    return w;
}

static void fill_tokens(const world *w, ef_token *tokens, size_t n, uint64_t *state)
{
    for (size_t i = 0; i < n; i++) {
        uint64_t random = next_random(state);
        tokens[i] =
            (ef_token){ .hash = w->hashes[random % (random >> 62 == 0 ? HASHES : 12)],
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
    set->survey_words(&word_rules, &w->phrases, a->words, a->count, a->events, &a->counts);
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

/* What the test has come across. */
typedef struct coverage {
    bool known, felt, line, slots;
} coverage;

static void try_world(world *w, uint64_t *state, coverage *seen)
{
    static ef_token tokens[LONGEST];
    static answers wanted, given;
    for (size_t n = 0; n < LONGEST; n++) {
        uint64_t marks = next_random(state) & next_random(state);
        fill_tokens(w, tokens, n, state);
        ask(ef_kernels_at(0), w, tokens, n, marks, &wanted);
        learn(w, wanted.words, wanted.count, marks_of(&wanted));
        ask(ef_kernels_at(0), w, tokens, n, marks, &wanted);
        seen->known |= wanted.sums.known > 0;
        seen->felt |= wanted.sums.felt_count > 0;
        for (size_t i = 0; i < wanted.count; i++) {
            seen->line |= wanted.words[i].opens && !wanted.words[i].has_slots;
            seen->slots |= wanted.words[i].opens && wanted.words[i].has_slots;
        }
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
    coverage seen = { 0 };
    for (int round = 0; round < 20; round++) {
        world *w = make_world(&state, round % 4 != 0);
        try_world(w, &state, &seen);
        free(w);
    }
    cr_assert(seen.known && seen.felt && seen.line && seen.slots,
              "the test finds what it looks for");
}

Test(word_kernels, every_set_feels_what_the_reference_does_at_every_length)
{
    enum { MOST = 700, BITS = 6 };
    uint64_t state = printed_seed(), slots[1 << BITS] = { 0 }, felt[MOST];
    const ef_gram_tables tables = { .felt_slots = slots, .felt_bits = BITS };
    for (size_t i = 0; i < MOST; i++)
        felt[i] = next_random(&state) & (i % 5 == 0 ? UINT64_MAX >> 16 : UINT64_MAX);
    for (size_t i = 0; i < 1 << BITS; i++) { /* most hold a feature, the rest are empty */
        uint64_t feature = felt[next_random(&state) % MOST], print = feature >> 48;
        if (i % 7 != 0)
            slots[feature & ((1 << BITS) - 1)] =
                next_random(&state) << 16 | (print + (print == 0));
    }
    for (size_t n = 0; n <= MOST; n++) {
        int64_t wanted[EF_FELT_WEIGHTS] = { 1, -2, 3 };
        ef_kernels_at(0)->feel(&tables, felt + MOST - n, n, wanted);
        for (size_t i = 1; ef_kernels_at(i) != NULL; i++) {
            int64_t given[EF_FELT_WEIGHTS] = { 1, -2, 3 };
            if (!ef_kernels_at(i)->is_supported())
                continue;
            ef_kernels_at(i)->feel(&tables, felt + MOST - n, n, given);
            cr_assert_arr_eq(wanted, given, sizeof wanted, "%s, %zu", ef_kernels_at(i)->name,
                             n);
        }
    }
}

Test(word_kernels, feeling_adds_the_weights_of_those_that_are_there)
{
    const uint64_t slots[2] = { UINT64_C(0xff02000000017777), UINT64_C(0x0000000000800001) },
                   felt[] = { UINT64_C(0x7777000000000000), UINT64_C(0x7778000000000000),
                              UINT64_C(0x0000000000000001), UINT64_C(0x0001000000000001) };
    const ef_gram_tables tables = { .felt_slots = slots, .felt_bits = 1 };
    const int64_t wanted[EF_FELT_WEIGHTS] = { 1 - 256, 0, 0, 0, 2, -1 };
    int64_t sums[EF_FELT_WEIGHTS] = { 0 };
    ef_kernels_at(0)->feel(&tables, felt, sizeof felt / sizeof *felt, sums);
    cr_assert_arr_eq(sums, wanted, sizeof wanted);
}
