/* SPDX-License-Identifier: MIT
 * tests/report/test_writer_json.c - objects with the score as one more member. */
#include "written.h"

#define SCORE "\"sentiment\":{" WRITTEN_MEMBERS "}}"

static void expect_raw(const char *raw, const char *expected)
{
    written w;
    written_init(&w, "ndjson", "ndjson", WRITTEN_COLUMNS("text"));
    cr_assert_eq(written_open(&w), EF_OK);
    written_add(&w, raw, "x", WRITTEN_COLUMNS("x"));
    written_expect(&w, expected);
}

Test(writer_json, adds_the_score_to_the_bytes_of_an_object)
{
    expect_raw("{\"n\": 1.50, \"text\":\"\\u00e9\"}",
               "{\"n\": 1.50, \"text\":\"\\u00e9\"," SCORE "\n");
    expect_raw("{}", "{" SCORE "\n");
    expect_raw(" { \"a\" : [ ] } ", "{ \"a\" : [ ]," SCORE "\n");
}

Test(writer_json, makes_one_line_of_an_indented_object)
{
    expect_raw("{\n  \"a\": 1,\r\n  \"b\": {\n    \"c\": 2\n  }\n}",
               "{\"a\": 1,\"b\": {\"c\": 2}," SCORE "\n");
}

Test(writer_json, makes_objects_of_columns)
{
    written w;
    written_init(&w, "ndjson", "csv", WRITTEN_COLUMNS("id", "te\"xt", "b"));
    cr_assert_eq(written_open(&w), EF_OK);
    written_add(&w, "1,x", "x", WRITTEN_COLUMNS("1", "x\n\x1b\xff"));
    written_add(&w, "1,2,3,4", "x", WRITTEN_COLUMNS("1", "2", "3", "4"));
    written_expect(
        &w, "{\"id\":\"1\",\"te\\\"xt\":\"x\\n\\u001b\xEF\xBF\xBD\",\"b\":\"\"," SCORE
            "\n{\"id\":\"1\",\"te\\\"xt\":\"2\",\"b\":\"3\",\"4\":\"4\"," SCORE "\n");
}

Test(writer_json, writes_null_and_unknown)
{
    written w;
    written_init(&w, "ndjson", "ndjson", WRITTEN_COLUMNS("text"));
    w.score = (ef_score){ .language = EF_LANGUAGE_UNKNOWN, .needs_review = true };
    cr_assert_eq(written_open(&w), EF_OK);
    written_add(&w, "{}", "qzx", NULL);
    const char *line = ef_buffer_text(&w.out);
    cr_assert_not_null(strstr(line, "{\"label\":null,\"score\":null,\"p_negative\":null,"));
    cr_assert_not_null(
        strstr(line, "\"emotion\":\"none\",\"emotion_p\":0.0000,\"signals\":[],"));
    cr_assert_not_null(strstr(line, ",\"language\":\"unknown\",\"needs_review\":true}}\n"));
    ef_buffer_release(&w.out);
}

Test(writer_json, refuses_a_column_named_like_the_score)
{
    written w;
    written_init(&w, "ndjson", "ndjson", WRITTEN_COLUMNS("text", "sentiment.label"));
    cr_assert_eq(written_open(&w), EF_ERR_ARGUMENT);
    cr_assert_not_null(strstr(w.error.message, "--as NAME"));
    w.options.name = "mood";
    cr_assert_eq(written_open(&w), EF_OK);
    w.options.name = NULL;
    w.options.only_scores = true;
    cr_assert_eq(written_open(&w), EF_OK);
    written_init(&w, "ndjson", "ndjson", WRITTEN_COLUMNS("text", "sentiments"));
    cr_assert_eq(written_open(&w), EF_OK);
}

Test(writer_json, gives_only_scores_by_id_or_by_line)
{
    written w;
    written_init(&w, "ndjson", "ndjson", WRITTEN_COLUMNS("text"));
    w.options.only_scores = true;
    w.options.name = "a \"mood\"";
    cr_assert_eq(written_open(&w), EF_OK);
    written_add(&w, "{\"text\":\"x\"}", "x", WRITTEN_COLUMNS("x"));
    written_expect(&w, "{\"line\":1,\"a \\\"mood\\\"\":{" WRITTEN_MEMBERS "}}\n");
    w.input.has_id = true;
    w.record.id = ef_slice_of("r7");
    cr_assert_eq(written_open(&w), EF_OK);
    written_add(&w, "{\"text\":\"x\"}", "x", WRITTEN_COLUMNS("x"));
    written_expect(&w, "{\"id\":\"r7\",\"a \\\"mood\\\"\":{" WRITTEN_MEMBERS "}}\n");
}

Test(writer_json, document_names_what_the_scores_were_made_with)
{
    written w;
    written_init(&w, "json", "ndjson", WRITTEN_COLUMNS("text"));
    cr_assert_eq(written_open(&w), EF_OK);
    w.writer->begin(&w.out, &w.writing);
    written_add(&w, "{\"text\":\"x\"}", "x", WRITTEN_COLUMNS("x"));
    ef_buffer_append_text(&w.out, w.writer->separator);
    written_add(&w, "{}", "x", NULL);
    w.writer->end(&w.out, &w.writing);
    written_expect(&w,
                   "{\"schema\":1,\"engine\":\"9.9.9\",\"model\":\"00000000000000bb\","
                   "\"lexicon\":\"00000000000000aa\",\"records\":[\n{\"text\":\"x\"," SCORE
                   ",\n{" SCORE "\n]}\n");
}

Test(writer_json, gives_the_ten_strongest_reasons)
{
    written w;
    written_init(&w, "ndjson", "ndjson", WRITTEN_COLUMNS("text"));
    w.options.reasons = true;
    for (uint32_t i = 0; i < 12; i++)
        w.reasons[i] =
            (ef_reason){ .begin = i,
                         .end = i + 1,
                         .base = -5,
                         .weight = i % 2 ? -(int32_t)i : (int32_t)i,
                         .rule = i == 11 ? "negation" : "",
                         .kind = i == 11 ? EF_REASON_SIGNAL : EF_REASON_CLASSIFIER,
                         .name = i == 11 ? "churn" : "" };
    w.explanation.reasons = w.reasons;
    w.explanation.reason_count = 12;
    cr_assert_eq(written_open(&w), EF_OK);
    written_add(&w, "{}", "abcdefghijkl", NULL);
    const char *line = ef_buffer_text(&w.out);
    cr_assert_not_null(strstr(line,
                              "\"reasons\":[{\"kind\":\"signal\",\"begin\":11,\"end\":12,"
                              "\"text\":\"l\",\"base\":-5,\"weight\":-11,\"rule\":"
                              "\"negation\",\"name\":\"churn\"},{\"kind\":\"classifier\","
                              "\"begin\":10,"));
    cr_assert_null(strstr(line, "\"begin\":1,"));
    cr_assert_not_null(strstr(line, "\"weight\":2,\"rule\":null}]}}\n"));
    ef_buffer_release(&w.out);
}
