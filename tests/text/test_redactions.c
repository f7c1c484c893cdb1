/* SPDX-License-Identifier: MIT
 * tests/text/test_redactions.c - a user's own kinds of personal data. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>

#include "text/redact.h"
#include "text/redactions.h"

/* text with the tokens of the kinds in file. */
static const char *redacted(const char *file, ef_slice text)
{
    static ef_buffer out;
    ef_error error = { 0 };
    ef_redactions *own;
    ef_redactor redactor;
    ef_buffer_reset(&out);
    cr_assert_eq(ef_redactions_new(&own, ef_slice_of(file), "own.ini", &error), EF_OK, "%s",
                 error.message);
    cr_assert_eq(ef_redactor_init(&redactor, own, &error), EF_OK);
    cr_assert(ef_redact(&out, &redactor, text));
    ef_redactor_release(&redactor);
    ef_redactions_free(own);
    return ef_buffer_text(&out);
}

#define GIVES(file, text, wanted) \
    cr_expect_str_eq(redacted(file, ef_slice_of(text)), wanted)

Test(redactions, hide_what_their_patterns_find_and_built_in_kinds)
{
    GIVES("[ticket]\npattern = \\bTCK-\\d+\n", "TCK-12, a@b.example", "[ticket], [email]");
    GIVES("[a]\npattern = one\npattern = two\n", "one two three", "[a] [a] three");
    GIVES("; why\n[a]\r\ntag = <gone>\r\npattern = x+\r\n", "axxb", "a<gone>b");
    GIVES("[a]\npattern = (?i)user:? (?<hide>\\w+)\n", "User: bob and user eve",
          "User: [a] and user [a]");
    GIVES("[a]\npattern = x*\n", "no match is empty", "no match is empty");
    GIVES("[order]\npattern = Z\\d+\n", "Z99", "[order]");
}

Test(redactions, check_digits)
{
    GIVES("[a]\npattern = \\d+\ncheck = luhn\n", "356938035643809 356938035643808",
          "[a] 356938035643808");
    GIVES("[a]\npattern = [A-Z0-9 ]{15,}\ncheck = iban\n", "GB82 WEST 1234 5698 7654 33",
          "GB82 WEST 1234 5698 7654 33");
    GIVES("[a]\npattern = RF\\w+\ncheck = iban\n", "RF18539007547034", "[a]");
    GIVES("[a]\npattern = [0-9A-Z]{20}\ncheck = mod97\n",
          "529900T8BM49AURSDO55 529900T8BM49AURSDO56", "[a] 529900T8BM49AURSDO56");
    GIVES("[a]\npattern = [0-9-]+X?\ncheck = mod11\n", "0-8044-2957-X 0-8044-2957-1",
          "[a] 0-8044-2957-1");
}

Test(redactions, overlapping_pieces_go_as_one)
{
    GIVES("[a]\npattern = \\w+@b\n", "write x@b.example now", "write [a] now");
    GIVES("[a]\npattern = abc\n[b]\npattern = cde\n", "abcde", "[a]");
    GIVES("[a]\npattern = bc\n[b]\npattern = abcd\n", "abcde", "[b]e");
}

Test(redactions, find_their_places_in_bytes_that_are_no_text)
{
    GIVES("[a]\npattern = key\\d\n", "\xff\xfe key1 \xc3 key2", "\xff\xfe [a] \xc3 [a]");
    GIVES("[a]\npattern = ü+\n", "züüz\x80", "z[a]z\x80");
}

Test(redactions, hide_what_a_pattern_cannot_be_searched_in)
{
    char text[4096];
    memset(text, 'a', sizeof text);
    memcpy(text, "ab ", 3);
    ef_slice slice = { (const uint8_t *)text, sizeof text };
    const char *given = redacted("[slow]\npattern = ab|(a+)+$(?<=b)\n", slice);
    cr_expect_str_eq(given, "[slow][slow]"); /* "ab", then all the rest */
}

Test(redactions, of_too_many_pieces_hide_the_text)
{
    size_t size = 300000;
    char *text = malloc(size);
    cr_assert_not_null(text);
    for (size_t i = 0; i < size; i++)
        text[i] = i % 2 == 0 ? 'a' : 'b';
    ef_slice slice = { (const uint8_t *)text, size };
    cr_expect_str_eq(redacted("[a]\npattern = a\n", slice), "[a]");
    free(text);
}

static const char *complaint(const char *file)
{
    static ef_error error;
    ef_redactions *own;
    error = (ef_error){ 0 };
    cr_assert_eq(ef_redactions_new(&own, ef_slice_of(file), "own.ini", &error),
                 EF_ERR_FORMAT);
    cr_assert_null(own);
    return error.message;
}

Test(redactions, say_file_and_line_of_what_is_wrong)
{
    cr_expect_str_eq(complaint("[a]\n\npattern = (x\n"),
                     "own.ini:3: bad pattern at byte 3: missing closing parenthesis");
    cr_expect_str_eq(complaint("[a]\n[b]\npattern = x\n"),
                     "own.ini:1: section 'a' has no pattern: write 'pattern = ...' into it");
    cr_expect_str_eq(complaint("[a]\npattern = x\n[b]\ntag = b\n"),
                     "own.ini:3: section 'b' has no pattern: write 'pattern = ...' into it");
    cr_expect_str_eq(complaint("[a]\npattern = x\ncheck = sum\n"),
                     "own.ini:3: check must be luhn, iban, mod97 or mod11");
    cr_expect_str_eq(complaint("[a]\npatern = x\n"),
                     "own.ini:2: a setting here is pattern, tag, check or about");
    cr_expect_str_eq(complaint("[a b]\npattern = x\n"),
                     "own.ini:1: a section's name has up to 40 letters, digits, - and _");
    cr_expect_str_eq(complaint("[a]\npattern = x\n[a]\npattern = y\n"),
                     "own.ini:3: section 'a' stands here twice: put its patterns together");
    cr_expect_str_eq(complaint("[a]\ntag = =1+1\npattern = x\n"),
                     "own.ini:2: a tag does not begin with = + - or @: a spreadsheet would "
                     "run it as a formula");
    cr_expect_str_eq(complaint("[a]\ntag = \x1b[31m\npattern = x\n"),
                     "own.ini:2: a tag has 1 to 60 bytes of UTF-8 without control characters");
    cr_expect_str_eq(complaint("pattern = x\n"),
                     "own.ini:1: a setting stands before the first section");
    cr_expect_str_eq(complaint("; nothing\n"),
                     "own.ini: no kind stands in it: write a section [name] with "
                     "'pattern = ...'");
}

Test(redactions, are_bounded_in_number)
{
    ef_buffer file = { 0 };
    for (int i = 0; i <= 100; i++)
        ef_buffer_printf(&file, "[a%d]\npattern = x\n", i);
    cr_expect_str_eq(complaint(ef_buffer_text(&file)), "own.ini:201: more than 100 sections");
    ef_buffer_reset(&file);
    ef_buffer_append_text(&file, "[a]\n");
    for (int i = 0; i <= 200; i++)
        ef_buffer_append_text(&file, "pattern = x\n");
    cr_expect_str_eq(complaint(ef_buffer_text(&file)), "own.ini:202: more than 200 patterns");
    ef_buffer_release(&file);
}
