/* SPDX-License-Identifier: MIT
 * test_normalize.c - texts in their normal form, and the way back to the source. */
#include "text/normalize.h"

#include <criterion/criterion.h>
#include <stdlib.h>

static ef_normal_text normal_of(const char *kernels, ef_slice text, size_t limit)
{
    ef_normal_text normal;
    memset(&normal, 0, sizeof normal);
    cr_assert(ef_normalize(&normal, ef_kernels_select(kernels), text, limit));
    return normal;
}

static void expect_bytes(ef_slice text, const char *wanted)
{
    ef_normal_text normal = normal_of(NULL, text, SIZE_MAX);
    cr_expect(normal.size == strlen(wanted) &&
                  memcmp(normal.bytes, wanted, normal.size) == 0,
              "of: %.*s\n got: %.*s\nwant: %s", (int)text.size, (const char *)text.data,
              (int)normal.size, (const char *)normal.bytes, wanted);
    cr_expect_eq(normal.source_size, text.size);
    ef_normal_text_release(&normal);
}

static void expect(const char *text, const char *wanted)
{
    expect_bytes(ef_slice_of(text), wanted);
}

Test(normalize, folds_ascii_to_lower_case)
{
    expect("", "");
    expect("Not GOOD at all!", "not good at all!");
}

Test(normalize, folds_apostrophes)
{
    expect("don’t don‘t donʼt don＇t don´t don`t", "don't don't don't don't don't don't");
}

Test(normalize, folds_quotes_dashes_and_dots)
{
    expect("“good” «good» „good“", "\"good\" \"good\" \"good\"");
    expect("good—bad well‐made 5–10 −3", "good - bad well-made 5-10 -3");
    expect("wait…", "wait...");
    expect("4½ stars, ½ done, ¾", "4.5 stars, 0.5 done, 0.75");
    expect("Brand™ rocks", "brand  rocks");
}

Test(normalize, folds_unicode)
{
    expect("ＴＥＲＲＩＢＬＥ！", "terrible!");
    expect("CAFÉ Straße", "café strasse");
    expect("cafe\xcc\x81", "café");
    expect("E\xcc\x81", "é");
    expect("ОЧЕНЬ", "очень");
    expect("a\xc2\xa0\x62\xe3\x80\x80\x63", "a b c");
}

Test(normalize, drops_what_cannot_be_seen)
{
    expect("ter\xe2\x80\x8brible a\xc2\xad\x62 \xef\xbb\xbfgood", "terrible ab good");
    expect("\xe2\x80\x8d", "");
    expect("a\xe2\x80\x8d\x62", "ab");
}

Test(normalize, keeps_joiners_only_between_emoji)
{
    expect("👩🏽‍🚀 👍🏿 ❤️", "👩‍🚀 👍 ❤");
    expect("👩\xe2\x80\x8d good", "👩 good");
    expect("2️⃣ x\xe2\x83\xa3", "2⃣ x");
    expect("🏴\xf3\xa0\x81\xa7\xf3\xa0\x81\xbf a\xf3\xa0\x81\xa7",
           "🏴\xf3\xa0\x81\xa7\xf3\xa0\x81\xbf a");
}

Test(normalize, repairs_mojibake)
{
    expect("Itâ€™s cafÃ© â€œgoodâ€\xc2\x9d ðŸ˜€", "it's café \"good\" 😀");
    expect("Ã¢â‚¬â„¢", "'"); /* spoilt twice */
    expect("â€ â la Ã ", "â€ â la ã ");
    expect("«CAFÉ»", "\"café\"");
    expect("it\xc2\x92s", "it's"); /* C1 control that CP1252 knows */
}

Test(normalize, undoes_entities)
{
    expect("it&#39;s &quot;GOOD&quot; &amp; &lt;b&gt;", "it's \"good\" & <b>");
    expect("it&#x27;s &rsquo; &#8217; &#146;", "it's ' ' '");
    expect("&#128512;&#x1F600;", "😀😀");
    expect("&amp;#39; &amp;amp; &amp;quot;", "' & \"");
    expect("a&nbsp;b &hellip;", "a b ...");
    expect("&Eacute;", "é");
    expect("&#65;&#0;&#55296;&#99999999;", "a \xef\xbf\xbd\xef\xbf\xbd");
    expect("AT&T; &unknown; & &; &# &#; &#x; &#12a; &toolongname;",
           "at&t; &unknown; & &; &# &#; &#x; &#12a; &toolongname;");
}

