/* SPDX-License-Identifier: MIT
 * tests/views/test_view_csv.c - findings as a table: every row as wide as its heading. */
#include <criterion/criterion.h>

#include "fixture.h"
#include "views/views.h"

/* Cells of each row of out, which must all be as many; returns the rows. */
static size_t check_shape(ef_buffer *out, size_t columns)
{
    size_t rows = 0, cells = 1;
    bool is_quoted = false;
    for (size_t i = 0; i < out->size; i++) {
        uint8_t byte = out->data[i];
        if (byte == '"')
            is_quoted = !is_quoted;
        else if (byte == ',' && !is_quoted)
            cells++;
        if (byte == '\n' && !is_quoted) {
            rows++;
            cr_assert_eq(cells, columns, "row %zu has %zu cells", rows, cells);
            cells = 1;
        }
    }
    cr_assert_not(is_quoted);
    return rows;
}

Test(view_csv, every_row_is_as_wide_as_the_heading)
{
    ef_findings findings;
    ef_buffer out = { 0 };
    fixture_full(&findings);
    ef_view_csv.write(&out, &findings, NULL);
    cr_assert_gt(check_shape(&out, 16), 100);
    ef_buffer_reset(&out);
    fixture_empty(&findings);
    ef_view_csv.write(&out, &findings, NULL);
    cr_assert_eq(check_shape(&out, 16), 17); /* heading, engine, and thirteen counts */
    for (size_t i = 0; i < FIXTURE_ATTACKS; i++) {
        ef_buffer_reset(&out);
        fixture_hostile(&findings, ef_slice_of(fixture_attacks[i]));
        ef_view_csv.write(&out, &findings, NULL);
        check_shape(&out, 16);
    }
    ef_buffer_release(&out);
}

Test(view_csv, unknown_is_an_empty_cell)
{
    ef_findings findings;
    ef_buffer out = { 0 };
    fixture_unknown(&findings);
    ef_view_csv.write(&out, &findings, NULL);
    const char *row = strstr(ef_buffer_text(&out), "mood,,,,net_sentiment,net,");
    cr_assert_not_null(row);
    cr_assert_eq(strncmp(row, "mood,,,,net_sentiment,net,,,,0,", 31), 0);
    cr_assert_null(strstr(ef_buffer_text(&out), ",nan,"));
    ef_buffer_release(&out);
}

Test(view_csv, no_spreadsheet_runs_a_cell)
{
    ef_findings findings;
    ef_buffer out = { 0 };
    fixture_hostile(&findings, ef_slice_of("=1+1"));
    ef_view_csv.write(&out, &findings, NULL);
    cr_assert_null(strstr(ef_buffer_text(&out), ",=1+1"));
    cr_assert_not_null(strstr(ef_buffer_text(&out), ",'=1+1"));
    ef_buffer_release(&out);
}
