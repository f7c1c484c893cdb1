/* SPDX-License-Identifier: MIT
 * test_columns.c - columns by name, by number, by guess; rows as records. */
#include <criterion/criterion.h>

#include <stdio.h>

#include "input/column_names.h"
#include "input/columns.h"
#include "rows.h"

static const char *text_of(const char *table, const char *option)
{
    static char value[EF_ERROR_MESSAGE_SIZE];
    ef_reader_options options = { .text = option };
    rows it;
    rows_all(&it, &ef_format_csv, table, &options);
    snprintf(value, sizeof value, "%s",
             it.status == EF_OK ? rows_decision(&it, "text") : it.error.message);
    rows_release(&it);
    return value;
}

Test(columns, compares_names_without_case_blanks_and_dashes)
{
    cr_assert(ef_column_name_equal(ef_slice_of("Review Text"), ef_slice_of("reviewText")));
    cr_assert(
        ef_column_name_equal(ef_slice_of("review_text"), ef_slice_of("REVIEW-TEXT ")));
    cr_assert_not(ef_column_name_equal(ef_slice_of("text"), ef_slice_of("texts")));
    cr_assert_not(
        ef_column_name_equal(ef_slice_of("author.type"), ef_slice_of("authortype")));
    cr_assert(ef_column_name_known(ef_slice_of("star rating")));
    cr_assert_not(ef_column_name_known(ef_slice_of("colour")));
}

Test(columns, counts_the_edits_between_names)
{
    cr_assert_eq(ef_column_name_distance(ef_slice_of("text"), ef_slice_of("TEXT")), 0);
    cr_assert_eq(ef_column_name_distance(ef_slice_of("txet"), ef_slice_of("text")), 2);
    cr_assert_eq(ef_column_name_distance(ef_slice_of("bodi"), ef_slice_of("body")), 1);
    cr_assert_eq(ef_column_name_distance(ef_slice_of(""), ef_slice_of("ab")), 2);
}

Test(columns, takes_names_and_numbers_of_the_user)
{
    static const char table[] = "id,Review Body,\"Good, or bad?\",2\n1,a,b,c\n";
    cr_assert_str_eq(text_of(table, "review_body"), "Review Body");
    cr_assert_str_eq(text_of(table, "3,1"), "Good, or bad?, id");
    cr_assert_str_eq(text_of(table, "Good, or bad?,reviewbody"),
                     "Good, or bad?, Review Body");
    cr_assert_str_eq(text_of(table, "2"), "2"); /* a name goes before a number */
}

Test(columns, names_the_nearest_column_when_one_is_missing)
{
    static const char table[] = "id,rating,text\n1,2,a\n";
    cr_assert_str_eq(text_of(table, "txet"),
                     "no column 'txet' in 'in' (--text), did you mean "
                     "'text'?; columns: id, rating, text");
    cr_assert_str_eq(text_of(table, "zzzzzzzzz"),
                     "no column 'zzzzzzzzz' in 'in' (--text); columns: id, rating, text");
    cr_assert_str_eq(text_of(table, "9"),
                     "no column '9' in 'in' (--text); columns: id, rating, text");
}

Test(columns, does_not_obey_control_characters_in_names)
{
    const char *message = text_of("id,a\x1b[2Jb,text\n1,x,y\n", "nowhere at all");
    cr_assert_null(strchr(message, 0x1b));
    cr_assert_not_null(strstr(message, "a?[2Jb"));
}

Test(columns, says_which_columns_there_are_when_none_is_text)
{
    cr_assert_str_eq(
        text_of("x,y\n1,2\n3,4\n", NULL),
        "no column of 'in' looks like text: choose with --text; columns: x, y");
}

Test(columns, guesses_the_longest_text_but_no_answer_of_the_shop)
{
    cr_assert_str_eq(text_of("a,b,reply,link\n1,short one,a long answer of the shop,"
                             "https://example.org/a/very/long/link\n",
                             NULL),
                     "b");
}

Test(columns, uses_no_column_for_an_empty_option)
{
    ef_reader_options options = { .rating = "", .time = "" };
    rows it;
    rows_all(&it, &ef_format_csv, "text,rating,date\na,4,2024-01-01\n", &options);
    cr_assert_eq(it.layout.columns.rating, EF_NO_COLUMN);
    cr_assert_eq(it.layout.columns.time, EF_NO_COLUMN);
    rows_release(&it);
}

Test(columns, finds_the_tail_of_a_path)
{
    rows it;
    rows_all(&it, &ef_format_csv,
             "data.attributes.title,data.attributes.body,data.attributes.rating\nt,b,3\n",
             NULL);
    cr_assert_str_eq(rows_decision(&it, "text"),
                     "data.attributes.title, data.attributes.body");
    cr_assert_str_eq(rows_decision(&it, "rating"), "data.attributes.rating");
    rows_release(&it);
}

Test(columns, counts_empty_texts_and_bad_values)
{
    rows it;
    rows_all(&it, &ef_format_csv,
             "text,rating,date\na,4,2024-01-01\n ,5,never\nb,Like,2024-01-02\nc,9,\nd,,\n"
             "e,1,2024-01-02\nf,3,2024-01-02\n",
             &(ef_reader_options){ .rating_scale = "1-5" });
    cr_assert_eq(it.cursor.counts.records, 7);
    cr_assert_eq(it.cursor.counts.empty, 1);
    cr_assert_eq(it.cursor.counts.bad_ratings, 2);
    cr_assert_eq(it.cursor.counts.bad_times, 1);
    rows_release(&it);
}

Test(columns, joins_filled_columns_only)
{
    rows it;
    rows_all(&it, &ef_format_csv, "title,text\nt,a\n,b\nt,\n,\n", NULL);
    cr_assert_str_eq(ef_buffer_text(&it.text),
                     "2@11: [t|a] text=t\n\na\n3@15: [|b] text=b\n"
                     "4@18: [t|] text=t\n5@21: [|]\n");
    rows_release(&it);
}

Test(columns, reads_roles)
{
    static const char table[] =
        "sender_type,text\nVisitor,a\nAgent,b\nBot,c\nsystem,d\nx,e\n";
    static const ef_role roles[] = { EF_ROLE_CUSTOMER, EF_ROLE_STAFF, EF_ROLE_BOT,
                                     EF_ROLE_SYSTEM, EF_ROLE_UNKNOWN };
    rows it;
    rows_open(&it, &ef_format_csv, ef_slice_of(table), NULL);
    ef_block block = { .line = 1, .layout = &it.layout };
    ef_buffer_append_text(&block.bytes, table);
    ef_cursor_start(&it.cursor, &block, ef_kernels_select(NULL), NULL, NULL);
    ef_record record;
    for (size_t i = 0; i < 5; i++) {
        cr_assert_eq(ef_cursor_next(&it.cursor, &record, NULL), EF_OK);
        cr_assert_eq(record.role, roles[i]);
    }
    ef_buffer_release(&block.bytes);
    rows_release(&it);
}

Test(columns, keeps_decisions_in_order)
{
    ef_layout layout = { .decision_count = 0 };
    char what[32];
    for (int i = 0; i < 40; i++) {
        snprintf(what, sizeof what, "thing %d", i);
        cr_assert_eq(ef_layout_decide(&layout, what, "v", "w", "f", NULL), EF_OK);
    }
    cr_assert_eq(layout.decision_count, 40);
    cr_assert_str_eq(layout.decisions[0].what, "thing 0");
    cr_assert_str_eq(layout.decisions[39].what, "thing 39");
    ef_arena_release(&layout.arena);
}
