/* SPDX-License-Identifier: MIT
 * test_language.c - language packs: the German one at work, and folders that are none.
 *
 * tests/data/de/sample.tsv holds invented German messages with their labels; none of them
 * was used to train. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "earful/earful.h"

enum { WANTED_PERCENT = 85 };

static ef_engine *engine;
static ef_scratch *scratch;

static void start(void)
{
    ef_engine_options options = { .language_path = "languages/de" };
    ef_error error = { 0 };
    cr_assert_eq(ef_engine_new(&engine, &options, &error), EF_OK, "%s", error.message);
    cr_assert_eq(ef_scratch_new(&scratch, NULL), EF_OK);
}

static void stop(void)
{
    ef_scratch_free(scratch);
    ef_engine_free(engine);
}

TestSuite(language, .init = start, .fini = stop);

static ef_score score_of(const char *text)
{
    ef_score score;
    cr_assert_eq(ef_score_text(engine, scratch, ef_slice_of(text), &score, NULL), EF_OK);
    return score;
}

Test(language, german_sample_is_judged_as_people_do)
{
    FILE *file = fopen("tests/data/de/sample.tsv", "rb");
    char line[1024];
    unsigned rows = 0, right = 0;
    cr_assert_not_null(file);
    cr_assert_not_null(fgets(line, sizeof line, file));
    while (fgets(line, sizeof line, file) != NULL) {
        char *text = line, *label = strsep(&text, "\t");
        text[strcspn(text, "\n")] = '\0';
        ef_score score = score_of(text);
        rows++;
        right += strcmp(ef_label_name(score.label), label) == 0;
        cr_expect_eq(score.language, EF_LANGUAGE_MODEL, "'%s'", text);
    }
    fclose(file);
    cr_expect_geq(right * 100, rows * WANTED_PERCENT, "%u of %u", right, rows);
    cr_expect_gt(rows, 40);
}

static int32_t lexicon_of(const char *text)
{
    ef_explanation explanation;
    cr_assert_eq(ef_explain_text(engine, scratch, ef_slice_of(text), &explanation, NULL),
                 EF_OK);
    return explanation.evidence.lexicon;
}

Test(language, umlauts_are_one_word_however_they_are_written)
{
    cr_expect_eq(lexicon_of("schön"), 200);
    cr_expect_eq(lexicon_of("Schön"), 200);
    cr_expect_eq(lexicon_of("scho\xCC\x88n"), 200, "o and a combining mark");
    cr_expect_eq(lexicon_of("schoen"), 200);
    cr_expect_eq(lexicon_of("Spaß"), lexicon_of("spass"));
    cr_expect_gt(lexicon_of("SCHÖN ist es hier"), 200, "capitals of any letter");
}

Test(language, german_negators_stand_before_and_behind)
{
    cr_expect_lt(lexicon_of("das ist nicht schön"), 0);
    cr_expect_lt(lexicon_of("das gefällt mir nicht"), 0);
    cr_expect_lt(lexicon_of("das gefaellt mir leider gar nicht"), 0);
    cr_expect_lt(lexicon_of("keine Hilfe, nirgends"), 0);
    cr_expect_gt(lexicon_of("ohne Probleme angekommen"), 0);
    cr_expect_gt(lexicon_of("kein Fehler"), 0);
}

Test(language, what_follows_aber_weighs_more)
{
    cr_expect_lt(lexicon_of("schön, aber enttäuschend"), 0);
    cr_expect_gt(lexicon_of("enttäuschend, aber schön"),
                 lexicon_of("schön, aber enttäuschend"));
}

/* "die", "also" and "gift" are no English words here, emoji speak every language. */
Test(language, a_pack_replaces_english)
{
    cr_expect_eq(lexicon_of("terrible awful wonderful"), 0);
    cr_expect_gt(lexicon_of("😍"), 0);
}

Test(language, a_users_words_win_over_a_packs)
{
    static char own[] = "/tmp/earful-language-XXXXXX";
    int file = mkstemp(own);
    static const char words[] = "schön\t-3\n";
    cr_assert_eq(write(file, words, sizeof words - 1), (ssize_t)sizeof words - 1);
    close(file);
    const char *paths[] = { own };
    ef_engine_options options = { .language_path = "languages/de",
                                  .lexicon_paths = paths,
                                  .lexicon_count = 1 };
    stop();
    cr_assert_eq(ef_engine_new(&engine, &options, NULL), EF_OK);
    cr_assert_eq(ef_scratch_new(&scratch, NULL), EF_OK);
    unlink(own);
    cr_expect_eq(lexicon_of("schön"), -300);
}

static void expect_refused(const char *folder, ef_status status, const char *message)
{
    ef_engine_options options = { .language_path = folder };
    ef_engine *none;
    ef_error error = { 0 };
    cr_expect_eq(ef_engine_new(&none, &options, &error), status);
    cr_expect_null(none);
    cr_expect_not_null(strstr(error.message, message), "%s", error.message);
}

Test(language, folders_that_are_no_pack_are_refused)
{
    expect_refused("tests/data/nowhere", EF_ERR_IO, "cannot open language");
    expect_refused("tests/tools", EF_ERR_IO, "no lexicon in language");
    expect_refused("tests/capability", EF_ERR_FORMAT, "tests/capability/");
    expect_refused("lexicons", EF_ERR_IO, "lexicons/model.efm");
}
