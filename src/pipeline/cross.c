/* SPDX-License-Identifier: MIT
 * pipeline/cross.c - leaving each family out once. */
#include "pipeline/cross.h"

#include <assert.h>
#include <stdlib.h>

#include "base/error.h"
#include "model/evaluate.h"
#include "model/quantize.h"
#include "pipeline/share_work.h"

/* A family counts like FAMILY_TEXTS texts in the fit, a text at most like TEXT_LIMIT; of a
 * family at most ROW_LIMIT texts are looked at, evenly spread: more would cost time and
 * change nothing in 300 coefficients. */
enum { FAMILY_TEXTS = 3000, TEXT_LIMIT = 4, ROW_LIMIT = 12000 };

static const uint32_t masks[EF_SCORERS] = { EF_BLEND_ALL, EF_BLEND_LEXICON,
                                            EF_BLEND_CLASSIFIER };

/* --- classifying ------------------------------------------------------------------- */

typedef struct job {
    const ef_crossing *crossing;
    ef_family_result *results;
    const ef_fit_row *rows;
    const uint8_t *families; /* of the rows */
    size_t row_count;
    ef_status statuses[EF_FAMILY_LIMIT];
} job;

static ef_status first_failure(const job *j, ef_error *error)
{
    for (size_t i = 0; i < j->crossing->counts->families; i++)
        if (j->statuses[i] != EF_OK)
            return ef_error_memory(error); /* nothing else fails here */
    return EF_OK;
}

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

static void classify_family(void *user, size_t family)
{
    job *j = user;
    const ef_crossing *c = j->crossing;
    size_t room = c->counts->count + 1;
    ef_float_weights weights = { malloc(room * sizeof(float)),
                                 malloc(room * sizeof(float)) };
    ef_weight *placed = malloc(room * sizeof *placed);
    uint64_t kept;
    ef_status status = EF_ERR_MEMORY;
    if (weights.polarity != NULL && weights.neutrality != NULL && placed != NULL)
        status = c->classifier->train(c->counts, family, &weights, NULL);
    if (status == EF_OK)
        status = ef_weights_place(c->counts, &weights, c->slot_bits, placed, &kept, NULL);
    for (size_t i = 0; status == EF_OK && i < c->counts->text_count; i++)
        if (c->counts->texts[i].family == family)
            add_evidence(c->counts, placed, i, &c->totals[i]);
    free(weights.polarity);
    free(weights.neutrality);
    free(placed);
    j->statuses[family] = status;
}

ef_status ef_cross_classify(const ef_crossing *crossing, ef_error *error)
{
    job j = { .crossing = crossing };
    ef_share_work(crossing->threads, crossing->counts->families, classify_family, &j);
    return first_failure(&j, error);
}

/* --- fitting ----------------------------------------------------------------------- */

static ef_fit_row row_of(const ef_crossing *c, size_t index, double weight)
{
    const ef_text_features *text = &c->counts->texts[index];
    int32_t inputs[EF_BLEND_INPUTS + 1];
    ef_fit_row row = { .bin = (uint8_t)ef_blend_bin(c->totals[index].words),
                       .label = text->label,
                       .has_neutral = ef_counts_has_neutral(c->counts, text->family),
                       .weight = (float)(weight * text->weight / EF_WHOLE_WEIGHT) };
    ef_blend_inputs(&c->totals[index], inputs);
    for (int i = 0; i < EF_BLEND_INPUTS; i++)
        row.inputs[i] = (int16_t)inputs[i];
    return row;
}

/* Every class of a family weighs the same. */
static double weight_of(const ef_counts *counts, const ef_text_features *text,
                        double sampled)
{
    double classes = 0;
    for (unsigned label = 0; label < EF_CLASSES; label++)
        classes += counts->totals[text->family][label] > 0;
    double texts = (double)counts->totals[text->family][text->label] / EF_WHOLE_WEIGHT;
    double weight = FAMILY_TEXTS / classes / texts;
    return (weight > TEXT_LIMIT ? TEXT_LIMIT : weight) / sampled;
}

/* Chooses rows of all families, in order of the texts. Returns how many. */
static size_t choose_rows(const ef_crossing *c, ef_fit_row *rows, uint8_t *families)
{
    size_t sizes[EF_FAMILY_LIMIT] = { 0 }, seen[EF_FAMILY_LIMIT] = { 0 }, count = 0;
    for (size_t i = 0; i < c->counts->text_count; i++)
        sizes[c->counts->texts[i].family]++;
    for (size_t i = 0; i < c->counts->text_count; i++) {
        const ef_text_features *text = &c->counts->texts[i];
        size_t size = sizes[text->family], place = seen[text->family]++;
        size_t limit = size < ROW_LIMIT ? size : ROW_LIMIT;
        if (place * limit / size == (place + 1) * limit / size)
            continue;
        double sampled = (double)limit / (double)size;
        families[count] = text->family;
        rows[count++] = row_of(c, i, weight_of(c->counts, text, sampled));
    }
    return count;
}

