/* SPDX-License-Identifier: MIT
 * pipeline/emotion_training.c - an emotion model from texts with emotions.
 *
 *     texts → features → a table without each family, without what is held back, of all
 *                      → evidence in texts that no table saw → logits, figures */
#include "pipeline/emotion_training.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/error.h"
#include "base/hash.h"
#include "pipeline/gather.h"
#include "pipeline/share_work.h"

enum { SLOT_BITS = 15, HELD_BACK = 6 };

/* In the fit a family counts like FAMILY_TEXTS texts, and like KNOWN_TEXTS that are held
 * back; of more than ROW_LIMIT every so-manieth is looked at. */
enum { FAMILY_TEXTS = 3000, KNOWN_TEXTS = 1000, ROW_LIMIT = 6000 };

typedef struct job {
    const ef_texts *texts;
    ef_counts counts;
    ef_totals *totals; /* parallel to counts.texts */
    ef_mood *moods;
    ef_emotion_sums *strange; /* by a table that saw nothing of the family */
    ef_emotion_sums *known;   /* of texts held back, by one that saw the family's others */
    ef_emotion_row *rows;
    size_t row_count;
    ef_emotion_trained *out;
    ef_status statuses[EF_FAMILY_LIMIT + 1];
} job;

static bool is_held_back(const ef_text_features *text)
{
    return EF_HELD_BACK >> text->part & 1;
}

static size_t family_of(const ef_text_features *text)
{
    return text->part / 2;
}

static ef_status first_failure(const job *j, ef_error *error)
{
    for (size_t i = 0; i <= EF_FAMILY_LIMIT; i++)
        if (j->statuses[i] != EF_OK)
            return ef_error_memory(error); /* nothing else fails here */
    return EF_OK;
}

/* --- texts to counts --------------------------------------------------------------- */

/* What is right of each text, and which of a family's texts are held back: one in
 * HELD_BACK, chosen by its own bytes, so that repeats stay together. Counts know no
 * emotions: there all labels are the same. */
static void label(job *j, ef_gathered *g)
{
    uint8_t choices[EF_FAMILY_LIMIT] = { 0 };
    for (size_t i = 0; i < j->texts->count; i++)
        choices[j->texts->list[i].family] |= j->texts->list[i].label;
    for (size_t i = 0; i < j->texts->count; i++) {
        const ef_training_text *text = &j->texts->list[i];
        ef_slice bytes = ef_texts_at(j->texts, i);
        j->moods[i] = (ef_mood){ text->label, choices[text->family] };
        g->texts[i].label = 0;
        if (ef_hash_bytes(bytes.data, bytes.size) % HELD_BACK == 0)
            g->texts[i].part++;
    }
}

static ef_status count_features(job *j, const ef_engine *engine, const ef_model *words,
                                unsigned threads, ef_error *error)
{
    ef_gathered g;
    ef_status status =
        ef_gather(&g, engine, words, j->texts, EF_GATHER_EMOTIONS, threads, error);
    if (status != EF_OK)
        return status;
    size_t room = j->texts->count + 1;
    j->moods = malloc(room * sizeof *j->moods);
    j->known = malloc(room * sizeof *j->known);
    status = j->moods == NULL || j->known == NULL ? ef_error_memory(error) : EF_OK;
    if (status == EF_OK) {
        label(j, &g);
        status = ef_counts_build(&j->counts, g.texts, j->texts->count, g.hashes, g.repeats,
                                 2 * j->texts->families, error);
    }
    if (status == EF_OK) {
        memcpy(j->known, g.felt, j->texts->count * sizeof *j->known);
        j->strange = g.felt;
        j->totals = g.totals;
        g.felt = NULL;
        g.totals = NULL;
    }
    ef_gathered_release(&g);
    return status;
}

/* --- tables ------------------------------------------------------------------------ */

static void add_evidence(const ef_counts *counts, const ef_emotion_slot *placed,
                         size_t index, ef_emotion_sums *sums)
{
    const ef_text_features *text = &counts->texts[index];
    for (uint64_t i = text->first; i < text->first + text->count; i++)
        for (int k = 0; k < EF_FELT; k++)
            sums->model[k + 1] += placed[counts->ids[i]].weights[k] * counts->repeats[i];
}

