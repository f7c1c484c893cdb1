/* SPDX-License-Identifier: MIT
 * tools/review_table.c - what labels are worth, by the way in which texts were chosen.
 *
 * Runs for `make review-table`: review_table POOL TEST [model=FILE] [seeds=N] [again=1].
 * POOL and TEST are CSV files of text and stars, as split_export writes them. A person is
 * played who answers what the stars say: `earful review` asks, `earful train` learns, and
 * the model is tried on TEST. Prints a line for each way, number of labels and seed, parted
 * by TABs: way, labels, seed, whether there were enough to learn from, the changes of
 * accuracy, macro-F1, balanced accuracy and log loss, those of macro-F1 and log loss
 * without neutral texts, labels that are negative, and the advice. With again=1 each round
 * asks with the model that the round before has taught. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/hash.h"
#include "earful/app/review.h"
#include "pipeline/labelled.h"

enum { WAYS = 4, ROUNDS = 6 };
static const char *const ways[WAYS] = { "random", "uncertain", "diverse", "mix" };
static const uint32_t totals[ROUNDS] = { 20, 40, 80, 160, 320, 640 };

typedef struct truth {
    uint64_t key;
    ef_label label;
} truth;

typedef struct trial {
    const char *pool, *test, *model_path;
    ef_engine *engine;
    truth *truths;
    size_t count, capacity;
    bool asks_again;
    char labels[64], own[64];
} trial;

static void fail(const char *what, const ef_error *error)
{
    fprintf(stderr, "review_table: %s: %s\n", what, error == NULL ? "" : error->message);
    exit(1);
}

static ef_reader_options reader_of(const char *const *path)
{
    return (ef_reader_options){ .inputs = path, .input_count = 1, .text = "text" };
}

/* --- the person -------------------------------------------------------------------- */

static int by_key(const void *left, const void *right)
{
    const truth *a = left, *b = right;
    return (a->key > b->key) - (a->key < b->key);
}

static void read_truths(trial *t)
{
    ef_labelling how = { .label = NULL };
    ef_labelled labelled;
    ef_error error = { 0 };
    ef_reader_options options = reader_of(&t->pool);
    options.rating = "stars";
    options.rating_scale = "1-5";
    ef_status status = ef_labelled_open(&labelled, &options, &how, &error);
    while (status == EF_OK && (status = ef_labelled_next(&labelled, &error)) == EF_OK) {
        if (t->count == t->capacity) {
            t->capacity = t->capacity * 2 + 1024;
            t->truths = realloc(t->truths, t->capacity * sizeof *t->truths);
            if (t->truths == NULL)
                fail("out of memory", NULL);
        }
        ef_slice text = labelled.record.text;
        t->truths[t->count++] = (truth){ ef_hash_bytes(text.data, text.size),
                                         (ef_label)(labelled.label + EF_LABEL_NEGATIVE) };
    }
    if (status != EF_END)
        fail("reading", &error);
    ef_labelled_close(&labelled);
    qsort(t->truths, t->count, sizeof *t->truths, by_key);
}

static ef_label answer_of(const trial *t, const ef_review_item *item)
{
    truth wanted = { .key = ef_hash_bytes(item->text.data, item->text.size) };
    const truth *found = bsearch(&wanted, t->truths, t->count, sizeof wanted, by_key);
    return found == NULL ? EF_LABEL_NONE : found->label;
}

static void ask(const trial *t, const ef_engine *engine, const char *way, uint32_t count,
                uint64_t seed)
{
    ef_error error = { 0 };
    ef_review *review;
    ef_review_options options = { .reader = reader_of(&t->pool),
                                  .labels_path = t->labels,
                                  .by = way,
                                  .count = count,
                                  .seed = seed };
    if (ef_review_open(&review, engine, &options, &error) != EF_OK)
        fail("review", &error);
    for (const ef_review_item *item; (item = ef_review_item_now(review)) != NULL;)
        if (ef_review_answer(review, answer_of(t, item), &error) != EF_OK)
            fail("answer", &error);
    ef_review_free(review);
}

/* --- what it is worth -------------------------------------------------------------- */

static ef_engine *own_engine(const trial *t)
{
    ef_error error = { 0 };
    ef_engine *engine;
    ef_engine_options options = { .model_path = t->own, .base_path = t->model_path };
    if (ef_engine_new(&engine, &options, &error) != EF_OK)
        fail("own model", &error);
    return engine;
}

