/* SPDX-License-Identifier: MIT
 * test_mood_figures.c - figures of named emotions, worked out by hand. */
#include "model/mood_figures.h"

#include <criterion/criterion.h>

enum { NONE = 1, ANGER = 2, JOY = 1 << 4, CHOICES = NONE | ANGER | JOY };

static void judge(ef_mood_judging *judging, int named, unsigned right)
{
    int32_t p[EF_MOODS] = { 0 };
    p[named] = 6000;
    p[5] = 9000; /* sadness is likelier, but no choice */
    cr_assert(ef_mood_judge(judging, p, p, (ef_mood){ (uint8_t)right, CHOICES }));
}

Test(mood_figures, agree_with_figures_worked_out_by_hand)
{
    ef_mood_judging judging = { 0 };
    ef_mood_figures figures;
    judge(&judging, 1, ANGER);
    judge(&judging, 1, NONE);
    judge(&judging, 0, NONE);
    judge(&judging, 4, JOY | ANGER); /* either would do; the one missed is missed */
    ef_mood_judged(&judging, &figures);
    cr_assert_eq(figures.texts, 4);
    cr_assert_float_eq(figures.accuracy, 0.75, 1e-9);
    /* F1: none 2*1/(2+1), anger 2*1/(2+2), joy 2*1/(1+1) */
    cr_assert_float_eq(figures.macro_f1, (2.0 / 3 + 0.5 + 1) / 3, 1e-9);
    cr_assert_float_eq(figures.weighted_f1, (2 * 2.0 / 3 + 2 * 0.5 + 1) / 5, 1e-9);
    cr_assert_float_eq(figures.micro_f1, 2.0 * 2 / (2 + 2 + 1 + 1), 1e-9);
    cr_assert_float_eq(figures.ece, 0.25, 1e-9); /* sure of all, wrong in one of four */
}

Test(mood_figures, are_zero_without_texts)
{
    ef_mood_judging judging = { 0 };
    ef_mood_figures figures;
    ef_mood_judged(&judging, &figures);
    cr_assert_eq(figures.texts, 0);
    cr_assert_eq(figures.macro_f1, 0);
}
