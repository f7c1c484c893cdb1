/* SPDX-License-Identifier: MIT
 * test_reviewing.c - what is asked, in which order, and what becomes of the answers. */
#include "earful/app/review.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char folder[] = "/tmp/earful-review-XXXXXX";
static ef_engine *engine;

static void set_up(void)
{
    cr_assert_not_null(mkdtemp(folder));
    cr_assert_eq(chdir(folder), 0);
    cr_assert_eq(ef_engine_new(&engine, NULL, NULL), EF_OK);
}

static void clean_up(void)
{
    static const char *const files[] = { "in.csv", "l.csv", "m.csv", "chat.ndjson" };
    for (size_t i = 0; i < sizeof files / sizeof *files; i++)
        unlink(files[i]);
    rmdir(folder);
    ef_engine_free(engine);
}

TestSuite(reviewing, .init = set_up, .fini = clean_up, .timeout = 120);

/* Rows of every mood, sure and unsure; every tenth comes twice. */
static void write_input(size_t rows)
{
    static const char *const parts[] = {
        "I love this %s, wonderful",         "The %s is broken and I want my money back",
        "The %s is not bad, but not good",   "It is a %s",
        "Is the %s better than the old one", "Great, the %s broke again. Thanks a lot",
        "Terrible %s, but lovely service",   "The %s is okay I guess",
    };
    static const char *const things[] = { "kettle", "lamp", "spoon", "door", "clock",
                                          "chair",  "tent", "boat",  "drum", "scarf" };
    FILE *file = fopen("in.csv", "wb");
    cr_assert_not_null(file);
    fputs("id,text\n", file);
    for (size_t i = 0; i < rows; i++) {
        char text[128];
        snprintf(text, sizeof text, parts[i % 8], things[i / 8 % 10]);
        for (int again = 0; again <= (i % 10 == 0); again++)
            fprintf(file, "r%zu,\"%s %zu\"\n", i, text, i);
    }
    fclose(file);
}

static ef_review *open_review(const char *labels, const char *by, uint32_t count,
                              unsigned threads)
{
    static const char *const inputs[] = { "in.csv" };
    ef_review_options options = { .reader = { .inputs = inputs, .input_count = 1 },
                                  .labels_path = labels,
                                  .by = by,
                                  .count = count,
                                  .threads = threads };
    ef_error error = { 0 };
    ef_review *review;
    ef_status status = ef_review_open(&review, engine, &options, &error);
    cr_assert_eq(status, EF_OK, "%s", error.message);
    return review;
}

static bool is_same(ef_slice a, ef_slice b)
{
    return a.size == b.size && memcmp(a.data, b.data, a.size) == 0;
}

static ef_review_counts counts_of(const ef_review *review)
{
    ef_review_counts counts;
    ef_review_count(review, &counts);
    return counts;
}

static void answer(ef_review *review, ef_label label)
{
    cr_assert_eq(ef_review_answer(review, label, NULL), EF_OK);
}

Test(reviewing, asks_the_same_with_any_number_of_threads)
{
    write_input(60000); /* several blocks */
    ef_review *one = open_review("l.csv", NULL, 50, 1);
    ef_review *many = open_review("m.csv", NULL, 50, 8);
    cr_assert_eq(counts_of(one).asked, 50);
    for (int i = 0; i < 50; i++) {
        const ef_review_item *a = ef_review_item_now(one), *b = ef_review_item_now(many);
        cr_assert(is_same(a->text, b->text) && is_same(a->id, b->id));
        cr_assert(a->line == b->line && a->kind == b->kind);
        answer(one, EF_LABEL_NEUTRAL);
        answer(many, EF_LABEL_NEUTRAL);
    }
    cr_assert_null(ef_review_item_now(one));
    cr_assert_eq(counts_of(one).records, 66000);
    ef_review_free(one);
    ef_review_free(many);
}

Test(reviewing, never_asks_a_text_twice_and_goes_on_where_it_was)
{
    size_t asked = 0;
    write_input(70);
    for (int time = 0; time < 12; time++) {
        ef_review *review = open_review("l.csv", NULL, 7, 2);
        cr_assert_eq(counts_of(review).before, asked);
        while (ef_review_item_now(review) != NULL) {
            answer(review, asked % 4 == 0 ? EF_LABEL_NONE : EF_LABEL_POSITIVE);
            asked++;
        }
        ef_review_free(review);
    }
    cr_assert_eq(asked, 70); /* each once, although seven came twice */
}