Test(normalize, undoes_known_tags)
{
    expect("<b>Terrible</b>&nbsp;smell", " terrible  smell");
    expect("one<br />two<BR>three<p class=\"x\">four</p>", "one\ntwo\nthree\nfour\n");
    expect("<a href='http://x'>here</a>", " here ");
    expect("a<!-- note -->b", "a b");
    expect("<blockquote>hi", "\nhi");
    expect("I <3 it, a<b, <your name>, <b <i>, <", "i <3 it, a<b, <your name>, <b  , <");
}

Test(normalize, leaves_a_tag_without_end_alone)
{
    char text[400];
    memset(text, 'x', sizeof text);
    memcpy(text, "<b ", 3);
    text[sizeof text - 1] = '\0';
    expect(text, text);
    text[255] = '>'; /* the 256th byte: just near enough */
    ef_normal_text normal = normal_of(NULL, ef_slice_of(text), SIZE_MAX);
    cr_assert_eq(normal.size, 1 + strlen(text) - 256);
    ef_normal_text_release(&normal);
}

Test(normalize, replaces_invalid_bytes_and_counts_them)
{
    static const char *const bad[] = { "\x80",
                                       "\xc0\xaf",
                                       "\xc3",
                                       "\xe2\x82",
                                       "\xf0\x9f\x98",
                                       "\xed\xa0\x80",
                                       "\xf8\x88\x80\x80\x80",
                                       "\xff" };
    for (size_t k = 0; k < sizeof bad / sizeof bad[0]; k++) {
        for (size_t place = 0; place <= 70; place++) {
            char text[96] = { 0 };
            memset(text, 'A', 70);
            memcpy(text + place, bad[k], strlen(bad[k]));
            size_t size = place + strlen(bad[k]) > 70 ? place + strlen(bad[k]) : 70;
            ef_normal_text normal =
                normal_of(NULL, (ef_slice){ (const uint8_t *)text, size }, SIZE_MAX);
            cr_assert_eq(normal.invalid, strlen(bad[k]));
            cr_assert_eq(normal.size, size + 2 * strlen(bad[k]));
            cr_assert_arr_eq(normal.bytes + place, "\xef\xbf\xbd", 3);
            ef_normal_text_release(&normal);
        }
    }
}

Test(normalize, keeps_zero_bytes)
{
    ef_normal_text normal =
        normal_of(NULL, (ef_slice){ (const uint8_t *)"A\0B", 3 }, SIZE_MAX);
    cr_assert_eq(normal.size, 3);
    cr_assert_arr_eq(normal.bytes, "a\0b", 3);
    ef_normal_text_release(&normal);
}

Test(normalize, tells_upper_case_of_the_source)
{
    ef_normal_text normal = normal_of(NULL, ef_slice_of("Ab’Ｃ&#68;e"), SIZE_MAX);
    cr_assert_arr_eq(normal.bytes, "ab'cde", 6);
    cr_assert_eq(normal.masks[0].upper, 0x19);
    ef_normal_text_release(&normal);
}

/* Every normal byte of the letter x must come from an X of the source. */
static void check_map(const char *text)
{
    ef_normal_text normal = normal_of(NULL, ef_slice_of(text), SIZE_MAX);
    size_t before = 0;
    for (size_t i = 0; i < normal.size; i++) {
        size_t source = ef_normal_source(&normal, i);
        cr_assert_leq(before, source);
        cr_assert_lt(source, strlen(text));
        if (normal.bytes[i] == 'x')
            cr_assert_eq(text[source], 'X', "at %zu of %s", i, text);
        before = source;
    }
    cr_assert_eq(ef_normal_source(&normal, normal.size), strlen(text));
    ef_normal_text_release(&normal);
}

Test(normalize, maps_back_to_the_source)
{
    check_map("XX XX");
    check_map("“X” X’X — X");
    check_map("&amp;X&#39;X <br/>X<b>X</b>X");
    check_map("👩🏽‍🚀X❤️X\xe2\x80\x8bXÉXﷺXﬁX½X");
    check_map("X\xff\xffXÃ©XXâ€™X");
    check_map("\xe2\x80\x8bX\xe2\x80\x8b");
}

Test(normalize, needs_no_shifts_for_ascii)
{
    ef_normal_text normal =
        normal_of(NULL, ef_slice_of("Plain ASCII. … – same size"), SIZE_MAX);
    cr_assert_eq(normal.shift_count, 0);
    ef_normal_text_release(&normal);
}

