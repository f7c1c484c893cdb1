/* SPDX-License-Identifier: MIT
 * review/verdict.c - how the model did on what a person labelled.
 *
 * Texts were not chosen alike: most because the model was in doubt. Only those drawn by lot
 * stand for all. They were asked in the order of their lots; so with a seed every text
 * whose lot is not above the last one drawn was asked, whatever it was asked for, and all
 * these together are a random sample. Those that were asked first for another reason must
 * not be missing from it: they are the hard ones. */
#include "earful/app/review.h"

#include <stdlib.h>

#include "aggregate/interval.h"
#include "base/error.h"
#include "base/hash.h"
#include "review/label_file.h"
#include "review/queue.h"

enum { SURE = 8000 };

typedef struct answer {
    uint64_t seed, lot;
    uint64_t model;
    ef_label label, given;
    ef_review_kind kind;
    bool is_sure;
} answer;

typedef struct judging {
    ef_buffer answers; /* answer */
    ef_review_report *report;
} judging;

static ef_status keep(void *user, const ef_label_row *row, ef_error *error)
{
    judging *j = user;
    int32_t most = 0;
    for (int i = 0; i < 3; i++)
        most = row->p[i] > most ? row->p[i] : most;
    answer a = { .seed = row->seed,
                 .lot = ef_review_lot(row->seed, ef_review_key(row->text)),
                 .model = ef_hash_bytes(row->model.data, row->model.size),
                 .label = row->label,
                 .given = row->model_label,
                 .kind = row->kind,
                 .is_sure = most >= SURE };
    size_t size = row->model.size < sizeof j->report->model ? row->model.size : 0;
    memcpy(j->report->model, row->model.data, size);
    j->report->model[size] = '\0';
    return ef_buffer_append(&j->answers, &a, sizeof a) ? EF_OK : ef_error_memory(error);
}

static void add(ef_agreed_share *agreement, const answer *a)
{
    agreement->texts++;
    agreement->agreed += a->label == a->given;
}

static void finish(ef_agreed_share *agreement)
{
    ef_interval interval = { 0, 1 };
    if (agreement->texts > 0)
        interval = ef_interval_wilson((double)agreement->agreed, (double)agreement->texts);
    agreement->low = interval.low;
    agreement->high = interval.high;
}

/* By seed; of one seed by lot. */
static int by_lot(const void *left, const void *right)
{
    const answer *a = left, *b = right;
    if (a->seed != b->seed)
        return a->seed < b->seed ? -1 : 1;
    return (a->lot > b->lot) - (a->lot < b->lot);
}

static void count(ef_review_report *report, const answer *a, bool is_random)
{
    if (a->label == EF_LABEL_NONE) {
        report->random_skipped += is_random;
        return;
    }
    if (a->given == EF_LABEL_NONE) {
        report->unlabelled++;
        return;
    }
    add(&report->all, a);
    add(&report->kinds[a->kind], a);
    if (is_random)
        add(&report->random, a);
    if (a->is_sure)
        add(&report->sure, a);
    report->confusion[a->label - EF_LABEL_NEGATIVE][a->given - EF_LABEL_NEGATIVE]++;
}

static bool count_models(const answer *answers, size_t total, uint64_t *models)
{
    ef_key_set known = { 0 };
    bool is_new = false, is_done = true;
    *models = 0;
    for (size_t i = 0; i < total && is_done; i++) {
        is_done = ef_key_set_add(&known, answers[i].model, &is_new);
        *models += is_new;
    }
    ef_key_set_release(&known);
    return is_done;
}

/* answers are sorted: behind the last drawn one of a seed none is random. */
static void count_all(ef_review_report *report, const answer *answers, size_t total,
                      uint64_t model)
{
    for (size_t i = 0, end; i < total; i = end) {
        size_t drawn = i;
        for (end = i; end < total && answers[end].seed == answers[i].seed; end++)
            if (answers[end].kind == EF_REVIEW_RANDOM)
                drawn = end + 1;
        for (size_t k = i; k < end; k++) {
            report->labels[answers[k].label]++;
            if (answers[k].model == model)
                count(report, &answers[k], k < drawn);
            else
                report->of_others += answers[k].label != EF_LABEL_NONE;
        }
    }
}

ef_status ef_review_judge(const char *labels_path, ef_review_report *report,
                          ef_error *error)
{
    judging j = { .report = report };
    memset(report, 0, sizeof *report);
    ef_status status = ef_label_file_read(labels_path, keep, &j, error);
    if (status == EF_OK) {
        void *bytes = j.answers.data; /* from malloc: aligned */
        answer *answers = bytes;
        size_t total = j.answers.size / sizeof *answers;
        uint64_t model = total > 0 ? answers[total - 1].model : 0;
        if (!count_models(answers, total, &report->models))
            status = ef_error_memory(error);
        if (total > 0)
            qsort(answers, total, sizeof *answers, by_lot);
        count_all(report, answers, total, model);
        finish(&report->random);
        finish(&report->all);
        finish(&report->sure);
        for (unsigned kind = 0; kind < EF_REVIEW_KINDS; kind++)
            finish(&report->kinds[kind]);
    }
    ef_buffer_release(&j.answers);
    return status;
}
