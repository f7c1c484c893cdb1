/* SPDX-License-Identifier: MIT
 * test_negation.c - what a negator turns, what it strengthens, and how far it reaches. */
#include "fixture.h"

Test(negation, turns_a_complaint_and_keeps_it_from_the_classifier)
{
    cr_assert_gt(polarity_of("it was never awful", NULL), 0);
    cr_assert_eq(heard_words("it was never awful for us"), 2);
    cr_assert_eq(heard_words("it was never good for us"), 6);
}

Test(negation, goes_on_behind_an_aside)
{
    cr_assert_lt(polarity_of("I don't think, after two weeks, that it is good", NULL), 0);
    cr_assert_gt(polarity_of("I don't say, after two weeks, it is awful", NULL), 0);
    cr_assert_gt(polarity_of("I don't think so, but it is good", NULL), 0);
    cr_assert_gt(polarity_of("I don't think so, it is good", NULL), 0);
}

Test(negation, of_a_comparative_says_that_nothing_goes_beyond)
{
    cr_assert_gt(polarity_of("it could not be more good", NULL), 200);
    cr_assert_lt(polarity_of("it could not be worse", NULL), -200);
    cr_assert_gt(polarity_of("never had a good one like this", NULL), 200);
    cr_assert_gt(polarity_of("it has never been so good", NULL), 200);
    cr_assert_lt(polarity_of("it has never been so bad", NULL), -200);
    cr_assert_lt(polarity_of("it never was good", NULL), 0);
}

Test(negation, spares_what_has_the_other_sign)
{
    cr_assert_gt(polarity_of("not bad and really good", NULL), 200);
}

Test(negation, of_a_plain_fact_says_nothing)
{
    cr_assert_eq(polarity_of("it was not round", NULL), 0);
    cr_assert_eq(heard_words("it was not round"), 2);
    cr_assert_eq(heard_words("it does not round"), 4);
}
