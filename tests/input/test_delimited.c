/* SPDX-License-Identifier: MIT
 * test_delimited.c - the scanner on bytes that mean to confuse it.
 *
 * Texts are drawn from the bytes that matter, with a fixed seed. */
#include <criterion/criterion.h>

#include "input/delimited.h"
#include "rows.h"

enum { TEXTS = 4000, TEXT_SIZE = 120 };

static uint32_t draw(uint64_t *seed, uint32_t below)
{
    *seed = *seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)(*seed >> 33) % below;
}

static size_t draw_text(uint64_t *seed, uint8_t text[TEXT_SIZE])
{
    static const char alphabet[] = "aab,,\"\"\"\n\n\r c\\";
    size_t n = 1 + draw(seed, TEXT_SIZE - 1);
    for (size_t i = 0; i < n; i++)
        text[i] = (uint8_t)alphabet[draw(seed, sizeof alphabet - 1)];
    return n;
}

static ef_dialect draw_dialect(uint64_t *seed)
{
    return (ef_dialect){ .delimiter = ',',
                         .quote = draw(seed, 4) > 0 ? '"' : 0,
                         .has_backslash = draw(seed, 2) > 0,
                         .max_record = draw(seed, 2) > 0 ? 3 + draw(seed, 40) : TEXT_SIZE };
}

Test(delimited, finds_the_same_records_whether_it_remembers_or_not)
{
    uint64_t seed = 1;
    uint8_t text[TEXT_SIZE];
    size_t rejected = 0;
    for (int i = 0; i < TEXTS; i++) {
        size_t n = draw_text(&seed, text);
        ef_dialect dialect = draw_dialect(&seed);
        ef_scan_memory memory = { 0, false };
        for (size_t at = 0; at < n;) {
            ef_scan_memory nothing = { 0, false };
            ef_extent with = ef_delimited_extent(&dialect, ef_kernels_select(NULL), text, n,
                                                 at, true, &memory);
            ef_extent without = ef_delimited_extent(&dialect, ef_kernels_select(NULL), text,
                                                    n, at, true, &nothing);
            cr_assert_eq(with.kind, without.kind, "text %d at %zu", i, at);
            cr_assert_eq(with.end, without.end);
            cr_assert_eq(with.next, without.next);
            cr_assert_gt(with.next, at);
            rejected += with.kind != EF_EXTENT_RECORD;
            at = with.next;
        }
    }
    cr_assert_gt(rejected, 1000);
}

/* What the scanner calls a record, its fields fill to the last byte. */
Test(delimited, cuts_every_record_into_fields_without_a_rest)
{
    uint64_t seed = 2;
    uint8_t text[TEXT_SIZE];
    ef_arena arena = { NULL };
    for (int i = 0; i < TEXTS; i++) {
        size_t n = draw_text(&seed, text);
        ef_dialect dialect = draw_dialect(&seed);
        ef_scan_memory memory = { 0, false };
        for (size_t start = 0; start < n;) {
            ef_extent extent = ef_delimited_extent(&dialect, ef_kernels_select(NULL), text,
                                                   n, start, true, &memory);
            size_t size = extent.end - start, at = 0;
            while (extent.kind == EF_EXTENT_RECORD && at <= size) {
                ef_slice value;
                ef_field field = ef_delimited_field(&dialect, ef_kernels_select(NULL),
                                                    text + start, size, at);
                cr_assert_leq(field.end, size);
                cr_assert(!field.is_quoted || field.close < field.end);
                cr_assert(
                    ef_delimited_text(&dialect, text + start, &field, &arena, &value));
                cr_assert_leq(value.size, field.end - field.begin);
                at = field.end + 1;
            }
            start = extent.next;
        }
        ef_arena_reset(&arena);
    }
    ef_arena_release(&arena);
}

Test(delimited, agrees_with_itself_wherever_blocks_are_cut)
{
    uint64_t seed = 3;
    uint8_t text[TEXT_SIZE];
    for (int i = 0; i < TEXTS / 4; i++) {
        ef_slice bytes = { text, draw_text(&seed, text) };
        ef_reader_options options = { .delimiter = ',',
                                      .quote = '"',
                                      .header_rows = -1,
                                      .text = "1",
                                      .max_record = 3 + draw(&seed, 60) };
        rows whole;
        rows_open(&whole, &ef_format_csv, bytes, &options);
        rows_read(&whole, bytes, SIZE_MAX, 0);
        for (int j = 0; j < 4; j++) {
            rows part;
            rows_open(&part, &ef_format_csv, bytes, &options);
            rows_read(&part, bytes, draw(&seed, TEXT_SIZE), draw(&seed, 10));
            cr_assert_str_eq(ef_buffer_text(&part.text), ef_buffer_text(&whole.text));
            cr_assert_str_eq(ef_buffer_text(&part.errors), ef_buffer_text(&whole.errors));
            rows_release(&part);
        }
        rows_release(&whole);
    }
}

/* The walk over marks may leave any record to the scanner; one that it takes is the same.
 */
