/* SPDX-License-Identifier: MIT */
#include <criterion/criterion.h>

#include "input/xlsx_cells.h"

Test(xlsx_cells, reads_columns)
{
    cr_expect_eq(ef_xlsx_column("A1"), 0);
    cr_expect_eq(ef_xlsx_column("Z9"), 25);
    cr_expect_eq(ef_xlsx_column("AA10"), 26);
    cr_expect_eq(ef_xlsx_column("XFD1048576"), EF_XLSX_COLUMNS - 1);
    static const char *const wrong[] = { "",   "A",    "1",           "A0",
                                         "a1", "XFE1", "ZZZZZZZZZZ1", "$A$1" };
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++)
        cr_expect_eq(ef_xlsx_column(wrong[i]), -1, "%s", wrong[i]);
}

Test(xlsx_cells, tells_dates_from_other_formats)
{
    static const char *const dates[] = { "dd.mm.yyyy",      "m/d/yy h:mm",
                                         "[$-409]mmm\\-yy", "yyyy\"年\"m\"月\"",
                                         "h:mm AM/PM",      "[Red]d;General" };
    static const char *const others[] = { "General",  "0.00",   "#,##0 \"days\"",
                                          "[h]:mm",   "[Red]0", "@",
                                          "0.00E+00", "_d0",    "\\y0",
                                          "0;d",      "\"",     "[",
                                          "\\" };
    for (size_t i = 0; i < sizeof dates / sizeof dates[0]; i++)
        cr_expect(ef_xlsx_is_date_code(dates[i]), "%s", dates[i]);
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
        cr_expect_not(ef_xlsx_is_date_code(others[i]), "%s", others[i]);
    cr_expect(ef_xlsx_is_date_id(14) && ef_xlsx_is_date_id(22));
    cr_expect_not(ef_xlsx_is_date_id(0) || ef_xlsx_is_date_id(46) ||
                  ef_xlsx_is_date_id(49));
}

static void expect_date(const char *number, bool is_1904, const char *expected)
{
    ef_buffer out = { 0 };
    bool is_date = ef_xlsx_append_date(&out, ef_slice_of(number), is_1904);
    cr_expect_eq(is_date, expected != NULL, "%s", number);
    cr_expect_str_eq(ef_buffer_text(&out), expected == NULL ? "" : expected);
    ef_buffer_release(&out);
}

Test(xlsx_cells, writes_dates)
{
    expect_date("1", false, "1900-01-01");
    expect_date("59", false, "1900-02-28");
    expect_date("61", false, "1900-03-01");
    expect_date("25569", false, "1970-01-01");
    expect_date("46082", false, "2026-03-01");
    expect_date("45351", false, "2024-02-29");
    expect_date("46082.75", false, "2026-03-01T18:00:00");
    expect_date("46082.395833333336", false, "2026-03-01T09:30:00");
    expect_date("46082.99999999999", false, "2026-03-02");
    expect_date("46082.5000058", false, "2026-03-01T12:00:00.501");
    expect_date("4.6082E4", false, "2026-03-01");
    expect_date("460820E-1", false, "2026-03-01");
    expect_date("2958465", false, "9999-12-31");
    expect_date("0", true, "1904-01-01");
    expect_date("44620", true, "2026-03-01");
}

Test(xlsx_cells, writes_times_of_day)
{
    expect_date("0.5", false, "12:00:00");
    expect_date(".25", false, "06:00:00");
    expect_date("0", false, "00:00:00");
}

Test(xlsx_cells, leaves_what_is_no_date)
{
    static const char *const wrong[] = { "",     "-1",  "2958466", "1e9", "1e99999999",
                                         "abc",  ".",   "1.2.3",   "1 ",  "1e",
                                         "0x10", "nan", "inf" };
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++)
        expect_date(wrong[i], false, NULL);
}

static void expect_text(const char *text, const char *expected)
{
    ef_buffer out = { 0 };
    cr_expect(ef_xlsx_append_text(&out, ef_slice_of(text)));
    cr_expect_str_eq(ef_buffer_text(&out), expected);
    ef_buffer_release(&out);
}

Test(xlsx_cells, quotes_texts_and_undoes_escapes)
{
    expect_text("", "\"\"");
    expect_text("a \"b\", c", "\"a \"\"b\"\", c\"");
    expect_text("a\r\nb\rc\nd", "\"a\nb\nc\nd\"");
    expect_text("a_x000D_\nb", "\"a\nb\"");
    expect_text("_x005F_x000D_", "\"_x000D_\"");
    expect_text("_x00e9_ _x20AC_ _xD83D_", "\"é € \xef\xbf\xbd\"");
    expect_text("_x12_ _x00G0_ snake_x", "\"_x12_ _x00G0_ snake_x\"");
    expect_text("_x0022_", "\"\"\"\"");
}
