/* SPDX-License-Identifier: MIT
 * tests/report/test_score_fields.c - every score fits, and reads the same everywhere. */
#include "written.h"

#include "report/score_fields.h"

Test(score_fields, extreme_values_are_written_whole)
{
    ef_buffer members = { 0 }, cells = { 0 };
    ef_score score = { .label = EF_LABEL_NEGATIVE,
                       .language = EF_LANGUAGE_UNKNOWN,
                       .score = INT32_MIN,
                       .p_negative = INT32_MAX,
                       .sentences = UINT32_MAX,
                       .emotion = EF_EMOTION_SURPRISE,
                       .signals = UINT32_MAX };
    ef_score_members(&members, &score);
    ef_score_cells(&cells, &score, '\t');
    cr_assert_not_null(strstr(ef_buffer_text(&members), "\"score\":-214748.3648,"));
    cr_assert_not_null(strstr(ef_buffer_text(&members), "\"p_negative\":214748.3647,"));
    cr_assert_not_null(strstr(ef_buffer_text(&members), "\"sentences\":4294967295,"));
    cr_assert_not_null(strstr(ef_buffer_text(&members),
                              "\"signals\":[\"churn\",\"escalation\",\"effort\",\"refund\","
                              "\"legal\",\"safety\",\"advocate\",\"thanks\",\"sarcasm\"]"));
    cr_assert_not_null(
        strstr(ef_buffer_text(&cells), "\tsurprise\t0.0000\tchurn;escalation;"));
    ef_buffer_release(&members);
    ef_buffer_release(&cells);
}

/* Cells and members are two views of one list. */
Test(score_fields, there_is_a_cell_for_every_name)
{
    ef_buffer cells = { 0 };
    ef_score score = { 0 };
    size_t names = 0, delimiters = 0;
    while (ef_score_field_name(names) != NULL)
        names++;
    ef_score_cells(&cells, &score, ',');
    for (size_t i = 0; i < cells.size; i++)
        delimiters += cells.data[i] == ',';
    cr_assert_eq(delimiters, names - 1);
    ef_buffer_release(&cells);
}
