/* SPDX-License-Identifier: MIT
 * test_spelling.c - slips of the pen in words with a mood, and words that are no slips. */
#include "fixture.h"

#include "score/spelling.h"

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

static ef_lexicon lexicon_on(const ef_lexicon *base, const char *lines)
{
    ef_lexicon_builder builder;
    ef_lexicon lexicon = { 0 };
    cr_assert_eq(ef_lexicon_builder_init(&builder, base, NULL), EF_OK);
    cr_assert_eq(ef_lexicon_builder_add(&builder, ef_slice_of(lines), "lines", NULL, NULL,
                                        NULL, NULL),
                 EF_OK);
    cr_assert_eq(ef_lexicon_builder_finish(&builder, &lexicon, NULL), EF_OK);
    ef_lexicon_builder_release(&builder);
    return lexicon;
}

Test(spelling, mends_words_of_the_lexicon_and_of_those_laid_on_it)
{
    ef_lexicon base = lexicon_on(NULL, "splendid\t3\n");
    ef_lexicon both = lexicon_on(&base, "gloriously|dreadful\t2\nwobbly\t-1\n");
    static const struct {
        const char *slip, *meant;
    } rows[] = {
        { "slpendid", "splendid" },      { "splenddid", "splendid" },
        { "splndid", "splendid" },       { "splnedid", "splendid" },
        { "dreadfull", "dreadful" },     { "dreafdul", "dreadful" },
        { "gloriouslly", "gloriously" }, { "wobly", "" /* too short for a loss */ },
        { "wobbyl", "wobbly" },          { "wobbbly", "wobbly" }
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        ef_slice meant = ef_slice_of(rows[i].meant);
        uint64_t wanted = meant.size == 0 ? 0 : ef_hash_bytes(meant.data, meant.size);
        cr_assert_eq(ef_spelling_mend(&both, ef_slice_of(rows[i].slip)), wanted, "%s",
                     rows[i].slip);
    }
    cr_assert_eq(ef_spelling_mend(&base, ef_slice_of("dreadfull")), 0);
    ef_lexicon_release(&both);
    ef_lexicon_release(&base);
}
