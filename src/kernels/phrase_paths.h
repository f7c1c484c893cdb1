/* SPDX-License-Identifier: MIT
 * kernels/phrase_paths.h - at which words phrases of a lexicon begin: exactly, at one word.
 *
 * A phrase is a path of keys: that of its first word, then each combined with the next.
 * Most begin with words that stand side by side, in a line, and whether one of those says
 * anything is settled here. Phrases with slots for other words are few: only whether one
 * may have begun is asked, and a walk finds out (lexicon/match.c). The reference asks at
 * each word; other sets choose where it is worth while (kernels/openers.h). */
#ifndef EARFUL_KERNELS_PHRASE_PATHS_H
#define EARFUL_KERNELS_PHRASE_PATHS_H

#include "base/hash.h"
#include "kernels/kernels.h"

/* What begins at a word: a phrase in a line that says something; one with slots, perhaps.
 */
enum { EF_BEGINS_LINE = 1, EF_BEGINS_SLOTS = 2 };

/* Which bits of a filter's word stand for a path; so do two more for a strong one. */
static inline uint64_t ef_path_bits(uint64_t path)
{
    return UINT64_C(1) << (path >> 44 & 63) | UINT64_C(1) << (path >> 38 & 63);
}

static inline uint64_t ef_path_strong_bits(uint64_t path)
{
    return UINT64_C(1) << (path >> 32 & 63) | UINT64_C(1) << (path >> 26 & 63);
}

/* Whether a filter may hold a path, or a strong one: certain for "no". */
static inline bool ef_path_may_be_there(const ef_path_table *table, uint64_t path)
{
    return (~table->filter[path >> (64 - table->filter_bits)] & ef_path_bits(path)) == 0;
}

static inline bool ef_path_may_be_strong(const ef_path_table *table, uint64_t path)
{
    uint64_t known = table->filter[path >> (64 - table->filter_bits)];
    return (~known & ef_path_strong_bits(path)) == 0;
}

/* Asks memory for the bucket of a path. */
static inline void ef_path_expect(const ef_path_table *table, uint64_t path)
{
    uint64_t place = path & ((UINT64_C(1) << table->slot_bits) - 2);
    __builtin_prefetch(table->items + 2 * place);
}

/* The flags of a path; 0 if there is none. */
static inline unsigned ef_path_flags(const ef_path_table *table, uint64_t path)
{
    const uint64_t *items = table->items;
    uint64_t mask = (UINT64_C(1) << table->slot_bits) - 1,
             place = path & mask & ~UINT64_C(1);
    for (;;) {
        uint64_t second = items[2 * place + 2], at = place + (second == path);
        unsigned is_there = items[2 * at] == path;
        if (is_there + (second == 0) != 0) /* || would be two branches */
            return (unsigned)(items[2 * at + 1] >> EF_TRAITS_SHIFT) & 0xff & (0 - is_there);
        place = (place + 2) & mask;
    }
}

static inline bool ef_path_is_there(const ef_path_table *table, uint64_t path)
{
    return ef_path_may_be_there(table, path) && ef_path_flags(table, path) != 0;
}

static inline unsigned ef_slots_of(const ef_word_rules *rules, unsigned flags)
{
    return flags & (unsigned)(rules->one | rules->many | rules->numbered);
}

/* The bit of a filter of slots that stands for a slot, a path, and the word that follows
 * it; 0 for another slot. Half of ef_hash_combine is enough to spread a thousand. */
static inline uint64_t ef_slot_bit(uint64_t slot, uint64_t next)
{
    uint64_t mixed = ((slot + EF_HASH_K2) ^ next * EF_HASH_K1) * EF_HASH_K2;
    return mixed >> (64 - EF_SLOT_FILTER_BITS);
}

/* Whether a word, or another slot, may follow a slot: certain for "no". */
static inline bool ef_slot_may_lead(const ef_phrase_tables *tables, uint64_t slot,
                                    uint64_t next)
{
    uint64_t bit = ef_slot_bit(slot, next);
    return tables->slots[bit >> 6] >> (bit & 63) & 1;
}

/* The level of paths that are a word longer. */
static inline unsigned ef_next_level(unsigned level)
{
    return level < EF_LONGER ? level + 1 : EF_LONGER;
}

