/* SPDX-License-Identifier: MIT
 * pipeline/eval.c - scoring labelled records and comparing.
 *
 * Records are read in turn and scored by threads, a batch at a time. A few bytes of what
 * each model made of a text are kept: calibration needs the order of all confidences, and
 * chance is reckoned text by text. A text counts if every model gives it a label, so that
 * all figures are of the same texts. */
#include "earful/app/eval.h"

#include <stdlib.h>

#include "base/error.h"
#include "base/hash.h"
#include "model/compare.h"
#include "pipeline/group_names.h"
#include "pipeline/labelled.h"
#include "pipeline/share_work.h"
#include "pipeline/texts.h"
#include "score/own.h"

enum { BATCH_TEXTS = 4096, PIECES = 32 };

/* What the caller gets, and what it points to. */
typedef struct result {
    ef_evaluated shown; /* the first member: a pointer to it is one to all */
    ef_evaluated_model *models;
    ef_evaluated_group *groups;
    ef_evaluation *table; /* [group][model] */
    ef_group_names names;
} result;

typedef struct evaluating {
    const ef_engine *const *engines;
    size_t models;
    const ef_eval_options *options;
    ef_labelled labelled;
    ef_texts batch;
    uint32_t batch_groups[BATCH_TEXTS];
    bool is_usable[BATCH_TEXTS];
    ef_judged *given; /* [text of the batch][model] */
    ef_scratch *scratches[PIECES];
    bool failed[PIECES];
    ef_buffer judged, bundles, groups; /* of all texts so far: ef_judged [text][model],
                                          uint16_t, uint32_t */
    result *result;
} evaluating;

/* --- scoring ----------------------------------------------------------------------- */

static bool score_text(evaluating *e, ef_scratch *scratch, size_t index)
{
    ef_slice text = ef_texts_at(&e->batch, index);
    unsigned right = e->batch.list[index].label;
    e->is_usable[index] = true;
    for (size_t model = 0; model < e->models; model++) {
        ef_score score;
        if (ef_score_text(e->engines[model], scratch, text, &score, NULL) != EF_OK)
            return false;
        int32_t p[3] = { score.p_negative, score.p_neutral, score.p_positive };
        e->given[index * e->models + model] =
            ef_judge_weighed(p, right, e->options->two_classes,
                             ef_engine_class_weights(e->engines[model]));
        e->is_usable[index] &= score.label != EF_LABEL_NONE;
    }
    return true;
}

static void score_piece(void *user, size_t piece)
{
    evaluating *e = user;
    size_t end = e->batch.count * (piece + 1) / PIECES;
    for (size_t i = e->batch.count * piece / PIECES; i < end && !e->failed[piece]; i++)
        e->failed[piece] = !score_text(e, e->scratches[piece], i);
}

static bool keep_text(evaluating *e, size_t index)
{
    ef_slice text = ef_texts_at(&e->batch, index);
    uint16_t bundle = (uint16_t)(ef_hash_bytes(text.data, text.size) % EF_BUNDLES);
    return ef_buffer_append(&e->judged, &e->given[index * e->models],
                            e->models * sizeof *e->given) &&
           ef_buffer_append(&e->bundles, &bundle, sizeof bundle) &&
           ef_buffer_append(&e->groups, &e->batch_groups[index], sizeof *e->batch_groups);
}

static ef_status score_batch(evaluating *e, ef_error *error)
{
    ef_share_work(e->options->threads, PIECES, score_piece, e);
    for (size_t i = 0; i < PIECES; i++)
        if (e->failed[i])
            return ef_error_memory(error);
    for (size_t i = 0; i < e->batch.count; i++)
        if (!e->is_usable[i])
            e->result->shown.left_out++;
        else if (!keep_text(e, i))
            return ef_error_memory(error);
    e->batch.count = 0;
    ef_buffer_reset(&e->batch.bytes);
    return EF_OK;
}

/* --- reading ----------------------------------------------------------------------- */

static ef_status take_record(evaluating *e, ef_error *error)
{
    const ef_labelled *l = &e->labelled;
    size_t count = e->batch.count;
    ef_status status = EF_OK;
    if (l->label == EF_NEUTRAL && e->options->two_classes)
        return EF_OK;
    if (l->label >= 0 &&
        !ef_texts_add(&e->batch, l->record.text, (unsigned)l->label, 0, l->weight))
        return ef_error_memory(error);
    if (e->batch.count == count)
        e->result->shown.left_out++;
    else if (e->options->group != NULL)
        status = ef_group_names_number(&e->result->names, l->group, &e->batch_groups[count],
                                       error);
    if (status == EF_OK && e->batch.count == BATCH_TEXTS)
        status = score_batch(e, error);
    return status;
}

static ef_status read_records(evaluating *e, ef_error *error)
{
    const ef_eval_options *o = e->options;
    ef_labelling how = { o->label, o->group, o->where, o->where_count };
    ef_status status = ef_labelled_open(&e->labelled, &o->reader, &how, error);
    if (status != EF_OK)
        return status;
    while ((status = ef_labelled_next(&e->labelled, error)) == EF_OK)
        if ((status = take_record(e, error)) != EF_OK)
            break;
    if (status == EF_END)
        status = score_batch(e, error);
    ef_labelled_close(&e->labelled);
    return status;
}

/* --- figures ----------------------------------------------------------------------- */

/* What one model made of the texts listed in which, or of all of them. */
static void evaluate(const ef_side_by_side *side, size_t model, const uint32_t *which,
                     size_t count, ef_judged *room, ef_evaluation *evaluation)
{
    for (size_t i = 0; i < count; i++)
        room[i] = side->judged[(which == NULL ? i : which[i]) * side->models + model];
    ef_evaluate(room, count, evaluation);
}

