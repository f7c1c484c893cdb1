/* SPDX-License-Identifier: MIT
 * tests/base/test_ini.c - sections, keys and values, with their lines. */
#include <criterion/criterion.h>

#include "base/ini.h"

static void expect(ef_slice slice, const char *text)
{
    cr_expect(slice.size == strlen(text) &&
                  (slice.size == 0 || memcmp(slice.data, text, slice.size) == 0),
              "'%.*s' is not '%s'", (int)slice.size, (const char *)slice.data, text);
}

Test(ini, reads_heads_and_settings)
{
    ef_ini ini = { .rest =
                       ef_slice_of("; note\r\n\n [ a.b ] \r\n key =  v ; not a note = 1 \n"
                                   "# note\n[c]\nempty =") };
    ef_ini_entry entry = { 0 };
    cr_assert_eq(ef_ini_next(&ini, &entry, NULL), EF_OK);
    expect(entry.section, "a.b");
    expect(entry.key, "");
    cr_assert_eq(ef_ini_next(&ini, &entry, NULL), EF_OK);
    expect(entry.section, "a.b");
    expect(entry.key, "key");
    expect(entry.value, "v ; not a note = 1");
    cr_expect_eq(ini.line, 4);
    cr_assert_eq(ef_ini_next(&ini, &entry, NULL), EF_OK);
    expect(entry.section, "c");
    cr_assert_eq(ef_ini_next(&ini, &entry, NULL), EF_OK);
    expect(entry.key, "empty");
    expect(entry.value, "");
    cr_assert_eq(ef_ini_next(&ini, &entry, NULL), EF_END);
}

Test(ini, names_the_line_of_what_is_neither_and_goes_on)
{
    ef_ini ini = { .rest = ef_slice_of("x = 1\n[a\n[]\nwords\n= 3\n[a]\n") };
    ef_ini_entry entry = { 0 };
    for (uint64_t line = 1; line <= 5; line++) {
        ef_error error = { 0 };
        cr_expect_eq(ef_ini_next(&ini, &entry, &error), EF_ERR_FORMAT);
        cr_expect_eq(error.line, line);
    }
    cr_expect_eq(ef_ini_next(&ini, &entry, NULL), EF_OK);
}
