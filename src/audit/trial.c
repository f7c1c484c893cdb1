/* SPDX-License-Identifier: MIT
 * audit/trial.c - one sentence, with the words of every group in it. */
#include "audit/trial.h"

#include <stdlib.h>

#include "base/error.h"

#ifdef __clang__
#pragma STDC FP_CONTRACT OFF
#endif

enum { TEXT_LIMIT = 1000000, LABELS = EF_LABEL_POSITIVE + 1 };

/* A text of the sentence at hand. */
typedef struct asked {
    size_t column, begin, size; /* its bytes stand in `bytes` */
    double score;
    ef_label label;
} asked;

ef_status ef_trial_init(ef_trial *trial, const ef_engine *engine, ef_audit_group *groups,
                        size_t group_count, ef_arena *arena, ef_error *error)
{
    ef_engine_info info;
    ef_engine_describe(engine, &info);
    bool has_reasons = strcmp(info.scorer, "vader") != 0;
    *trial = (ef_trial){
        .engine = engine, .groups = groups, .arena = arena, .columns = group_count + 1
    };
    trial->standings = calloc(trial->columns, sizeof *trial->standings);
    trial->shares = calloc(trial->columns, sizeof *trial->shares);
    trial->differences = calloc(trial->columns, sizeof *trial->differences);
    trial->blame = has_reasons ? ef_blame_new(trial->columns) : NULL;
    ef_status status = trial->standings == NULL || trial->shares == NULL ||
                               trial->differences == NULL ||
                               (has_reasons && trial->blame == NULL)
                           ? ef_error_memory(error)
                           : ef_scratch_new(&trial->scratch, error);
    if (status != EF_OK)
        ef_trial_release(trial);
    return status;
}

void ef_trial_release(ef_trial *trial)
{
    for (size_t i = 0; trial->differences != NULL && i < trial->columns; i++)
        ef_buffer_release(&trial->differences[i]);
    free(trial->differences);
    free(trial->standings);
    free(trial->shares);
    ef_buffer_release(&trial->texts);
    ef_buffer_release(&trial->bytes);
    ef_blame_free(trial->blame);
    ef_scratch_free(trial->scratch);
    memset(trial, 0, sizeof *trial);
}

void ef_trial_begin(ef_trial *t)
{
    ef_buffer_reset(&t->texts);
    ef_buffer_reset(&t->bytes);
    memset(t->standings, 0, t->columns * sizeof *t->standings);
}

bool ef_trial_take(ef_trial *t, size_t column, size_t begin)
{
    asked text = { .column = column, .begin = begin, .size = t->bytes.size - begin };
    t->standings[column].texts++;
    return ef_buffer_append(&t->texts, &text, sizeof text);
}

static asked *texts_of(const ef_trial *t, size_t *count)
{
    void *texts = t->texts.data; /* through void: it is aligned */
    *count = t->texts.size / sizeof(asked);
    return texts;
}

/* --- scoring ----------------------------------------------------------------------- */

/* How much a text of this column counts for each group of the sentence: a part of its own
 * mean, and less of the mean of what the others are compared with. */
static void share_out(ef_trial *t, size_t column, size_t groups)
{
    double part = 1 / (double)t->standings[column].texts;
    for (size_t i = 0; i < t->columns; i++)
        t->shares[i] = t->standings[i].texts == 0 ? 0
                       : i == column              ? part
                                                  : -part / (double)(groups - 1);
}

static ef_status judge_text(ef_trial *t, asked *text, size_t groups, ef_error *error)
{
    ef_slice slice = { t->bytes.data + text->begin, text->size };
    ef_explanation explanation;
    ef_score score;
    ef_status status;
    if (t->blame == NULL) {
        status = ef_score_text(t->engine, t->scratch, slice, &score, error);
    } else {
        status = ef_explain_text(t->engine, t->scratch, slice, &explanation, error);
        score = status == EF_OK ? explanation.score : (ef_score){ 0 };
    }
    if (status != EF_OK)
        return status;
    text->score = (double)score.score / EF_UNIT;
    text->label = score.label;
    t->standings[text->column].sum += text->score;
    t->standings[text->column].labels[score.label]++;
    if (t->blame == NULL)
        return EF_OK;
    share_out(t, text->column, groups);
    return ef_blame_add(t->blame, t->shares, text->column, slice, &explanation)
               ? EF_OK
               : ef_error_memory(error);
}

