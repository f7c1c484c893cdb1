/* SPDX-License-Identifier: MIT
 * pipeline/reviewing.c - a review from its opening to the last answer. */
#include "earful/app/review.h"

#include <stdlib.h>
#include <time.h>

#include "base/error.h"
#include "pipeline/review_scan.h"
#include "review/label_file.h"

struct ef_review {
    ef_review_options options;
    const ef_engine *engine;
    ef_engine_info info;
    ef_label_file file;
    ef_review_counts counts;
    ef_key_set labelled;
    ef_coverage *coverage;
    ef_redaction redaction; /* of texts labelled before */
    ef_pool_plan plan;
    ef_pool pool; /* owns what the queue points to */
    ef_queued *queue;
    ef_review_item *items;
    ef_label *answers; /* of items answered this time */
};

/* --- the queue --------------------------------------------------------------------- */

static ef_status know_label(void *user, const ef_label_row *row, ef_error *error)
{
    ef_review *review = user;
    ef_buffer trouble = { 0 };
    ef_text_words words;
    bool is_new;
    /* What was labelled before anything was redacted is not asked again. */
    ef_slice text = ef_redacted(review->options.redact ? &review->redaction : NULL,
                                row->text, &trouble);
    if (trouble.failed || !ef_key_set_add(&review->labelled, ef_review_key(text), &is_new))
        return ef_error_memory(error);
    ef_text_words_find(&words, text);
    ef_coverage_ask(review->coverage, &words);
    review->counts.before++;
    return EF_OK;
}

static ef_status choose(ef_review *review, ef_error *error)
{
    uint32_t count = review->plan.count;
    size_t chosen = 0;
    review->queue = calloc(count, sizeof *review->queue);
    review->items = calloc(count, sizeof *review->items);
    review->answers = calloc(count, sizeof *review->answers);
    if (review->queue == NULL || review->items == NULL || review->answers == NULL ||
        !ef_queue_choose(review->queue, &chosen, &review->pool, review->coverage))
        return ef_error_memory(error);
    for (size_t i = 0; i < chosen; i++) {
        const ef_candidate *c = review->queue[i].candidate;
        review->items[i] =
            (ef_review_item){ c->text, c->id, c->file, c->line, review->queue[i].kind,
                              c->score };
    }
    review->counts.asked = chosen;
    return EF_OK;
}

static ef_status plan(ef_review *review, ef_error *error)
{
    const ef_review_options *o = &review->options;
    uint32_t count = o->count > 0 ? o->count : EF_REVIEW_USUAL_COUNT;
    if (count > EF_REVIEW_MOST)
        return ef_error_set(error, EF_ERR_ARGUMENT, "at most %d texts are asked at a time",
                            EF_REVIEW_MOST);
    if (!ef_pool_plan_set(&review->plan, o->by, count, o->seed))
        return ef_error_set(error, EF_ERR_ARGUMENT,
                            "'%s' is no way to choose texts: mix, random, uncertain, "
                            "disagree, diverse, cue",
                            o->by);
    ef_pool_init(&review->pool, &review->plan);
    review->coverage = calloc(1, sizeof *review->coverage);
    return review->coverage == NULL
               ? ef_error_memory(error)
               : ef_redaction_init(&review->redaction, o->redactions, error);
}

static ef_status scan_inputs(ef_review *review, ef_error *error)
{
    ef_review_scan scan = { review->engine, &review->options, &review->plan,
                            &review->labelled };
    return ef_review_scan_run(&scan, &review->pool, &review->counts, error);
}

ef_status ef_review_open(ef_review **review, const ef_engine *engine,
                         const ef_review_options *options, ef_error *error)
{
    *review = NULL;
    ef_review *made = calloc(1, sizeof *made);
    if (made == NULL)
        return ef_error_memory(error);
    made->options = *options;
    made->engine = engine;
    made->file.descriptor = -1;
    ef_engine_describe(engine, &made->info);
    ef_status status = plan(made, error);
    if (status == EF_OK)
        status =
            ef_label_file_open(&made->file, options->labels_path, know_label, made, error);
    made->counts.was_cut = made->file.was_cut;
    if (status == EF_OK)
        status = scan_inputs(made, error);
    if (status == EF_OK)
        status = choose(made, error);
    if (status == EF_OK)
        *review = made;
    else
        ef_review_free(made);
    return status;
}

void ef_review_free(ef_review *review)
{
    if (review == NULL)
        return;
    ef_label_file_close(&review->file);
    ef_key_set_release(&review->labelled);
    ef_redaction_release(&review->redaction);
    ef_pool_release(&review->pool);
    free(review->coverage);
    free(review->queue);
    free(review->items);
    free(review->answers);
    free(review);
}

/* --- answers ----------------------------------------------------------------------- */

const ef_review_item *ef_review_item_now(const ef_review *review)
{
    bool is_over = review->counts.at >= review->counts.asked;
    return is_over ? NULL : &review->items[review->counts.at];
}

const ef_review_item *ef_review_item_last(const ef_review *review, ef_label *label)
{
    if (review->counts.at == 0)
        return NULL;
    *label = review->answers[review->counts.at - 1];
    return &review->items[review->counts.at - 1];
}

/* Counts an answer, or takes it out of the counts again. */
static void count(ef_review *review, const ef_review_item *item, ef_label label, bool is_in)
{
    uint64_t one = is_in ? 1 : UINT64_MAX; /* modulo 2^64 this is -1 */
    review->counts.labels[label] += one;
    if (label == EF_LABEL_NONE || item->score.label == EF_LABEL_NONE)
        return;
    review->counts.judged += one;
    review->counts.agreed += label == item->score.label ? one : 0;
}

static int64_t now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

ef_status ef_review_answer(ef_review *review, ef_label label, ef_error *error)
{
    const ef_review_item *item = ef_review_item_now(review);
    if (item == NULL)
        return EF_END;
    const ef_score *score = &item->score;
    ef_label_row row = {
        .id = item->id,
        .text = item->text,
        .file = item->file,
        .label = label,
        .model_label = score->label,
        .p = { score->p_negative, score->p_neutral, score->p_positive },
        .kind = item->kind,
        .seed = review->plan.seed,
        .line = item->line,
        .model = ef_slice_of(review->info.model.hash),
        .labelled_ms = now_ms(),
    };
    ef_status status = ef_label_file_append(&review->file, &row, error);
    if (status != EF_OK)
        return status;
    count(review, item, label, true);
    review->answers[review->counts.at++] = label;
    return EF_OK;
}

ef_status ef_review_undo(ef_review *review, ef_error *error)
{
    ef_label label;
    const ef_review_item *item = ef_review_item_last(review, &label);
    if (item == NULL)
        return EF_END;
    ef_status status = ef_label_file_take_back(&review->file, error);
    if (status != EF_OK)
        return status;
    count(review, item, label, false);
    review->counts.at--;
    return EF_OK;
}

void ef_review_count(const ef_review *review, ef_review_counts *counts)
{
    *counts = review->counts;
}
