/* SPDX-License-Identifier: MIT
 * test_irony.c - praise beside a mishap is none; praise beside a criticism is. */
#include "fixture.h"

Test(irony, bare_praise_before_a_mishap_turns)
{
    ef_impression findings;
    cr_assert_lt(polarity_of("Good, you made it awful", &findings), -400);
    cr_assert(findings.signals & EF_SIGNAL_SARCASM);
    cr_assert_not(findings.has_positive_clause);
    cr_assert_lt(polarity_of("Nice! You made it awful again.", NULL), -400);
    cr_assert_lt(polarity_of("Nice, another one", NULL), 0);
}

Test(irony, bare_praise_behind_a_mishap_turns)
{
    cr_assert_lt(polarity_of("You are awful. Nice.", NULL), -400);
}

Test(irony, thanks_for_a_mishap_are_none)
{
    cr_assert_lt(polarity_of("I love how you made it awful again", NULL), -400);
}

Test(irony, spares_praise_that_is_meant)
{
    cr_assert_gt(polarity_of("Good, you made it nice", NULL), 0);
    cr_assert_gt(polarity_of("Nice lamp, bad box", NULL), -100);
    cr_assert_gt(polarity_of("Good, but you made it bad", NULL), -200);
    cr_assert_gt(polarity_of("Nice. Good.", NULL), 0);
    cr_assert_eq(polarity_of("Nice! The lamp was bad.", NULL), 16);
}
