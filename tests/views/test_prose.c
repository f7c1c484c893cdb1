/* SPDX-License-Identifier: MIT
 * tests/views/test_prose.c - the first sentences are true, whatever is missing. */
#include <criterion/criterion.h>

#include "fixture.h"
#include "views/prose.h"

static void nothing(ef_buffer *out)
{
    (void)out;
}

static void own(ef_buffer *out, const char *text)
{
    ef_buffer_append_text(out, text);
}

static void foreign(ef_buffer *out, ef_slice text)
{
    ef_buffer_append_byte(out, '[');
    ef_buffer_append_slice(out, text);
    ef_buffer_append_byte(out, ']');
}

static void line_end(ef_buffer *out)
{
    ef_buffer_append_byte(out, '\n');
}

static const ef_prose prose = { nothing, own, foreign, line_end };

static ef_buffer told;

static const char *tell(const ef_findings *findings)
{
    ef_buffer_reset(&told);
    ef_prose_summary(&told, &prose, findings);
    return ef_buffer_text(&told);
}

static void release(void)
{
    ef_buffer_release(&told);
}

TestSuite(prose, .fini = release);

static void expect(const ef_findings *findings, const char *sentence)
{
    cr_assert_not_null(strstr(tell(findings), sentence), "%s\nin\n%s", sentence,
                       ef_buffer_text(&told));
}

static void expect_not(const ef_findings *findings, const char *words)
{
    cr_assert_null(strstr(tell(findings), words), "%s\nin\n%s", words,
                   ef_buffer_text(&told));
}

Test(prose, tells_a_whole_story)
{
    ef_findings findings;
    fixture_full(&findings);
    cr_assert_str_eq(
        tell(&findings),
        "Net sentiment is +23.4 (18.3 to 28.5) of 1,204 messages: more are positive than "
        "negative.\n"
        "It fell by 20.6 points (12.2 to 29.0; p < 0.001): [2026-04 to 2026-06] compared "
        "with [2026-01 to 2026-03].\n"
        "Talked about more than before: [late delivery].\n"
        "The mood turned about 2026-04-01 (between 2026-03-02 and 2026-04-01), from +31.2 "
        "to +10.6.\n"
        "What pulls it down most: [delivery] (-5.1), [battery life] (-2.6).\n"
        "What lifts it most: [customer service] (+4.4), [colours] (+1.9).\n"
        "Mean stars 3.87 (3.79 to 3.95) of 988.\n"
        "12 customers show signs of leaving; 31 others speak for us.\n");
}

Test(prose, claims_a_side_only_where_the_interval_does)
{
    ef_findings findings;
    fixture_full(&findings);
    findings.mood.items[0] = fixture_net(4, 5, 1204);
    expect(&findings, "neither side clearly outweighs the other");
    findings.mood.items[0] = fixture_net(-14, 5, 1204);
    expect(&findings, "more are negative than positive");
    findings.mood.items[0].low = findings.mood.items[0].high = (double)NAN;
    expect(&findings, "neither side clearly outweighs the other");
}

Test(prose, says_how_little_there_is)
{
    ef_findings findings;
    fixture_empty(&findings);
    cr_assert_str_eq(tell(&findings), "There was nothing to read: no message was found.\n");
    findings.coverage.rejected = 3;
    expect(&findings, "no message was found, and 3 records could not be read.");
    fixture_unknown(&findings);
    cr_assert_str_eq(tell(&findings), "Of 1,230 messages none could be judged.\n");
    fixture_full(&findings);
    findings.mood.items[0].n = 3;
    cr_assert_str_eq(tell(&findings),
                     "Only 3 messages could be judged, too few for any figure.\n");
    findings.mood.items[0].n = 12;
    expect(&findings, "of only 12 messages, too few to lean on.");
    expect_not(&findings, "more are positive");
}

Test(prose, no_evidence_is_no_change)
{
    ef_findings findings;
    fixture_full(&findings);
    ef_change *change = &findings.comparison.changes[0];
    change->is_evidence = false;
    change->p = 0.4;
    expect(&findings, "There is no evidence of a change (p = 0.40): [2026-04");
    expect_not(&findings, "It fell");
    change->p = (double)NAN;
    expect(&findings, "Whether it changed could not be tested");
    change->before.n = 12;
    expect(&findings, "There are too few messages to say whether it changed");
}

Test(prose, says_why_nothing_was_compared)
{
    ef_findings findings;
    fixture_full(&findings);
    findings.comparison = (ef_comparison){ .why_not = "no message has a time" };
    expect(&findings, "Nothing could be compared: no message has a time.");
    findings.comparison.why_not = NULL;
    expect_not(&findings, "compared");
}

Test(prose, does_not_make_much_of_little)
{
    ef_findings findings;
    fixture_full(&findings);
    ef_theme *delivery = &findings.pains.items[0];
    delivery->voices = 3; /* loud ones */
    expect_not(&findings, "[delivery]");
    fixture_full(&findings);
    findings.pains.items[0].impact = fixture_net(-0.3, 0.1, 1204);
    expect_not(&findings, "[delivery]");
    findings.pains.items[0].impact = fixture_net(-3, 4, 1204);
    expect_not(&findings, "[delivery]");
}

Test(prose, without_times_there_is_no_trend)
{
    ef_findings findings;
    fixture_full(&findings);
    findings.step = NULL;
    findings.comparison.is_made = false;
    expect(&findings, "The messages carry no dates");
    expect_not(&findings, "turned");
    expect_not(&findings, "compared");
}

Test(prose, says_when_much_could_not_be_judged)
{
    ef_findings findings;
    fixture_full(&findings);
    findings.coverage.unknown_language = 300;
    expect(&findings, "309 of 1,230 messages could not be judged: 9 without text, 300 in a "
                      "language that is not known.");
}
