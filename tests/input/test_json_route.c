/* SPDX-License-Identifier: MIT
 * Where the records of a JSON document are, and the walk to them in pieces. */
#include "input/json_route.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/buffer.h"

static const char *route_of(const char *text, ef_arena *arena, size_t *records)
{
    ef_json_found found;
    cr_assert(
        ef_json_route_find(&found, ef_kernels_select(NULL), ef_slice_of(text), arena));
    *records = found.records;
    return ef_json_route_text(&found.route, arena);
}

static void expect_route(const char *text, const char *route, size_t records)
{
    ef_arena arena = { 0 };
    size_t got;
    cr_expect_str_eq(route_of(text, &arena, &got), route, "%s", text);
    cr_expect_eq(got, records, "%s: %zu", text, got);
    ef_arena_release(&arena);
}

Test(json_route, finds_the_array_of_records)
{
    expect_route("[{\"text\":\"a\"},{\"text\":\"b\"}]", "", 2);
    expect_route("{\"reviews\":[{\"comment\":\"a\"}],\"next\":\"t\"}", "reviews", 1);
    expect_route("{\"meta\":{\"n\":1},\"data\":[{\"attributes\":{\"body\":\"a\"}},{}]}",
                 "data", 2);
    expect_route("{\"page\":1,\"size\":2,\"total\":2,\"out\":{\"items\":[{\"a\":\"x\"},"
                 "{\"a\":\"y\"}]}}",
                 "out.items", 2);
    expect_route("{\"id\":\"r\",\"author\":\"m\",\"comments\":[{\"text\":\"long text\"}]}",
                 "", 1);
    expect_route("{\"text\":\"a\"} {\"text\":\"b\"}", "", 2);
    expect_route("[1,2,3]", "", 0);
    expect_route("\"text\"", "", 0);
    expect_route("", "", 0);
}

Test(json_route, tells_records_from_lists_inside_them)
{
    expect_route(
        "{\"chats\":{\"list\":[{\"name\":\"a\",\"messages\":[{\"text\":\"hello there\"},"
        "{\"text\":\"hi\"},{\"text\":\"bye\"}]}]}}",
        "chats.list[].messages", 3);
    expect_route(
        "[{\"text\":\"good\",\"stars\":5,\"id\":\"1\",\"who\":\"m\",\"pictures\":["
        "{\"url\":\"https://example.org/1\"},{\"url\":\"https://example.org/2\"},"
        "{\"url\":\"https://example.org/3\"}]},{\"text\":\"bad\",\"stars\":1,\"id\":\"2\","
        "\"who\":\"j\",\"pictures\":[]}]",
        "", 2);
}

Test(json_route, does_not_follow_a_route_of_more_steps_than_it_has_room_for)
{
    ef_buffer text = { 0 };
    for (int i = 0; i < 12; i++)
        ef_buffer_append_text(&text, "{\"l\":[");
    ef_buffer_append_text(&text, "{\"text\":\"a\"},{\"text\":\"b\"}");
    expect_route(ef_buffer_text(&text), "", 0);
    ef_buffer_release(&text);
}

Test(json_route, is_found_in_a_sample_that_breaks_off)
{
    expect_route("{\"n\":1,\"reviews\":[{\"text\":\"a\"},{\"text\":\"b\"},{\"te", "reviews",
                 3);
}

/* Collects the records of a document that comes in pieces of a size. */
static const char *walk(const ef_json_route *route, const char *text, size_t piece,
                        ef_arena *arena)
{
    const ef_kernels *kernels = ef_kernels_select(NULL);
    size_t size = strlen(text), from = 0, to = 0;
    uint64_t state = 0;
    ef_buffer out = { 0 };
    while (to < size) {
        to = to + piece < size ? to + piece : size;
        /* Memory of just this size, so that a read past it is seen. */
        size_t n = to - from;
        uint8_t *p = malloc(n + 1);
        memcpy(p, text + from, n);
        for (size_t at = 0; at < n;) {
            bool is_record;
            size_t step = ef_json_seek(route, kernels, p + at, n - at, &state, &is_record);
            at += step;
            from += step;
            step = is_record ? ef_json_extent(kernels, p + at, n - at) : 0;
            if (step == 0)
                break;
            ef_buffer_append(&out, p + at, step);
            ef_buffer_append_byte(&out, '|');
            at += step;
            from += step;
        }
        free(p);
    }
    const char *copy = ef_arena_copy(arena, ef_buffer_slice(&out));
    ef_buffer_release(&out);
    return copy;
}

static void expect_walk(const char *text, const char *records)
{
    ef_arena arena = { 0 };
    ef_json_found found;
    cr_assert(
        ef_json_route_find(&found, ef_kernels_select(NULL), ef_slice_of(text), &arena));
    for (size_t piece = 1; piece <= strlen(text); piece++)
        cr_expect_str_eq(walk(&found.route, text, piece, &arena), records, "by %zu: %s",
                         piece, text);
    ef_arena_release(&arena);
}