/* Learns without some parts and places what was learnt, in *placed, for the caller to
 * free. */
static ef_status learn(const job *j, ef_parts left_out, ef_emotion_slot **placed,
                       size_t *kept)
{
    size_t room = j->counts.count + 1;
    float(*weights)[EF_FELT] = malloc(room * sizeof *weights);
    *placed = malloc(room * sizeof **placed);
    ef_status status = EF_ERR_MEMORY;
    if (weights != NULL && *placed != NULL)
        status = ef_emotion_learn(&j->counts, j->moods, left_out, weights, NULL);
    if (status == EF_OK)
        status = ef_emotion_place(&j->counts, (const float(*)[EF_FELT])weights, SLOT_BITS,
                                  *placed, kept, NULL);
    free(weights);
    return status;
}

/* A family; behind the last, what is held back of all. */
static void judge_parts(void *user, size_t family)
{
    job *j = user;
    ef_emotion_slot *placed = NULL;
    size_t kept;
    bool is_family = family < j->texts->families;
    ef_parts parts = is_family ? EF_BOTH_PARTS(family) : EF_HELD_BACK;
    j->statuses[family] = learn(j, parts, &placed, &kept);
    for (size_t i = 0; j->statuses[family] == EF_OK && i < j->counts.text_count; i++)
        if (parts >> j->counts.texts[i].part & 1)
            add_evidence(&j->counts, placed, i, &(is_family ? j->strange : j->known)[i]);
    free(placed);
}

static ef_status make_table(job *j, ef_error *error)
{
    ef_emotion_trained *out = j->out;
    ef_emotion_slot *placed = NULL;
    out->slots = malloc(sizeof *out->slots << SLOT_BITS);
    out->filter = malloc((1 << EF_EMOTION_FILTER_BITS) / 8);
    ef_status status = out->slots == NULL || out->filter == NULL
                           ? EF_ERR_MEMORY
                           : learn(j, EF_NO_PART, &placed, &out->kept);
    if (status == EF_OK)
        ef_emotion_fill(&j->counts, placed, SLOT_BITS, out->slots, out->filter);
    free(placed);
    return status == EF_OK ? EF_OK : ef_error_memory(error);
}

/* --- logits ------------------------------------------------------------------------ */

static void add_row(job *j, size_t index, const ef_emotion_sums *sums, double weight)
{
    const ef_text_features *text = &j->counts.texts[index];
    ef_emotion_row *row = &j->rows[j->row_count++];
    *row = (ef_emotion_row){ .mood = j->moods[index],
                             .family = (uint8_t)family_of(text),
                             .weight = (float)weight };
    int32_t inputs[EF_FELT][EF_EMOTION_INPUTS];
    ef_emotion_inputs(sums, &j->totals[index], inputs);
    for (int k = 0; k < EF_FELT; k++)
        for (int i = 0; i < EF_EMOTION_INPUTS; i++)
            row->inputs[k][i] = (int16_t)inputs[k][i];
}

/* Rows of all families, in order of the texts. */
static void choose_rows(job *j)
{
    const ef_counts *counts = &j->counts;
    size_t sizes[EF_PART_LIMIT] = { 0 }, seen[EF_PART_LIMIT] = { 0 };
    for (size_t i = 0; i < counts->text_count; i++)
        sizes[counts->texts[i].part]++;
    for (size_t i = 0; i < counts->text_count; i++) {
        const ef_text_features *text = &counts->texts[i];
        size_t size = sizes[text->part], place = seen[text->part]++;
        size_t limit = size < ROW_LIMIT ? size : ROW_LIMIT;
        if (place * limit / size == (place + 1) * limit / size)
            continue;
        double each = (double)size / (double)limit;
        double all = (double)(sizes[text->part | 1] + sizes[text->part & ~1]);
        add_row(j, i, &j->strange[i], each * FAMILY_TEXTS / all);
        if (is_held_back(text))
            add_row(j, i, &j->known[i], each * KNOWN_TEXTS / (double)size);
    }
}

