/* SPDX-License-Identifier: MIT
 * test_match.c - what begins at a word, beside a plain search that asks for every phrase.
 *
 * Random phrases with slots over a handful of words, so that nearly all of them begin and
 * few end. */
#include <criterion/criterion.h>

#include <stdio.h>

#include "lexicon/lexicon_build.h"
#include "kernels/kernels.h"
#include "lexicon/match.h"

enum { PHRASES = 14, STEPS = 6, WORDS = 9, VOCABULARY = 5, CROWD = 700 };

static const char *const vocabulary[VOCABULARY] = { "ka", "ko", "mu", "ne", "7" };

/* A phrase: indices of words, or one of the slots. */
enum { ONE = VOCABULARY, MANY, NUMBER };
typedef struct phrase {
    int steps[STEPS];
    size_t count;
} phrase;

static uint64_t state = 4;

static int random_below(int below)
{
    state = state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (int)((state >> 33) % (uint64_t)below);
}

static phrase random_phrase(void)
{
    phrase p = { .count = 1 + (size_t)random_below(STEPS) };
    for (size_t i = 0; i < p.count; i++) {
        bool is_inside = i > 0 && i + 1 < p.count;
        int slot = is_inside ? random_below(8) : 7;
        bool may_be_gap = is_inside && p.steps[i - 1] != MANY; /* two are one */
        p.steps[i] = slot == 0                 ? ONE
                     : slot == 1 && may_be_gap ? MANY
                     : random_below(9) == 0    ? NUMBER
                                               : random_below(VOCABULARY - 1);
    }
    return p;
}

static const char *spelling(int step)
{
    return step == ONE      ? "_"
           : step == MANY   ? "*"
           : step == NUMBER ? "<n>"
                            : vocabulary[step];
}

static ef_lexicon lexicon_of(const phrase *phrases)
{
    char text[4096];
    size_t size = 0;
    ef_lexicon_builder builder;
    ef_lexicon lexicon;
    for (int i = 0; i < PHRASES; i++) {
        for (size_t k = 0; k < phrases[i].count; k++)
            size += (size_t)sprintf(text + size, "%s%s", k > 0 ? " " : "",
                                    spelling(phrases[i].steps[k]));
        size += (size_t)sprintf(text + size, "\t1\n");
    }
    cr_assert_eq(ef_lexicon_builder_init(&builder, NULL, NULL), EF_OK);
    cr_assert_eq(ef_lexicon_builder_add(&builder, ef_slice_of(text), "random.tsv", NULL,
                                        NULL, NULL, NULL),
                 EF_OK, "%s", text);
    cr_assert_eq(ef_lexicon_builder_finish(&builder, &lexicon, NULL), EF_OK);
    ef_lexicon_builder_release(&builder);
    return lexicon;
}

static ef_word word_of(const ef_lexicon *lexicon, int step)
{
    const char *text = vocabulary[step];
    uint64_t hash = ef_hash_bytes((const uint8_t *)text, strlen(text));
    const ef_lexicon_entry *entry = ef_lexicon_find(lexicon, hash);
    ef_word word = {
        .hash = hash, .opens = true, .has_slots = true, .is_number = step == VOCABULARY - 1
    };
    if (entry != NULL) {
        word.found = (uint32_t)(entry - lexicon->words.entries) * 4 | EF_FOUND_LISTED;
        word.traits = entry->flags;
    }
    return word;
}

static ef_word random_word(const ef_lexicon *lexicon)
{
    ef_word word = word_of(lexicon, random_below(VOCABULARY));
    word.ends_clause = random_below(6) == 0;
    return word;
}

static bool is_step(int step, const ef_word *word)
{
    const char *text = step < VOCABULARY ? vocabulary[step] : "";
    return step == NUMBER
               ? word->is_number
               : word->hash == ef_hash_bytes((const uint8_t *)text, strlen(text));
}

/* Where the longest way to read a phrase from step k on ends, if it goes on at word `at`; 0
 * if there is none. */
static size_t end_of(const phrase *p, size_t k, const ef_word *words, size_t at,
                     size_t count)
{
    size_t longest = 0;
    if (k == p->count)
        return at;
    if (p->steps[k] == MANY) {
        for (size_t gap = 0; gap <= EF_GAP_WORDS && at + gap <= count; gap++) {
            size_t end = end_of(p, k + 1, words, at + gap, count);
            longest = end > longest ? end : longest;
            if (at + gap == count || words[at + gap].ends_clause)
                break;
        }
        return longest;
    }
    if (at == count)
        return 0;
    if (p->steps[k] == ONE)
        return words[at - 1].ends_clause ? 0 : end_of(p, k + 1, words, at + 1, count);
    return is_step(p->steps[k], &words[at]) ? end_of(p, k + 1, words, at + 1, count) : 0;
}

static size_t longest_of(const phrase *phrases, const ef_word *words, size_t count)
{
    size_t longest = 0;
    for (int i = 0; i < PHRASES; i++) {
        size_t end = end_of(&phrases[i], 0, words, 0, count);
        longest = end > longest ? end : longest;
    }
    return longest;
}

