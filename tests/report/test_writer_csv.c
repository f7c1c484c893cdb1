/* SPDX-License-Identifier: MIT
 * tests/report/test_writer_csv.c - rows of the input with our cells behind them. */
#include "written.h"

Test(writer_csv, keeps_the_bytes_of_a_row)
{
    written w;
    written_init(&w, "csv", "csv", WRITTEN_COLUMNS("id", "text"));
    cr_assert_eq(written_open(&w), EF_OK);
    w.writer->begin(&w.out, &w.writing);
    written_add(&w, "\"7\",\"so \"\"good\"\"\"", "so \"good\"",
                WRITTEN_COLUMNS("7", "so \"good\""));
    w.writer->end(&w.out, &w.writing);
    written_expect(&w, "id,text," WRITTEN_NAMES "\"7\",\"so \"\"good\"\"\"," WRITTEN_CELLS
                       "\n");
}

Test(writer_csv, keeps_delimiter_of_the_input)
{
    written w;
    written_init(&w, "csv", "csv", WRITTEN_COLUMNS("a", "b;c"));
    w.input.delimiter = ';';
    w.score.signals = EF_SIGNAL_CHURN | EF_SIGNAL_LEGAL;
    cr_assert_eq(written_open(&w), EF_OK);
    w.writer->begin(&w.out, &w.writing);
    written_add(&w, "1,5;x", "x", WRITTEN_COLUMNS("1,5", "x"));
    cr_assert_not_null(strstr(ef_buffer_text(&w.out), "a;\"b;c\";sentiment.label;"));
    cr_assert_not_null(strstr(ef_buffer_text(&w.out), "\n1,5;x;positive;0.8125;"));
    cr_assert_not_null(strstr(ef_buffer_text(&w.out), ";churn legal;"));
    ef_buffer_release(&w.out);
}

Test(writer_csv, fills_up_short_rows_and_puts_surplus_cells_last)
{
    written w;
    written_init(&w, "csv", "csv", WRITTEN_COLUMNS("a", "b", "c"));
    cr_assert_eq(written_open(&w), EF_OK);
    written_add(&w, "1", "", WRITTEN_COLUMNS("1"));
    written_add(&w, "1,2,3,\"4,\"", "", WRITTEN_COLUMNS("1", "2", "3", "4,"));
    written_expect(&w, "1,,," WRITTEN_CELLS "\n1,2,3," WRITTEN_CELLS ",\"4,\"\n");
}

Test(writer_csv, fills_up_rows_whose_reader_has_filled_up_the_cells)
{
    written w;
    written_init(&w, "csv", "csv", WRITTEN_COLUMNS("a", "b", "c"));
    cr_assert_eq(written_open(&w), EF_OK);
    const ef_slice cells[] = { ef_slice_of("1"), ef_slice_of(""), { NULL, 0 } };
    const ef_record record = { .raw = ef_slice_of("1,"),
                               .fields = cells,
                               .field_count = 3 };
    w.writer->record(&w.out, &w.writing, &record, &w.score, NULL);
    written_expect(&w, "1,,," WRITTEN_CELLS "\n");
}

Test(writer_csv, makes_cells_of_json_records_and_defuses_them)
{
    written w;
    written_init(&w, "csv", "ndjson", WRITTEN_COLUMNS("id", "text"));
    cr_assert_eq(written_open(&w), EF_OK);
    written_add(&w, "{\"id\":1}", "@shop, hi", WRITTEN_COLUMNS("-1", "@shop, hi"));
    written_expect(&w, "-1,\"'@shop, hi\"," WRITTEN_CELLS "\n");
}

Test(writer_csv, passes_the_users_own_formulas_unless_told)
{
    written w;
    written_init(&w, "csv", "csv", WRITTEN_COLUMNS("text"));
    cr_assert_eq(written_open(&w), EF_OK);
    written_add(&w, "@shop hi", "@shop hi", WRITTEN_COLUMNS("@shop hi"));
    written_expect(&w, "@shop hi," WRITTEN_CELLS "\n");
    written_init(&w, "csv", "csv", WRITTEN_COLUMNS("text"));
    w.options.cells = EF_CELLS_SAFE;
    cr_assert_eq(written_open(&w), EF_OK);
    written_add(&w, "@shop hi", "@shop hi", WRITTEN_COLUMNS("@shop hi"));
    written_expect(&w, "'@shop hi," WRITTEN_CELLS "\n");
    written_init(&w, "csv", "ndjson", WRITTEN_COLUMNS("text"));
    w.options.cells = EF_CELLS_RAW;
    cr_assert_eq(written_open(&w), EF_OK);
    written_add(&w, "{}", "@shop hi", WRITTEN_COLUMNS("@shop hi"));
    written_expect(&w, "@shop hi," WRITTEN_CELLS "\n");
}

