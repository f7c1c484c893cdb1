/* SPDX-License-Identifier: MIT
 * tests/cli/test_suggest.c - did you mean …? */
#include <criterion/criterion.h>

#include "cli/suggest.h"

static const char *nearest(const char *typed)
{
    ef_suggestion suggestion = { typed, NULL, 0 };
    ef_suggestion_offer(&suggestion, "text");
    ef_suggestion_offer(&suggestion, "rating");
    ef_suggestion_offer(&suggestion, "rating-scale");
    ef_suggestion_offer(&suggestion, "tz");
    return suggestion.best;
}

Test(suggest, counts_a_swap_of_neighbours_as_one_mistake)
{
    cr_assert_eq(ef_edit_distance("csv", "cvs"), 1);
    cr_assert_eq(ef_edit_distance("", "abc"), 3);
    cr_assert_eq(ef_edit_distance("kitten", "sitting"), 3);
    cr_assert_eq(ef_edit_distance("same", "same"), 0);
}

Test(suggest, gives_the_nearest)
{
    cr_assert_str_eq(nearest("txet"), "text");
    cr_assert_str_eq(nearest("raitng"), "rating");
    cr_assert_str_eq(nearest("rating_scale"), "rating-scale");
}

Test(suggest, is_silent_when_nothing_is_near)
{
    cr_assert_null(nearest("frobnicate"));
    cr_assert_null(nearest("xy"));
    cr_assert_null(nearest(""));
}

Test(suggest, survives_words_longer_than_its_table)
{
    char word[300];
    memset(word, 'a', sizeof word - 1);
    word[sizeof word - 1] = '\0';
    cr_assert_null(nearest(word));
    cr_assert_eq(ef_edit_distance(word, "a"), sizeof word - 1);
}