Test(normalize, cuts_pieces_behind_white_space)
{
    ef_normal_text normal = normal_of(NULL, ef_slice_of("one two three"), 10);
    cr_assert_eq(normal.source_size, 8);
    ef_normal_text_release(&normal);
}

Test(normalize, cuts_pieces_before_a_character)
{
    ef_normal_text normal = normal_of(NULL, ef_slice_of("ééééé"), 5);
    cr_assert_eq(normal.source_size, 4);
    cr_assert_eq(normal.invalid, 0);
    ef_normal_text_release(&normal);
}

Test(normalize, reads_every_piece_once_and_stays_near_the_limit)
{
    char text[4000] = "";
    const char *parts[] = { "word ",  "<b class=\"some thing with blanks\">",
                            "&quot;", "é",
                            "😀",      "Itâ€™s",
                            "\xff",   "verylongwordwithoutanyblank" };
    for (size_t i = 0; strlen(text) < sizeof text - 100; i++)
        strcat(text, parts[(i * 5 + i / 7) % 8]);
    for (size_t limit = 0; limit < 700; limit += 1 + limit / 8) {
        ef_slice rest = ef_slice_of(text);
        while (rest.size > 0) {
            ef_normal_text normal = normal_of(NULL, rest, limit);
            cr_assert_gt(normal.source_size, 0);
            cr_assert_leq(normal.source_size, limit + 256);
            rest.data += normal.source_size;
            rest.size -= normal.source_size;
            ef_normal_text_release(&normal);
        }
    }
}

Test(normalize, is_the_same_with_every_kernel_set)
{
    const char *text = "Itâ€™s “GOOD” &amp; <b>fine</b> 👩🏽‍🚀, CAFÉ ＴＥＲ 'n' aaa 4½ "
                       "`x`… the END of "
                       "a longer line that fills more than one block of 64 bytes";
    ef_normal_text wanted = normal_of("scalar", ef_slice_of(text), SIZE_MAX);
    for (size_t k = 1; ef_kernels_at(k) != NULL; k++) {
        if (!ef_kernels_at(k)->is_supported())
            continue;
        ef_normal_text got = normal_of(ef_kernels_at(k)->name, ef_slice_of(text), SIZE_MAX);
        cr_assert_eq(got.size, wanted.size);
        cr_assert_arr_eq(got.bytes, wanted.bytes, got.size);
        cr_assert_arr_eq(got.masks, wanted.masks, (got.size + 63) / 64 * sizeof *got.masks);
        ef_normal_text_release(&got);
    }
    ef_normal_text_release(&wanted);
}

Test(normalize, keeps_its_memory_from_text_to_text)
{
    ef_normal_text normal;
    memset(&normal, 0, sizeof normal);
    const ef_kernels *kernels = ef_kernels_select(NULL);
    cr_assert(ef_normalize(&normal, kernels,
                           ef_slice_of("don’t “stop” é 👍🏿 café\xcc\x81"),
                           100));
    uint8_t *bytes = normal.bytes, *staging = normal.staging;
    cr_assert(ef_normalize(&normal, kernels, ef_slice_of("won’t go"), 100));
    cr_assert_eq(normal.bytes, bytes);
    cr_assert_eq(normal.staging, staging);
    ef_normal_text_release(&normal);
}

Test(normalize, tells_kinds_of_characters)
{
    cr_assert_eq(ef_character_of(0xe9), EF_CHARACTER_LETTER);
    cr_assert_eq(ef_character_of(0x301), EF_CHARACTER_LETTER);
    cr_assert_eq(ef_character_of(0x3042), EF_CHARACTER_LETTER);
    cr_assert_eq(ef_character_of(0xa0), EF_CHARACTER_SPACE);
    cr_assert_eq(ef_character_of(0x1f600), EF_CHARACTER_EMOJI);
    cr_assert_eq(ef_character_of(0x2605), EF_CHARACTER_EMOJI);
    cr_assert_eq(ef_character_of(0x200d), EF_CHARACTER_JOINER);
    cr_assert_eq(ef_character_of(0x3002), EF_CHARACTER_SENTENCE);
    cr_assert_eq(ef_character_of(0xa9), EF_CHARACTER_OTHER);
    cr_assert_eq(ef_character_of(0xfffd), EF_CHARACTER_OTHER);
}
