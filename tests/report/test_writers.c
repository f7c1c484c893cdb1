/* SPDX-License-Identifier: MIT
 * tests/report/test_writers.c - what every writer of the table promises. */
#include "written.h"

Test(writers, every_writer_is_found_by_its_name)
{
    for (size_t i = 0; ef_format_writer_at(i) != NULL; i++) {
        cr_assert_eq(ef_format_writer_named(ef_format_writer_at(i)->name),
                     ef_format_writer_at(i));
        cr_assert(strlen(ef_format_writer_at(i)->summary) > 0);
    }
    cr_assert_null(ef_format_writer_named("html5"));
}

Test(writers, unknown_format_is_refused)
{
    written w;
    written_init(&w, "yaml", "csv", WRITTEN_COLUMNS("text"));
    cr_assert_eq(written_open(&w), EF_ERR_ARGUMENT);
}

/* A newline in a text must not forge a record: of every writer but CSV, whose quotes hold
 * line ends, lines out are records in. */
Test(writers, a_record_is_a_line)
{
    for (size_t i = 0; ef_format_writer_at(i) != NULL; i++) {
        const char *name = ef_format_writer_at(i)->name;
        if (strcmp(name, "csv") == 0)
            continue;
        written w;
        written_init(&w, name, "xml", WRITTEN_COLUMNS("text", "more"));
        cr_assert_eq(written_open(&w), EF_OK);
        written_add(&w, "a\r\nb", "a\r\nb", WRITTEN_COLUMNS("a\r\nb", "\n"));
        ef_slice bytes = ef_buffer_slice(&w.out);
        for (size_t k = 0; k < bytes.size; k++)
            cr_assert(bytes.data[k] >= 0x20 || bytes.data[k] == '\t' ||
                          (bytes.data[k] == '\n' && k + 1 == bytes.size),
                      "%s, byte %zu", name, k);
        ef_buffer_release(&w.out);
    }
}

Test(writers, input_without_columns_has_its_text)
{
    written w;
    written_init(&w, "csv", "lines", NULL);
    cr_assert_eq(written_open(&w), EF_OK);
    w.writer->begin(&w.out, &w.writing);
    written_add(&w, "so, so", "so, so", NULL);
    written_expect(&w, "text," WRITTEN_NAMES "\"so, so\"," WRITTEN_CELLS "\n");
    written_init(&w, "ndjson", "lines", NULL);
    cr_assert_eq(written_open(&w), EF_OK);
    written_add(&w, "so, so", "so, so", NULL);
    written_expect(&w, "{\"text\":\"so, so\",\"sentiment\":{" WRITTEN_MEMBERS "}}\n");
}

Test(writers, empty_records_are_written)
{
    for (size_t i = 0; ef_format_writer_at(i) != NULL; i++) {
        written w;
        written_init(&w, ef_format_writer_at(i)->name, "csv", NULL);
        cr_assert_eq(written_open(&w), EF_OK);
        w.writer->begin(&w.out, &w.writing);
        w.record.raw = (ef_slice){ NULL, 0 };
        w.writer->record(&w.out, &w.writing, &w.record, &w.score, NULL);
        w.writer->end(&w.out, &w.writing);
        cr_assert_gt(w.out.size, 0);
        ef_buffer_release(&w.out);
    }
}