Test(reviewing, undoes_as_often_as_there_are_answers)
{
    write_input(40);
    ef_review *review = open_review("l.csv", NULL, 5, 1);
    ef_slice first = ef_review_item_now(review)->text;
    ef_label label;
    cr_assert_eq(ef_review_undo(review, NULL), EF_END);
    answer(review, EF_LABEL_NEGATIVE);
    answer(review, EF_LABEL_NONE);
    ef_review_item_last(review, &label);
    cr_assert_eq(label, EF_LABEL_NONE);
    cr_assert_eq(ef_review_undo(review, NULL), EF_OK);
    cr_assert_eq(ef_review_undo(review, NULL), EF_OK);
    cr_assert_eq(ef_review_undo(review, NULL), EF_END);
    cr_assert(is_same(ef_review_item_now(review)->text, first));
    ef_review_counts counts = counts_of(review);
    cr_assert(counts.at == 0 && counts.labels[EF_LABEL_NEGATIVE] == 0 &&
              counts.judged == 0 && counts.labels[EF_LABEL_NONE] == 0);
    ef_review_free(review);
    cr_assert_neq(access("l.csv", F_OK), 0);
}

Test(reviewing, asks_each_kind_for_its_reason)
{
    write_input(400);
    for (unsigned kind = 0; kind < EF_REVIEW_KINDS; kind++) {
        ef_review *review = open_review("l.csv", ef_review_kind_name(kind), 10, 1);
        for (; ef_review_item_now(review) != NULL; answer(review, EF_LABEL_NONE)) {
            const ef_review_item *item = ef_review_item_now(review);
            cr_assert_eq(item->kind, kind);
            if (kind == EF_REVIEW_OPPOSED)
                cr_assert(item->score.review & EF_REVIEW_DISAGREE);
            if (kind == EF_REVIEW_CUE)
                cr_assert(item->score.review & (EF_REVIEW_LANGUAGE | EF_REVIEW_SARCASM));
        }
        ef_review_free(review);
    }
}

Test(reviewing, refuses_what_it_does_not_know)
{
    static const char *const inputs[] = { "in.csv" };
    ef_error error = { 0 };
    ef_review *review;
    write_input(5);
    ef_review_options options = { .reader = { .inputs = inputs, .input_count = 1 },
                                  .labels_path = "l.csv",
                                  .by = "magic" };
    cr_assert_eq(ef_review_open(&review, engine, &options, &error), EF_ERR_ARGUMENT);
    options.by = NULL;
    options.count = EF_REVIEW_MOST + 1;
    cr_assert_eq(ef_review_open(&review, engine, &options, &error), EF_ERR_ARGUMENT);
    options.count = 1;
    options.labels_path = "in.csv";
    cr_assert_eq(ef_review_open(&review, engine, &options, &error), EF_ERR_FORMAT);
    cr_assert_null(review);
}

/* Staff is not asked about, nor a text that nobody would read to its end. */
Test(reviewing, leaves_out_staff_and_endless_texts)
{
    static const char *const inputs[] = { "in.csv" };
    FILE *file = fopen("in.csv", "wb");
    fputs("text,author\nmy lamp broke,Ann\nwe are sorry,Bob\n\"", file);
    for (int i = 0; i < EF_REVIEW_TEXT_LIMIT; i++)
        fputs(i % 7 == 0 ? " " : "a", file);
    fputs("!\",Ann\n,Ann\n", file);
    fclose(file);
    static const char *const staff[] = { "Bob" };
    ef_review_options options = { .reader = { .inputs = inputs,
                                              .input_count = 1,
                                              .author = "author",
                                              .staff = staff,
                                              .staff_count = 1 },
                                  .labels_path = "l.csv" };
    ef_review *review;
    cr_assert_eq(ef_review_open(&review, engine, &options, NULL), EF_OK);
    cr_assert_eq(counts_of(review).asked, 1);
    cr_assert_eq(counts_of(review).too_long, 1);
    ef_review_free(review);
}

