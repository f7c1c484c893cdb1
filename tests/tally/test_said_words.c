/* SPDX-License-Identifier: MIT
 * test_said_words.c - which words of a text are of content, and what stands around them. */
#include <criterion/criterion.h>
#include <stdio.h>

#include "base/hash.h"
#include "tally/said_words.h"

/* "x battery b": before, word, behind, with a letter for each cue. */
static void expect_words(const char *text, const char *wanted)
{
    static const char cues[] = ".wdptmbvga-";
    ef_said_dictionary dictionary = { 0 };
    ef_said_word words[EF_SAID_WORDS];
    char got[4000] = "";
    size_t count;
    cr_assert(ef_said_split(&dictionary, ef_slice_of(text), words, NULL, &count));
    for (size_t i = 0; i < count; i++) {
        ef_slice word = ef_said_dictionary_word(&dictionary, ef_said_number(words[i]));
        snprintf(got + strlen(got), sizeof got - strlen(got), "%s%c%.*s%c%s",
                 i > 0 ? " " : "", cues[ef_said_before(words[i])], (int)word.size,
                 (const char *)word.data, cues[ef_said_behind(words[i])],
                 ef_said_is_capital(words[i]) ? "!" : "");
    }
    cr_assert_str_eq(got, wanted, "%s: %s", text, got);
    ef_said_dictionary_release(&dictionary);
}

Test(said_words, carry_what_stands_around_them)
{
    expect_words("The battery is great", "dbatteryb bgreat.");
    expect_words("they charge to Amazon Prime, and ship",
                 "pcharget tamazonw! wprime.! aship.");
    expect_words("very slow delivery service", "gsloww wdeliveryw wservice.");
}

Test(said_words, end_their_run_at_marks_and_empty_lines)
{
    expect_words("shabby delivery. refund", ".shabbyw wdelivery. .refund.");
    expect_words("shabby\n\nrefund", ".shabby. .refund.");
    expect_words("shabby\nrefund", ".shabbyw wrefund.");
    expect_words("shabby<br />refund &quot;lid&quot;", ".shabby. .refund. .lid.");
    expect_words("glaze (handle) cracked", ".glaze. .handle. .cracked.");
}

Test(said_words, leave_out_numbers_addresses_and_names_with_a_sign)
{
    expect_words("order A12345 broken", ".order. .broken.");
    expect_words("@anna mail anna.b@example.org lid", ".mail. .lid.");
    expect_words("see example.org or https://example.org/x?y=z lid #fail", "-lid.");
    expect_words("2 kettles, 3.5 litres", "dkettles. dlitres.");
    expect_words("x 4 y", "");
}

Test(said_words, are_one_whatever_their_case_and_apostrophe)
{
    expect_words("KETTLE'S lid", ".kettlew wlid.");
    expect_words("Don\xE2\x80\x99t glaze", "mglaze.");
    expect_words("\xC3\x89"
                 "clair",
                 ".\xC3\xA9"
                 "clair.");
    expect_words("lid\xF0\x9F\x98\x80lid", ".lid. .lid.");
}

Test(said_words, of_equal_texts_are_equal_wherever_the_text_ends)
{
    static const char text[] = "the kettle handle melted onto our wonderful stainless hob";
    for (size_t size = 0; size < sizeof text; size++) {
        ef_said_dictionary one = { 0 }, two = { 0 };
        ef_said_word a[EF_SAID_WORDS], b[EF_SAID_WORDS];
        ef_said_place places[EF_SAID_WORDS];
        size_t i, k;
        uint8_t *exact = malloc(size + 1);
        memcpy(exact, text, size);
        exact = realloc(exact, size > 0 ? size : 1);
        cr_assert(ef_said_split(&one, (ef_slice){ exact, size }, a, places, &i));
        char padded[128] = { 0 };
        memcpy(padded, text, size);
        cr_assert(ef_said_split(&two, (ef_slice){ (uint8_t *)padded, size }, b, NULL, &k));
        cr_assert_eq(i, k);
        cr_assert_arr_eq(a, b, i * sizeof *a);
        for (size_t j = 0; j < i; j++) {
            ef_slice word = ef_said_dictionary_word(&one, ef_said_number(a[j]));
            cr_assert_eq(word.size, places[j].end - places[j].begin);
            cr_assert_arr_eq(word.data, text + places[j].begin, word.size);
        }
        free(exact);
        ef_said_dictionary_release(&one);
        ef_said_dictionary_release(&two);
    }
}

Test(said_words, of_any_bytes_are_bounded)
{
    uint8_t bytes[6000];
    uint64_t seed = 3;
    ef_said_dictionary dictionary = { 0 };
    for (int turn = 0; turn < 300; turn++) {
        ef_said_word words[EF_SAID_WORDS];
        ef_said_place places[EF_SAID_WORDS];
        size_t count;
        for (size_t i = 0; i < sizeof bytes; i++) {
            seed = ef_hash_mix(seed, i);
            bytes[i] = turn % 3 == 0 ? (uint8_t)seed : (uint8_t)(' ' + seed % 95);
        }
        cr_assert(ef_said_split(&dictionary, (ef_slice){ bytes, sizeof bytes }, words,
                                places, &count));
        cr_assert_leq(count, EF_SAID_WORDS);
        for (size_t i = 0; i < count; i++)
            cr_assert(places[i].begin < places[i].end && places[i].end <= EF_SAID_BYTES);
    }
    ef_said_dictionary_release(&dictionary);
}