static bool walk_agrees(const ef_dialect *dialect, const uint8_t *text, size_t n, size_t at,
                        bool at_end, ef_marked *marked, ef_arena *arena)
{
    const ef_kernels *kernels = ef_kernels_select(NULL);
    ef_scan_memory nothing = { 0, false };
    ef_cells walked = { 0 }, split = { 0 };
    ef_extent extent,
        wanted = ef_delimited_extent(dialect, kernels, text, n, at, at_end, &nothing);
    bool is_taken =
        ef_delimited_walk(dialect, kernels, text, n, at, marked, &extent, &walked, arena);
    ef_marked lines = { 0 };
    ef_extent end;
    if (ef_delimited_walk(dialect, kernels, text, n, at, &lines, &end, NULL, NULL)) {
        cr_assert_eq(wanted.kind, EF_EXTENT_RECORD);
        cr_assert_eq(end.end, wanted.end);
        cr_assert_eq(end.next, wanted.next);
    } else {
        cr_assert_not(is_taken);
    }
    if (is_taken) {
        ef_slice raw = { text + at, wanted.end - at };
        cr_assert_eq(wanted.kind, EF_EXTENT_RECORD);
        cr_assert_eq(extent.end, wanted.end);
        cr_assert_eq(extent.next, wanted.next);
        cr_assert(extent.spans_lines || (memchr(raw.data, '\n', raw.size) == NULL &&
                                         memchr(raw.data, '\r', raw.size) == NULL));
        cr_assert(ef_delimited_split(dialect, kernels, raw, arena, &split));
        cr_assert_eq(walked.count, split.count);
        for (size_t i = 0; i < split.count; i++)
            cr_assert(walked.items[i].size == split.items[i].size &&
                      memcmp(walked.items[i].data, split.items[i].data,
                             split.items[i].size) == 0);
    }
    ef_cells_release(&walked);
    ef_cells_release(&split);
    ef_arena_reset(arena);
    return is_taken;
}

Test(delimited, walks_from_mark_to_mark_as_it_scans)
{
    uint64_t seed = 4;
    uint8_t text[TEXT_SIZE];
    ef_arena arena = { NULL };
    size_t taken = 0, left = 0;
    for (int i = 0; i < TEXTS; i++) {
        size_t n = draw_text(&seed, text), before = n;
        ef_dialect dialect = draw_dialect(&seed);
        ef_marked marked = { 0 };
        for (size_t at = 0; at < n && at != before;) {
            bool is_taken = walk_agrees(&dialect, text, n, at, i % 2 == 0, &marked, &arena);
            taken += is_taken;
            left += !is_taken;
            ef_scan_memory nothing = { 0, false };
            before = at;
            ef_extent extent = ef_delimited_extent(&dialect, ef_kernels_select(NULL), text,
                                                   n, at, true, &nothing);
            at = extent.next;
        }
    }
    cr_assert_gt(taken, 10000);
    cr_assert_gt(left, 1000);
    ef_arena_release(&arena);
}

Test(delimited, walks_over_records_on_both_sides_of_a_strip)
{
    ef_buffer table = { 0 };
    ef_arena arena = { NULL };
    ef_marked marked = { 0 };
    ef_dialect dialect = { .delimiter = ',', .quote = '"', .max_record = 1 << 20 };
    size_t taken = 0, records = 0;
    for (int i = 0; i < 3000; i++)
        ef_buffer_printf(&table, "%d,\"said \"\"%d\"\",\nand%*s\",x\n", i, i, i % 97, "");
    ef_buffer_printf(&table, "1,%*s,", 3 * EF_MARKED_SIZE, ""); /* longer than a strip */
    ef_buffer_append_text(&table, "x\nlast,1,2\n");
    for (size_t at = 0; at < table.size; records++) {
        ef_scan_memory nothing = { 0, false };
        taken += walk_agrees(&dialect, table.data, table.size, at, true, &marked, &arena);
        at = ef_delimited_extent(&dialect, ef_kernels_select(NULL), table.data, table.size,
                                 at, true, &nothing)
                 .next;
    }
    cr_assert_eq(records, 3002);
    cr_assert_eq(taken, 3001);
    ef_arena_release(&arena);
    ef_buffer_release(&table);
}

/* What a quoted cell says, read sign by sign. */
static size_t spell(const ef_dialect *dialect, const uint8_t *p, const ef_field *field,
                    uint8_t *copy)
{
    uint8_t quote = dialect->quote, escape = dialect->has_backslash ? '\\' : quote;
    size_t size = 0;
    for (size_t at = field->begin + 1; at < field->end; at++) {
        bool is_sign = p[at] == quote || p[at] == escape;
        if (at == field->close)
            continue;
        if (is_sign && at + 1 < field->close && (p[at + 1] == quote || p[at + 1] == escape))
            at++;
        copy[size++] = p[at];
    }
    return size;
}

Test(delimited, unescapes_as_one_would_sign_by_sign)
{
    uint64_t seed = 5;
    uint8_t text[TEXT_SIZE], wanted[TEXT_SIZE];
    ef_arena arena = { NULL };
    size_t escaped = 0;
    for (int i = 0; i < TEXTS; i++) {
        size_t n = draw_text(&seed, text);
        ef_dialect dialect = draw_dialect(&seed);
        dialect.quote = '"';
        text[0] = '"';
        ef_field field = ef_delimited_field(&dialect, ef_kernels_select(NULL), text, n, 0);
        ef_slice got;
        cr_assert(ef_delimited_text(&dialect, text, &field, &arena, &got));
        size_t size = spell(&dialect, text, &field, wanted);
        cr_assert(got.size == size && memcmp(got.data, wanted, size) == 0, "text %d", i);
        escaped += field.has_escapes;
        ef_arena_reset(&arena);
    }
    cr_assert_gt(escaped, 300);
    ef_arena_release(&arena);
}
