/* SPDX-License-Identifier: MIT
 * model/compare.c - what of a difference between models may be chance.
 *
 *     for each draw:  take as many bundles as there are, with replacement
 *                     add up their confusions and losses, for each model
 *                     keep the figures
 *     interval = the 2.5th and the 97.5th percentile of what was kept
 *
 * All models see the same draws, so the interval of a difference is that of the pairs. */
#include "model/compare.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"

enum { FIGURES = sizeof(ef_merits) / sizeof(double), TAIL = EF_RESAMPLES / 40 };

typedef struct heap { /* what a model makes of a bundle, or of a draw */
    uint64_t confusion[EF_CLASSES][EF_CLASSES];
    double loss;
} heap;

typedef struct drawing {
    const ef_side_by_side *side;
    heap *bundles; /* [bundle][model], without empty bundles */
    size_t count;
    heap *sum;      /* [model] */
    double *kept;   /* [model][figure][draw] */
    double *sorted; /* one list of draws */
} drawing;

double ef_mcnemar(uint64_t only_first, uint64_t only_second)
{
    uint64_t n = only_first + only_second,
             k = only_first < only_second ? only_first : only_second;
    int sign;
    double all = (double)n, at = (double)k;
    double log_p = lgamma_r(all + 1, &sign) - lgamma_r(at + 1, &sign) -
                   lgamma_r(all - at + 1, &sign) - all * log(2.0);
    double sum = 0, term = 1; /* as parts of the probability of k itself */
    for (uint64_t i = k; i > 0 && term > 1e-17; i--) {
        term *= (double)i / (double)(n - i + 1);
        sum += term;
    }
    return fmin(1, exp(log_p) * (1 + 2 * sum));
}

/* --- bundles ----------------------------------------------------------------------- */

static void fill_bundles(drawing *d)
{
    static const uint32_t empty = UINT32_MAX;
    const ef_side_by_side *side = d->side;
    uint32_t places[EF_BUNDLES];
    memset(places, 0xff, sizeof places);
    for (size_t text = 0; text < side->texts; text++) {
        uint32_t *place = &places[side->bundles[text]];
        if (*place == empty)
            *place = (uint32_t)d->count++;
        for (size_t model = 0; model < side->models; model++) {
            const ef_judged *j = &side->judged[text * side->models + model];
            heap *h = &d->bundles[*place * side->models + model];
            h->confusion[j->right][j->given]++;
            h->loss += ef_judged_loss(j);
        }
    }
}

static void add_bundle(drawing *d, size_t bundle)
{
    for (size_t model = 0; model < d->side->models; model++) {
        const heap *more = &d->bundles[bundle * d->side->models + model];
        heap *sum = &d->sum[model];
        for (int right = 0; right < EF_CLASSES; right++)
            for (int given = 0; given < EF_CLASSES; given++)
                sum->confusion[right][given] += more->confusion[right][given];
        sum->loss += more->loss;
    }
}

static uint64_t texts_of(const heap *h)
{
    uint64_t texts = 0;
    for (int right = 0; right < EF_CLASSES; right++)
        for (int given = 0; given < EF_CLASSES; given++)
            texts += h->confusion[right][given];
    return texts;
}

/* --- draws ------------------------------------------------------------------------- */

static double *list_of(const drawing *d, size_t model, size_t figure)
{
    return d->kept + (model * FIGURES + figure) * EF_RESAMPLES;
}

static void keep(const drawing *d, size_t draw)
{
    for (size_t model = 0; model < d->side->models; model++) {
        const heap *sum = &d->sum[model];
        uint64_t texts = texts_of(sum);
        ef_merits figures = { .log_loss = texts == 0 ? 0 : sum->loss / (double)texts };
        double list[FIGURES];
        ef_figures_of(sum->confusion, &figures);
        memcpy(list, &figures, sizeof list);
        for (size_t figure = 0; figure < FIGURES; figure++)
            list_of(d, model, figure)[draw] = list[figure];
    }
}

static void draw_all(drawing *d)
{
    uint64_t state = UINT64_C(0xBB67AE8584CAA73B); /* fraction of the root of 3 */
    for (size_t draw = 0; draw < EF_RESAMPLES; draw++) {
        memset(d->sum, 0, d->side->models * sizeof *d->sum);
        for (size_t i = 0; i < d->count; i++) {
            state = state * UINT64_C(0xD1342543DE82EF95) + 1; /* as in linear.c */
            add_bundle(d, (size_t)((state >> 32) * d->count >> 32));
        }
        keep(d, draw);
    }
}

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* The bounds of a model's figures, less those of another if there is one. */
static void find_bounds(const drawing *d, size_t model, const size_t *other,
                        ef_bounds *bounds)
{
    double low[FIGURES], high[FIGURES];
    for (size_t figure = 0; figure < FIGURES; figure++) {
        const double *list = list_of(d, model, figure);
        const double *less = other == NULL ? NULL : list_of(d, *other, figure);
        for (size_t i = 0; i < EF_RESAMPLES; i++)
            d->sorted[i] = list[i] - (less == NULL ? 0 : less[i]);
        qsort(d->sorted, EF_RESAMPLES, sizeof *d->sorted, by_value);
        low[figure] = d->sorted[TAIL];
        high[figure] = d->sorted[EF_RESAMPLES - 1 - TAIL];
    }
    memcpy(&bounds->low, low, sizeof low);
    memcpy(&bounds->high, high, sizeof high);
}

/* --- comparing --------------------------------------------------------------------- */

static void compare_with_first(const ef_side_by_side *side, size_t model,
                               ef_evaluated_model *models)
{
    const ef_evaluation *this = &models[model].all, *first = &models[0].all;
    ef_contest *c = &models[model].against_first;
    c->difference =
        (ef_merits){ this->accuracy - first->accuracy, this->macro_f1 - first->macro_f1,
                      this->balanced_accuracy - first->balanced_accuracy,
                      this->log_loss - first->log_loss };
    for (size_t text = 0; text < side->texts; text++) {
        const ef_judged *one = &side->judged[text * side->models];
        const ef_judged *other = one + model;
        bool is_one = one->right == one->given, is_other = other->right == other->given;
        c->only_first += is_one && !is_other;
        c->only_this += is_other && !is_one;
    }
    c->p = ef_mcnemar(c->only_first, c->only_this);
}

ef_status ef_compare(const ef_side_by_side *side, ef_evaluated_model *models,
                     ef_error *error)
{
    static const size_t first = 0;
    drawing d = { .side = side };
    d.bundles = calloc(EF_BUNDLES * side->models, sizeof *d.bundles);
    d.sum = calloc(side->models, sizeof *d.sum);
    d.kept = malloc(side->models * FIGURES * EF_RESAMPLES * sizeof *d.kept);
    d.sorted = malloc(EF_RESAMPLES * sizeof *d.sorted);
    bool has_memory =
        d.bundles != NULL && d.sum != NULL && d.kept != NULL && d.sorted != NULL;
    if (has_memory) {
        fill_bundles(&d);
        draw_all(&d);
    }
    for (size_t model = 0; has_memory && model < side->models; model++) {
        find_bounds(&d, model, NULL, &models[model].bounds);
        if (model == 0)
            continue;
        compare_with_first(side, model, models);
        find_bounds(&d, model, &first, &models[model].against_first.bounds);
    }
    free(d.bundles);
    free(d.sum);
    free(d.kept);
    free(d.sorted);
    return has_memory ? EF_OK : ef_error_memory(error);
}
