/* SPDX-License-Identifier: MIT
 * tests/pipeline/test_warm.c - once warm, a block is scored without asking for memory.
 *
 * The C library's malloc is counted by standing in front of it; sanitizers do the same, so
 * under them there is no such test. */
#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer) ||                 \
    __has_feature(memory_sanitizer)
#define IS_SANITIZED
#endif
#endif
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define IS_SANITIZED
#endif

#ifndef IS_SANITIZED
#include <criterion/criterion.h>

#include "pipeline/pipeline.h"

#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *memory, size_t size);

static atomic_ulong calls;

void *malloc(size_t size)
{
    atomic_fetch_add(&calls, 1);
    return __libc_malloc(size);
}

void *calloc(size_t count, size_t size)
{
    atomic_fetch_add(&calls, 1);
    return __libc_calloc(count, size);
}

void *realloc(void *memory, size_t size)
{
    atomic_fetch_add(&calls, 1);
    return __libc_realloc(memory, size);
}

static const char *const csv_rows[] = {
    "1,\"A \"\"lovely\"\" shop, really\",5\n",
    "2,Never again!!! \xF0\x9F\x98\xA1 the box was broken and nobody answered,1\n",
    "3,,3\n",
    "4,caf\xE9 was not bad,4,surplus\n",
    "5\n",
};
static const char *const ndjson_rows[] = {
    "{\"id\":1,\"text\":\"A \\\"lovely\\\" shop\\nreally \\ud83d\\ude00\",\"stars\":5}\n",
    "{\"id\":2,\"text\":\"Never again!!!\",\"more\":{\"a\":[1,2,{\"b\":null}]}}\n",
    "{\"id\":3}\n",
};

/* Counts what the third of three equal turns asks for. */
static void expect_no_calls(const char *path, bool wants_reasons)
{
    ef_reader_options reading = { .inputs = &path, .input_count = 1, .text = "text" };
    ef_run_options options = { .writer = { .format = "ndjson", .reasons = wants_reasons } };
    ef_scoring scoring = { 0 };
    ef_writing opened;
    ef_engine_info info;
    ef_engine *engine;
    ef_reader *reader;
    ef_hand hand = { 0 };
    ef_piece piece = { 0 };
    cr_assert_eq(ef_engine_new(&engine, NULL, NULL), EF_OK);
    cr_assert_eq(ef_reader_new(&reader, &reading, NULL), EF_OK);
    cr_assert_eq(ef_hand_init(&hand, &options, NULL), EF_OK);
    cr_assert_eq(ef_reader_block(reader, &piece.block, &piece.error), EF_OK, "%s",
                 piece.error.message);
    ef_engine_describe(engine, &info);
    ef_written_input input = ef_written_input_of(piece.block.layout);
    cr_assert_eq(
        ef_writing_open(&opened, &scoring.writer, &info, &options.writer, &input, NULL),
        EF_OK);
    scoring.engine = engine;
    scoring.kernels = ef_kernels_select(NULL);
    scoring.opened = &opened;
    unsigned long before = 0;
    for (int turn = 0; turn < 3; turn++) {
        ef_piece_reset(&piece);
        before = atomic_load(&calls);
        ef_pipeline_score(&scoring, &hand, &piece);
        cr_assert_eq(piece.status, EF_OK);
        cr_assert_gt(piece.tally.counts.records, 1000);
    }
    cr_assert_eq(atomic_load(&calls) - before, 0);
    ef_piece_release(&piece);
    ef_hand_release(&hand);
    ef_reader_free(reader);
    ef_engine_free(engine);
}

static void expect_no_calls_for(const char *head, const char *const *rows, size_t count)
{
    char path[] = "/tmp/earful-warm-XXXXXX";
    FILE *file = fdopen(mkstemp(path), "w");
    cr_assert_not_null(file);
    fputs(head, file);
    for (size_t i = 0; i < 2000; i++)
        fputs(rows[i % count], file);
    fclose(file);
    expect_no_calls(path, false);
    expect_no_calls(path, true);
    unlink(path);
}

Test(warm, csv_is_scored_without_malloc)
{
    expect_no_calls_for("id,text,stars\n", csv_rows, sizeof csv_rows / sizeof csv_rows[0]);
}

Test(warm, ndjson_is_scored_without_malloc)
{
    expect_no_calls_for("", ndjson_rows, sizeof ndjson_rows / sizeof ndjson_rows[0]);
}
#endif