static ef_status judge(const job *j, size_t family, const ef_emotion_blend *blend,
                       bool held_back, ef_mood_figures *figures)
{
    ef_mood_judging judging = { 0 };
    bool has_memory = true;
    for (size_t i = 0; i < j->counts.text_count; i++) {
        const ef_text_features *text = &j->counts.texts[i];
        const ef_emotion_sums *sums = held_back ? &j->known[i] : &j->strange[i];
        int32_t p[EF_EMOTION_COUNT], leant[EF_EMOTION_COUNT];
        if (family_of(text) != family || (held_back && !is_held_back(text)))
            continue;
        ef_emotion_probabilities(blend, sums, &j->totals[i], p, leant);
        has_memory &= ef_mood_judge(&judging, p, leant, j->moods[i]);
    }
    ef_mood_judged(&judging, figures);
    return has_memory ? EF_OK : EF_ERR_MEMORY;
}

/* A family by logits that were fitted without it; behind the last, the model's own. */
static void fit(void *user, size_t family)
{
    job *j = user;
    ef_emotion_blend own, *blend = family < j->texts->families ? &own : &j->out->blend;
    ef_status status = ef_emotion_fit(
        j->rows, j->row_count, blend == &own ? family : EF_FAMILY_LIMIT, blend, NULL);
    if (status == EF_OK && blend == &own)
        status = judge(j, family, blend, false, &j->out->strange[family]);
    if (status == EF_OK && blend == &own)
        status = judge(j, family, blend, true, &j->out->known[family]);
    j->statuses[family] = status;
}

/* --- all of it --------------------------------------------------------------------- */

static ef_status run(job *j, const ef_engine *engine, const ef_model *words,
                     unsigned threads, ef_error *error)
{
    size_t pieces = j->texts->families + 1;
    ef_status status = count_features(j, engine, words, threads, error);
    if (status != EF_OK)
        return status;
    ef_share_work(threads, pieces, judge_parts, j);
    status = first_failure(j, error);
    j->rows = malloc((2 * j->texts->count + 1) * sizeof *j->rows);
    if (status == EF_OK && j->rows == NULL)
        status = ef_error_memory(error);
    if (status == EF_OK) {
        choose_rows(j);
        ef_share_work(threads, pieces, fit, j);
        status = first_failure(j, error);
    }
    return status == EF_OK ? make_table(j, error) : status;
}

ef_status ef_emotions_train(ef_emotion_trained *trained, const ef_engine *engine,
                            const ef_model *words, const ef_texts *texts, unsigned threads,
                            ef_error *error)
{
    memset(trained, 0, sizeof *trained);
    if (texts->count == 0)
        return EF_OK;
    job j = { .texts = texts, .out = trained };
    ef_status status = run(&j, engine, words, threads, error);
    ef_counts_release(&j.counts);
    free(j.totals);
    free(j.moods);
    free(j.strange);
    free(j.known);
    free(j.rows);
    if (status == EF_OK)
        trained->model = (ef_emotion_model){ &trained->blend, trained->filter,
                                             trained->slots, SLOT_BITS };
    return status;
}

void ef_emotion_trained_release(ef_emotion_trained *trained)
{
    free(trained->filter);
    free(trained->slots);
    memset(trained, 0, sizeof *trained);
}

void ef_emotions_note(const ef_emotion_trained *trained, const ef_texts *texts,
                      ef_training_note_fn *note, void *user)
{
    char line[160];
    snprintf(line, sizeof line,
             "emotions, %zu features; each family left out: texts, "
             "macro-F1, weighted, micro without none, calibration error; then held back",
             trained->kept);
    note(user, line);
    for (size_t family = 0; family < texts->families; family++) {
        const ef_mood_figures *s = &trained->strange[family], *k = &trained->known[family];
        snprintf(line, sizeof line,
                 "%-14.14s %7zu  %.4f  %.4f  %.4f  %.4f  |  %.4f  %.4f  %.4f  %.4f",
                 texts->names[family], s->texts, s->macro_f1, s->weighted_f1, s->micro_f1,
                 s->ece, k->macro_f1, k->weighted_f1, k->micro_f1, k->ece);
        note(user, line);
    }
}