/* Whether redacted now or then, the text was answered. */
Test(reviewing, knows_a_redacted_text_again)
{
    static const char *const inputs[] = { "in.csv" };
    FILE *file = fopen("in.csv", "wb");
    fputs("text\nwrite to ann@shop.example at once\n", file);
    fclose(file);
    ef_review_options options = { .reader = { .inputs = inputs, .input_count = 1 },
                                  .labels_path = "l.csv" };
    ef_review *review;
    cr_assert_eq(ef_review_open(&review, engine, &options, NULL), EF_OK);
    answer(review, EF_LABEL_NEUTRAL);
    ef_review_free(review);
    options.redact = true;
    cr_assert_eq(ef_review_open(&review, engine, &options, NULL), EF_OK);
    cr_assert_eq(counts_of(review).asked, 0);
    ef_review_free(review);
    unlink("l.csv");
    cr_assert_eq(ef_review_open(&review, engine, &options, NULL), EF_OK);
    ef_slice shown = ef_review_item_now(review)->text;
    cr_assert_null(memmem(shown.data, shown.size, "ann@", 4));
    ef_review_free(review);
}

/* --- judging ----------------------------------------------------------------------- */

/* A model that is right where it is sure and wrong elsewhere: the figure of texts drawn by
 * lot must be near the truth, that of all asked must not. */
Test(reviewing, random_texts_tell_the_truth_and_others_do_not)
{
    ef_review_report report;
    uint64_t right = 0, all = 0;
    write_input(2000);
    for (int pass = 0; pass < 2; pass++) {
        ef_review *review =
            open_review(pass == 0 ? "m.csv" : "l.csv", pass == 0 ? "random" : "mix",
                        pass == 0 ? 1000 : 400, 2);
        while (ef_review_item_now(review) != NULL) {
            const ef_score *score = &ef_review_item_now(review)->score;
            bool is_right = score->confidence >= 5000;
            right += pass == 0 && is_right;
            all += pass == 0;
            answer(review, score->label == EF_LABEL_NONE      ? EF_LABEL_NEUTRAL
                           : is_right                         ? score->label
                           : score->label == EF_LABEL_NEUTRAL ? EF_LABEL_POSITIVE
                                                              : EF_LABEL_NEUTRAL);
        }
        ef_review_free(review);
    }
    double truth = (double)right / (double)all;
    cr_assert_eq(ef_review_judge("l.csv", &report, NULL), EF_OK);
    cr_assert_gt(report.random.texts, 95);
    cr_assert(report.random.low < truth && truth < report.random.high, "%f: %f to %f",
              truth, report.random.low, report.random.high);
    cr_assert_lt(report.all.high, truth);
    cr_assert_eq(report.models, 1);
}

Test(reviewing, judges_nothing_where_there_is_nothing)
{
    ef_review_report report;
    cr_assert_eq(ef_review_judge("l.csv", &report, NULL), EF_ERR_IO);
    write_input(10);
    ef_review *review = open_review("l.csv", NULL, 2, 1);
    answer(review, EF_LABEL_NONE);
    ef_review_free(review);
    cr_assert_eq(ef_review_judge("l.csv", &report, NULL), EF_OK);
    cr_assert(report.labels[EF_LABEL_NONE] == 1 && report.all.texts == 0 &&
              report.random.high == 1);
}

Test(reviewing, advises_to_label_on_and_then_to_learn)
{
    ef_review_gain gain;
    FILE *file = fopen("in.csv", "wb");
    fputs("text\n", file);
    for (int i = 0; i < 120; i++)
        fprintf(file, "the spoon is %s and number %d\n", i % 2 ? "zib" : "gronk", i);
    fclose(file);
    for (uint32_t count = 8; count <= 104; count += 96) {
        ef_review *review = open_review("l.csv", "random", count, 1);
        while (ef_review_item_now(review) != NULL) {
            ef_slice text = ef_review_item_now(review)->text;
            bool is_good = memmem(text.data, text.size, "zib", 3) != NULL;
            answer(review, is_good ? EF_LABEL_POSITIVE : EF_LABEL_NEGATIVE);
        }
        ef_review_free(review);
        cr_assert_eq(ef_review_advise(engine, "l.csv", 2, &gain, NULL), EF_OK);
        cr_assert_eq(gain.advice, count == 8 ? EF_ADVICE_LABEL_ON : EF_ADVICE_TRAIN);
    }
}
