/* SPDX-License-Identifier: MIT
 * test_label_row.c - what is written is read, and nothing else is. */
#include "review/label_row.h"

#include <criterion/criterion.h>
#include <stdio.h>

static ef_label_row sample(const char *text)
{
    return (ef_label_row){ .id = ef_slice_of("R1,2"),
                           .text = ef_slice_of(text),
                           .file = ef_slice_of("a \"b\".csv"),
                           .label = EF_LABEL_NEGATIVE,
                           .model_label = EF_LABEL_POSITIVE,
                           .p = { 1234, 0, 8766 },
                           .kind = EF_REVIEW_OPPOSED,
                           .seed = 7,
                           .line = 99,
                           .model = ef_slice_of("0123456789abcdef"),
                           .labelled_ms = 1700000000000 };
}

static void assert_slice(ef_slice got, ef_slice wanted)
{
    cr_assert_eq(got.size, wanted.size);
    cr_assert_arr_eq(got.data, wanted.data, wanted.size);
}

static void assert_round_trip(const char *text)
{
    ef_buffer out = { 0 };
    ef_label_row row = sample(text), back;
    ef_label_row_write(&out, &row);
    cr_assert_eq(ef_label_row_end(ef_buffer_slice(&out)), out.size, "%s", text);
    cr_assert(ef_label_row_read(&back, out.data, out.size), "%s", text);
    assert_slice(back.text, row.text);
    assert_slice(back.id, row.id);
    assert_slice(back.file, row.file);
    assert_slice(back.model, row.model);
    cr_assert(back.label == row.label && back.model_label == row.model_label &&
              back.kind == row.kind && back.seed == row.seed && back.line == row.line);
    cr_assert_arr_eq(back.p, row.p, sizeof row.p);
    ef_buffer_release(&out);
}

Test(label_row, comes_back_as_it_was)
{
    static const char *const texts[] = { "plain",
                                         "",
                                         "two\n\nparts, \"quoted\"",
                                         "\"",
                                         "\"\"\"",
                                         "\r\n",
                                         "ends in a quote\"",
                                         "=SUM(A1)",
                                         "'=SUM(A1)",
                                         "''=x",
                                         "'tis nice",
                                         "-1",
                                         "- a list",
                                         "@home",
                                         "\xc3\xa9t\xc3\xa9, \"\n\"" };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        assert_round_trip(texts[i]);
}

Test(label_row, that_is_cut_at_any_byte_is_known)
{
    ef_label_row row = sample("a \"quoted\"\nline, and more"), back;
    for (size_t cut = 0;; cut++) {
        ef_buffer out = { 0 };
        ef_label_row_write(&out, &row);
        bool is_over = cut >= out.size;
        bool is_whole = cut + 1 >= out.size; /* the line end alone may be missing */
        size_t size = is_over ? out.size : cut;
        cr_assert_eq(ef_label_row_end((ef_slice){ out.data, size }) > 0, is_over);
        cr_assert_eq(ef_label_row_read(&back, out.data, size), is_whole, "%zu", cut);
        ef_buffer_release(&out);
        if (is_over)
            break;
    }
}

Test(label_row, of_another_shape_is_refused)
{
    static const char *const rows[] = {
        "",
        "a,b,c",
        "\"open",
        "i,t,happy,neutral,0,0,1,random,0,d,f,1,none",
        "i,t,negative,neutral,0,0,2,random,0,d,f,1,none",
        "i,t,negative,neutral,0,0,1,guess,0,d,f,1,none",
        "i,t,negative,neutral,0,0,1,random,-1,d,f,1,none",
        "i,t,negative,neutral,0,0,1,random,0,d,f,1,0123",
        "i,t,negative,neutral,0,0,1,random,0,d,f,1,none,more",
        "i,t\"t,negative,neutral,0,0,1,random,0,d,f,1,none",
        "i,\"t\"t,negative,neutral,0,0,1,random,0,d,f,1,none",
        "i,t,negative,neutral,0,0,1,random,99999999999999999999,d,f,1,none",
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char copy[128];
        ef_label_row row;
        snprintf(copy, sizeof copy, "%s", rows[i]);
        cr_assert_not(ef_label_row_read(&row, (uint8_t *)copy, strlen(copy)), "%s",
                      rows[i]);
    }
}

/* A spreadsheet writes 0.5 for 0.5000, and CRLF. */
Test(label_row, that_a_spreadsheet_wrote_is_read)
{
    char text[] = "i,t,,neutral,0.5,0.25,.2500,random,0,d,f,1,none\r\n";
    char good[] = "i,t,,neutral,0.5,0.25,0.25,random,0,d,f,1,none\r\n";
    ef_label_row row;
    cr_assert_not(ef_label_row_read(&row, (uint8_t *)text, strlen(text)));
    cr_assert(ef_label_row_read(&row, (uint8_t *)good, strlen(good)));
    cr_assert(row.p[0] == 5000 && row.p[1] == 2500 && row.label == EF_LABEL_NONE);
}
