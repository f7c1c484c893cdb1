/* SPDX-License-Identifier: MIT
 * test_recipe.c - lists of labelled files, good and broken. */
#include "pipeline/recipe.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "earful/scorer.h"

static char folder[] = "/tmp/earful-recipe-XXXXXX";

static void put(const char *name, const char *text)
{
    char path[256];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "wb");
    cr_assert_not_null(file);
    fputs(text, file);
    fclose(file);
}

static void start(void)
{
    cr_assert_not_null(mkdtemp(folder));
    put("a.tsv", "neg\tit broke\nneu\tit came\npos\tit works\nodd\tnothing\n\nneg\n");
    put("moods.tsv", "rage\tgrr\nglee,love\tyay\nglee,rage\thm\ncalm\tso\nglee,odd\twhat\n");
    put("b.tsv", "5\tlovely\twith a tab\r\n3\tso so");
}

static void stop(void)
{
    static const char *const names[] = { "a.tsv", "b.tsv", "moods.tsv", "recipe" };
    char path[256];
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        snprintf(path, sizeof path, "%s/%s", folder, names[i]);
        unlink(path);
    }
    rmdir(folder);
}

TestSuite(recipe, .init = start, .fini = stop);

static ef_status read_recipe(ef_texts *texts, const char *recipe, ef_error *error)
{
    char path[256];
    put("recipe", recipe);
    snprintf(path, sizeof path, "%s/recipe", folder);
    memset(texts, 0, sizeof *texts);
    return ef_recipe_read(texts, NULL, path, folder, error);
}

static ef_status read_both(ef_texts *texts, ef_texts *felt, const char *recipe,
                           ef_error *error)
{
    char path[256];
    put("recipe", recipe);
    snprintf(path, sizeof path, "%s/recipe", folder);
    memset(texts, 0, sizeof *texts);
    memset(felt, 0, sizeof *felt);
    return ef_recipe_read(texts, felt, path, folder, error);
}

static void expect_text(const ef_texts *texts, size_t index, const char *text)
{
    ef_slice found = ef_texts_at(texts, index);
    cr_assert_eq(found.size, strlen(text));
    cr_assert_eq(memcmp(found.data, text, found.size), 0);
}

Test(recipe, reads_rows_whose_label_it_names)
{
    ef_texts texts;
    cr_assert_eq(read_recipe(&texts,
                             "# what follows is a comment\n\n"
                             "a.tsv\tshop\tneg=negative pos=positive\t0.5\n"
                             "b.tsv\tapp\t5=positive 3=neutral\n",
                             NULL),
                 EF_OK);
    cr_assert_eq(texts.count, 4);
    cr_assert_eq(texts.families, 2);
    cr_assert_str_eq(texts.names[1], "app");
    expect_text(&texts, 0, "it broke");
    expect_text(&texts, 2, "lovely\twith a tab\r");
    expect_text(&texts, 3, "so so");
    cr_assert_eq(texts.list[0].label, EF_NEGATIVE);
    cr_assert_eq(texts.list[0].weight, 50);
    cr_assert_eq(texts.list[3].label, EF_NEUTRAL);
    cr_assert_eq(texts.list[3].weight, EF_WHOLE_WEIGHT);
    cr_assert_eq(texts.list[3].family, 1);
    ef_texts_release(&texts);
}

Test(recipe, takes_any_label_for_a_star)
{
    ef_texts texts;
    cr_assert_eq(read_recipe(&texts, "a.tsv\tx\todd=negative *=words\n", NULL), EF_OK);
    cr_assert_eq(texts.count, 4);
    cr_assert_eq(texts.list[0].label, EF_WORDS_ONLY);
    cr_assert_eq(texts.list[3].label, EF_NEGATIVE);
    ef_texts_release(&texts);
}

