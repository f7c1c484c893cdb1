/* SPDX-License-Identifier: MIT
 * test_emotion_fit.c - logits of emotions from rows made by hand. */
#include "model/emotion_fit.h"

#include <criterion/criterion.h>
#include <math.h>
#include <stdlib.h>

enum { NONE = 1, ANGER = 2, ROWS = 400 };

/* Half of the rows show evidence for anger, and of those three in four are angry; of the
 * others one in four. Nothing else is ever right. */
static ef_emotion_row *rows_of_two(void)
{
    ef_emotion_row *rows = calloc(ROWS, sizeof *rows);
    for (int i = 0; i < ROWS; i++) {
        bool is_shown = i % 2 == 0, is_angry = i / 2 % 4 == 0 ? !is_shown : is_shown;
        rows[i] = (ef_emotion_row){ .mood = { is_angry ? ANGER : NONE, 127 },
                                    .family = (uint8_t)(i % 3),
                                    .weight = 20 };
        for (int k = 0; k < EF_FELT; k++)
            rows[i].inputs[k][EF_EMOTION_INPUTS - 1] = 1000;
        rows[i].inputs[0][0] = is_shown ? 1000 : 0;
    }
    return rows;
}

static double logit(const ef_emotion_blend *blend, int emotion, int input)
{
    return blend->weights[emotion][input] * 1000 / 65536.0;
}

Test(emotion_fit, gives_the_odds_that_the_rows_have)
{
    ef_emotion_row *rows = rows_of_two();
    ef_emotion_blend blend;
    cr_assert_eq(ef_emotion_fit(rows, ROWS, EF_FAMILY_LIMIT, &blend, NULL), EF_OK);
    double without = logit(&blend, 0, EF_EMOTION_INPUTS - 1);
    double with = without + logit(&blend, 0, 0);
    cr_assert_float_eq(with, log(3), 0.3);
    cr_assert_float_eq(without, -log(3), 0.3);
    cr_assert_lt(logit(&blend, 2, EF_EMOTION_INPUTS - 1), -2); /* fear is never right */
    free(rows);
}

Test(emotion_fit, leans_towards_rare_emotions_within_bounds)
{
    ef_emotion_row *rows = rows_of_two();
    ef_emotion_blend blend;
    cr_assert_eq(ef_emotion_fit(rows, ROWS, EF_FAMILY_LIMIT, &blend, NULL), EF_OK);
    cr_assert_lt(abs(blend.lean[0]), 6554); /* anger is as frequent as none */
    cr_assert_eq(blend.lean[2], 65536);
    free(rows);
}

Test(emotion_fit, does_not_look_at_a_family_left_out)
{
    ef_emotion_row *rows = rows_of_two();
    ef_emotion_blend blend, other;
    cr_assert_eq(ef_emotion_fit(rows, ROWS, 2, &blend, NULL), EF_OK);
    for (int i = 2; i < ROWS; i += 3)
        rows[i].mood.right = NONE;
    cr_assert_eq(ef_emotion_fit(rows, ROWS, 2, &other, NULL), EF_OK);
    cr_assert_eq(memcmp(&blend, &other, sizeof blend), 0);
    free(rows);
}

Test(emotion_fit, never_names_what_no_source_tells_apart)
{
    ef_emotion_row *rows = rows_of_two();
    ef_emotion_blend blend;
    for (int i = 0; i < ROWS; i++)
        rows[i].mood.choices = NONE | ANGER;
    cr_assert_eq(ef_emotion_fit(rows, ROWS, EF_FAMILY_LIMIT, &blend, NULL), EF_OK);
    cr_assert_lt(logit(&blend, 4, EF_EMOTION_INPUTS - 1), -11);
    cr_assert_gt(logit(&blend, 0, EF_EMOTION_INPUTS - 1), -2);
    free(rows);
}
