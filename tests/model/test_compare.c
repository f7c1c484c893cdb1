/* SPDX-License-Identifier: MIT
 * test_compare.c - what may be chance, worked out by hand. */
#include "model/compare.h"

#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

static bool is_near(double a, double b, double slack)
{
    return fabs(a - b) < slack;
}

/* Of 7 texts 1 or none on one side: (2 * 1 + 7) / 128; of 10, 2: (2 * 11 + 45) / 1024. */
Test(compare, gives_the_probabilities_of_mcnemar_worked_by_hand)
{
    cr_assert_eq(ef_mcnemar(0, 0), 1);
    cr_assert(is_near(ef_mcnemar(5, 5), 1, 1e-12));
    cr_assert(is_near(ef_mcnemar(1, 6), 9.0 / 128, 1e-12));
    cr_assert(is_near(ef_mcnemar(6, 1), 9.0 / 128, 1e-12));
    cr_assert(is_near(ef_mcnemar(2, 8), 67.0 / 1024, 1e-12));
    cr_assert(is_near(ef_mcnemar(0, 4), 1.0 / 16, 1e-12));
}

Test(compare, stays_sane_for_large_counts)
{
    double p = ef_mcnemar(500000, 502000); /* z = 1.997, two-sided 0.0458 */
    cr_assert(is_near(p, 0.0458, 0.0005), "%f", p);
    cr_assert_lt(ef_mcnemar(1000000, 0), 1e-300);
}

enum { TEXTS = 400 };

static ef_judged judged(unsigned right, bool is_hit)
{
    return (ef_judged){ .right = (uint8_t)right,
                        .given = (uint8_t)(is_hit ? right : EF_POSITIVE - right),
                        .confidence = 8000,
                        .p_right = is_hit ? 8000 : 2000 };
}

/* The second model is right on all that the first gets, and on `more` of the rest. */
static void compare(size_t more, ef_evaluated_model models[2])
{
    static ef_judged list[TEXTS][2];
    uint16_t bundles[TEXTS];
    ef_judged one[TEXTS];
    for (size_t i = 0; i < TEXTS; i++) {
        unsigned right = i % 2 == 0 ? EF_POSITIVE : EF_NEGATIVE;
        list[i][0] = judged(right, i >= 100);
        list[i][1] = judged(right, i >= 100 - more);
        bundles[i] = (uint16_t)i;
    }
    memset(models, 0, 2 * sizeof *models);
    for (int model = 0; model < 2; model++) {
        for (size_t i = 0; i < TEXTS; i++)
            one[i] = list[i][model];
        ef_evaluate(one, TEXTS, &models[model].all);
    }
    ef_side_by_side side = { &list[0][0], bundles, TEXTS, 2 };
    cr_assert_eq(ef_compare(&side, models, NULL), EF_OK);
}

/* 0.75 of 400: the standard error is 0.0217, so the interval is about 0.75 +- 0.0424. */
Test(compare, draws_intervals_as_wide_as_the_standard_error_says)
{
    ef_evaluated_model models[2];
    compare(40, models);
    const ef_bounds *b = &models[0].bounds;
    cr_assert(is_near(b->low.accuracy, 0.7076, 0.006), "%f", b->low.accuracy);
    cr_assert(is_near(b->high.accuracy, 0.7924, 0.006), "%f", b->high.accuracy);
    cr_assert_lt(b->low.log_loss, models[0].all.log_loss);
    cr_assert_gt(b->high.log_loss, models[0].all.log_loss);
}

Test(compare, reckons_a_difference_by_pairs)
{
    ef_evaluated_model models[2];
    compare(40, models);
    const ef_contest *c = &models[1].against_first;
    cr_assert_eq(c->only_this, 40);
    cr_assert_eq(c->only_first, 0);
    cr_assert(is_near(c->difference.accuracy, 0.1, 1e-12));
    cr_assert(is_near(c->bounds.low.accuracy, 0.1 - 0.0294, 0.005));
    cr_assert(is_near(c->bounds.high.accuracy, 0.1 + 0.0294, 0.005));
    cr_assert_lt(c->difference.log_loss, 0);
    cr_assert_lt(c->p, 1e-11);
}

Test(compare, keeps_repeats_of_a_text_together)
{
    static ef_judged list[TEXTS];
    uint16_t bundles[TEXTS];
    ef_evaluated_model model = { 0 };
    for (size_t i = 0; i < TEXTS; i++) {
        list[i] = judged(EF_POSITIVE, i % 4 != 0);
        bundles[i] = (uint16_t)(i % 16); /* sixteen texts, each 25 times */
    }
    ef_side_by_side side = { list, bundles, TEXTS, 1 };
    cr_assert_eq(ef_compare(&side, &model, NULL), EF_OK);
    cr_assert_gt(model.bounds.high.accuracy - model.bounds.low.accuracy, 0.3);
}
