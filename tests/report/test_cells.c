/* SPDX-License-Identifier: MIT
 * tests/report/test_cells.c - quoting, and formulas made harmless. */
#include <criterion/criterion.h>

#include "report/cells.h"

static void expect(ef_slice cell, ef_cell_dialect dialect, const char *expected)
{
    ef_buffer out = { 0 };
    ef_cell_append(&out, cell, dialect);
    cr_assert_str_eq(ef_buffer_text(&out), expected);
    ef_buffer_release(&out);
}

static const ef_cell_dialect csv = { ',', true, false };
static const ef_cell_dialect tsv = { '\t', false, false };
static const ef_cell_dialect safe = { ',', true, true };

Test(cells, quotes_only_what_needs_it)
{
    expect(ef_slice_of("plain words"), csv, "plain words");
    expect(ef_slice_of("a,b"), csv, "\"a,b\"");
    expect(ef_slice_of("a;b"), csv, "a;b");
    expect(ef_slice_of("say \"hi\""), csv, "\"say \"\"hi\"\"\"");
    expect(ef_slice_of("\"\""), csv, "\"\"\"\"\"\"");
    expect(ef_slice_of("two\nlines"), csv, "\"two\nlines\"");
    expect((ef_slice){ NULL, 0 }, csv, "");
}

Test(cells, escapes_where_nothing_quotes)
{
    expect(ef_slice_of("a\tb\nc\r\\d"), tsv, "a\\tb\\nc\\r\\\\d");
    expect(ef_slice_of("say \"hi\""), tsv, "say \"hi\"");
    expect(ef_slice_of("a;b"), (ef_cell_dialect){ ';', false, false }, "a b");
}

Test(cells, defuses_what_a_spreadsheet_would_run)
{
    static const char *const formulas[] = {
        "=1+1", "+cmd", "-cmd|' /C calc'!A0", "@SUM(A1)", " =1",
        "\"=1", ";=1",  "\xEF\xBC\x9Dx",      "\t=1"
    };
    for (size_t i = 0; i < sizeof formulas / sizeof formulas[0]; i++)
        cr_assert(ef_cell_is_formula(ef_slice_of(formulas[i])), "row %zu", i);
    cr_assert(ef_cell_is_formula((ef_slice){ (const uint8_t *)"\0=1", 3 }));
    expect(ef_slice_of("=1+1"), safe, "'=1+1");
    expect(ef_slice_of("=f(\"a\",1)"), safe, "\"'=f(\"\"a\"\",1)\"");
    expect(ef_slice_of("=1+1"), csv, "=1+1");
}

Test(cells, leaves_numbers_and_words_alone)
{
    static const char *const harmless[] = { "-5",          "+3.25", "-.5", "-1e-7", "1=1",
                                            "a@b.example", "x-y",   "",    "  ",    "4" };
    for (size_t i = 0; i < sizeof harmless / sizeof harmless[0]; i++)
        cr_assert_not(ef_cell_is_formula(ef_slice_of(harmless[i])), "row %zu", i);
    cr_assert(ef_cell_is_formula(ef_slice_of("-5+1")));
    cr_assert(ef_cell_is_formula(ef_slice_of("-")));
    cr_assert(ef_cell_is_formula(ef_slice_of("-1e")));
}
