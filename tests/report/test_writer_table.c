/* SPDX-License-Identifier: MIT
 * tests/report/test_writer_table.c - lines for a person at a terminal. */
#include "written.h"

Test(writer_table, first_line_traces_the_numbers)
{
    written w;
    written_init(&w, "table", "csv", WRITTEN_COLUMNS("sentiment"));
    cr_assert_eq(written_open(&w), EF_OK);
    w.writer->begin(&w.out, &w.writing);
    written_expect(&w, "earful 9.9.9  model 00000000000000bb  lexicon 00000000000000aa\n"
                       "label       score  also                  text\n");
}

Test(writer_table, a_record_is_one_line_of_the_terminals_width)
{
    written w;
    written_init(&w, "table", "csv", WRITTEN_COLUMNS("text"));
    w.options.width = 60;
    cr_assert_eq(written_open(&w), EF_OK);
    written_add(&w, "", "great\nshop \x1b[2J and so much more to say", NULL);
    written_expect(
        &w, "positive   0.8125  joy advocate thanks   great shop \\x1b[2J\xE2\x80\xA6\n");
}

Test(writer_table, shows_unknown_language_and_long_flags)
{
    written w;
    written_init(&w, "table", "csv", WRITTEN_COLUMNS("text"));
    w.score = (ef_score){ .language = EF_LANGUAGE_UNKNOWN,
                          .needs_review = true,
                          .signals = 0x1ff };
    w.options.color = true;
    cr_assert_eq(written_open(&w), EF_OK);
    written_add(&w, "", "qzx", NULL);
    written_expect(
        &w, "\x1b[33munknown\x1b[0m            churn escalation ef\xE2\x80\xA6  qzx\n");
}

Test(writer_table, shows_the_shares_of_the_reference_mode)
{
    written w;
    written_init(&w, "table", "csv", WRITTEN_COLUMNS("text"));
    w.engine.scorer = "vader";
    cr_assert_eq(written_open(&w), EF_OK);
    w.writer->begin(&w.out, &w.writing);
    written_add(&w, "", "great", NULL);
    written_expect(&w, "earful 9.9.9  model 00000000000000bb  lexicon 00000000000000aa\n"
                       "label       score  neg    neu    pos     text\n"
                       "positive   0.8125  0.0375 0.1125 0.8500  great\n");
}