/* Whether a path of a level that ends before the word next says something, or may do so
 * with that word or in a slot. */
static inline bool ef_path_leads(const ef_phrase_tables *tables, const ef_word_rules *rules,
                                 unsigned level, uint64_t path, const ef_word *words,
                                 size_t next, size_t n)
{
    const ef_path_table *table = &tables->levels[level];
    unsigned flags = ef_path_may_be_there(table, path) ? ef_path_flags(table, path) : 0;
    if ((flags & rules->speaks) != 0 || ef_slots_of(rules, flags) != 0)
        return true;
    return (flags & rules->goes_on) != 0 && next < n &&
           ef_path_is_there(&tables->levels[ef_next_level(level)],
                            ef_hash_combine(path, words[next].hash));
}

/* Whether a slot, a path of a level, leads on with one of the words from next to end - 1,
 * of n, or to another slot. */
static inline bool ef_slot_leads(const ef_phrase_tables *tables, const ef_word_rules *rules,
                                 unsigned level, uint64_t slot, const ef_word *words,
                                 size_t next, size_t end, size_t n)
{
    const ef_path_table *table = &tables->levels[level];
    if (ef_slot_may_lead(tables, slot, 0) && ef_slots_of(rules, ef_path_flags(table, slot)))
        return true;
    for (; next < end && next < n; next++) {
        uint64_t hash = words[next].hash;
        bool may = level != EF_PAIRS || ef_slot_may_lead(tables, slot, hash);
        if (may && ef_path_leads(tables, rules, ef_next_level(level),
                                 ef_hash_combine(slot, hash), words, next + 1, n))
            return true;
    }
    return false;
}

/* Whether a path of some flags that ends before the word next, of n, leads on in one of its
 * slots; those are paths of a level. */
static inline bool ef_slots_lead(const ef_phrase_tables *tables, const ef_word_rules *rules,
                                 unsigned level, uint64_t path, unsigned flags,
                                 const ef_word *words, size_t next, size_t n)
{
    if ((flags & rules->many) != 0 &&
        ef_slot_leads(tables, rules, level, ef_hash_combine(path, tables->many), words,
                      next, next + EF_GAP_WORDS + 1, n))
        return true;
    if ((flags & rules->one) != 0 &&
        ef_slot_leads(tables, rules, level, ef_hash_combine(path, tables->one), words,
                      next + 1, next + 2, n))
        return true;
    return (flags & rules->numbered) != 0 && next < n && words[next].is_number &&
           ef_path_leads(tables, rules, level, ef_hash_combine(path, tables->number), words,
                         next + 1, n); /* a phrase may end with a number */
}

/* Whether a phrase that begins at the first of n words may have a slot as its first step or
 * as its second. */
static inline bool ef_word_slots_lead(const ef_phrase_tables *tables,
                                      const ef_word_rules *rules, const ef_word *words,
                                      size_t n)
{
    return (n > 1 && ef_slots_lead(tables, rules, EF_PAIRS, words->hash, words->traits,
                                   words, 1, n)) ||
           (words->is_number &&
            ((tables->number_flags & rules->speaks) != 0 ||
             ef_slots_of(rules, tables->number_flags) != 0 ||
             (n > 1 &&
              ef_path_leads(tables, rules, EF_PAIRS,
                            ef_hash_combine(tables->number, words[1].hash), words, 2, n))));
}

/* What begins at the first of n words with a path of a level that ends before the word
 * next. */
static inline unsigned ef_line_begins(const ef_phrase_tables *tables,
                                      const ef_word_rules *rules, unsigned level,
                                      uint64_t path, const ef_word *words, size_t next,
                                      size_t n)
{
    unsigned begins = 0;
    for (;; next++) {
        const ef_path_table *table = &tables->levels[level];
        unsigned flags = ef_path_may_be_there(table, path) ? ef_path_flags(table, path) : 0;
        level = ef_next_level(level);
        begins |= flags & rules->speaks ? EF_BEGINS_LINE : 0;
        if (ef_slots_of(rules, flags) &&
            ef_slots_lead(tables, rules, level, path, flags, words, next, n))
            begins |= EF_BEGINS_SLOTS;
        if ((flags & rules->goes_on) == 0 || next >= n)
            return begins;
        path = ef_hash_combine(path, words[next].hash);
    }
}

#endif
