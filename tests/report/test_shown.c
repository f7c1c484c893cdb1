/* SPDX-License-Identifier: MIT
 * tests/report/test_shown.c - output meant for files, on a terminal: seen, and not obeyed.
 */
#include <criterion/criterion.h>

#include "base/json_out.h"
#include "base/utf8.h"
#include "report/shown.h"

static void expect(ef_slice bytes, ef_shown shown, const char *expected)
{
    ef_buffer out = { 0 };
    ef_shown_append(&out, bytes, shown);
    cr_assert_str_eq(ef_buffer_text(&out), expected);
    ef_buffer_release(&out);
}

static bool is_obeyed(uint32_t code)
{
    return (code < 0x20 && code != '\n' && code != '\t') || (code >= 0x7f && code < 0xa0) ||
           code == 0x61c || code == 0x200e || code == 0x200f ||
           (code >= 0x2028 && code <= 0x202e) || (code >= 0x2066 && code <= 0x2069);
}

static void expect_harmless(const ef_buffer *out)
{
    uint32_t code;
    for (size_t at = 0, size; at < out->size; at += size) {
        size = ef_utf8_decode(out->data + at, out->size - at, &code);
        cr_assert_neq(size, 0, "byte %zu is no character", at);
        cr_assert_not(is_obeyed(code), "U+%04X", (unsigned)code);
    }
}

Test(shown, every_pair_of_bytes_is_harmless)
{
    static const ef_shown ways[] = { EF_SHOWN_IN_HEX, EF_SHOWN_AS_JSON };
    for (unsigned pair = 0; pair < 65536; pair++) {
        uint8_t bytes[] = { 'a', (uint8_t)(pair >> 8), (uint8_t)pair, 'b' };
        ef_buffer out = { 0 };
        ef_shown_append(&out, (ef_slice){ bytes, 4 }, ways[pair & 1]);
        expect_harmless(&out);
        ef_buffer_release(&out);
    }
}

Test(shown, every_character_is_itself_or_a_number)
{
    for (uint32_t code = 0; code < 0x3000; code++) {
        uint8_t bytes[4];
        ef_slice character = { bytes, ef_utf8_encode(code, bytes) };
        ef_buffer out = { 0 };
        ef_shown_append(&out, character, EF_SHOWN_IN_HEX);
        expect_harmless(&out);
        if (is_obeyed(code))
            cr_assert_eq(out.size, 4 * character.size, "U+%04X", (unsigned)code);
        else
            cr_assert_eq(memcmp(out.data, bytes, out.size), 0, "U+%04X", (unsigned)code);
        ef_buffer_release(&out);
    }
}

Test(shown, sequences_are_numbers)
{
    expect(ef_slice_of("a\x1b]52;c;aGk=\x07z"), EF_SHOWN_IN_HEX, "a\\x1b]52;c;aGk=\\x07z");
    expect(ef_slice_of("a\xc2\x9b"
                       "31m\xff"),
           EF_SHOWN_IN_HEX, "a\\xc2\\x9b31m\\xff");
    expect(ef_slice_of("\"a\x7f\xe2\x80\xae\xff\""), EF_SHOWN_AS_JSON,
           "\"a\\u007f\\u202e\xef\xbf\xbd\"");
    expect(ef_slice_of("plain\tand \xc3\xa4\n"), EF_SHOWN_IN_HEX, "plain\tand \xc3\xa4\n");
    expect(ef_slice_of("\x1b[31mours"), EF_SHOWN_AS_IT_IS, "\x1b[31mours");
}

Test(shown, json_of_ours_has_no_character_that_a_terminal_obeys)
{
    for (uint32_t code = 0; code < 0x3000; code++) {
        uint8_t bytes[4];
        ef_slice character = { bytes, ef_utf8_encode(code, bytes) };
        ef_buffer out = { 0 };
        cr_assert(ef_json_string(&out, character));
        expect_harmless(&out);
        cr_assert_null(memchr(out.data, '\n', out.size));
        ef_buffer_release(&out);
    }
}
