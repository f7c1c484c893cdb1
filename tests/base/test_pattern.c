/* SPDX-License-Identifier: MIT
 * tests/base/test_pattern.c - what users may write as a pattern, and what it costs. */
#include <criterion/criterion.h>
#include <stdlib.h>

#include "base/pattern.h"

static ef_pattern *compile(const char *text, unsigned options)
{
    ef_pattern *pattern;
    ef_error error = { 0 };
    cr_assert_eq(ef_pattern_new(&pattern, ef_slice_of(text), options, &error), EF_OK, "%s",
                 error.message);
    return pattern;
}

static ef_pattern_matcher *matcher_of(const ef_pattern *pattern)
{
    ef_pattern_matcher *matcher;
    cr_assert_eq(ef_pattern_matcher_new(&matcher, pattern, NULL), EF_OK);
    return matcher;
}

/* The status of the first match of pattern in text. */
static ef_status first(const char *pattern, unsigned options, ef_slice text)
{
    ef_pattern *made = compile(pattern, options);
    ef_pattern_matcher *matcher = matcher_of(made);
    ef_error error = { 0 };
    ef_status status = ef_pattern_search(matcher, text, &error);
    if (status == EF_OK)
        status = ef_pattern_next(matcher, &error);
    cr_assert_eq(status == EF_OK || status == EF_END, error.status == EF_OK);
    ef_pattern_matcher_free(matcher);
    ef_pattern_free(made);
    return status;
}

static void expect_group(const ef_pattern_matcher *matcher, unsigned group,
                         const char *expected)
{
    ef_slice found = ef_pattern_matched(matcher, group);
    cr_assert_eq(found.size, strlen(expected));
    cr_assert_eq(memcmp(found.data, expected, found.size), 0);
}

Test(pattern, gives_named_groups)
{
    ef_pattern *pattern = compile("(?<author>\\w+)(, (?<role>\\w+))?: (?<text>.*)",
                                  EF_PATTERN_AT_START | EF_PATTERN_AT_END);
    ef_pattern_matcher *matcher = matcher_of(pattern);
    const char *name;
    cr_assert(ef_pattern_name_at(pattern, 0, &name));
    cr_assert_str_eq(name, "author");
    cr_assert(ef_pattern_name_at(pattern, 2, &name));
    cr_assert_str_eq(name, "text");
    cr_assert_not(ef_pattern_name_at(pattern, 3, &name));
    cr_assert_eq(ef_pattern_group(pattern, "time"), 0);
    cr_assert_eq(ef_pattern_search(matcher, ef_slice_of("mara: a: b"), NULL), EF_OK);
    cr_assert_eq(ef_pattern_next(matcher, NULL), EF_OK);
    expect_group(matcher, ef_pattern_group(pattern, "author"), "mara");
    expect_group(matcher, ef_pattern_group(pattern, "text"), "a: b");
    cr_assert_null(ef_pattern_matched(matcher, ef_pattern_group(pattern, "role")).data);
    cr_assert_null(ef_pattern_matched(matcher, 99).data);
    cr_assert_eq(ef_pattern_next(matcher, NULL), EF_END);
    cr_assert_null(ef_pattern_matched(matcher, 0).data, "a match that has gone");
    ef_pattern_matcher_free(matcher);
    ef_pattern_free(pattern);
}

Test(pattern, finds_one_match_behind_the_other)
{
    ef_pattern *pattern = compile("\\d+", 0);
    ef_pattern_matcher *matcher = matcher_of(pattern);
    cr_assert_eq(ef_pattern_search(matcher, ef_slice_of("a 12, \xC3\xA9 345"), NULL),
                 EF_OK);
    cr_assert_eq(ef_pattern_next(matcher, NULL), EF_OK);
    expect_group(matcher, 0, "12");
    cr_assert_eq(ef_pattern_next(matcher, NULL), EF_OK);
    expect_group(matcher, 0, "345");
    cr_assert_eq(ef_pattern_next(matcher, NULL), EF_END);
    cr_assert_eq(ef_pattern_next(matcher, NULL), EF_END);
    ef_pattern_matcher_free(matcher);
    ef_pattern_free(pattern);
}

Test(pattern, moves_on_behind_an_empty_match)
{
    ef_pattern *pattern = compile("x*", 0);
    ef_pattern_matcher *matcher = matcher_of(pattern);
    cr_assert_eq(ef_pattern_search(matcher, ef_slice_of("\xE2\x82\xAC\x78"), NULL), EF_OK);
    size_t found = 0;
    while (ef_pattern_next(matcher, NULL) == EF_OK)
        found++;
    cr_assert_eq(found, 3, "before the sign, x, at the end; not within a character: %zu",
                 found);
    cr_assert_eq(ef_pattern_search(matcher, (ef_slice){ NULL, 0 }, NULL), EF_OK);
    cr_assert_eq(ef_pattern_next(matcher, NULL), EF_OK);
    cr_assert_eq(ef_pattern_matched(matcher, 0).size, 0);
    ef_pattern_matcher_free(matcher);
    ef_pattern_free(pattern);
}

