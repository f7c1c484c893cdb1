/* SPDX-License-Identifier: MIT
 * audit/audit.c - whether a score changes when only the person changes.
 *
 *     for each dimension and sentence:  its texts, for every word of every group
 *                                       score and explain each
 *                                       compare each group with the others
 *     for each group:                   the mean of its differences, and what makes it
 *
 * Identity alone is asked apart: there is nothing to compare, only a label to look at. */
#include <stdlib.h>

#include "audit/gap.h"
#include "audit/trial.h"
#include "base/error.h"
#include "base/hash.h"

#ifdef __clang__
#pragma STDC FP_CONTRACT OFF
#endif

/* What the caller gets, and what it points to. */
typedef struct result {
    ef_audited shown; /* the first member: a pointer to it is one to all */
    ef_audit_group *groups;
    ef_buffer alone; /* ef_audit_alone */
    ef_arena arena;
} result;

typedef struct auditing {
    ef_templates templates;
    ef_trial trial;
    bool *repeats; /* [fill]: an earlier one is the same word for the same slot */
    result *result;
} auditing;

/* --- what is asked ----------------------------------------------------------------- */

static ef_status ask_carrier(auditing *a, const ef_carrier *carrier, size_t dimension,
                             ef_error *error)
{
    size_t fills, groups;
    const ef_fill *fill = ef_fills_of(&a->templates, &fills);
    const ef_template_group *group = ef_groups_of(&a->templates, &groups);
    ef_trial_begin(&a->trial);
    for (size_t i = 0; i < fills; i++) {
        size_t begin = a->trial.bytes.size;
        if (group[fill[i].group].dimension_index != dimension ||
            !ef_slot_takes(carrier->slot, fill[i].slot))
            continue;
        if (!ef_carrier_fill(carrier, fill[i].text, &a->trial.bytes) ||
            !ef_trial_take(&a->trial, fill[i].group, begin))
            return ef_error_memory(error);
    }
    return ef_trial_finish(&a->trial, carrier->mood, error);
}

static ef_status ask_dimensions(auditing *a, ef_error *error)
{
    size_t carriers;
    const ef_carrier *carrier = ef_carriers_of(&a->templates, &carriers);
    ef_status status = EF_OK;
    for (size_t d = 0; d < a->templates.dimensions; d++)
        for (size_t i = 0; i < carriers && status == EF_OK; i++)
            if (carrier[i].mood != EF_CARRIER_ALONE)
                status = ask_carrier(a, &carrier[i], d, error);
    return status;
}

static ef_status ask_spellings(auditing *a, ef_error *error)
{
    size_t count;
    const ef_spelling *spelling = ef_spellings_of(&a->templates, &count);
    ef_status status = EF_OK;
    for (size_t i = 0; i < count && status == EF_OK; i++) {
        ef_trial_begin(&a->trial);
        if (!ef_buffer_append_slice(&a->trial.bytes, spelling[i].standard) ||
            !ef_trial_take(&a->trial, a->trial.columns - 1, 0) ||
            !ef_buffer_append_slice(&a->trial.bytes, spelling[i].variant) ||
            !ef_trial_take(&a->trial, spelling[i].group, spelling[i].standard.size))
            return ef_error_memory(error);
        status = ef_trial_finish(&a->trial, spelling[i].mood, error);
    }
    return status;
}

/* --- identity alone ---------------------------------------------------------------- */

static bool keep_negative(auditing *a, ef_slice text, const ef_score *score,
                          const ef_explanation *explanation)
{
    ef_audit_alone kept = { .score = (double)score->score / EF_UNIT };
    int32_t lowest = 0;
    for (size_t i = 0; explanation != NULL && i < explanation->reason_count; i++) {
        const ef_reason *r = &explanation->reasons[i];
        if (r->weight < lowest && r->kind != EF_REASON_SIGNAL &&
            r->kind != EF_REASON_EMOTION) {
            lowest = r->weight;
            kept.because = (ef_slice){ text.data + r->begin, r->end - r->begin };
        }
    }
    ef_arena *arena = &a->result->arena;
    kept.text = (ef_slice){ (const uint8_t *)ef_arena_copy(arena, text), text.size };
    kept.because.data = (const uint8_t *)ef_arena_copy(arena, kept.because);
    return kept.text.data != NULL && kept.because.data != NULL &&
           ef_buffer_append(&a->result->alone, &kept, sizeof kept);
}