/* Lists the texts group by group; starts has one entry more than there are groups. */
static void sort_texts(const uint32_t *groups, size_t texts, size_t group_count,
                       size_t *starts, uint32_t *sorted)
{
    memset(starts, 0, (group_count + 1) * sizeof *starts);
    for (size_t i = 0; i < texts; i++)
        starts[groups[i] + 1]++;
    for (size_t group = 0; group < group_count; group++)
        starts[group + 1] += starts[group];
    for (size_t i = 0; i < texts; i++) /* moves every start to its group's end … */
        sorted[starts[groups[i]]++] = (uint32_t)i;
    memmove(starts + 1, starts, group_count * sizeof *starts); /* … and back by one group */
    starts[0] = 0;
}

static int by_size_then_name(const void *left, const void *right)
{
    const ef_evaluated_group *a = left, *b = right;
    if (a->models[0].texts != b->models[0].texts)
        return a->models[0].texts < b->models[0].texts ? 1 : -1;
    size_t shorter = a->name.size < b->name.size ? a->name.size : b->name.size;
    int order = shorter == 0 ? 0 : memcmp(a->name.data, b->name.data, shorter);
    return order != 0 ? order
                      : (a->name.size > b->name.size) - (a->name.size < b->name.size);
}

static void fill_groups(const ef_side_by_side *side, const size_t *starts,
                        const uint32_t *sorted, ef_judged *room, result *r)
{
    size_t models = side->models, count = ef_group_names_count(&r->names);
    for (size_t group = 0; group < count; group++) {
        ef_evaluation *row = r->table + group * models;
        for (size_t model = 0; model < models; model++)
            evaluate(side, model, sorted + starts[group], starts[group + 1] - starts[group],
                     room, row + model);
        r->groups[group] = (ef_evaluated_group){ ef_group_names_at(&r->names, group), row };
    }
    qsort(r->groups, count, sizeof *r->groups, by_size_then_name);
    r->shown.groups = r->groups;
    r->shown.group_count = count;
}

static ef_status evaluate_groups(const ef_side_by_side *side, const uint32_t *groups,
                                 ef_judged *room, result *r, ef_error *error)
{
    size_t count = ef_group_names_count(&r->names);
    if (count == 0)
        return EF_OK;
    size_t *starts = malloc((count + 1) * sizeof *starts);
    uint32_t *sorted = malloc((side->texts + 1) * sizeof *sorted);
    r->groups = calloc(count, sizeof *r->groups);
    r->table = calloc(count * side->models, sizeof *r->table);
    bool has_memory =
        starts != NULL && sorted != NULL && r->groups != NULL && r->table != NULL;
    if (has_memory) {
        sort_texts(groups, side->texts, count, starts, sorted);
        fill_groups(side, starts, sorted, room, r);
    }
    free(starts);
    free(sorted);
    return has_memory ? EF_OK : ef_error_memory(error);
}

static ef_status finish(evaluating *e, ef_error *error)
{
    result *r = e->result;
    /* Through void: the lists lie in memory from malloc, so they are aligned. */
    const void *judged = e->judged.data, *bundles = e->bundles.data;
    const void *groups = e->groups.data;
    ef_side_by_side side = { judged, bundles, e->bundles.size / sizeof(uint16_t),
                             e->models };
    ef_judged *room = malloc((side.texts + 1) * sizeof *room);
    if (room == NULL)
        return ef_error_memory(error);
    r->shown.texts = side.texts;
    for (size_t model = 0; model < e->models; model++)
        evaluate(&side, model, NULL, side.texts, room, &r->models[model].all);
    ef_status status = ef_compare(&side, r->models, error);
    if (status == EF_OK)
        status = evaluate_groups(&side, groups, room, r, error);
    free(room);
    return status;
}

/* --- all of it --------------------------------------------------------------------- */

static ef_status prepare(evaluating *e, ef_error *error)
{
    e->given = malloc(BATCH_TEXTS * e->models * sizeof *e->given);
    e->result = calloc(1, sizeof *e->result);
    if (e->result != NULL)
        e->result->models = calloc(e->models, sizeof *e->result->models);
    if (e->given == NULL || e->result == NULL || e->result->models == NULL)
        return ef_error_memory(error);
    e->result->shown.models = e->result->models;
    e->result->shown.model_count = e->models;
    ef_status status = EF_OK;
    for (size_t i = 0; i < PIECES && status == EF_OK; i++)
        status = ef_scratch_new(&e->scratches[i], error);
    return status;
}

ef_status ef_eval(const ef_engine *const *engines, size_t engine_count,
                  const ef_eval_options *options, ef_evaluated **evaluated, ef_error *error)
{
    *evaluated = NULL;
    evaluating *e = calloc(1, sizeof *e);
    if (e == NULL)
        return ef_error_memory(error);
    e->engines = engines;
    e->models = engine_count;
    e->options = options;
    ef_status status = prepare(e, error);
    if (status == EF_OK)
        status = read_records(e, error);
    if (status == EF_OK)
        status = finish(e, error);
    if (status == EF_OK)
        *evaluated = &e->result->shown;
    else if (e->result != NULL)
        ef_evaluated_free(&e->result->shown);
    for (size_t i = 0; i < PIECES; i++)
        ef_scratch_free(e->scratches[i]);
    ef_texts_release(&e->batch);
    ef_buffer_release(&e->judged);
    ef_buffer_release(&e->bundles);
    ef_buffer_release(&e->groups);
    free(e->given);
    free(e);
    return status;
}

void ef_evaluated_free(ef_evaluated *evaluated)
{
    if (evaluated == NULL)
        return;
    result *r = (result *)evaluated;
    free(r->models);
    free(r->groups);
    free(r->table);
    ef_group_names_release(&r->names);
    free(r);
}
