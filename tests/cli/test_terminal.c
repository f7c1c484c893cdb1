/* SPDX-License-Identifier: MIT
 * tests/cli/test_terminal.c - text of strangers never commands a terminal. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/json_print.h"
#include "cli/terminal.h"

/* What ef_print_safe makes of n bytes; lives until the next call. */
static const char *safe(const char *text, size_t n)
{
    static char out[4096];
    FILE *memory = fmemopen(out, sizeof out, "w");
    size_t columns = ef_print_safe(memory, text, n);
    fclose(memory);
    cr_assert_eq(columns, ef_safe_width(text, n));
    return out;
}

static const char *json(const char *text, size_t n)
{
    static char out[4096];
    FILE *memory = fmemopen(out, sizeof out, "w");
    ef_json_print(memory, (ef_slice){ (const uint8_t *)text, n });
    fclose(memory);
    return out;
}

Test(terminal, shows_every_control_byte_as_hexadecimal)
{
    for (int byte = 0; byte < 256; byte++) {
        char text = (char)byte, wanted[8];
        bool is_plain = byte >= 0x20 && byte < 0x7F;
        snprintf(wanted, sizeof wanted, is_plain ? "%c" : "\\x%02x", byte);
        cr_assert_str_eq(safe(&text, 1), wanted);
    }
}

Test(terminal, passes_letters_of_all_scripts)
{
    cr_assert_str_eq(safe("Ünïcode 日本 🙂", strlen("Ünïcode 日本 🙂")),
                     "Ünïcode 日本 🙂");
}

Test(terminal, shows_c1_controls_and_direction_marks_as_bytes)
{
    cr_assert_str_eq(safe("a\xC2\x9B"
                          "b",
                          4),
                     "a\\xc2\\x9bb");
    cr_assert_str_eq(safe("\xE2\x80\xAE", 3), "\\xe2\\x80\\xae");
    cr_assert_str_eq(safe("\xE2\x81\xA6", 3), "\\xe2\\x81\\xa6");
}

Test(terminal, does_not_trust_broken_utf8)
{
    cr_assert_str_eq(safe("\xC0\x80", 2), "\\xc0\\x80");          /* overlong */
    cr_assert_str_eq(safe("\xE0\x80\x80", 3), "\\xe0\\x80\\x80"); /* overlong */
    cr_assert_str_eq(safe("\xED\xA0\x80", 3), "\\xed\\xa0\\x80"); /* surrogate */
    cr_assert_str_eq(safe("\xF4\x90\x80\x80", 4), "\\xf4\\x90\\x80\\x80");
    cr_assert_str_eq(safe("\xE2\x82", 2), "\\xe2\\x82"); /* cut off */
}

Test(terminal, color_follows_the_environment_and_the_option)
{
    ef_terminal terminal;
    FILE *file = tmpfile();
    setenv("TERM", "xterm", 1);
    ef_terminal_look(&terminal, file, NULL);
    cr_assert_not(terminal.has_color || terminal.is_terminal);
    setenv("CLICOLOR_FORCE", "1", 1);
    ef_terminal_look(&terminal, file, "auto");
    cr_assert(terminal.has_color);
    setenv("NO_COLOR", "1", 1);
    ef_terminal_look(&terminal, file, "auto");
    cr_assert_not(terminal.has_color);
    ef_terminal_look(&terminal, file, "always");
    cr_assert(terminal.has_color);
    unsetenv("NO_COLOR");
    ef_terminal_look(&terminal, file, "never");
    cr_assert_not(terminal.has_color);
    fclose(file);
}

Test(terminal, json_is_one_line_of_valid_text)
{
    cr_assert_str_eq(json("a\"\\\n\t\x1b</b>", 10), "\"a\\\"\\\\\\u000a\\u0009\\u001b"
                                                    "\\u003c/b\\u003e\"");
    cr_assert_str_eq(json("\xFF\xE2\x80\xA8", 4), "\"\\ufffd\\u2028\"");
}

Test(terminal, decimals_need_no_floating_point)
{
    char out[64] = "";
    FILE *memory = fmemopen(out, sizeof out, "w");
    ef_decimal_print(memory, "+", 5, 2);
    ef_decimal_print(memory, " ", -12345, 4);
    ef_decimal_print(memory, " ", INT32_MIN, 4);
    fclose(memory);
    cr_assert_str_eq(out, "+0.05-1.2345-214748.3648");
}

Test(terminal, wide_characters_take_two_columns_and_marks_none)
{
    cr_assert_eq(ef_safe_width("a\u65e5\U0001f642", strlen("a\u65e5\U0001f642")), 5);
    cr_assert_eq(ef_safe_width("e\u0301", strlen("e\u0301")), 1);
}
