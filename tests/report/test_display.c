/* SPDX-License-Identifier: MIT
 * tests/report/test_display.c - text of strangers on a terminal. */
#include <criterion/criterion.h>

#include "report/display.h"

static void expect(const char *text, unsigned width, const char *expected, unsigned used)
{
    ef_buffer out = { 0 };
    cr_assert_eq(ef_display_append(&out, ef_slice_of(text), width), used);
    cr_assert_str_eq(ef_buffer_text(&out), expected);
    ef_buffer_release(&out);
}

Test(display, no_control_character_gets_out)
{
    for (unsigned byte = 0; byte < 256; byte++) {
        uint8_t text[2] = { (uint8_t)byte, 'x' };
        ef_buffer out = { 0 };
        ef_display_append(&out, (ef_slice){ text, 2 }, 80);
        for (size_t i = 0; i < out.size; i++)
            cr_assert(out.data[i] >= 0x20 && out.data[i] != 0x7f, "byte %u", byte);
        ef_buffer_release(&out);
    }
    expect("\x1b[31m", 80, "\\x1b[31m", 8);
    expect("a\xC2\x9B"
           "b",
           80, "a\\x9bb", 6);
}

Test(display, text_cannot_turn_the_line_around)
{
    expect("a\xE2\x80\xAE"
           "b\xE2\x81\xA6",
           80,
           "a\xEF\xBF\xBD"
           "b\xEF\xBF\xBD",
           4);
}

Test(display, a_run_of_white_space_is_one_blank)
{
    expect("a\r\n\t b", 80, "a b", 3);
}

Test(display, a_blank_line_is_a_dot)
{
    expect("title\n\nbody", 80, "title \xC2\xB7 body", 12);
    expect("title\n\nbody", 6, "title\xE2\x80\xA6", 6);
    expect("a\r\n\r\n", 80, "a ", 2);
}

Test(display, cuts_by_columns_not_by_bytes)
{
    expect("abcdef", 6, "abcdef", 6);
    expect("abcdefg", 6, "abcde\xE2\x80\xA6", 6);
    expect("\xF0\x9F\x98\x80\xF0\x9F\x98\x80", 4, "\xF0\x9F\x98\x80\xF0\x9F\x98\x80", 4);
    expect("\xF0\x9F\x98\x80\xF0\x9F\x98\x80", 3, "\xF0\x9F\x98\x80\xE2\x80\xA6", 3);
    expect("e\xCC\x81"
           "e\xCC\x81",
           2,
           "e\xCC\x81"
           "e\xCC\x81",
           2);
    expect("abc", 0, "", 0);
    expect("", 5, "", 0);
}

Test(display, knows_wide_and_narrow)
{
    cr_assert_eq(ef_display_width('a'), 1);
    cr_assert_eq(ef_display_width(0x4e2d), 2);
    cr_assert_eq(ef_display_width(0x1f600), 2);
    cr_assert_eq(ef_display_width(0x0301), 0);
    cr_assert_eq(ef_display_width(0x200d), 0);
    cr_assert_eq(ef_display_width(0xe9), 1);
}
