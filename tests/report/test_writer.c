/* SPDX-License-Identifier: MIT
 * tests/report/test_writer.c - the public writer, as an embedder uses it. */
#include <criterion/criterion.h>

#include "earful/earful.h"

static ef_engine *engine;

static void open_engine(void)
{
    ef_error error = { 0 };
    cr_assert_eq(ef_engine_new(&engine, NULL, &error), EF_OK, "%s", error.message);
}

static void close_engine(void)
{
    ef_engine_free(engine);
}

TestSuite(writer, .init = open_engine, .fini = close_engine);

static ef_writer *writer_to(const char *format)
{
    ef_writer *writer;
    ef_writer_options options = { .format = format };
    cr_assert_eq(ef_writer_new(&writer, engine, &options, NULL), EF_OK);
    return writer;
}

static ef_status add(ef_writer *writer, const char *column, const char *text,
                     ef_error *error)
{
    ef_slice columns[1] = { ef_slice_of(column) }, fields[1] = { ef_slice_of(text) };
    ef_record record = { .text = fields[0], .fields = fields, .field_count = 1 };
    ef_score score = { .label = EF_LABEL_NEUTRAL };
    return ef_writer_score(writer, columns, 1, &record, &score, NULL, error);
}

static bool begins(ef_slice bytes, const char *text)
{
    return bytes.size >= strlen(text) && memcmp(bytes.data, text, strlen(text)) == 0;
}

Test(writer, gives_bytes_as_they_come)
{
    ef_writer *writer = writer_to("ndjson");
    cr_assert_eq(add(writer, "text", "fine", NULL), EF_OK);
    cr_assert(
        begins(ef_writer_take(writer), "{\"text\":\"fine\",\"sentiment\":{\"label\":"));
    cr_assert_eq(ef_writer_take(writer).size, 0);
    cr_assert_eq(add(writer, "other", "well", NULL), EF_OK);
    cr_assert(begins(ef_writer_take(writer), "{\"other\":\"well\","));
    cr_assert_eq(ef_writer_finish(writer, NULL), EF_OK);
    cr_assert_eq(ef_writer_take(writer).size, 0);
    ef_writer_free(writer);
}

Test(writer, csv_has_one_header)
{
    ef_error error = { 0 };
    ef_writer *writer = writer_to("csv");
    cr_assert_eq(add(writer, "text", "=1", NULL), EF_OK);
    ef_slice bytes = ef_writer_take(writer);
    cr_assert(begins(bytes, "text,sentiment.label,"));
    cr_assert_not_null(memmem(bytes.data, bytes.size, "\n'=1,neutral,", 13));
    cr_assert_eq(add(writer, "other", "well", &error), EF_ERR_ARGUMENT);
    cr_assert_not_null(strstr(error.message, "--to ndjson"));
    cr_assert_eq(add(writer, "text", "well", NULL), EF_OK);
    cr_assert(begins(ef_writer_take(writer), "well,neutral,"));
    ef_writer_free(writer);
}

Test(writer, separates_the_records_of_a_document)
{
    ef_writer *writer = writer_to("json");
    cr_assert_eq(add(writer, "text", "one", NULL), EF_OK);
    cr_assert(
        begins(ef_writer_take(writer), "{\"schema\":1,\"engine\":\"" EF_VERSION "\","));
    cr_assert_eq(add(writer, "text", "two", NULL), EF_OK);
    cr_assert(begins(ef_writer_take(writer), ",\n{\"text\":\"two\","));
    cr_assert_eq(ef_writer_finish(writer, NULL), EF_OK);
    cr_assert(begins(ef_writer_take(writer), "\n]}\n"));
    ef_writer_free(writer);
}

Test(writer, empty_document_has_its_frame)
{
    ef_writer *writer = writer_to("csv");
    cr_assert_eq(ef_writer_finish(writer, NULL), EF_OK);
    cr_assert(begins(ef_writer_take(writer), "text,sentiment.label,"));
    ef_writer_free(writer);
}

Test(writer, refuses_what_it_cannot_write)
{
    ef_writer *writer;
    ef_error error = { 0 };
    ef_writer_options options = { .format = "yaml" };
    cr_assert_eq(ef_writer_new(&writer, engine, &options, &error), EF_ERR_ARGUMENT);
    cr_assert_null(writer);
    writer = writer_to("ndjson");
    cr_assert_eq(add(writer, "sentiment", "x", &error), EF_ERR_ARGUMENT);
    cr_assert_not_null(strstr(error.message, "--as"));
    ef_writer_free(writer);
    ef_writer_free(NULL);
}