Test(recipe, names_the_line_that_is_wrong)
{
    static const char *const broken[] = {
        "a.tsv\n",
        "a.tsv\tshop\n",
        "a.tsv\tshop\tneg\n",
        "\tshop\tneg=negative\n",
        "a.tsv\tshop\tneg=bad\n",
        "a.tsv\tshop\tneg=negative\tmuch\n",
        "a.tsv\tshop\tneg=negative\t0\n",
        "a.tsv\tshop\tneg=negative\t1e9\n",
        "a.tsv\ta name of a family that is far too long\tneg=negative\n",
    };
    for (size_t i = 0; i < sizeof broken / sizeof *broken; i++) {
        ef_texts texts;
        ef_error error = { 0 };
        char recipe[256];
        snprintf(recipe, sizeof recipe, "# first\n%s", broken[i]);
        cr_assert_eq(read_recipe(&texts, recipe, &error), EF_ERR_FORMAT, "%s", broken[i]);
        cr_assert_eq(error.line, 2);
        cr_assert_not_null(strstr(error.message, "line 2"));
        ef_texts_release(&texts);
    }
}

Test(recipe, names_a_file_that_is_not_there)
{
    ef_texts texts;
    ef_error error = { 0 };
    cr_assert_eq(read_recipe(&texts, "c.tsv\tshop\tneg=negative\n", &error), EF_ERR_IO);
    cr_assert_not_null(strstr(error.message, "c.tsv"));
    ef_texts_release(&texts);
}

Test(recipe, reads_labels_in_words)
{
    cr_assert_eq(ef_label_read(ef_slice_of("Negative")), EF_NEGATIVE);
    cr_assert_eq(ef_label_read(ef_slice_of("neu")), EF_NEUTRAL);
    cr_assert_eq(ef_label_read(ef_slice_of("POS")), EF_POSITIVE);
    cr_assert_eq(ef_label_read(ef_slice_of("positively")), -1);
    cr_assert_eq(ef_label_read(ef_slice_of("")), -1);
}

Test(recipe, keeps_texts_with_emotions_apart_as_sets)
{
    ef_texts texts, felt;
    ef_error error = { 0 };
    cr_assert_eq(read_both(&texts, &felt,
                           "a.tsv\tshop\tneg=negative pos=positive\n"
                           "moods.tsv\tforum\trage=anger glee=joy love=joy calm=none\n",
                           &error),
                 EF_OK, "%s", error.message);
    cr_assert_eq(texts.count, 2);
    cr_assert_eq(felt.count, 4);
    cr_assert_eq(felt.families, 1);
    cr_assert_eq(felt.list[0].label, 1 << EF_EMOTION_ANGER);
    cr_assert_eq(felt.list[1].label, 1 << EF_EMOTION_JOY);
    cr_assert_eq(felt.list[2].label, 1 << EF_EMOTION_JOY | 1 << EF_EMOTION_ANGER);
    cr_assert_eq(felt.list[3].label, 1 << EF_EMOTION_NONE);
    expect_text(&felt, 3, "so");
    ef_texts_release(&texts);
    ef_texts_release(&felt);
}

Test(recipe, leaves_out_a_row_whose_labels_disagree)
{
    ef_texts texts;
    cr_assert_eq(read_recipe(&texts, "moods.tsv\tx\trage=negative glee=positive love=positive\n",
                             NULL),
                 EF_OK);
    cr_assert_eq(texts.count, 2);
    cr_assert_eq(texts.list[1].label, EF_POSITIVE);
    ef_texts_release(&texts);
}

Test(recipe, wants_emotions_on_a_line_of_their_own)
{
    ef_texts texts, felt;
    ef_error error = { 0 };
    cr_assert_eq(read_both(&texts, &felt, "moods.tsv\tx\trage=anger glee=positive\n", &error),
                 EF_ERR_FORMAT);
    cr_assert(strstr(error.message, "line 1: emotions stand on a line of their own"));
    ef_texts_release(&texts);
    ef_texts_release(&felt);
}
