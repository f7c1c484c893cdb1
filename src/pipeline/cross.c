/* SPDX-License-Identifier: MIT
 * pipeline/cross.c - leaving each family out once, and what is held back once. */
#include "pipeline/cross.h"

#include <stdlib.h>

#include "base/error.h"
#include "model/evaluate.h"
#include "model/quantize.h"
#include "pipeline/share_work.h"

/* In the fit a family counts like FAMILY_TEXTS texts that the classifier does not know the
 * kind of, and like KNOWN_TEXTS that it does; a text at most like TEXT_LIMIT. Of a part at
 * most ROW_LIMIT texts are looked at, evenly spread: more would cost time and change
 * nothing in 300 coefficients. */
enum { FAMILY_TEXTS = 3000, KNOWN_TEXTS = 1000, TEXT_LIMIT = 4, ROW_LIMIT = 6000 };

static const uint32_t masks[EF_SCORERS] = { EF_BLEND_ALL, EF_BLEND_LEXICON,
                                            EF_BLEND_CLASSIFIER };

typedef struct job {
    const ef_crossing *crossing;
    ef_family_result *results;
    ef_blend_weights *blends;
    ef_fit_row *rows;
    uint8_t *families; /* of the rows */
    size_t row_count;
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

/* --- classifying ------------------------------------------------------------------- */

static void add_evidence(const ef_counts *counts, const ef_weight *placed, size_t index,
                         ef_totals *totals)
{
    const ef_text_features *text = &counts->texts[index];
    for (uint64_t i = text->first; i < text->first + text->count; i++) {
        const ef_weight *w = &placed[counts->ids[i]];
        totals->polarity += (int64_t)w->polarity * counts->repeats[i];
        totals->neutrality += (int64_t)w->neutrality * counts->repeats[i];
        totals->known += w->print != 0 ? counts->repeats[i] : 0;
    }
}

/* Trains without some parts and judges the texts that lie in them. */
static ef_status judge_parts(const ef_crossing *c, ef_parts parts, ef_totals *totals)
{
    size_t room = c->counts->count + 1;
    ef_float_weights weights = { malloc(room * sizeof(float)),
                                 malloc(room * sizeof(float)) };
    ef_weight *placed = malloc(room * sizeof *placed);
    uint64_t kept;
    ef_status status = EF_ERR_MEMORY;
    if (weights.polarity != NULL && weights.neutrality != NULL && placed != NULL)
        status = c->classifier->train(c->counts, parts, &weights, NULL);
    if (status == EF_OK)
        status = ef_weights_place(c->counts, &weights, c->slot_bits, placed, &kept, NULL);
    for (size_t i = 0; status == EF_OK && i < c->counts->text_count; i++)
        if (parts >> c->counts->texts[i].part & 1)
            add_evidence(c->counts, placed, i, &totals[i]);
    free(weights.polarity);
    free(weights.neutrality);
    free(placed);
    return status;
}

/* Some families only teach words, and of an export nothing is held back. */
static bool is_empty(const ef_counts *counts, ef_parts parts)
{
    uint64_t sum = 0;
    for (size_t part = 0; part < counts->parts; part++)
        for (unsigned label = 0; label < EF_CLASSES; label++)
            sum += parts >> part & 1 ? counts->totals[part][label] : 0;
    return sum == 0;
}

/* A family; behind the last, what is held back of all. */
static void classify(void *user, size_t family)
{
    job *j = user;
    const ef_crossing *c = j->crossing;
    bool is_family = family < c->families;
    ef_parts parts = is_family ? EF_BOTH_PARTS(family) : EF_HELD_BACK;
    if (!is_empty(c->counts, parts))
        j->statuses[family] = judge_parts(c, parts, is_family ? c->strange : c->known);
}

ef_status ef_cross_classify(const ef_crossing *crossing, ef_error *error)
{
    job j = { .crossing = crossing };
    ef_share_work(crossing->threads, crossing->families + 1, classify, &j);
    return first_failure(&j, error);
}

/* --- fitting ----------------------------------------------------------------------- */

static void add_row(job *j, size_t index, const ef_totals *totals, double weight)
{
    const ef_counts *counts = j->crossing->counts;
    const ef_text_features *text = &counts->texts[index];
    int32_t inputs[EF_BLEND_INPUTS + 1];
    ef_fit_row *row = &j->rows[j->row_count];
    *row = (ef_fit_row){ .bin = (uint8_t)ef_blend_bin(totals->words),
                         .label = text->label,
                         .has_neutral = ef_counts_has_neutral(counts, family_of(text)),
                         .weight = (float)(weight * text->weight / EF_WHOLE_WEIGHT) };
    ef_blend_inputs(totals, inputs);
    for (int i = 0; i < EF_BLEND_INPUTS; i++)
        row->inputs[i] = (int16_t)inputs[i];
    j->families[j->row_count++] = (uint8_t)family_of(text);
}

/* What a text counts if the classes of a set of parts together count like `texts`. */
static double weight_of(const ef_counts *counts, const ef_text_features *text,
                        ef_parts parts, double texts)
{
    double classes = 0, same = 0;
    for (unsigned label = 0; label < EF_CLASSES; label++) {
        uint64_t n = 0;
        for (size_t part = 0; part < counts->parts; part++)
            n += parts >> part & 1 ? counts->totals[part][label] : 0;
        classes += n > 0;
        same = label == text->label ? (double)n / EF_WHOLE_WEIGHT : same;
    }
    double weight = texts / classes / same;
    return weight > TEXT_LIMIT ? TEXT_LIMIT : weight;
}

/* Rows of all families, in order of the texts. */
static void choose_rows(job *j)
{
    const ef_crossing *c = j->crossing;
    size_t sizes[EF_PART_LIMIT] = { 0 }, seen[EF_PART_LIMIT] = { 0 };
    for (size_t i = 0; i < c->counts->text_count; i++)
        sizes[c->counts->texts[i].part]++;
    for (size_t i = 0; i < c->counts->text_count; i++) {
        const ef_text_features *text = &c->counts->texts[i];
        size_t size = sizes[text->part], place = seen[text->part]++;
        size_t limit = size < ROW_LIMIT ? size : ROW_LIMIT;
        if (place * limit / size == (place + 1) * limit / size)
            continue;
        double each = (double)size / (double)limit;
        ef_parts family = EF_BOTH_PARTS(family_of(text)), own = UINT64_C(1) << text->part;
        add_row(j, i, &c->strange[i],
                each * weight_of(c->counts, text, family, FAMILY_TEXTS));
        if (is_held_back(text))
            add_row(j, i, &c->known[i],
                    each * weight_of(c->counts, text, own, KNOWN_TEXTS));
    }
}

static ef_status start(job *j, const ef_crossing *c, ef_error *error)
{
    size_t room = c->families * 3 * ROW_LIMIT + 1; /* a text held back makes two rows */
    j->crossing = c;
    j->rows = malloc(room * sizeof *j->rows);
    j->families = malloc(room);
    if (j->rows == NULL || j->families == NULL)
        return ef_error_memory(error);
    choose_rows(j);
    return EF_OK;
}

static void finish(job *j)
{
    free(j->rows);
    free(j->families);
}

static void fit_scorer(void *user, size_t scorer)
{
    job *j = user;
    j->statuses[scorer] =
        ef_fit_blend(j->rows, j->row_count, masks[scorer], &j->blends[scorer], NULL);
}

ef_status ef_cross_fit(const ef_crossing *crossing, ef_blend_weights blends[EF_SCORERS],
                       ef_error *error)
{
    job j = { .blends = blends };
    ef_status status = start(&j, crossing, error);
    if (status == EF_OK) {
        ef_share_work(crossing->threads, EF_SCORERS, fit_scorer, &j);
        status = first_failure(&j, error);
    }
    finish(&j);
    return status;
}

/* --- evaluating -------------------------------------------------------------------- */

typedef struct judging {
    const ef_crossing *crossing;
    size_t family;
    const ef_blend_weights *blend;
    ef_judged *judged; /* room for all texts */
} judging;

/* Judges a family's texts by their totals: all of them, or those held back. */
static void judge(const judging *g, bool two_classes, const ef_totals *totals,
                  bool held_back, ef_evaluation *evaluation)
{
    const ef_counts *counts = g->crossing->counts;
    bool is_wanted = two_classes || ef_counts_has_neutral(counts, g->family);
    size_t count = 0;
    for (size_t i = 0; is_wanted && i < counts->text_count; i++) {
        const ef_text_features *text = &counts->texts[i];
        int32_t p[3];
        if (family_of(text) != g->family || (held_back && !is_held_back(text)) ||
            (two_classes && text->label == EF_NEUTRAL))
            continue;
        ef_blend_probabilities(g->blend, &totals[i], p);
        g->judged[count++] = ef_judge(p, text->label, two_classes);
    }
    ef_evaluate(g->judged, count, evaluation);
}

static ef_status judge_family(const judging *g, const ef_fit_row *rows, size_t count,
                              ef_blend_weights *blend, ef_family_result *result)
{
    const ef_crossing *c = g->crossing;
    for (int scorer = EF_SCORERS; scorer-- > 0;) { /* the blend last, for known texts */
        if (ef_fit_blend(rows, count, masks[scorer], blend, NULL) != EF_OK)
            return EF_ERR_MEMORY;
        judge(g, true, c->strange, false, &result->two[scorer]);
        judge(g, false, c->strange, false, &result->three[scorer]);
    }
    judge(g, true, c->known, true, &result->known_two);
    judge(g, false, c->known, true, &result->known_three);
    return EF_OK;
}

static void evaluate_family(void *user, size_t family)
{
    job *j = user;
    if (is_empty(j->crossing->counts, EF_BOTH_PARTS(family)))
        return;
    ef_fit_row *rows = malloc((j->row_count + 1) * sizeof *rows);
    ef_judged *judged = malloc((j->crossing->counts->text_count + 1) * sizeof *judged);
    ef_blend_weights *blend = malloc(sizeof *blend);
    j->statuses[family] = EF_ERR_MEMORY;
    if (rows != NULL && judged != NULL && blend != NULL) {
        judging g = { j->crossing, family, blend, judged };
        size_t count = 0;
        for (size_t i = 0; i < j->row_count; i++)
            if (j->families[i] != family)
                rows[count++] = j->rows[i];
        j->statuses[family] = judge_family(&g, rows, count, blend, &j->results[family]);
    }
    free(rows);
    free(judged);
    free(blend);
}

ef_status ef_cross_evaluate(const ef_crossing *crossing, ef_family_result *results,
                            ef_error *error)
{
    job j = { .results = results };
    ef_status status = start(&j, crossing, error);
    if (status == EF_OK) {
        ef_share_work(crossing->threads, crossing->families, evaluate_family, &j);
        status = first_failure(&j, error);
    }
    finish(&j);
    return status;
}