Test(pattern, may_be_held_to_the_start_and_the_end)
{
    cr_assert_eq(first("b", 0, ef_slice_of("abc")), EF_OK);
    cr_assert_eq(first("b", EF_PATTERN_AT_START, ef_slice_of("abc")), EF_END);
    cr_assert_eq(first("b|bc", EF_PATTERN_AT_END, ef_slice_of("abc")), EF_OK);
    cr_assert_eq(first("ab", EF_PATTERN_AT_END, ef_slice_of("abc")), EF_END);
    cr_assert_eq(first("\xC3\x89T", EF_PATTERN_ANY_CASE, ef_slice_of("\xC3\xA9t")), EF_OK);
}

Test(pattern, says_what_is_wrong_with_it_and_where)
{
    static const struct {
        const char *pattern;
        uint64_t column;
        const char *message;
    } bad[] = {
        { "(?<time>\\d+", 12, "bad pattern at byte 12: missing closing parenthesis" },
        { "ab[c", 5, "bad pattern at byte 5: missing terminating ] for character class" },
        { "*a", 1, "bad pattern at byte 1: quantifier does not follow a repeatable item" },
        { "a\\Cb", 4, "bad pattern at byte 4: using \\C is disabled by the application" },
    };
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        ef_pattern *pattern;
        ef_error error = { 0 };
        cr_assert_eq(ef_pattern_new(&pattern, ef_slice_of(bad[i].pattern), 0, &error),
                     EF_ERR_ARGUMENT);
        cr_assert_null(pattern);
        cr_assert_str_eq(error.message, bad[i].message);
        cr_assert_eq(error.column, bad[i].column);
    }
}

Test(pattern, is_refused_when_it_is_too_long_or_too_deep)
{
    static char text[EF_PATTERN_LONGEST + 1];
    ef_pattern *pattern;
    memset(text, 'a', sizeof text);
    ef_slice all = { (const uint8_t *)text, sizeof text };
    cr_assert_eq(ef_pattern_new(&pattern, all, 0, NULL), EF_ERR_ARGUMENT);
    all.size--;
    cr_assert_eq(ef_pattern_new(&pattern, all, 0, NULL), EF_OK);
    ef_pattern_free(pattern);
    memset(text, '(', 1000);
    memset(text + 1000, ')', 1000);
    all.size = 2000;
    cr_assert_eq(ef_pattern_new(&pattern, all, 0, NULL), EF_ERR_ARGUMENT);
    cr_assert_eq(ef_pattern_new(&pattern, ef_slice_of("(?:a{1,60000}){1,60000}"), 0, NULL),
                 EF_ERR_ARGUMENT);
}

/* Each of these takes time exponential in the text where nobody counts. */
Test(pattern, gives_up_on_a_text_instead_of_hanging, .timeout = 20)
{
    static const char *const evil[] = {
        "(a+)+$",           "(a|aa)+$",           "(a*)*b",
        "(?:a?){50}a{50}b", "((a+)+)+(?<text>b)", "(?=(a+))*(a|a)*b"
    };
    static uint8_t text[100000];
    memset(text, 'a', sizeof text);
    text[sizeof text - 1] = '!';
    for (size_t i = 0; i < sizeof evil / sizeof evil[0]; i++) {
        ef_status status =
            first(evil[i], EF_PATTERN_AT_START, (ef_slice){ text, sizeof text });
        cr_assert(status == EF_ERR_LIMIT || status == EF_END, "%s", evil[i]);
    }
    cr_assert_eq(first("(a+)+$", 0, (ef_slice){ text, sizeof text }), EF_ERR_LIMIT);
}

Test(pattern, reads_an_honest_line_of_any_length)
{
    static uint8_t text[1 << 20];
    memset(text, 'a', sizeof text);
    text[500000] = ':';
    ef_slice all = { text, sizeof text };
    cr_assert_eq(first("(?<author>.+?):(?<text>.*)", EF_PATTERN_AT_START, all), EF_OK);
    cr_assert_eq(first("(?<author>[^:]+):(?<text>.*)", EF_PATTERN_AT_START, all), EF_OK);
}

Test(pattern, refuses_bytes_that_are_not_utf8)
{
    cr_assert_eq(first("a", 0, ef_slice_of("a\xFF")), EF_ERR_FORMAT);
    cr_assert_eq(first("a", 0, ef_slice_of("a\xE2\x82")), EF_ERR_FORMAT);
}