static ef_status with_rows(const ef_crossing *c, job *j, ef_error *error)
{
    size_t room = c->counts->families * ROW_LIMIT + 1;
    ef_fit_row *rows = malloc(room * sizeof *rows);
    uint8_t *families = malloc(room);
    j->crossing = c;
    j->rows = rows;
    j->families = families;
    if (rows == NULL || families == NULL)
        return ef_error_memory(error);
    j->row_count = choose_rows(c, rows, families);
    return EF_OK;
}

static void release_rows(job *j)
{
    free((void *)j->rows);
    free((void *)j->families);
}

typedef struct fitting {
    const job *j;
    ef_blend_weights *blends;
    ef_status statuses[EF_SCORERS];
} fitting;

static void fit_scorer(void *user, size_t scorer)
{
    fitting *f = user;
    f->statuses[scorer] =
        ef_fit_blend(f->j->rows, f->j->row_count, masks[scorer], &f->blends[scorer], NULL);
}

ef_status ef_cross_fit(const ef_crossing *crossing, ef_blend_weights blends[EF_SCORERS],
                       ef_error *error)
{
    job j = { 0 };
    fitting f = { .j = &j, .blends = blends };
    ef_status status = with_rows(crossing, &j, error);
    if (status == EF_OK)
        ef_share_work(crossing->threads, EF_SCORERS, fit_scorer, &f);
    for (int i = 0; i < EF_SCORERS && status == EF_OK; i++)
        status = f.statuses[i] == EF_OK ? EF_OK : ef_error_memory(error);
    release_rows(&j);
    return status;
}

/* --- evaluating -------------------------------------------------------------------- */

/* Judges all texts of a family. */
static void judge_family(const ef_crossing *c, size_t family, const ef_blend_weights *blend,
                         ef_judged *judged, ef_evaluation *two, ef_evaluation *three)
{
    size_t pairs = 0, all = 0;
    int32_t p[3];
    const ef_counts *counts = c->counts;
    for (size_t i = 0; i < counts->text_count; i++)
        if (counts->texts[i].family == family && counts->texts[i].label != EF_NEUTRAL) {
            ef_blend_probabilities(blend, &c->totals[i], p);
            judged[pairs++] = ef_judge(p, counts->texts[i].label, true);
        }
    ef_evaluate(judged, pairs, two);
    for (size_t i = 0; ef_counts_has_neutral(counts, family) && i < counts->text_count; i++)
        if (counts->texts[i].family == family) {
            ef_blend_probabilities(blend, &c->totals[i], p);
            judged[all++] = ef_judge(p, counts->texts[i].label, false);
        }
    ef_evaluate(judged, all, three);
}

static void evaluate_family(void *user, size_t family)
{
    job *j = user;
    const ef_crossing *c = j->crossing;
    ef_fit_row *rows = malloc((j->row_count + 1) * sizeof *rows);
    ef_judged *judged = malloc((c->counts->text_count + 1) * sizeof *judged);
    ef_blend_weights *blend = malloc(sizeof *blend);
    size_t count = 0;
    ef_status status =
        rows != NULL && judged != NULL && blend != NULL ? EF_OK : EF_ERR_MEMORY;
    for (size_t i = 0; status == EF_OK && i < j->row_count; i++)
        if (j->families[i] != family)
            rows[count++] = j->rows[i];
    for (int s = 0; status == EF_OK && s < EF_SCORERS; s++) {
        status = ef_fit_blend(rows, count, masks[s], blend, NULL);
        if (status == EF_OK)
            judge_family(c, family, blend, judged, &j->results[family].two[s],
                         &j->results[family].three[s]);
    }
    free(rows);
    free(judged);
    free(blend);
    j->statuses[family] = status;
}

ef_status ef_cross_evaluate(const ef_crossing *crossing, ef_family_result *results,
                            ef_error *error)
{
    job j = { .results = results };
    ef_status status = with_rows(crossing, &j, error);
    if (status == EF_OK) {
        ef_share_work(crossing->threads, crossing->counts->families, evaluate_family, &j);
        status = first_failure(&j, error);
    }
    release_rows(&j);
    return status;
}
