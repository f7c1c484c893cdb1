/* SPDX-License-Identifier: MIT
 * tests/pipeline/test_rejects.c - records that could not be read, without loss. */
#include <criterion/criterion.h>

#include "pipeline/rejects.h"

#include <stdio.h>

static void expect(ef_slice raw, const char *end)
{
    ef_buffer out = { 0 };
    char expected[256];
    ef_notice notice = { .kind = EF_NOTICE_REJECT,
                         .reason = "unterminated quote",
                         .path = "a \"b\".csv",
                         .line = 6,
                         .column = 5,
                         .offset = 62,
                         .raw = raw };
    snprintf(expected, sizeof expected,
             "{\"path\":\"a \\\"b\\\".csv\",\"line\":6,\"column\":5,\"offset\":62,"
             "\"reason\":\"unterminated quote\",%s}\n",
             end);
    ef_reject_append(&out, &notice);
    cr_assert_str_eq(ef_buffer_text(&out), expected);
    ef_buffer_release(&out);
}

Test(rejects, text_stands_as_it_was)
{
    expect(ef_slice_of("4;\"d\ne"), "\"raw\":\"4;\\\"d\\ne\"");
    expect((ef_slice){ NULL, 0 }, "\"raw\":\"\"");
}

Test(rejects, bytes_that_are_no_text_are_encoded)
{
    expect(ef_slice_of("\xff"), "\"raw_base64\":\"/w==\"");
    expect(ef_slice_of("\xff\xfe"), "\"raw_base64\":\"//4=\"");
    expect(ef_slice_of("abc\xff"), "\"raw_base64\":\"YWJj/w==\"");
    expect(ef_slice_of("\xff\xfe\xfd"), "\"raw_base64\":\"//79\"");
}
