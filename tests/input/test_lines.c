/* SPDX-License-Identifier: MIT
 * test_lines.c - one record a line. */
#include <criterion/criterion.h>

#include "rows.h"

Test(lines, gives_every_line_that_is_not_empty)
{
    rows it;
    rows_all(&it, &ef_format_lines, "one, two\r\n\nthree \"x\"\nlast", NULL);
    cr_assert_str_eq(ef_buffer_text(&it.text),
                     "1@0: text=one, two\n3@11: text=three \"x\"\n4@21: text=last\n");
    rows_release(&it);
}

Test(lines, gives_the_same_records_wherever_blocks_are_cut)
{
    ef_slice bytes = ef_slice_of("one\n\ntwo\r\nthree");
    rows whole;
    rows_all(&whole, &ef_format_lines, "one\n\ntwo\r\nthree", NULL);
    for (size_t first = 0; first <= bytes.size; first++) {
        rows part;
        rows_open(&part, &ef_format_lines, bytes, NULL);
        rows_read(&part, bytes, first, 1);
        cr_assert_str_eq(ef_buffer_text(&part.text), ef_buffer_text(&whole.text));
        rows_release(&part);
    }
    rows_release(&whole);
}

Test(lines, cuts_a_long_line_and_says_so)
{
    rows it;
    rows_all(&it, &ef_format_lines, "abcdefgh\nx\n",
             &(ef_reader_options){ .max_record = 4 });
    cr_assert_str_eq(ef_buffer_text(&it.text), "1@0: text=abcd\n2@9: text=x\n");
    cr_assert_eq(it.cursor.counts.cut, 1);
    rows_release(&it);
}

Test(lines, takes_text_for_text_and_nothing_else)
{
    ef_arena arena = { NULL };
    const char *why;
    cr_assert_gt(
        ef_format_lines.sniff(&ef_format_lines, ef_slice_of("a line\nof text\n"), true, &arena, &why), 0);
    cr_assert_gt(
        ef_format_lines.sniff(&ef_format_lines, ef_slice_of("[12:34] <mara> hello\n"), true, &arena, &why),
        0);
    cr_assert_eq(ef_format_lines.sniff(&ef_format_lines, ef_slice_of("[{\"a\":1}]\n"), true, &arena, &why),
                 0);
    cr_assert_eq(ef_format_lines.sniff(&ef_format_lines, ef_slice_of("{\"a\":1}\n"), true, &arena, &why), 0);
    cr_assert_gt(
        ef_format_lines.sniff(&ef_format_lines, ef_slice_of("[12:34] <mara> \x02hello\x02 all of you\n"),
                              true, &arena, &why),
        0);
    cr_assert_eq(ef_format_lines.sniff(&ef_format_lines, ef_slice_of(""), true, &arena, &why), 0);
    ef_arena_release(&arena);
}

Test(lines, skips_the_rest_of_a_long_line)
{
    uint64_t state = 0;
    const uint8_t *p = (const uint8_t *)"rest\nnext";
    cr_assert_eq(ef_format_lines.skip(NULL, p, 9, &state), 5);
    cr_assert_eq(ef_format_lines.skip(NULL, p, 4, &state), 0);
}