static ef_lexicon random_lexicon(phrase phrases[PHRASES])
{
    for (int i = 0; i < PHRASES; i++)
        phrases[i] = random_phrase();
    return lexicon_of(phrases);
}

static size_t random_words(const ef_lexicon *lexicon, ef_word words[WORDS])
{
    size_t count = 1 + (size_t)random_below(WORDS);
    for (size_t i = 0; i < count; i++)
        words[i] = random_word(lexicon);
    return count;
}

Test(match, finds_the_longest_phrase_that_a_plain_search_finds)
{
    unsigned found[WORDS + 1] = { 0 };
    for (int n = 0; n < 400; n++) {
        phrase phrases[PHRASES];
        ef_lexicon lexicon = random_lexicon(phrases);
        for (int k = 0; k < 50; k++) {
            ef_word words[WORDS];
            ef_match match;
            size_t count = random_words(&lexicon, words);
            size_t longest = longest_of(phrases, words, count);
            cr_assert_eq(ef_lexicon_match(&lexicon, words, count, &match), longest > 0);
            cr_assert_eq(match.entry != NULL ? match.length : 0, longest, "case %d, %d", n,
                         k);
            found[longest]++;
        }
        ef_lexicon_release(&lexicon);
    }
    for (size_t i = 0; i <= 5; i++)
        cr_assert_gt(found[i], 20, "hardly any match of %zu words", i);
}

static const ef_word_rules word_rules = { .word = EF_TOKEN_WORD,
                                          .number = EF_TOKEN_NUMBER,
                                          .speaks = EF_ENTRY_SPEAKS,
                                          .goes_on = EF_ENTRY_CONTINUES,
                                          .one = EF_ENTRY_ONE,
                                          .many = EF_ENTRY_MANY,
                                          .numbered = EF_ENTRY_NUMBER };

/* Whether a walk from each word finds what a set of kernels says begins there: all of it.
 */
static void check_survey(const ef_lexicon *lexicon, const ef_kernels *set, ef_word *words,
                         size_t count, size_t found[2])
{
    uint64_t events[CROWD / 64 + 1];
    ef_word_counts counts;
    for (size_t i = 0; i < count; i++)
        words[i].opens = words[i].has_slots = false;
    set->survey_words(&word_rules, &lexicon->phrases, words, count, events, &counts);
    for (size_t i = 0; i < count; i++) {
        ef_match surveyed, walked;
        ef_word all = words[i];
        bool speaks = ef_lexicon_match(lexicon, words + i, count - i, &surveyed);
        found[words[i].has_slots] += words[i].opens;
        words[i].opens = words[i].has_slots = true;
        cr_assert_eq(ef_lexicon_match(lexicon, words + i, count - i, &walked), speaks,
                     "%s, word %zu of %zu", set->name, i, count);
        words[i] = all;
        cr_assert_eq(surveyed.entry, walked.entry, "%s, word %zu", set->name, i);
        cr_assert(surveyed.entry == NULL || surveyed.length == walked.length);
    }
}

Test(match, finds_the_same_where_kernels_have_said_what_begins)
{
    size_t found[2] = { 0 };
    for (int n = 0; n < 400; n++) {
        phrase phrases[PHRASES];
        ef_lexicon lexicon = random_lexicon(phrases);
        for (int k = 0; k < 50; k++) {
            ef_word words[WORDS + 16] = { 0 };
            size_t count = random_words(&lexicon, words);
            for (size_t i = 0; ef_kernels_at(i) != NULL; i++)
                if (ef_kernels_at(i)->is_supported())
                    check_survey(&lexicon, ef_kernels_at(i), words, count, found);
        }
        ef_lexicon_release(&lexicon);
    }
    cr_assert(found[0] > 1000 && found[1] > 1000, "%zu lines, %zu slots", found[0],
              found[1]);
}

/* A number that may begin phrases in each way that there is, over and over: no list of a
 * set of kernels may be too short. */
Test(match, finds_the_same_in_a_crowd_of_words_that_begin_phrases_in_every_way)
{
    static ef_word words[CROWD + 16];
    size_t found[2] = { 0 };
    phrase phrases[PHRASES];
    for (int i = 0; i < PHRASES; i++)
        phrases[i] = (phrase){ { VOCABULARY - 1, ONE + i % 3, VOCABULARY - 1 }, 3 };
    ef_lexicon lexicon = lexicon_of(phrases);
    for (size_t i = 0; i < CROWD; i++)
        words[i] = word_of(&lexicon, VOCABULARY - 1);
    for (size_t i = 0; ef_kernels_at(i) != NULL; i++)
        for (size_t count = CROWD - 70; count <= CROWD; count += 7)
            if (ef_kernels_at(i)->is_supported())
                check_survey(&lexicon, ef_kernels_at(i), words, count, found);
    cr_assert_gt(found[1], CROWD);
    ef_lexicon_release(&lexicon);
}
