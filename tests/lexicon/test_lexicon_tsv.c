/* SPDX-License-Identifier: MIT
 * test_lexicon_tsv.c - lexicon files: what they may say, and what is wrong with them. */
#include <criterion/criterion.h>

#include <stdio.h>

#include "base/error.h"
#include "lexicon/lexicon_build.h"
#include "earful/scorer.h"

typedef struct seen {
    unsigned errors, warnings;
    uint64_t line, column;
} seen;

static void note(void *user, const ef_lexicon_finding *finding)
{
    seen *s = user;
    *(finding->is_error ? &s->errors : &s->warnings) += 1;
    s->line = finding->line;
    s->column = finding->column;
}

static ef_lexicon read_lexicon(const char *text, seen *s, ef_status expected)
{
    ef_lexicon_builder builder;
    ef_lexicon lexicon = { 0 };
    ef_error error = { 0 };
    memset(s, 0, sizeof *s);
    cr_assert_eq(ef_lexicon_builder_init(&builder, NULL, &error), EF_OK);
    ef_status status = ef_lexicon_builder_add(&builder, ef_slice_of(text), "test.tsv", note,
                                              s, NULL, &error);
    cr_assert_eq(status, expected, "%s", error.message);
    cr_assert_eq(ef_lexicon_builder_finish(&builder, &lexicon, NULL), EF_OK);
    ef_lexicon_builder_release(&builder);
    return lexicon;
}

static uint64_t word(const char *text)
{
    return ef_hash_bytes((const uint8_t *)text, strlen(text));
}

Test(lexicon_tsv, reads_valences_in_hundredths)
{
    seen s;
    ef_lexicon lexicon = read_lexicon("good\t1.9\nawful\t-3\nlatte\t0\n", &s, EF_OK);
    cr_assert_eq(ef_lexicon_find(&lexicon, word("good"))->valence, 190);
    cr_assert_eq(ef_lexicon_find(&lexicon, word("awful"))->valence, -300);
    cr_assert(ef_lexicon_find(&lexicon, word("latte"))->flags & EF_ENTRY_VALENCE);
    cr_assert_null(ef_lexicon_find(&lexicon, word("bad")));
    ef_lexicon_release(&lexicon);
}

Test(lexicon_tsv, keeps_words_for_people_from_the_classifier)
{
    seen s;
    ef_lexicon lexicon = read_lexicon("[identity]\nsikh|sikhs\tunheard\n", &s, EF_OK);
    const ef_lexicon_entry *entry = ef_lexicon_find(&lexicon, word("sikhs"));
    cr_assert_eq(entry->valence, 0);
    cr_assert(entry->flags & EF_ENTRY_OWN);
    ef_lexicon_release(&lexicon);
}

Test(lexicon_tsv, expands_alternatives_into_phrases)
{
    seen s;
    ef_lexicon lexicon = read_lexicon("drop|dropped the ball|puck\t-2\n", &s, EF_OK);
    uint64_t key = ef_hash_combine(ef_hash_combine(word("dropped"), word("the")),
                                   word("puck"));
    cr_assert_eq(ef_lexicon_find_path(&lexicon, EF_TRIPLES, key)->valence, -200);
    ef_lexicon_release(&lexicon);
}

Test(lexicon_tsv, says_line_and_column_of_an_error)
{
    seen s;
    ef_lexicon lexicon = read_lexicon("good\t1\nbad\tnine\n", &s, EF_ERR_FORMAT);
    cr_assert_eq(s.errors, 1);
    cr_assert_eq(s.line, 2);
    cr_assert_eq(s.column, 5);
    ef_lexicon_release(&lexicon);
}

Test(lexicon_tsv, refuses_weights_out_of_range_and_non_numbers)
{
    const char *const bad[] = { "a\t5\n", "a\t-4.1\n", "a\tnan\n", "a\tinf\n", "a\t1e3\n",
                                "a\t\n", "a 1\n", "[nonsense]\n", "[boosters]\na\t0\n",
                                "[signals]\na\tboredom\n", "[emotions]\na\tjoy\t4\n",
                                "* word\t1\n", "word _\t1\n", "a||b c\t1\n",
                                "[identity]\na\t1\n", "[identity]\na b\tunheard\n",
                                "[identity]\na-b\tunheard\n" };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        seen s;
        ef_lexicon lexicon = read_lexicon(bad[i], &s, EF_ERR_FORMAT);
        cr_assert_eq(s.errors, 1, "line %zu", i);
        ef_lexicon_release(&lexicon);
    }
}

