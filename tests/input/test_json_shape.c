/* SPDX-License-Identifier: MIT
 * The columns of JSON records, and records as cells. */
#include "input/json_shape.h"

#include <criterion/criterion.h>

#include "input/json_record.h"

typedef struct table {
    ef_arena arena;
    ef_json_shape shape;
    ef_slice *names;
    ef_json_reader reader;
} table;

static void set_up(table *t, const char *const *records, bool is_deep)
{
    ef_arena scratch = { 0 };
    memset(t, 0, sizeof *t);
    cr_assert(ef_json_shape_init(&t->shape, &scratch, is_deep));
    for (; *records != NULL; records++)
        cr_assert(ef_json_shape_add(&t->shape, &scratch, ef_kernels_select(NULL),
                                    ef_slice_of(*records)));
    cr_assert(ef_json_shape_finish(&t->shape, &t->arena, &t->names));
    ef_arena_release(&scratch);
    cr_assert(ef_json_reader_fit(&t->reader, &t->shape));
}

static void tear_down(table *t)
{
    ef_json_reader_release(&t->reader);
    ef_arena_release(&t->arena);
}

static const char *names_of(table *t)
{
    ef_buffer text = { 0 };
    for (size_t i = 0; i < t->shape.column_count; i++) {
        ef_buffer_append_text(&text, i == 0 ? "" : " ");
        ef_buffer_append_slice(&text, t->names[i]);
    }
    const char *copy = ef_arena_copy(&t->arena, ef_buffer_slice(&text));
    ef_buffer_release(&text);
    return copy;
}

/* The cells of a record, each in brackets. */
static const char *cells_of(table *t, const char *record)
{
    ef_json_pull pull;
    ef_buffer text = { 0 };
    ef_json_pull_init(&pull, ef_kernels_select(NULL), (const uint8_t *)record,
                      strlen(record));
    if (ef_json_read_cells(&t->reader, &t->shape, &t->arena, &pull) != EF_OK)
        return pull.reason;
    for (size_t i = 0; i < t->shape.column_count; i++) {
        ef_buffer_append_byte(&text, '<');
        ef_buffer_append_slice(&text, t->reader.cells[i]);
        ef_buffer_append_byte(&text, '>');
    }
    const char *copy = ef_arena_copy(&t->arena, ef_buffer_slice(&text));
    ef_buffer_release(&text);
    return copy;
}

Test(json_shape, names_the_paths_to_values_in_order_of_appearance)
{
    static const char *const records[] = {
        "{\"id\":1,\"who\":{\"name\":\"a\",\"age\":3},\"tags\":[\"x\"],\"none\":null}",
        "{\"late\":true,\"who\":{\"city\":\"b\"},\"none\":null,\"empty\":{}}", NULL
    };
    table t;
    set_up(&t, records, false);
    cr_assert_str_eq(names_of(&t), "id who.name who.age tags none late who.city empty");
    tear_down(&t);
}

Test(json_shape, a_key_that_is_null_here_and_an_object_there_is_its_children)
{
    static const char *const records[] = { "{\"reply\":null,\"text\":\"a\"}",
                                           "{\"reply\":{\"text\":\"b\"},\"text\":\"c\"}",
                                           NULL };
    table t;
    set_up(&t, records, false);
    cr_assert_str_eq(names_of(&t), "text reply.text");
    cr_assert_str_eq(cells_of(&t, records[0]), "<a><>");
    cr_assert_str_eq(cells_of(&t, records[1]), "<c><b>");
    tear_down(&t);
}

Test(json_shape, reads_values_as_they_are)
{
    static const char *const records[] = {
        "{\"s\":\"x\",\"n\":1,\"b\":true,\"z\":null,\"a\":[1],\"o\":{\"i\":1},\"last\":1}",
        NULL
    };
    table t;
    set_up(&t, records, false);
    cr_assert_str_eq(cells_of(&t,
                              "{\"s\":\"caf\\u00e9 \\\"x\\\"\",\"n\":-1.50e3,\"b\":false,"
                              "\"z\":null,\"a\":[1, {\"b\":\"]\"}],\"o\":{\"i\":[]}}"),
                     "<caf\xc3\xa9 \"x\"><-1.50e3><false><><[1, {\"b\":\"]\"}]><[]><>");
    cr_assert_str_eq(cells_of(&t, "{}"), "<><><><><><><>",
                     "the record before left nothing");
    tear_down(&t);
}