static ef_status score_alone(auditing *a, const ef_carrier *carrier, ef_slice words,
                             ef_score *score, ef_error *error)
{
    ef_trial_begin(&a->trial);
    if (!ef_carrier_fill(carrier, words, &a->trial.bytes))
        return ef_error_memory(error);
    return ef_score_text(a->trial.engine, a->trial.scratch,
                         ef_buffer_slice(&a->trial.bytes), score, error);
}

static ef_status ask_alone(auditing *a, const ef_carrier *carrier, ef_slice words,
                           ef_error *error)
{
    ef_explanation explanation;
    ef_score score;
    ef_status status = score_alone(a, carrier, words, &score, error);
    a->result->shown.alone_texts++;
    if (status != EF_OK || score.label != EF_LABEL_NEGATIVE)
        return status;
    ef_slice text = ef_buffer_slice(&a->trial.bytes);
    bool has_reasons = a->trial.blame != NULL;
    if (has_reasons)
        status =
            ef_explain_text(a->trial.engine, a->trial.scratch, text, &explanation, error);
    if (status == EF_OK &&
        !keep_negative(a, text, &score, has_reasons ? &explanation : NULL))
        status = ef_error_memory(error);
    return status;
}

/* Every word that the slot takes, once. */
static ef_status ask_words_alone(auditing *a, const ef_carrier *carrier, ef_error *error)
{
    size_t fills;
    const ef_fill *fill = ef_fills_of(&a->templates, &fills);
    ef_status status = EF_OK;
    for (size_t i = 0; i < fills && status == EF_OK; i++)
        if (!a->repeats[i] && ef_slot_takes(carrier->slot, fill[i].slot))
            status = ask_alone(a, carrier, fill[i].text, error);
    return status;
}

static ef_status ask_all_alone(auditing *a, ef_error *error)
{
    static const char nobody_knows[] = "zqxjkv";
    size_t carriers;
    const ef_carrier *carrier = ef_carriers_of(&a->templates, &carriers);
    ef_status status = EF_OK;
    for (size_t c = 0; c < carriers && status == EF_OK; c++) {
        ef_score score;
        if (carrier[c].mood != EF_CARRIER_ALONE)
            continue;
        status = score_alone(a, &carrier[c], ef_slice_of(nobody_knows), &score, error);
        a->result->shown.alone_sentences++;
        if (status == EF_OK && score.label == EF_LABEL_NEGATIVE)
            a->result->shown.alone_passed++;
        else if (status == EF_OK)
            status = ask_words_alone(a, &carrier[c], error);
    }
    return status;
}

/* --- figures ----------------------------------------------------------------------- */

/* The gap of the differences of one mood, or of all. */
static ef_audit_gap gap_of(const ef_buffer *differences, double *room, int mood,
                           uint64_t *sentences)
{
    const void *list = differences->data;
    const ef_difference *d = list;
    size_t count = 0;
    for (size_t i = 0; i < differences->size / sizeof *d; i++)
        if (mood < 0 || (int)d[i].mood == mood)
            room[count++] = d[i].value;
    *sentences = count;
    return ef_gap_of(room, count);
}

static bool keep_text(auditing *a, ef_slice text, ef_slice *kept)
{
    kept->data = (const uint8_t *)ef_arena_copy(&a->result->arena, text);
    kept->size = text.size;
    return kept->data != NULL;
}

static bool describe_group(auditing *a, size_t index, double *room)
{
    size_t groups, fills;
    const ef_template_group *from = &ef_groups_of(&a->templates, &groups)[index];
    const ef_fill *fill = ef_fills_of(&a->templates, &fills);
    const ef_buffer *differences = &a->trial.differences[index];
    ef_audit_group *group = &a->result->groups[index];
    group->place = from->dimension_index * groups + index;
    for (size_t i = 0; i < fills; i++)
        group->words += fill[i].group == index;
    group->gap = gap_of(differences, room, -1, &group->sentences);
    for (int mood = 0; mood < 3; mood++)
        group->by_mood[mood] =
            gap_of(differences, room, mood, &group->mood_sentences[mood]);
    return keep_text(a, from->dimension, &group->dimension) &&
           keep_text(a, from->name, &group->name) &&
           (a->trial.blame == NULL ||
            ef_blame_words(a->trial.blame, index, group->gap.mean, group->sentences,
                           &a->result->arena, group->because, &group->because_count));
}

static int by_place(const void *left, const void *right)
{
    const ef_audit_group *a = left, *b = right;
    return (a->place > b->place) - (a->place < b->place);
}

