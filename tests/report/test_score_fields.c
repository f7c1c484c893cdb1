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
    ef_score_members(&members, ef_score_fields_of("blend"), &score);
    ef_score_cells(&cells, ef_score_fields_of("blend"), &score, '\t');
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
static void expect_cell_for_every_name(const char *scorer)
{
    const ef_score_fields *fields = ef_score_fields_of(scorer);
    ef_buffer cells = { 0 };
    ef_score score = { 0 };
    size_t names = 0, delimiters = 0;
    while (ef_score_field_name(fields, names) != NULL)
        names++;
    ef_score_cells(&cells, fields, &score, ',');
    for (size_t i = 0; i < cells.size; i++)
        delimiters += cells.data[i] == ',';
    cr_assert_eq(delimiters, names - 1);
    ef_buffer_release(&cells);
}

Test(score_fields, there_is_a_cell_for_every_name)
{
    expect_cell_for_every_name("blend");
    expect_cell_for_every_name("vader");
}

/* What the reference gives for an empty text are zeros; only a label there is none. */
Test(score_fields, reference_mode_has_the_names_of_the_reference)
{
    ef_buffer members = { 0 };
    ef_score score = { .label = EF_LABEL_NEGATIVE, .score = -5423, .p_negative = 1250 };
    ef_score_members(&members, ef_score_fields_of("vader"), &score);
    cr_assert_str_eq(ef_buffer_text(&members),
                     "\"neg\":0.1250,\"neu\":0.0000,\"pos\":0.0000,\"compound\":-0.5423,"
                     "\"label\":\"negative\",\"score\":-0.5423");
    ef_buffer_reset(&members);
    ef_score_members(&members, ef_score_fields_of("vader"), &(ef_score){ 0 });
    cr_assert_str_eq(ef_buffer_text(&members),
                     "\"neg\":0.0000,\"neu\":0.0000,\"pos\":0.0000,\"compound\":0.0000,"
                     "\"label\":null,\"score\":null");
    ef_buffer_release(&members);
}