Test(lexicon_tsv, warns_of_duplicates_and_of_what_no_text_can_match)
{
    seen s;
    ef_lexicon lexicon = read_lexicon("good\t1\nGOOD\t2\n", &s, EF_OK);
    cr_assert_eq(s.warnings, 1);
    cr_assert_eq(s.line, 2);
    ef_lexicon_release(&lexicon);
    lexicon = read_lexicon("!!\t1\n", &s, EF_OK);
    cr_assert_eq(s.warnings, 1);
    ef_lexicon_release(&lexicon);
}

Test(lexicon_tsv, takes_further_columns_like_those_of_vader)
{
    seen s;
    ef_lexicon lexicon = read_lexicon("great\t3.1\t0.7\t[3, 4, 3, 2]\n", &s, EF_OK);
    cr_assert_eq(ef_lexicon_find(&lexicon, word("great"))->valence, 310);
    ef_lexicon_release(&lexicon);
}

Test(lexicon_tsv, keeps_bar_and_star_inside_an_emoticon)
{
    seen s;
    ef_lexicon lexicon = read_lexicon(":|\t-0.4\n", &s, EF_OK);
    cr_assert_eq(s.warnings + s.errors, 0);
    ef_lexicon_release(&lexicon);
}

Test(lexicon_tsv, image_opens_as_it_was_written_and_damage_is_refused)
{
    seen s;
    ef_lexicon lexicon = read_lexicon("good\t1\n", &s, EF_OK), again;
    ef_buffer image = { 0 };
    ef_error error;
    cr_assert(ef_lexicon_write(&lexicon, &image));
    ef_slice bytes = ef_buffer_slice(&image);
    cr_assert_eq(ef_lexicon_open(&again, bytes.data, bytes.size, &error), EF_OK);
    cr_assert_eq(ef_lexicon_find(&again, word("good"))->valence, 100);
    cr_assert_eq(ef_lexicon_open(&again, bytes.data, bytes.size - 1, &error), EF_ERR_FORMAT);
    for (size_t byte = 0; byte < 16; byte++) {
        image.data[byte] ^= 0x40;
        cr_assert_eq(ef_lexicon_open(&again, image.data, image.size, &error), EF_ERR_FORMAT);
        image.data[byte] ^= 0x40;
    }
    ef_lexicon_release(&lexicon);
    ef_buffer_release(&image);
}

Test(lexicon_tsv, finds_each_of_many_words_and_no_other)
{
    enum { WORDS = 20000 };
    ef_buffer file = { 0 };
    char line[64];
    for (int i = 0; i < WORDS; i++) {
        int size = snprintf(line, sizeof line, "w%da\t%d.5\nw%da then\t1\n", i, i % 4, i);
        cr_assert(ef_buffer_append(&file, line, (size_t)size));
    }
    cr_assert(ef_buffer_append(&file, "", 1));
    seen s;
    ef_lexicon lexicon = read_lexicon((const char *)file.data, &s, EF_OK);
    for (int i = 0; i < WORDS; i++) {
        snprintf(line, sizeof line, "w%da", i);
        const ef_lexicon_entry *entry = ef_lexicon_find(&lexicon, word(line));
        cr_assert(entry != NULL && entry->valence == i % 4 * 100 + 50);
        uint64_t pair = ef_hash_combine(word(line), word("then"));
        cr_assert_not_null(ef_lexicon_find_path(&lexicon, EF_PAIRS, pair));
        cr_assert_null(ef_lexicon_find_path(&lexicon, EF_TRIPLES, pair));
        snprintf(line, sizeof line, "w%db", i);
        cr_assert_null(ef_lexicon_find(&lexicon, word(line)));
        pair = ef_hash_combine(word(line), word("then"));
        cr_assert_null(ef_lexicon_find_path(&lexicon, EF_PAIRS, pair));
    }
    ef_lexicon_release(&lexicon);
    ef_buffer_release(&file);
}
