/* SPDX-License-Identifier: MIT
 * test_templates.c - files of sentences and words: what they mean, and what is wrong. */
#include "audit/templates.h"

#include <criterion/criterion.h>
#include <string.h>

static ef_templates templates;
static ef_error error;

static ef_status read(const char *text)
{
    ef_audit_source source = { "t.ini", ef_slice_of(text) };
    memset(&templates, 0, sizeof templates);
    memset(&error, 0, sizeof error);
    return ef_templates_read(&templates, &source, 1, &error);
}

static void expect_error(const char *text, const char *message)
{
    cr_expect_eq(read(text), EF_ERR_FORMAT, "%s", text);
    cr_expect_str_eq(error.message, message);
    ef_templates_release(&templates);
}

static bool is(ef_slice slice, const char *text)
{
    return ef_same_text(slice, ef_slice_of(text));
}

Test(templates, takes_sentences_words_and_spellings)
{
    size_t count;
    cr_assert_eq(
        read("; a comment\n[sentences]\nnegative = The {who} was rude.\r\n"
             "alone = {Who}\n[team: blue; size: tall]\nwho = blue man , man in blue\n"
             "[team: green;size:small]\nwho=green man\n"
             "[writing: short]\npositive = I love it. -> luv it\n"),
        EF_OK, "%s", error.message);
    const ef_carrier *carriers = ef_carriers_of(&templates, &count);
    cr_assert_eq(count, 2);
    cr_assert(is(carriers[0].before, "The ") && is(carriers[0].after, " was rude."));
    cr_assert_eq(carriers[0].mood, EF_CARRIER_NEGATIVE);
    cr_assert(carriers[1].is_capital && !carriers[0].is_capital);
    const ef_fill *fills = ef_fills_of(&templates, &count);
    cr_assert_eq(count, 6, "two words and one, for two groups each");
    cr_assert(is(fills[0].text, "blue man") && is(fills[1].text, "man in blue"));
    cr_assert(ef_slot_takes(carriers[1].slot, fills[0].slot), "{Who} takes who");
    const ef_template_group *groups = ef_groups_of(&templates, &count);
    cr_assert_eq(count, 5);
    cr_assert(is(groups[3].dimension, "size") && is(groups[3].name, "small"));
    cr_assert_eq(groups[3].dimension_index, groups[1].dimension_index);
    const ef_spelling *spellings = ef_spellings_of(&templates, &count);
    cr_assert_eq(count, 1);
    cr_assert(is(spellings[0].standard, "I love it.") &&
              is(spellings[0].variant, "luv it"));
    ef_templates_release(&templates);
}

Test(templates, name_the_line_of_what_is_wrong)
{
    expect_error(
        "[sentences]\nangry = The {who}.\n",
        "t.ini:2: a sentence is 'MOOD = TEXT', its mood negative, neutral, positive "
        "or alone");
    expect_error("[sentences]\nneutral = The man.\n",
                 "t.ini:2: a sentence has one {slot} for the words of a group");
    expect_error("[sentences]\nneutral = } and {\n",
                 "t.ini:2: a sentence has one {slot} for the words of a group");
    expect_error("[sentences]\nneutral = {}\n",
                 "t.ini:2: a sentence has one {slot} for the words of a group");
    expect_error("[sentences]\nneutral = {a} and {b}\n",
                 "t.ini:2: a sentence has only one {slot}");
    expect_error("\n[team]\n", "t.ini:2: a section is [sentences] or [DIMENSION: GROUP]");
    expect_error("[team: ]\n", "t.ini:1: a section is [sentences] or [DIMENSION: GROUP]");
    expect_error("[team: blue]\nwho =\n",
                 "t.ini:2: a slot has no words: 'SLOT = WORD, WORD'");
    expect_error("[team: blue]\nwho = a,,b\n",
                 "t.ini:2: a word is empty: there is a comma too many");
    expect_error(
        "[team: blue]\npositive = good\n",
        "t.ini:2: a spelling is 'negative|neutral|positive = STANDARD -> VARIANT'");
    expect_error(
        "[team: blue]\nalone = good -> gud\n",
        "t.ini:2: a spelling is 'negative|neutral|positive = STANDARD -> VARIANT'");
    expect_error("who = man\n", "t.ini:1: a setting stands before the first section");
}

Test(templates, refuse_what_could_never_be_used)
{
    expect_error("", "there is no group in 't.ini'");
    expect_error("[sentences]\nneutral = The {who}.\n[team: blue]\nhow = blue\n",
                 "t.ini:4: no sentence has a slot of this name");
    expect_error("[sentences]\nneutral = The {who}.\nneutral = The {how}.\n"
                 "[team: blue]\nwho = man\n[team: green]\nwho = elf\n",
                 "t.ini:3: no group has words for the slot of this sentence");
    expect_error("[sentences]\nneutral = The {who}.\n[team: blue]\nwho = man\n",
                 "t.ini:3: a dimension needs two groups, to be compared with each other");
}

Test(templates, hash_differs_with_one_byte)
{
    static const char one[] = "[w: a]\nneutral = Yes. -> yes\n";
    static const char two[] = "[w: a]\nneutral = Yes. -> yep\n";
    cr_assert_eq(read(one), EF_OK);
    uint64_t hash = templates.hash;
    ef_templates_release(&templates);
    cr_assert_eq(read(two), EF_OK);
    cr_assert_neq(templates.hash, hash);
    ef_templates_release(&templates);
}
