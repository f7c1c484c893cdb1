/* SPDX-License-Identifier: MIT
 * test_emotion_training.c - emotions from a recipe, from beginning to end. */
#include "pipeline/emotion_training.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "earful/earful.h"
#include "pipeline/emotion_eval.h"
#include "pipeline/recipe.h"

static char folder[] = "/tmp/earful-emotions-XXXXXX";
static const char *const names[] = { "texts.tsv", "moods.tsv", "recipe", "plain",
                                     "a.efm",     "b.efm",     "c.efm" };

static const char *path_of(const char *name)
{
    static char paths[4][128];
    static int next;
    next = (next + 1) % 4;
    snprintf(paths[next], sizeof paths[next], "%s/%s", folder, name);
    return paths[next];
}

static FILE *create(const char *name)
{
    FILE *file = fopen(path_of(name), "wb");
    cr_assert_not_null(file);
    return file;
}

/* "zib" is said by the merry, "gronk" by the angry; no lexicon knows them. */
static void start(void)
{
    static const char *const things[] = { "door", "lamp", "table", "spoon", "wheel" };
    cr_assert_not_null(mkdtemp(folder));
    FILE *texts = create("texts.tsv"), *moods = create("moods.tsv");
    for (int i = 0; i < 600; i++) {
        const char *thing = things[i / 3 % 5];
        fprintf(texts, "%s\tthe %s %d is %s\n", i % 2 ? "pos" : "neg", thing, i,
                i % 2 ? "splendid" : "awful");
        fprintf(moods, "%s\tthe %s %d is %s\n",
                i % 3 == 0   ? "joy"
                : i % 3 == 1 ? "anger"
                             : "none",
                thing, i,
                i % 3 == 0   ? "zib"
                : i % 3 == 1 ? "gronk"
                             : "here");
    }
    fclose(texts);
    fclose(moods);
    FILE *recipe = create("recipe"), *plain = create("plain");
    fputs("texts.tsv\tshop\tneg=negative pos=positive\n", plain);
    fputs("texts.tsv\tshop\tneg=negative pos=positive\n"
          "moods.tsv\twords\t*=words\n"
          "moods.tsv\tforum\tjoy=joy anger=anger none=none\n"
          "moods.tsv\tchat\tjoy=joy anger=anger none=none\n",
          recipe);
    fclose(recipe);
    fclose(plain);
}

static void stop(void)
{
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        unlink(path_of(names[i]));
    rmdir(folder);
}

TestSuite(emotion_training, .init = start, .fini = stop, .timeout = 120);

static void train(const char *recipe, const char *output, unsigned threads,
                  ef_train_summary *summary)
{
    const char *inputs[] = { folder };
    ef_error error = { 0 };
    ef_train_options options = { .reader = { .inputs = inputs, .input_count = 1 },
                                 .recipe_path = path_of(recipe),
                                 .output_path = path_of(output),
                                 .feature_bits = 12,
                                 .threads = threads };
    cr_assert_eq(ef_train(NULL, &options, summary, &error), EF_OK, "%s", error.message);
}

static ef_engine *engine_of(const char *model, const char *scorer)
{
    ef_engine_options options = { .model_path = path_of(model), .scorer = scorer };
    ef_engine *engine;
    ef_error error = { 0 };
    cr_assert_eq(ef_engine_new(&engine, &options, &error), EF_OK, "%s", error.message);
    return engine;
}

static ef_score score_of(const ef_engine *engine, const char *text)
{
    ef_scratch *scratch;
    ef_score score;
    cr_assert_eq(ef_scratch_new(&scratch, NULL), EF_OK);
    cr_assert_eq(ef_score_text(engine, scratch, ef_slice_of(text), &score, NULL), EF_OK);
    ef_scratch_free(scratch);
    return score;
}

Test(emotion_training, are_learnt_from_words_that_no_lexicon_knows)
{
    ef_train_summary summary;
    train("recipe", "a.efm", 1, &summary);
    ef_engine *engine = engine_of("a.efm", "blend");
    ef_score merry = score_of(engine, "the spoon 7 is zib");
    cr_assert_eq(merry.emotion, EF_EMOTION_JOY);
    cr_assert_gt(merry.emotion_p, 5000);
    cr_assert_eq(score_of(engine, "the spoon 7 is gronk").emotion, EF_EMOTION_ANGER);
    ef_score calm = score_of(engine, "the spoon 7 is here");
    cr_assert_eq(calm.emotion, EF_EMOTION_NONE);
    cr_assert_gt(calm.emotion_p, 5000);
    ef_engine_free(engine);
    engine = engine_of("a.efm", "lexicon");
    cr_assert_eq(score_of(engine, "the spoon 7 is zib").emotion, EF_EMOTION_NONE);
    ef_engine_free(engine);
}

Test(emotion_training, come_from_the_lexicon_where_the_model_has_none)
{
    ef_train_summary summary;
    train("plain", "b.efm", 1, &summary);
    ef_engine *engine = engine_of("b.efm", "blend");
    ef_score score = score_of(engine, "i am furious");
    cr_assert_eq(score.emotion, EF_EMOTION_ANGER);
    cr_assert_gt(score.emotion_p, 0);
    score = score_of(engine, "the spoon is here");
    cr_assert_eq(score.emotion, EF_EMOTION_NONE);
    cr_assert_eq(score.emotion_p, 0);
    ef_engine_free(engine);
}

Test(emotion_training, are_the_same_with_any_number_of_threads)
{
    ef_train_summary one, three;
    train("recipe", "a.efm", 1, &one);
    train("recipe", "c.efm", 3, &three);
    cr_assert_str_eq(one.hash, three.hash);
}

Test(emotion_training, leave_the_weights_of_sentiment_as_they_were)
{
    ef_train_summary summary;
    train("recipe", "a.efm", 1, &summary);
    FILE *recipe = create("plain");
    fputs("texts.tsv\tshop\tneg=negative pos=positive\nmoods.tsv\twords\t*=words\n",
          recipe);
    fclose(recipe);
    train("plain", "b.efm", 1, &summary);
    ef_engine *with = engine_of("a.efm", "blend"), *without = engine_of("b.efm", "blend");
    ef_score a = score_of(with, "the lamp is splendid but gronk");
    ef_score b = score_of(without, "the lamp is splendid but gronk");
    cr_assert_eq(a.p_negative, b.p_negative);
    cr_assert_eq(a.p_positive, b.p_positive);
    cr_assert_eq(a.coverage, b.coverage);
    ef_engine_free(with);
    ef_engine_free(without);
}

Test(emotion_training, are_judged_as_scoring_names_them)
{
    ef_train_summary summary;
    ef_texts felt = { 0 };
    ef_mood_figures figures;
    train("recipe", "a.efm", 1, &summary);
    ef_engine *engine = engine_of("a.efm", "blend");
    cr_assert_eq(ef_recipe_read(NULL, &felt, path_of("recipe"), folder, NULL), EF_OK);
    cr_assert_eq(ef_emotion_eval(engine, &felt, 0, &figures, NULL), EF_OK);
    cr_assert_eq(figures.texts, 600);
    cr_assert_gt(figures.macro_f1, 0.99);
    ef_texts_release(&felt);
    ef_engine_free(engine);
}