Test(writer_csv, writes_null_as_an_empty_cell)
{
    written w;
    written_init(&w, "csv", "csv", WRITTEN_COLUMNS("text"));
    w.score = (ef_score){ .language = EF_LANGUAGE_UNKNOWN, .needs_review = true };
    cr_assert_eq(written_open(&w), EF_OK);
    written_add(&w, "qzx", "qzx", WRITTEN_COLUMNS("qzx"));
    written_expect(&w, "qzx,,,,,,,false,0,,,none,0.0000,,0.0000,unknown,true\n");
}

Test(writer_csv, gives_only_scores_by_id_or_by_line)
{
    written w;
    written_init(&w, "csv", "csv", WRITTEN_COLUMNS("id", "text"));
    w.options.only_scores = true;
    cr_assert_eq(written_open(&w), EF_OK);
    w.writer->begin(&w.out, &w.writing);
    w.record.line = 41;
    written_add(&w, "x,y", "y", WRITTEN_COLUMNS("x", "y"));
    written_expect(&w, "line," WRITTEN_NAMES "42," WRITTEN_CELLS "\n");
    w.input.has_id = true;
    w.record.id = ef_slice_of("a,1");
    cr_assert_eq(written_open(&w), EF_OK);
    written_add(&w, "x,y", "y", WRITTEN_COLUMNS("x", "y"));
    written_expect(&w, "\"a,1\"," WRITTEN_CELLS "\n");
}

Test(writer_csv, writes_reasons_as_one_cell)
{
    written w;
    written_init(&w, "csv", "csv", WRITTEN_COLUMNS("text"));
    w.options.reasons = true;
    w.reasons[0] =
        (ef_reason){ .begin = 0, .end = 4, .base = 190, .weight = 190, .rule = "" };
    w.explanation.reasons = w.reasons;
    w.explanation.reason_count = 1;
    cr_assert_eq(written_open(&w), EF_OK);
    written_add(&w, "good", "good", WRITTEN_COLUMNS("good"));
    written_expect(&w, "good," WRITTEN_CELLS
                       ",\"[{\"\"kind\"\":\"\"lexicon\"\",\"\"begin\"\":0,"
                       "\"\"end\"\":4,\"\"text\"\":\"\"good\"\",\"\"base\"\":190,"
                       "\"\"weight\"\":190,\"\"rule\"\":null}]\"\n");
}

Test(writer_csv, tsv_is_one_line_a_record)
{
    written w;
    written_init(&w, "tsv", "ndjson", WRITTEN_COLUMNS("text"));
    cr_assert_eq(written_open(&w), EF_OK);
    written_add(&w, "{}", "a\tb\nc", WRITTEN_COLUMNS("a\tb\nc"));
    cr_assert_eq(strncmp(ef_buffer_text(&w.out), "a\\tb\\nc\tpositive\t0.8125\t", 24), 0);
    cr_assert_not_null(strstr(ef_buffer_text(&w.out), "\tadvocate;thanks\t"));
    ef_buffer_release(&w.out);
    written_init(&w, "tsv", "tsv", WRITTEN_COLUMNS("text"));
    cr_assert_eq(written_open(&w), EF_OK);
    written_add(&w, "say \"hi", "say \"hi", WRITTEN_COLUMNS("say \"hi"));
    cr_assert_eq(strncmp(ef_buffer_text(&w.out), "say \"hi\tpositive\t", 17), 0);
    ef_buffer_release(&w.out);
}

Test(writer_csv, refuses_other_columns_in_a_later_input)
{
    written w;
    ef_writing next;
    written_init(&w, "csv", "csv", WRITTEN_COLUMNS("a", "b"));
    cr_assert_eq(written_open(&w), EF_OK);
    ef_slice others[2] = { ef_slice_of("a"), ef_slice_of("c") };
    ef_written_input other = { .format = "csv",
                               .delimiter = ',',
                               .quotes = true,
                               .columns = others,
                               .column_count = 2 };
    cr_assert_eq(ef_writing_follow(&next, &w.writing, w.writer, &other, "b.csv", &w.error),
                 EF_ERR_ARGUMENT);
    cr_assert_not_null(strstr(w.error.message, "--to ndjson"));
    others[1] = ef_slice_of("b");
    other.delimiter = ';';
    cr_assert_eq(ef_writing_follow(&next, &w.writing, w.writer, &other, "b.csv", &w.error),
                 EF_OK);
    cr_assert_not(next.passes_raw);
    cr_assert_eq(next.delimiter, ',');
}
