/* SPDX-License-Identifier: MIT
 * test_rules.c - negation, boosters, contrast, phrases: what each does to a sentence. */
#include "fixture.h"

Test(rules, adds_up_valences)
{
    cr_assert_eq(polarity_of("a good day", NULL), 200);
    cr_assert_eq(polarity_of("good and bad", NULL), 0);
    cr_assert_eq(polarity_of("the day", NULL), 0);
}

Test(rules, negation_turns_what_follows_in_its_clause)
{
    cr_assert_lt(polarity_of("not good", NULL), 0);
    cr_assert_lt(polarity_of("it is not a very good one", NULL), 0);
    cr_assert_gt(polarity_of("not bad", NULL), 0);
    cr_assert_gt(polarity_of("no problems", NULL), 0);
    cr_assert_lt(polarity_of("no help", NULL), 0);
    cr_assert_lt(polarity_of("hardly good", NULL), 0);
    cr_assert_lt(polarity_of("not worth every penny", NULL), 0);
}

Test(rules, negation_ends_with_its_clause)
{
    cr_assert_gt(polarity_of("I did not, good day", NULL), 0);
    cr_assert_gt(polarity_of("not today. good", NULL), 0);
    cr_assert_gt(polarity_of("not cheap but good", NULL), 0);
}

Test(rules, two_negators_cancel)
{
    cr_assert_lt(polarity_of("not without flaws", NULL), 0);
}

Test(rules, boosters_and_dampers_change_the_strength)
{
    cr_assert_eq(polarity_of("very good", NULL), 260);
    cr_assert_eq(polarity_of("slightly bad", NULL), -120);
    cr_assert_eq(polarity_of("so very good", NULL), 300);
    cr_assert_eq(polarity_of("awfully good", NULL), 260);
    cr_assert_lt(polarity_of("it smells awfully", NULL), 0);
}

Test(rules, contrast_weighs_what_comes_after)
{
    cr_assert_lt(polarity_of("good but bad", NULL), 0);
    cr_assert_gt(polarity_of("bad but good", NULL), 0);
    cr_assert_lt(polarity_of("although it is good, it is bad", NULL), 0);
}

Test(rules, longest_phrase_wins_over_its_words)
{
    cr_assert_eq(polarity_of("sick beats", NULL), 200);
    cr_assert_eq(polarity_of("sick dog", NULL), -100);
    cr_assert_eq(polarity_of("crude oil", NULL), 0);
    cr_assert_lt(polarity_of("crude joke", NULL), 0);
}

Test(rules, slots_take_numbers_and_gaps)
{
    cr_assert_eq(polarity_of("I waited 3 hours", NULL), -200);
    cr_assert_eq(polarity_of("waiting two weeks", NULL), -200);
    cr_assert_eq(polarity_of("it has gone wrong", NULL), -200);
    cr_assert_eq(polarity_of("it has gone quite terribly far wrong", NULL), -200);
    cr_assert_eq(polarity_of("it has gone to the end of the world wrong", NULL), 0);
}

Test(rules, ratings_in_the_text_are_verdicts)
{
    cr_assert_gt(polarity_of("10/10", NULL), 300);
    cr_assert_lt(polarity_of("1 star", NULL), -300);
    cr_assert_lt(polarity_of("zero stars", NULL), -300);
    cr_assert_gt(polarity_of("4.5 out of 5", NULL), 200);
    cr_assert_gt(polarity_of("★★★★★", NULL), 300);
    cr_assert_lt(polarity_of("★☆☆☆☆", NULL), -300);
    cr_assert_eq(polarity_of("collected 5 of the 10 chairs on 5/5", NULL), 0);
    cr_assert_eq(polarity_of("it came on 5/10", NULL), 0);
}

Test(rules, emphasis_strengthens)
{
    cr_assert_gt(polarity_of("a GOOD day", NULL), 200);
    cr_assert_gt(polarity_of("good!", NULL), 200);
    cr_assert_gt(polarity_of("gooood", NULL), 200);
    cr_assert_eq(polarity_of("A GOOD DAY", NULL), 200);
    cr_assert_lt(polarity_of("good?", NULL), 200);
}

Test(rules, emoji_and_emoticons_are_words)
{
    cr_assert_eq(polarity_of("parcel 😡", NULL), -300);
    cr_assert_eq(polarity_of("parcel :)", NULL), 200);
    cr_assert_eq(polarity_of("😡😡", NULL), -600);
}

Test(rules, hashtags_are_split_into_known_words)
{
    cr_assert_eq(polarity_of("#notgood", NULL), polarity_of("not good", NULL));
    cr_assert_eq(polarity_of("#NotGood", NULL), polarity_of("not good", NULL));
    cr_assert_eq(polarity_of("#goodxyzzy", NULL), 0);
}

Test(rules, finds_signals_and_emotions)
{
    ef_impression findings;
    polarity_of("cancel my subscription", &findings);
    cr_assert_eq(findings.signals, EF_SIGNAL_CHURN);
    polarity_of("I love it", &findings);
    cr_assert_eq(findings.emotions[EF_EMOTION_JOY], 3);
    polarity_of("I do not love it", &findings);
    cr_assert_eq(findings.emotions[EF_EMOTION_JOY], 0);
}

static uint32_t signals_of(const char *text)
{
    ef_impression findings;
    polarity_of(text, &findings);
    return findings.signals;
}

Test(rules, longer_phrases_silence_signals_that_they_hold)
{
    cr_assert_eq(signals_of("i uninstalled it today"), EF_SIGNAL_CHURN);
    cr_assert_eq(signals_of("i uninstalled and reinstalled it"), 0);
    cr_assert_eq(signals_of("i want my money back"), EF_SIGNAL_REFUND);
    cr_assert_eq(signals_of("it has a money back guarantee"), 0);
    cr_assert_eq(signals_of("i recommend that everybody buys it"), EF_SIGNAL_ADVOCATE);
    cr_assert_eq(signals_of("i recommend that nobody buys it"), 0);
}

Test(rules, sees_both_sides_of_a_mixed_sentence)
{
    ef_impression findings;
    polarity_of("good food, awful staff", &findings);
    cr_assert(findings.has_positive_clause && findings.has_negative_clause);
    polarity_of("good food and nice staff", &findings);
    cr_assert(findings.has_positive_clause && !findings.has_negative_clause);
}

Test(rules, names_the_rule_that_changed_most)
{
    ef_engine *engine;
    ef_scratch *scratch;
    ef_explanation explanation;
    ef_slice text = ef_slice_of("It was not good, but the box is blue!");
    cr_assert_eq(ef_engine_new(&engine, NULL, NULL), EF_OK);
    cr_assert_eq(ef_scratch_new(&scratch, NULL), EF_OK);
    cr_assert_eq(ef_explain_text(engine, scratch, text, &explanation, NULL), EF_OK);
    bool is_seen = false;
    for (size_t i = 0; i < explanation.reason_count; i++) {
        const ef_reason *reason = &explanation.reasons[i];
        if (reason->kind == EF_REASON_LEXICON && reason->base > 0) {
            is_seen = true;
            cr_assert_str_eq(reason->rule, "negation");
        }
    }
    cr_assert(is_seen);
    ef_scratch_free(scratch);
    ef_engine_free(engine);
}
