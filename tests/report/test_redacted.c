/* SPDX-License-Identifier: MIT
 * tests/report/test_redacted.c - records are written without personal data, in any form. */
#include "report/redacted.h"

#include "written.h"

static void expect_json(const char *json, const char *wanted)
{
    ef_redaction redaction = { 0 };
    ef_buffer out = { 0 };
    ef_redacted_json(&redaction, ef_slice_of(json), &out);
    cr_expect_str_eq(ef_buffer_text(&out), wanted);
    ef_buffer_release(&out);
    ef_redaction_release(&redaction);
}

Test(redacted, changes_values_of_json_only_where_it_must)
{
    expect_json("\"a\" : \"x \\u00e9 \\/\", \"b\":[1.50,-2e-3,true,null]",
                "\"a\" : \"x \\u00e9 \\/\", \"b\":[1.50,-2e-3,true,null]");
    expect_json("\"a@b.example\":\"a@b.example\"", "\"a@b.example\":\"[email]\"");
    expect_json("\"a\":{\n  \"b\":[\"@nora_b\"]\r\n}", "\"a\":{\"b\":[\"[handle]\"]}");
}

Test(redacted, undoes_escapes_before_it_looks)
{
    expect_json("\"\\u0061\\u0040b.example\"", "\"[email]\"");
    expect_json("\"say \\\"a@b.example\\\"\\n\\ud83d\\ude00\"",
                "\"say \\\"[email]\\\"\\n\xF0\x9F\x98\x80\"");
    expect_json("\"https:\\/\\/x.example\\/?token=1\"", "\"[url]\"");
}

Test(redacted, makes_a_string_of_a_number_that_is_a_card)
{
    expect_json("4111111111111111,4111111111111112,0.4111111111111111",
                "\"[card]\",4111111111111112,0.4111111111111111");
}

/* What the reader would not have let through must not harm either. */
Test(redacted, ends_where_broken_json_ends)
{
    expect_json("\"open \\", "\"open \\");
    expect_json("\"\\u00", "\"\\u00");
    expect_json("\"", "\"");
}

Test(redacted, no_cell_keeps_what_its_row_had)
{
    written w;
    written_init(&w, "csv", "csv", WRITTEN_COLUMNS("id", "text"));
    w.options.redact = true;
    cr_assert_eq(written_open(&w), EF_OK);
    ef_redaction redaction = { 0 };
    w.writing.redaction = &redaction;
    written_add(&w, "7,a@b.example", "a@b.example",
                WRITTEN_COLUMNS("7", "a@b.example", "call 555-234-5678"));
    const char *text = ef_buffer_text(&w.out);
    cr_expect_not_null(strstr(text, "7,[email],"));
    cr_expect_not_null(strstr(text, ",call [phone]\n"));
    cr_expect_null(strstr(text, "example"));
    ef_buffer_release(&w.out);
    ef_redaction_release(&redaction);
}
