/* SPDX-License-Identifier: MIT
 * test_eval.c - scores compared with labels and stars, for models and for groups. */
#include "earful/app/eval.h"

#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "earful/earful.h"

static char path[] = "/tmp/earful-eval-XXXXXX";
static const char *const inputs[] = { path };
static ef_engine *engines[2];

/* Four texts of two shops; one row has no text, one no label, and one is not English. */
static void start(void)
{
    static const char rows[] = "review,stars,verdict,shop\n"
                               "I love it very much,5,pos,north\n"
                               "It is awful and I hate it,1,NEG,south\n"
                               "Terrible rubbish that broke,2,negative,north\n"
                               "Wonderful and I am so happy,1,pos,north\n"
                               ",5,pos,west\n"
                               "I love it,,,north\n"
                               "Der Wasserkocher kam schnell hier an,5,pos,east\n";
    ef_engine_options options[2] = { { 0 }, { .scorer = "lexicon" } };
    int file = mkstemp(path);
    cr_assert(file >= 0 && write(file, rows, sizeof rows - 1) == (ssize_t)sizeof rows - 1);
    close(file);
    for (int i = 0; i < 2; i++)
        cr_assert_eq(ef_engine_new(&engines[i], &options[i], NULL), EF_OK);
}

static void stop(void)
{
    unlink(path);
    ef_engine_free(engines[0]);
    ef_engine_free(engines[1]);
}

TestSuite(eval, .init = start, .fini = stop, .timeout = 60);

static const ef_eval_options plain = {
    .reader = { .inputs = inputs,
                .input_count = 1,
                .format = "csv",
                .text = "review",
                .rating = "stars",
                .rating_scale = "1-5" },
};

static ef_evaluated *evaluate(const ef_eval_options *options, size_t count)
{
    ef_evaluated *e;
    ef_error error = { 0 };
    cr_assert_eq(ef_eval((const ef_engine *const *)engines, count, options, &e, &error),
                 EF_OK, "%s", error.message);
    return e;
}

Test(eval, compares_with_labels_and_counts_what_it_leaves_out)
{
    ef_eval_options options = plain;
    options.label = "verdict";
    ef_evaluated *e = evaluate(&options, 1);
    cr_assert_eq(e->texts, 4);
    cr_assert_eq(e->left_out, 3);
    cr_assert_eq(e->models[0].all.confusion[0][0], 2);
    cr_assert_eq(e->models[0].all.confusion[2][2], 2);
    cr_assert_eq(e->models[0].all.accuracy, 1);
    cr_assert_eq(e->models[0].bounds.low.accuracy, 1);
    cr_assert_gt(e->models[0].all.log_loss, 0);
    cr_assert_lt(e->models[0].all.log_loss, log(3));
    cr_assert_eq(e->group_count, 0);
    ef_evaluated_free(e);
}

Test(eval, takes_stars_where_there_is_no_label)
{
    ef_evaluated *e = evaluate(&plain, 1);
    cr_assert_eq(e->texts, 4);
    cr_assert_eq(e->models[0].all.confusion[0][2], 1, "one happy text has one star");
    cr_assert_eq(e->models[0].all.accuracy, 0.75);
    ef_evaluated_free(e);
}

Test(eval, gives_figures_of_groups_the_largest_first)
{
    ef_eval_options options = plain;
    options.group = "shop";
    ef_evaluated *e = evaluate(&options, 2);
    cr_assert_eq(e->group_count, 3);
    cr_assert_eq(memcmp(e->groups[0].name.data, "north", 5), 0);
    cr_assert_eq(e->groups[0].models[0].texts, 3);
    cr_assert_eq(e->groups[0].models[1].texts, 3);
    cr_assert_eq(memcmp(e->groups[1].name.data, "south", 5), 0);
    cr_assert_eq(e->groups[1].models[0].texts, 1);
    cr_assert_eq(e->groups[2].models[0].texts, 0, "of an unknown language");
    ef_evaluated_free(e);
}

Test(eval, looks_at_records_that_meet_the_conditions)
{
    static const char *const where[] = { "shop=south" };
    ef_eval_options options = plain;
    options.where = where;
    options.where_count = 1;
    ef_evaluated *e = evaluate(&options, 1);
    cr_assert_eq(e->texts, 1);
    ef_evaluated_free(e);
}

Test(eval, finds_no_difference_between_a_model_and_itself)
{
    ef_engine *twice[2] = { engines[0], engines[0] };
    ef_evaluated *e;
    cr_assert_eq(ef_eval((const ef_engine *const *)twice, 2, &plain, &e, NULL), EF_OK);
    const ef_contest *c = &e->models[1].against_first;
    cr_assert_eq(c->p, 1);
    cr_assert_eq(c->difference.log_loss, 0);
    cr_assert_eq(c->bounds.low.macro_f1, 0);
    cr_assert_eq(c->bounds.high.macro_f1, 0);
    ef_evaluated_free(e);
}

Test(eval, gives_the_same_with_any_number_of_threads)
{
    ef_eval_options options = plain;
    options.threads = 1;
    ef_evaluated *one = evaluate(&options, 2);
    options.threads = 7;
    ef_evaluated *seven = evaluate(&options, 2);
    cr_assert_eq(memcmp(one->models, seven->models, 2 * sizeof *one->models), 0);
    ef_evaluated_free(one);
    ef_evaluated_free(seven);
}

Test(eval, names_a_column_that_is_missing)
{
    ef_eval_options options = plain;
    ef_evaluated *e;
    ef_error error = { 0 };
    options.label = "mood";
    cr_assert_eq(ef_eval((const ef_engine *const *)engines, 1, &options, &e, &error),
                 EF_ERR_ARGUMENT);
    cr_assert_not_null(strstr(error.message, "mood"));
    cr_assert_null(e);
    options.label = NULL;
    options.group = "shops";
    cr_assert_eq(ef_eval((const ef_engine *const *)engines, 1, &options, &e, &error),
                 EF_ERR_ARGUMENT);
    cr_assert_not_null(strstr(error.message, "did you mean 'shop'"));
}