/* NULL: there are too few labels to learn from. */
static ef_engine *learn(const trial *t)
{
    const char *path = t->labels;
    ef_error error = { 0 };
    ef_own_summary summary;
    ef_own_options options = { .reader = reader_of(&path), .output_path = t->own };
    if (ef_own_train(t->engine, &options, &summary, &error) != EF_OK)
        return NULL;
    return own_engine(t);
}

/* The changes where neutral texts are left out. */
static ef_merits two_classes(const trial *t, const ef_engine *const engines[2])
{
    ef_error error = { 0 };
    ef_evaluated *evaluated;
    ef_eval_options options = { .reader = reader_of(&t->test), .two_classes = true };
    options.reader.rating = "stars";
    options.reader.rating_scale = "1-5";
    if (ef_eval(engines, 2, &options, &evaluated, &error) != EF_OK)
        fail("eval", &error);
    ef_merits change = evaluated->models[1].against_first.difference;
    ef_evaluated_free(evaluated);
    return change;
}

static void try_on_test(const trial *t, const ef_engine *own, const char *way,
                        uint32_t labels, uint64_t seed)
{
    const ef_engine *engines[2] = { t->engine, own != NULL ? own : t->engine };
    ef_error error = { 0 };
    ef_evaluated *evaluated;
    ef_eval_options options = { .reader = reader_of(&t->test) };
    options.reader.rating = "stars";
    options.reader.rating_scale = "1-5";
    if (ef_eval(engines, 2, &options, &evaluated, &error) != EF_OK)
        fail("eval", &error);
    const ef_evaluation *a = &evaluated->models[0].all, *b = &evaluated->models[1].all;
    ef_review_report r;
    if (ef_review_judge(t->labels, &r, &error) != EF_OK)
        memset(&r, 0, sizeof r); /* nothing was asked: there is no file */
    ef_merits two = two_classes(t, engines);
    ef_review_gain gain = { 0 };
    if (ef_review_advise(t->engine, t->labels, 1, &gain, &error) != EF_OK)
        memset(&gain, 0, sizeof gain);
    printf("%s\t%u\t%llu\t%d\t%.4f\t%.4f\t%.4f\t%.4f\t%.4f\t%.4f\t%llu\t%d\n", way, labels,
           (unsigned long long)seed, own != NULL, b->accuracy - a->accuracy,
           b->macro_f1 - a->macro_f1, b->balanced_accuracy - a->balanced_accuracy,
           b->log_loss - a->log_loss, two.macro_f1, two.log_loss,
           (unsigned long long)r.labels[EF_LABEL_NEGATIVE], (int)gain.advice);
    ef_evaluated_free(evaluated);
}

static void play(trial *t, const char *way, uint64_t seed)
{
    ef_engine *own = NULL;
    uint32_t before = 0;
    unlink(t->labels);
    for (int round = 0; round < ROUNDS; round++) {
        ask(t, own != NULL && t->asks_again ? own : t->engine, way, totals[round] - before,
            seed);
        before = totals[round];
        ef_engine_free(own);
        own = learn(t);
        try_on_test(t, own, way, totals[round], seed);
    }
    ef_engine_free(own);
    unlink(t->labels);
    unlink(t->own);
}

int main(int count, char **words)
{
    trial t = { .labels = "" };
    unsigned seeds = 3;
    ef_error error = { 0 };
    if (count < 3)
        fail("review_table POOL TEST [model=FILE] [seeds=N] [again=1]", NULL);
    t.pool = words[1];
    t.test = words[2];
    for (int i = 3; i < count; i++) {
        if (strncmp(words[i], "model=", 6) == 0)
            t.model_path = words[i] + 6;
        if (strncmp(words[i], "seeds=", 6) == 0)
            seeds = (unsigned)strtoul(words[i] + 6, NULL, 10);
        t.asks_again |= strcmp(words[i], "again=1") == 0;
    }
    snprintf(t.labels, sizeof t.labels, "review-table-%ld.csv", (long)getpid());
    snprintf(t.own, sizeof t.own, "review-table-%ld.efm", (long)getpid());
    ef_engine_options options = { .model_path = t.model_path };
    if (ef_engine_new(&t.engine, &options, &error) != EF_OK)
        fail("model", &error);
    read_truths(&t);
    for (int way = 0; way < WAYS; way++)
        for (uint64_t seed = 1; seed <= seeds; seed++)
            play(&t, ways[way], seed);
    ef_engine_free(t.engine);
    free(t.truths);
    return 0;
}
