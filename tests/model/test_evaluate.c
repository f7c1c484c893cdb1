/* SPDX-License-Identifier: MIT
 * test_evaluate.c - figures worked out by hand. */
#include "model/evaluate.h"

#include <criterion/criterion.h>
#include <math.h>

static bool is_near(double a, double b)
{
    return fabs(a - b) < 1e-9;
}

static void add(ef_judged *list, size_t *count, size_t times, unsigned right,
                unsigned given)
{
    for (; times > 0; times--)
        list[(*count)++] = (ef_judged){ (uint8_t)right, (uint8_t)given, 10000,
                                        right == given ? 10000 : 0 };
}

Test(evaluate, gives_the_figures_of_a_confusion_by_hand)
{
    ef_judged list[20];
    size_t count = 0;
    ef_evaluation e;
    add(list, &count, 6, EF_NEGATIVE, EF_NEGATIVE);
    add(list, &count, 2, EF_NEGATIVE, EF_POSITIVE);
    add(list, &count, 1, EF_NEUTRAL, EF_NEUTRAL);
    add(list, &count, 3, EF_NEUTRAL, EF_NEGATIVE);
    add(list, &count, 8, EF_POSITIVE, EF_POSITIVE);
    ef_evaluate(list, count, &e);
    cr_assert_eq(e.confusion[EF_NEUTRAL][EF_NEGATIVE], 3);
    cr_assert_eq(e.texts, 20);
    cr_assert(is_near(e.accuracy, 15.0 / 20));
    cr_assert(is_near(e.balanced_accuracy, (6.0 / 8 + 1.0 / 4 + 1) / 3));
    cr_assert(is_near(e.macro_f1, (12.0 / 17 + 2.0 / 5 + 16.0 / 18) / 3));
}

Test(evaluate, leaves_classes_out_that_do_not_occur)
{
    ef_judged list[4];
    size_t count = 0;
    ef_evaluation e;
    add(list, &count, 3, EF_POSITIVE, EF_POSITIVE);
    add(list, &count, 1, EF_NEGATIVE, EF_NEUTRAL);
    ef_evaluate(list, count, &e);
    cr_assert(is_near(e.balanced_accuracy, 0.5));
    cr_assert(is_near(e.macro_f1, 0.5));
}

Test(evaluate, finds_no_error_where_confidence_is_true)
{
    ef_judged list[1500];
    ef_evaluation e;
    for (size_t i = 0; i < 1500; i++)
        list[i] =
            (ef_judged){ EF_POSITIVE, i % 4 == 0 ? EF_NEGATIVE : EF_POSITIVE, 7500, 5000 };
    ef_evaluate(list, 1500, &e);
    cr_assert(is_near(e.ece, 0));
    for (size_t i = 0; i < 1500; i++)
        list[i] = (ef_judged){ EF_POSITIVE, EF_POSITIVE, 10000, 10000 };
    ef_evaluate(list, 1500, &e);
    cr_assert(is_near(e.ece, 0));
    for (size_t i = 0; i < 1500; i++)
        list[i] = (ef_judged){ EF_POSITIVE, EF_POSITIVE, 6000, 6000 };
    ef_evaluate(list, 1500, &e);
    cr_assert(is_near(e.ece, 0.4));
}

Test(evaluate, takes_no_texts)
{
    ef_evaluation e;
    ef_evaluate(NULL, 0, &e);
    cr_assert_eq(e.texts, 0);
    cr_assert(is_near(e.macro_f1, 0));
}

Test(evaluate, judges_two_classes_by_the_sign_of_the_score)
{
    const int32_t mostly_neutral[3] = { 1000, 7000, 2000 }, tie[3] = { 3000, 4000, 3000 };
    ef_judged j = ef_judge(mostly_neutral, EF_POSITIVE, true);
    cr_assert_eq(j.given, EF_POSITIVE);
    cr_assert_eq(j.confidence, 6666);
    cr_assert_eq(ef_judge(tie, EF_POSITIVE, true).given, EF_POSITIVE);
    cr_assert_eq(ef_judge(mostly_neutral, EF_POSITIVE, false).given, EF_NEUTRAL);
    cr_assert_eq(ef_judge(mostly_neutral, EF_POSITIVE, false).confidence, 7000);
}

Test(evaluate, sorts_texts_into_bins_of_equal_mass)
{
    ef_judged list[300];
    ef_evaluation e;
    for (size_t i = 0; i < 300; i++)
        list[299 - i] = (ef_judged){ EF_POSITIVE, i % 2 == 0 ? EF_NEGATIVE : EF_POSITIVE,
                                     (uint16_t)(5000 + 10 * i), 5000 };
    ef_evaluate(list, 300, &e);
    for (size_t i = 0; i < EF_RELIABILITY_BINS; i++) {
        cr_assert_eq(e.bins[i].texts, 20);
        cr_assert(is_near(e.bins[i].accuracy, 0.5));
        cr_assert(is_near(e.bins[i].confidence, 0.5095 + 0.02 * (double)i));
    }
    cr_assert(is_near(e.log_loss, log(2)));
}

Test(evaluate, knows_the_probability_of_the_right_label)
{
    const int32_t p[3] = { 1000, 6000, 3000 }, sure[3] = { 0, 0, 10000 };
    ef_judged two = ef_judge(p, EF_NEGATIVE, true);
    cr_assert_eq(ef_judge(p, EF_POSITIVE, false).p_right, 3000);
    cr_assert_eq(two.p_right, 2500);
    cr_assert_eq(two.confidence, 7500);
    ef_judged missed = ef_judge(sure, EF_NEGATIVE, false);
    cr_assert(is_near(ef_judged_loss(&missed), log(20000)));
}

Test(evaluate, pools_sources_that_err_in_opposite_ways)
{
    ef_evaluation sure = { .texts = 15 }, shy = { .texts = 1500 }, none = { 0 };
    const ef_evaluation *both[] = { &sure, &none, &shy };
    for (size_t i = 0; i < EF_RELIABILITY_BINS; i++) {
        double confidence = 0.5 + 0.03 * (double)i;
        sure.bins[i] = (ef_reliability){ 1, confidence, confidence - 0.1 };
        shy.bins[i] = (ef_reliability){ 100, confidence, confidence + 0.1 };
    }
    cr_assert(is_near(ef_pooled_calibration_error(both, 3), 0));
    cr_assert(is_near(ef_pooled_calibration_error(both, 2), 0.1));
    cr_assert(is_near(ef_pooled_calibration_error(both + 1, 1), 0));
}