/* --- comparing --------------------------------------------------------------------- */

static double mean_of(const ef_standing *s)
{
    return s->sum / (double)s->texts;
}

/* The mean of the means of all columns but one. */
static double rest_of(const ef_trial *t, size_t column, size_t groups)
{
    double sum = 0;
    for (size_t i = 0; i < t->columns; i++)
        if (i != column && t->standings[i].texts > 0)
            sum += mean_of(&t->standings[i]);
    return sum / (double)(groups - 1);
}

/* Counts a text whose label most of the others do not have. Of labels that as many have,
 * each is theirs. */
static void compare_label(const ef_trial *t, const asked *text, ef_audit_group *group)
{
    size_t others[LABELS] = { 0 }, most = 0;
    for (size_t i = 0; i < t->columns; i++)
        for (size_t label = 0; label < LABELS && i != text->column; label++)
            others[label] += t->standings[i].labels[label];
    for (size_t label = 1; label < LABELS; label++)
        most = others[label] > others[most] ? label : most;
    if (others[text->label] == others[most])
        return;
    group->flips++;
    group->lowered += text->label != EF_LABEL_NONE && text->label < most;
}

static bool keep_text(const ef_trial *t, const asked *text, ef_slice *kept)
{
    ef_slice slice = { t->bytes.data + text->begin, text->size };
    kept->data = (const uint8_t *)ef_arena_copy(t->arena, slice);
    kept->size = slice.size;
    return kept->data != NULL;
}

/* The standard spelling is the first text of its sentence. */
static bool compare_text(ef_trial *t, const asked *text, size_t groups)
{
    size_t count;
    ef_audit_group *group = &t->groups[text->column];
    double off = text->score - rest_of(t, text->column, groups);
    group->texts++;
    compare_label(t, text, group);
    if (group->worst_text.size > 0 &&
        (off < 0 ? -off : off) <= (group->worst < 0 ? -group->worst : group->worst))
        return true;
    group->worst = off;
    return keep_text(t, text, &group->worst_text) &&
           (t->standings[t->columns - 1].texts == 0 ||
            keep_text(t, texts_of(t, &count), &group->worst_standard));
}

static bool keep_difference(ef_trial *t, size_t column, size_t groups, ef_carrier_mood mood)
{
    ef_difference d = { mean_of(&t->standings[column]) - rest_of(t, column, groups), mood };
    return ef_buffer_append(&t->differences[column], &d, sizeof d);
}

ef_status ef_trial_finish(ef_trial *t, ef_carrier_mood mood, ef_error *error)
{
    size_t count, groups = 0;
    asked *texts = texts_of(t, &count);
    for (size_t i = 0; i < t->columns; i++)
        groups += t->standings[i].texts > 0;
    if (groups < 2) /* a slot for which only one group of a dimension has words */
        return EF_OK;
    t->asked += count;
    if (t->asked > TEXT_LIMIT)
        return ef_error_set(
            error, EF_ERR_LIMIT,
            "the templates make more than a million texts: give fewer words "
            "or fewer sentences");
    ef_status status = EF_OK;
    for (size_t i = 0; i < count && status == EF_OK; i++)
        status = judge_text(t, &texts[i], groups, error);
    bool has_memory = true;
    for (size_t i = 0; i < count && status == EF_OK && has_memory; i++)
        if (texts[i].column < t->columns - 1)
            has_memory = compare_text(t, &texts[i], groups);
    for (size_t i = 0; i + 1 < t->columns && status == EF_OK && has_memory; i++)
        if (t->standings[i].texts > 0)
            has_memory = keep_difference(t, i, groups, mood);
    return has_memory ? status : ef_error_memory(error);
}
