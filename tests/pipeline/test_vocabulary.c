/* SPDX-License-Identifier: MIT
 * test_vocabulary.c - which words belong to the language of a model, and which texts.
 *
 * Two families of an invented shop write English; some of them say "zu" and "mit", as do
 * all texts of the other language. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "earful/app/train.h"
#include "earful/earful.h"

static char folder[] = "/tmp/earful-vocabulary-XXXXXX";
static ef_engine *engine;
static ef_scratch *scratch;

static void path_of(char path[64], const char *name)
{
    snprintf(path, 64, "%s/%s", folder, name);
}

static FILE *create(const char *name)
{
    char path[64];
    path_of(path, name);
    FILE *file = fopen(path, "wb");
    cr_assert_not_null(file);
    return file;
}

static void write_texts(void)
{
    static const char *const things[] = { "door", "lamp", "table", "spoon", "wheel" };
    FILE *own = create("own.tsv"), *other = create("other.tsv"),
         *foreign = create("far.tsv");
    for (int i = 0; i < 300; i++) {
        const char *thing = things[i / 3 % 5];
        const char *label = i % 3 == 0 ? "neg" : i % 3 == 1 ? "neu" : "pos";
        const char *said = i % 3 == 0   ? "is broken"
                           : i % 3 == 1 ? "came today"
                                        : "is great";
        fprintf(own, "%s\tthe %s %s and we kept it%s\n", label, thing, said,
                i % 60 == 0 ? " mit zu" : "");
        fprintf(other, "%s\tthis %s %s so we kept the %s\n", label, thing, said, thing);
        fprintf(foreign, "x\tdas brett kommt mit %s zu dir%s\n", thing,
                i % 9 == 0 ? " nomade" : "");
    }
    fclose(own);
    fclose(other);
    fclose(foreign);
    FILE *recipe = create("recipe");
    fputs("own.tsv\town\tneg=negative neu=neutral pos=positive\n"
          "other.tsv\tother\tneg=negative neu=neutral pos=positive\n"
          "far.tsv\tfar\t*=foreign\n",
          recipe);
    fclose(recipe);
}

static void start(void)
{
    char recipe[64], model[64];
    const char *inputs[] = { folder };
    cr_assert_not_null(mkdtemp(folder));
    write_texts();
    path_of(recipe, "recipe");
    path_of(model, "model.efm");
    ef_train_options train = { .reader = { .inputs = inputs, .input_count = 1 },
                               .recipe_path = recipe,
                               .output_path = model,
                               .feature_bits = 12,
                               .threads = 1 };
    ef_engine_options options = { .model_path = model };
    ef_train_summary summary;
    ef_error error = { 0 };
    cr_assert_eq(ef_train(NULL, &train, &summary, &error), EF_OK, "%s", error.message);
    cr_assert_eq(ef_engine_new(&engine, &options, &error), EF_OK, "%s", error.message);
    cr_assert_eq(ef_scratch_new(&scratch, NULL), EF_OK);
}

static void stop(void)
{
    static const char *const names[] = { "own.tsv", "other.tsv", "far.tsv", "recipe",
                                         "model.efm" };
    ef_scratch_free(scratch);
    ef_engine_free(engine);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        char path[64];
        path_of(path, names[i]);
        unlink(path);
    }
    rmdir(folder);
}

TestSuite(vocabulary, .init = start, .fini = stop, .timeout = 120);

static bool is_foreign(const char *text)
{
    ef_score score;
    cr_assert_eq(ef_score_text(engine, scratch, ef_slice_of(text), &score, NULL), EF_OK);
    cr_expect_eq(score.label == EF_LABEL_NONE, score.language == EF_LANGUAGE_UNKNOWN);
    return score.language == EF_LANGUAGE_UNKNOWN;
}

Test(vocabulary, words_that_others_say_far_more_often_are_theirs)
{
    cr_expect(is_foreign("das brett kommt mit zu dir"));
    cr_expect(is_foreign("mit zu mit zu"));
    cr_expect(is_foreign("the lamp mit zu dir"));
    cr_expect_not(is_foreign("and so we kept the lamp mit dir"));
}

Test(vocabulary, a_few_names_do_not_make_a_text_foreign)
{
    cr_expect_not(is_foreign("this lamp is great"));
    cr_expect_not(is_foreign("the lamp, Xanthippe Gorblimey"));
    cr_expect(is_foreign("Xanthippe Gorblimey lamp Quux"));
}

Test(vocabulary, three_words_are_too_few_to_tell)
{
    cr_expect_not(is_foreign("das brett kommt"));
}

/* The lexicon lists "die", for good or bad; that alone makes no English of other words. */
Test(vocabulary, words_of_the_lexicon_are_known)
{
    cr_expect_not(is_foreign("awful terrible wonderful lovely"));
}