Test(json_route, walks_a_document_in_pieces_of_any_size)
{
    expect_walk("[{\"a\":\"x\"} , {\"a\":\"]}\\\"\"}]",
                "{\"a\":\"x\"}|{\"a\":\"]}\\\"\"}|");
    expect_walk(
        "{\"x\":{\"reviews\":[{\"no\":1}]},\"s\":\"\\\\\\\"{[\",\"reviews\":[{\"a\":\"1\"},"
        "{\"a\":\"2\"},{\"a\":\"3\"}],\"y\":[[{}]]}",
        "{\"a\":\"1\"}|{\"a\":\"2\"}|{\"a\":\"3\"}|");
    expect_walk("{\"r\\u0065v\":[{\"a\":\"1\"},{\"a\":\"2\"}],\"rev\":3}",
                "{\"a\":\"1\"}|{\"a\":\"2\"}|");
    expect_walk("{\"l\":[{\"m\":[{\"a\":\"1\"},{\"a\":\"2\"},{\"a\":\"3\"}],\"z\":[{}]},5,"
                "{\"m\":[{\"a\":\"4\"},{\"a\":\"5\"},{\"a\":\"6\"},{\"a\":\"7\"}]}]}",
                "{\"a\":\"1\"}|{\"a\":\"2\"}|{\"a\":\"3\"}|{\"a\":\"4\"}|{\"a\":\"5\"}|{"
                "\"a\":\"6\"}"
                "|{\"a\":\"7\"}|");
    expect_walk("{\"a\":\"1\"}\n{\"a\":\"2\"}", "{\"a\":\"1\"}|{\"a\":\"2\"}|");
}

Test(json_route, passes_over_what_is_no_object_and_over_stray_brackets)
{
    expect_walk(
        "[{\"a\":\"1\"},5,\"x\",[2,3],{\"a\":\"2\"}}},{\"a\":\"3\"},null,{\"a\":\"4\"}]",
        "{\"a\":\"1\"}|5|\"x\"|[2,3]|{\"a\":\"2\"}|{\"a\":\"3\"}|null|{\"a\":\"4\"}|");
}

Test(json_route, passes_over_keys_with_broken_escapes)
{
    static const char *const keys[] = { "\\ud", "\\u12", "\\x", "\\ud83d\\u",
                                        "rev\\uzzzz" };
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) {
        ef_json_route route = { .steps = { { .key = ef_slice_of("rev") } }, .count = 1 };
        uint64_t state = 0;
        bool is_record;
        char text[100];
        int size = snprintf(text, sizeof text,
                            "{\"%s\":[{\"no\":1}],\"rev\":[{\"yes\":1}]}", keys[i]);
        size_t at = ef_json_seek(&route, ef_kernels_select(NULL), (uint8_t *)text,
                                 (size_t)size, &state, &is_record);
        cr_assert(is_record);
        cr_assert_eq(strncmp(text + at, "{\"yes", 5), 0, "%s", keys[i]);
    }
}

Test(json_route, drops_a_record_in_pieces)
{
    static const char *const records[] = { "{\"a\":[{\"}\":\"\\\"}\"}]}", "[[1],\"]\"]",
                                           "\"a\\\\\"", "12345" };
    for (size_t i = 0; i < sizeof records / sizeof records[0]; i++) {
        char text[100] = "[";
        strcat(strcat(text, records[i]), ",{\"b\":1}]");
        for (size_t piece = 1; piece < strlen(text); piece++) {
            ef_json_route route = { .count = 0 };
            const ef_kernels *kernels = ef_kernels_select(NULL);
            uint64_t state = 0;
            bool is_record;
            const uint8_t *p = (const uint8_t *)text;
            size_t size = strlen(text), at = 0, done = 0;
            at = ef_json_seek(&route, kernels, p, size, &state, &is_record);
            cr_assert(is_record);
            while (done == 0) {
                size_t n = at + piece < size ? piece : size - at;
                done = ef_json_skip_on(p + at, n, &state);
                at += done == 0 ? n : done;
            }
            at += ef_json_seek(&route, kernels, p + at, size - at, &state, &is_record);
            cr_assert(is_record, "%s by %zu", records[i], piece);
            cr_assert_eq(strncmp(text + at, "{\"b\"", 4), 0, "%s by %zu", records[i],
                         piece);
        }
    }
}

/* It was dropped up to the next comma, and took a good record with it. */
Test(json_route, a_dropped_scalar_ends_at_a_brace_or_blank)
{
    static const char *const texts[] = { "1234}{\"b\":1}", "1234 {\"b\":1}",
                                         "1234\n\n{\"b\":1}",
                                         "12\x04"
                                         "4,{\"b\":1}" };
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        const uint8_t *p = (const uint8_t *)texts[i];
        size_t size = strlen(texts[i]);
        const ef_kernels *kernels = ef_kernels_select(NULL);
        ef_json_route route = { .count = 0 };
        uint64_t state = 0;
        bool is_record;
        cr_assert_eq(
            ef_json_seek(&route, kernels, (const uint8_t *)"[", 1, &state, &is_record), 1);
        size_t at = ef_json_skip_on(p, size, &state);
        cr_assert_neq(at, 0);
        at += ef_json_seek(&route, kernels, p + at, size - at, &state, &is_record);
        cr_assert(is_record, "%s", texts[i]);
        cr_assert_eq(strncmp(texts[i] + at, "{\"b\"", 4), 0, "%s", texts[i]);
    }
}

Test(json_route, counts_a_million_brackets_without_a_stack)
{
    enum { DEEP = 1000000 };
    char *text = malloc(2 * DEEP);
    memset(text, '[', DEEP);
    memset(text + DEEP, ']', DEEP);
    cr_assert_eq(ef_json_extent(ef_kernels_select(NULL), (uint8_t *)text, 2 * DEEP),
                 (size_t)2 * DEEP);
    cr_assert_eq(ef_json_extent(ef_kernels_select(NULL), (uint8_t *)text, DEEP), 0);
    free(text);
}