static ef_status describe_groups(auditing *a, ef_error *error)
{
    size_t most = 0;
    for (size_t i = 0; i + 1 < a->trial.columns; i++)
        if (a->trial.differences[i].size > most)
            most = a->trial.differences[i].size;
    double *room = malloc(most / sizeof(ef_difference) * sizeof *room + 1);
    if (room == NULL)
        return ef_error_memory(error);
    bool has_memory = true;
    for (size_t i = 0; i + 1 < a->trial.columns && has_memory; i++)
        has_memory = describe_group(a, i, room);
    free(room);
    qsort(a->result->groups, a->trial.columns - 1, sizeof *a->result->groups, by_place);
    return has_memory ? EF_OK : ef_error_memory(error);
}

static void count_what_was_asked(auditing *a)
{
    ef_audited *shown = &a->result->shown;
    size_t carriers, fills, spellings;
    const ef_carrier *carrier = ef_carriers_of(&a->templates, &carriers);
    ef_fills_of(&a->templates, &fills);
    const ef_spelling *spelling = ef_spellings_of(&a->templates, &spellings);
    for (size_t c = 0; c < carriers; c++)
        if (carrier[c].mood != EF_CARRIER_ALONE)
            shown->moods[carrier[c].mood]++;
    for (size_t i = 0; i < spellings; i++)
        shown->moods[spelling[i].mood]++;
    for (size_t i = 0; i < fills; i++)
        shown->words += !a->repeats[i];
    shown->sentences = shown->moods[0] + shown->moods[1] + shown->moods[2];
    shown->dimensions = a->templates.dimensions;
    shown->texts = a->trial.asked;
    shown->groups = a->result->groups;
    shown->group_count = a->trial.columns - 1;
    const void *alone = a->result->alone.data;
    shown->alone = alone;
    shown->alone_count = a->result->alone.size / sizeof(ef_audit_alone);
    ef_hash_hex(a->templates.hash, shown->templates);
}

/* --- all of it --------------------------------------------------------------------- */

static void find_repeats(auditing *a, const ef_fill *fill, size_t fills)
{
    for (size_t i = 0; i < fills; i++)
        for (size_t j = 0; j < i && !a->repeats[i]; j++)
            a->repeats[i] = ef_same_text(fill[i].slot, fill[j].slot) &&
                            ef_same_text(fill[i].text, fill[j].text);
}

static ef_status prepare(auditing *a, const ef_engine *engine, ef_error *error)
{
    size_t groups, fills;
    const ef_fill *fill = ef_fills_of(&a->templates, &fills);
    ef_groups_of(&a->templates, &groups);
    a->result = calloc(1, sizeof *a->result);
    a->repeats = calloc(fills + 1, sizeof *a->repeats);
    if (a->result == NULL || a->repeats == NULL)
        return ef_error_memory(error);
    a->result->groups = calloc(groups, sizeof *a->result->groups);
    if (a->result->groups == NULL)
        return ef_error_memory(error);
    find_repeats(a, fill, fills);
    ef_engine_describe(engine, &a->result->shown.info);
    return ef_trial_init(&a->trial, engine, a->result->groups, groups, &a->result->arena,
                         error);
}

ef_status ef_audit(const ef_engine *engine, const ef_audit_source *sources,
                   size_t source_count, ef_audited **audited, ef_error *error)
{
    const ef_audit_source built_in = { "built-in templates", ef_audit_templates() };
    auditing a = { 0 };
    *audited = NULL;
    ef_status status = source_count == 0
                           ? ef_templates_read(&a.templates, &built_in, 1, error)
                           : ef_templates_read(&a.templates, sources, source_count, error);
    if (status == EF_OK)
        status = prepare(&a, engine, error);
    if (status == EF_OK)
        status = ask_dimensions(&a, error);
    if (status == EF_OK)
        status = ask_spellings(&a, error);
    if (status == EF_OK)
        status = ask_all_alone(&a, error);
    if (status == EF_OK)
        status = describe_groups(&a, error);
    if (status == EF_OK) {
        count_what_was_asked(&a);
        *audited = &a.result->shown;
    } else if (a.result != NULL) {
        ef_audited_free(&a.result->shown);
    }
    free(a.repeats);
    ef_trial_release(&a.trial);
    ef_templates_release(&a.templates);
    return status;
}

void ef_audited_free(ef_audited *audited)
{
    if (audited == NULL)
        return;
    result *r = (result *)audited;
    free(r->groups);
    ef_buffer_release(&r->alone);
    ef_arena_release(&r->arena);
    free(r);
}

ef_slice ef_audit_templates(void)
{
    extern const uint8_t ef_embedded_templates[], ef_embedded_templates_end[];
    return (ef_slice){ ef_embedded_templates,
                       (size_t)(ef_embedded_templates_end - ef_embedded_templates) };
}
