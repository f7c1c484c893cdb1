/* SPDX-License-Identifier: MIT
 * test_frames.c - what is said but not meant as the speaker's verdict here and now. */
#include "fixture.h"

Test(frames, what_used_to_be_hints_at_the_opposite)
{
    cr_assert_lt(polarity_of("it used to be good", NULL), 0);
    cr_assert_gt(polarity_of("I used to love it, now it is good", NULL), 0);
    cr_assert_lt(polarity_of("it used to be good, but now it is bad", NULL), 0);
    cr_assert_lt(polarity_of("in the past it was good, now it is bad", NULL), 0);
}

Test(frames, hearsay_weighs_less_than_the_speaker)
{
    cr_assert_gt(polarity_of("some people say it is awful, I find it good", NULL), 0);
    cr_assert_lt(polarity_of("some people say it is good, I find it awful", NULL), 0);
}

Test(frames, the_speakers_half_of_a_contrast_counts)
{
    cr_assert_gt(polarity_of("my sister says awful, but I love it", NULL), 0);
    cr_assert_lt(polarity_of("I find it awful, but my sister would love it", NULL), 0);
    cr_assert_lt(polarity_of("I find it good, but the box was awful", NULL), 0);
}

Test(frames, conditions_and_wishes_are_no_praise)
{
    cr_assert_lt(polarity_of("I wish it were good", NULL), 0);
    cr_assert_lt(polarity_of("it would be good if it opened", NULL), 0);
    cr_assert_lt(polarity_of("tell us if it is good", NULL), polarity_of("it is good", NULL));
    cr_assert_gt(polarity_of("it would be good", NULL), 0);
}

Test(frames, an_answer_settles_its_question)
{
    cr_assert_gt(polarity_of("Is it good? Yes", NULL), 0);
    cr_assert_lt(polarity_of("Is it good? Not at all", NULL), 0);
    cr_assert_geq(polarity_of("Is it bad? No", NULL), 0);
    cr_assert_gt(polarity_of("Is it good? The box was late", NULL), 0);
}

Test(frames, a_frame_ends_with_its_clause)
{
    cr_assert_gt(polarity_of("if it rains, it is good", NULL), 0);
}
