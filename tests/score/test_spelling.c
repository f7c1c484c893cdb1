/* SPDX-License-Identifier: MIT
 * test_spelling.c - slips of the pen in words with a mood, and words that are no slips. */
#include "fixture.h"

Test(spelling, mends_one_slip)
{
    cr_assert_eq(polarity_of("a naughty day", NULL), -150);
    cr_assert_eq(polarity_of("a nuaghty day", NULL), -150);
    cr_assert_eq(polarity_of("a naughtty day", NULL), -150);
    cr_assert_eq(polarity_of("a nughty day", NULL),
                 0); /* between a consonant and a vowel */
    cr_assert_eq(polarity_of("a horible day", NULL), -300);
    cr_assert_eq(polarity_of("a horrble day", NULL), -300);
    cr_assert_lt(polarity_of("not hellpful at all", NULL), 0);
}

Test(spelling, leaves_other_words_alone)
{
    cr_assert_eq(polarity_of("a gdoo day", NULL), 0);           /* too short */
    cr_assert_eq(polarity_of("we met Nuaghty there", NULL), 0); /* a name */
    cr_assert_eq(polarity_of("Nuaghty day", NULL), -150); /* a capital begins a sentence */
    cr_assert_eq(polarity_of("a nuahgty day", NULL), 0);  /* two slips */
    cr_assert_eq(polarity_of("nu4ghty h\xC3\xB6rrible", NULL), 0);
}