Test(json_shape, finds_keys_in_any_order_and_with_escapes)
{
    static const char *const records[] = { "{\"a\":1,\"b\":2,\"c\":{\"d\":3,\"e\":4}}",
                                           NULL };
    table t;
    set_up(&t, records, false);
    cr_assert_str_eq(cells_of(&t,
                              "{\"c\":{\"e\":\"4\",\"x\":9,\"d\":\"3\"},\"y\":{\"a\":8},"
                              "\"\\u0062\":\"2\",\"a\":\"1\"}"),
                     "<1><2><3><4>");
    tear_down(&t);
}

Test(json_shape, the_last_of_equal_keys_counts)
{
    static const char *const records[] = { "{\"a\":1,\"b\":{\"c\":2,\"d\":3}}", NULL };
    table t;
    set_up(&t, records, false);
    cr_assert_str_eq(
        cells_of(&t, "{\"a\":1,\"a\":2,\"b\":{\"c\":3,\"d\":4},\"b\":{\"d\":5}}"),
        "<2><><5>");
    cr_assert_str_eq(cells_of(&t, "{\"a\":1,\"b\":{\"c\":3},\"a\":null,\"b\":7}"),
                     "<><><>");
    tear_down(&t);
}

Test(json_shape, looks_into_lists_when_deep)
{
    static const char *const records[] = {
        "{\"id\":\"r\",\"comments\":[{\"user\":{\"text\":\"a\",\"stars\":2}},{\"dev\":{"
        "\"text\":"
        "\"thanks\"}}],\"tags\":[\"x\"]}",
        NULL
    };
    table t;
    set_up(&t, records, false);
    cr_assert_str_eq(names_of(&t), "id comments tags");
    cr_assert(ef_json_shape_is_list(&t.shape, 1));
    cr_assert_not(ef_json_shape_is_list(&t.shape, 2));
    tear_down(&t);
    set_up(&t, records, true);
    cr_assert_str_eq(
        names_of(&t),
        "id comments[].user.text comments[].user.stars comments[].dev.text tags");
    cr_assert_str_eq(cells_of(&t, records[0]), "<r><a><2><thanks><[\"x\"]>");
    cr_assert_str_eq(cells_of(&t,
                              "{\"comments\":[5,{\"dev\":{}},{\"user\":{\"text\":\"1\"}},"
                              "{\"user\":{\"text\":\"2\",\"stars\":9}}]}"),
                     "<><1><9><><>", "the first element that has a value counts");
    cr_assert_str_eq(cells_of(&t, "{\"comments\":null}"), "<><><><><>");
    tear_down(&t);
}

Test(json_shape, joins_the_parts_of_a_text)
{
    static const char *const records[] = { "{\"text\":\"a\",\"id\":1}", NULL };
    ef_columns columns = { .text = { 0 }, .text_count = 1 };
    table t;
    set_up(&t, records, false);
    ef_json_shape_mark_text(&t.shape, &columns);
    cr_assert_str_eq(cells_of(&t,
                              "{\"text\":[\"see \",{\"type\":\"link\",\"text\":\"here\"},"
                              "\"\\u0021\",7,[\"no\"],{\"a\":{\"text\":\"no\"}}]}"),
                     "<see here!><>");
    cr_assert_str_eq(cells_of(&t, "{\"text\":[1,2]}"), "<[1,2]><>");
    cr_assert_str_eq(cells_of(&t, "{\"text\":[]}"), "<[]><>");
    cr_assert_str_eq(cells_of(&t, "{\"id\":[\"a\"]}"), "<><[\"a\"]>", "only the text");
    tear_down(&t);
}

Test(json_shape, has_a_limit_for_columns)
{
    ef_buffer text = { 0 };
    table t;
    ef_buffer_append_byte(&text, '{');
    for (int i = 0; i < 3000; i++)
        ef_buffer_printf(&text, "%s\"k%d\":\"%d\"", i == 0 ? "" : ",", i, i);
    ef_buffer_append_byte(&text, '}');
    const char *records[] = { ef_buffer_text(&text), NULL };
    set_up(&t, records, false);
    cr_assert_eq(t.shape.column_count, (size_t)EF_JSON_COLUMNS);
    const char *cells = cells_of(&t, records[0]);
    cr_assert_eq(strncmp(cells, "<0><1><2>", 9), 0);
    cr_assert_str_eq(cells + strlen(cells) - 5, "<255>");
    ef_buffer_release(&text);
    tear_down(&t);
}
