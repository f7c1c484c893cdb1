/* SPDX-License-Identifier: MIT
 * model/fit.c - fitting the blend: all bins together, then each drawn towards that. */
#include "model/fit.h"

#include <math.h>
#include <string.h>

#include "model/logits.h"

enum { INPUTS = EF_BLEND_INPUTS + 1, UNKNOWNS = 2 * INPUTS };
_Static_assert(INPUTS <= (int)EF_LOGIT_INPUTS,
               "the blend has more inputs than can be fitted");

/* Pulls, in texts. The shared fit is drawn to 0 just enough to be unique; a bin is drawn to
 * the shared fit. */
static const double SHARED_PULL = 20.0, BIN_PULL = 2000.0;
static const double INPUT_ONE = 1000.0, LOGIT_ONE = 65536.0;

typedef struct selection {
    const ef_fit_row *rows;
    int bin; /* -1: rows of all bins */
    uint32_t mask;
} selection;

static void read_row(const void *user, size_t index, ef_logit_row *out)
{
    const selection *s = user;
    const ef_fit_row *row = &s->rows[index];
    if (s->bin >= 0 && row->bin != s->bin)
        return;
    for (int i = 0; i < EF_BLEND_INPUTS; i++)
        out->x[i] = (s->mask >> i & 1) ? row->inputs[i] / INPUT_ONE : 0;
    out->x[EF_BLEND_INPUTS] = 1;
    out->weight = row->weight;
    out->label = row->label;
    out->has_neutral = row->has_neutral;
}

static int32_t rounded(double coefficient)
{
    double value = coefficient * LOGIT_ONE / INPUT_ONE;
    return (int32_t)lrint(fmax(-1e9, fmin(1e9, value)));
}

ef_status ef_fit_blend(const ef_fit_row *rows, size_t count, uint32_t mask,
                       ef_blend_weights *blend, ef_error *error)
{
    double shared[UNKNOWNS] = { 0 };
    selection all = { rows, -1, mask };
    ef_logit_problem problem = { read_row, &all, count, INPUTS, SHARED_PULL, NULL };
    ef_status status = ef_logits_fit(&problem, shared, error);
    for (int bin = 0; status == EF_OK && bin < EF_BLEND_BINS; bin++) {
        double own[UNKNOWNS];
        selection one = { rows, bin, mask };
        problem = (ef_logit_problem){ read_row, &one, count, INPUTS, BIN_PULL, shared };
        memcpy(own, shared, sizeof own);
        status = ef_logits_fit(&problem, own, error);
        for (int i = 0; i < INPUTS; i++) {
            blend->polarity[bin][i] = rounded(own[i]);
            blend->neutrality[bin][i] = rounded(own[INPUTS + i]);
        }
    }
    return status;
}
