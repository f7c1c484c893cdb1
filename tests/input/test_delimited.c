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
