/* SPDX-License-Identifier: MIT
 * test_fit.c - the blend's fit finds the weights that made its rows. */
#include "model/fit.h"

#include <criterion/criterion.h>
#include <math.h>
#include <stdlib.h>

enum { ROWS = 20000 };

static double next(uint64_t *state) /* 0 .. 1 */
{
    *state = *state * UINT64_C(6364136223846793005) + 1442695040888963407;
    return (double)(*state >> 11) / 9007199254740992.0;
}

/* Rows whose labels are drawn from the blend a = 3 x0 - 1 x2 + 0.5, n = -2 x1 + 0.25. */
static ef_fit_row *make_rows(bool has_neutral)
{
    ef_fit_row *rows = calloc(ROWS, sizeof *rows);
    uint64_t state = 42;
    for (size_t i = 0; i < ROWS; i++) {
        ef_fit_row *row = &rows[i];
        for (int k = 0; k < 3; k++)
            row->inputs[k] = (int16_t)(next(&state) * 2000 - 1000);
        row->bin = (uint8_t)(i % 2);
        row->weight = 1;
        row->has_neutral = has_neutral;
        double a = 0.003 * row->inputs[0] - 0.001 * row->inputs[2] + 0.5;
        double n = -0.002 * row->inputs[1] + 0.25;
        double p[3] = { exp(-a / 2), has_neutral ? exp(n) : 0, exp(a / 2) };
        double at = next(&state) * (p[0] + p[1] + p[2]);
        row->label = at < p[0] ? EF_NEGATIVE : at < p[0] + p[1] ? EF_NEUTRAL : EF_POSITIVE;
    }
    return rows;
}

static double logits(int32_t weight)
{
    return weight * 1000.0 / 65536;
}

Test(fit, recovers_the_weights_of_three_classes)
{
    ef_fit_row *rows = make_rows(true);
    ef_blend_weights *blend = calloc(1, sizeof *blend);
    cr_assert_eq(ef_fit_blend(rows, ROWS, 7, blend, NULL), EF_OK);
    for (int bin = 0; bin < 2; bin++) {
        cr_assert_float_eq(logits(blend->polarity[bin][0]), 3, 0.25);
        cr_assert_float_eq(logits(blend->polarity[bin][2]), -1, 0.2);
        cr_assert_float_eq(logits(blend->polarity[bin][EF_BLEND_INPUTS]), 0.5, 0.15);
        cr_assert_float_eq(logits(blend->neutrality[bin][1]), -2, 0.2);
        cr_assert_float_eq(logits(blend->neutrality[bin][EF_BLEND_INPUTS]), 0.25, 0.15);
    }
    free(rows);
    free(blend);
}

Test(fit, learns_polarity_alone_from_two_classes)
{
    ef_fit_row *rows = make_rows(false);
    ef_blend_weights *blend = calloc(1, sizeof *blend);
    cr_assert_eq(ef_fit_blend(rows, ROWS, 7, blend, NULL), EF_OK);
    cr_assert_float_eq(logits(blend->polarity[0][0]), 3, 0.25);
    cr_assert_eq(blend->neutrality[0][1], 0);
    free(rows);
    free(blend);
}

Test(fit, gives_a_bin_without_rows_the_shared_fit)
{
    ef_fit_row *rows = make_rows(true);
    ef_blend_weights *blend = calloc(1, sizeof *blend);
    cr_assert_eq(ef_fit_blend(rows, ROWS, 7, blend, NULL), EF_OK);
    cr_assert_float_eq(logits(blend->polarity[7][0]), 3, 0.2);
    free(rows);
    free(blend);
}

Test(fit, uses_no_input_outside_its_mask)
{
    ef_fit_row *rows = make_rows(true);
    ef_blend_weights *blend = calloc(1, sizeof *blend);
    cr_assert_eq(ef_fit_blend(rows, ROWS, 2, blend, NULL), EF_OK);
    for (int bin = 0; bin < EF_BLEND_BINS; bin++)
        for (int i = 0; i < EF_BLEND_INPUTS; i++)
            cr_assert(i == 1 || blend->polarity[bin][i] == 0);
    free(rows);
    free(blend);
}

Test(fit, stays_finite_without_rows_and_with_one_class)
{
    ef_fit_row row = { .label = EF_POSITIVE, .weight = 1000, .inputs = { 1000 } };
    ef_blend_weights *blend = calloc(1, sizeof *blend);
    cr_assert_eq(ef_fit_blend(NULL, 0, 0xffff, blend, NULL), EF_OK);
    cr_assert_eq(blend->polarity[0][0], 0);
    cr_assert_eq(ef_fit_blend(&row, 1, 0xffff, blend, NULL), EF_OK);
    cr_assert_gt(blend->polarity[0][0], 0);
    cr_assert_lt(logits(blend->polarity[0][0]), 20);
    free(blend);
}
