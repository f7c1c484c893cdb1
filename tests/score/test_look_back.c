/* SPDX-License-Identifier: MIT
 * test_look_back.c - what takes back, or sets aside, what was said before it. */
#include "fixture.h"

Test(look_back, denial_takes_back_what_was_hoped_for)
{
    cr_assert_lt(polarity_of("some people say it is good, but it was not", NULL), -100);
    cr_assert_gt(polarity_of("some people say it is bad, but it wasn't", NULL), 100);
    cr_assert_lt(polarity_of("it was good. No longer.", NULL), 0);
    cr_assert_gt(polarity_of("it was good. The box was not.", NULL), 0);
}

Test(look_back, bare_answer_says_nothing_of_its_own)
{
    cr_assert_eq(polarity_of("Is it round? No", NULL), 0);
    cr_assert_eq(heard_words("No"), 1);
    cr_assert_eq(heard_words("Is it round? No"), 0);
    cr_assert_eq(heard_words("Is it round? No it has a box"), 5);
}

Test(look_back, what_was_good_until_something_happened_is_over)
{
    cr_assert_lt(polarity_of("it was good until the last one", NULL), 0);
    cr_assert_gt(polarity_of("it is good until the last one", NULL), 0);
}

Test(look_back, at_first_reaches_back)
{
    cr_assert_lt(polarity_of("it was good at first and bad later", NULL), 0);
    cr_assert_gt(polarity_of("it was bad at first and good later", NULL), 0);
}

Test(look_back, a_rival_that_is_worse_is_praise)
{
    cr_assert_gt(polarity_of("the old one was worse", NULL), 0);
    cr_assert_lt(polarity_of("it is worse than the old one", NULL), 0);
}

/* "The old man at the desk was …": nobody's rival, and no reason to turn anything round. */
Test(look_back, an_old_man_is_no_rival)
{
    cr_assert_lt(polarity_of("the old man was worse", NULL), 0);
}

Test(look_back, rhetoric_means_the_opposite)
{
    cr_assert_lt(polarity_of("how can anyone love it?", NULL), 0);
}

Test(look_back, good_and_bad_in_one_clause_are_mixed)
{
    ef_impression findings;
    polarity_of("it began good and ended bad", &findings);
    cr_assert(findings.has_positive_clause && findings.has_negative_clause);
    polarity_of("a bad good one", &findings);
    cr_assert_not(findings.has_positive_clause && findings.has_negative_clause);
}

Test(look_back, advice_says_nothing_of_what_is)
{
    cr_assert_gt(polarity_of("If it is awful, please call us", NULL), -20);
    cr_assert_gt(polarity_of("If you want a good one, go there", NULL), 100);
    cr_assert_lt(polarity_of("Had it been good, I would be here", NULL), 100);
}

Test(look_back, denial_of_something_else_says_the_opposite)
{
    cr_assert_lt(polarity_of("the lamp is good, but the box wasn't", NULL), 0);
}

Test(look_back, whose_opinion_counts_may_follow)
{
    cr_assert_lt(polarity_of("My sister said awful. I said good.", NULL), 200);
    cr_assert_gt(polarity_of("My sister said awful. I said good.", NULL), 0);
    cr_assert_eq(polarity_of("My sister said good. I said good.", NULL), 400);
}

Test(look_back, less_of_something_is_its_opposite)
{
    cr_assert_lt(polarity_of("it is less good", NULL), 0);
    cr_assert_gt(polarity_of("it is less bad", NULL), 0);
}

Test(look_back, a_rival_weighs_less_than_this_one)
{
    cr_assert_gt(polarity_of("The old one was bad, this one is good", NULL), 100);
    cr_assert_lt(polarity_of("The old one was good. This one is bad.", NULL), -100);
    cr_assert_lt(polarity_of("it is more bad than good", NULL), -100);
}
