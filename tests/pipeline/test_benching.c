/* SPDX-License-Identifier: MIT
 * test_benching.c - what is measured; how fast is no matter of tests. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "earful/app/bench.h"
#include "kernels/kernels.h"
#include "pipeline/made_texts.h"

static ef_benched *bench_file(const char *text, const char *kernels, unsigned threads)
{
    char path[] = "/tmp/test-benching-XXXXXX";
    int file = mkstemp(path);
    cr_assert(file >= 0 && write(file, text, strlen(text)) == (ssize_t)strlen(text));
    close(file);
    const char *input = path;
    ef_bench_options options = {
        .reader = { .inputs = &input, .input_count = 1, .format = "lines" },
        .engine = { .kernels = kernels },
        .threads = threads,
        .milliseconds = 20
    };
    ef_benched *benched;
    ef_error error = { 0 };
    cr_assert_eq(ef_bench(&benched, &options, &error), EF_OK, "%s", error.message);
    unlink(path);
    return benched;
}

Test(benching, every_set_of_this_machine_has_rows_for_one_two_and_all_threads)
{
    ef_benched *b = bench_file("I love it.\nIt broke.\n", NULL, 3);
    size_t at = 0;
    for (size_t i = 0; ef_kernels_at(i) != NULL; i++) {
        if (!ef_kernels_at(i)->is_supported())
            continue;
        for (unsigned n = 1; n <= 3; n++, at++) {
            cr_assert_lt(at, b->row_count);
            cr_assert_str_eq(b->rows[at].kernels, ef_kernels_at(i)->name);
            cr_assert_eq(b->rows[at].threads, n);
        }
    }
    cr_assert_eq(at, b->row_count);
    ef_benched_free(b);
}

Test(benching, texts_are_counted_with_their_line_ends)
{
    ef_benched *b = bench_file("I love it.\nIt broke.\n", "scalar", 1);
    cr_assert_eq(b->messages, 2);
    cr_assert_eq(b->bytes, 21);
    cr_assert_eq(b->tokens, 5);
    cr_assert_eq(b->row_count, 1);
    cr_assert_not(b->is_made);
    cr_assert_not(b->is_part);
    const ef_bench_row *row = &b->rows[0];
    cr_assert(row->runs >= 1 && row->least_ns <= row->ns && row->ns <= row->most_ns);
    ef_benched_free(b);
}

Test(benching, other_texts_give_another_answer)
{
    ef_benched *love = bench_file("I love it.\n", "scalar", 1);
    ef_benched *hate = bench_file("I hate it.\n", "scalar", 1);
    cr_assert_neq(love->answer, hate->answer);
    ef_benched_free(love);
    ef_benched_free(hate);
}

Test(benching, without_inputs_texts_are_made)
{
    ef_bench_options options = { .threads = 1, .milliseconds = 20 };
    ef_benched *b;
    cr_assert_eq(ef_bench(&b, &options, NULL), EF_OK);
    cr_assert(b->is_made && b->messages > 0 && b->tokens > b->messages);
    ef_benched_free(b);
}

Test(benching, unknown_kernels_are_refused)
{
    ef_bench_options options = { .engine = { .kernels = "turbo" } };
    ef_benched *b;
    ef_error error = { 0 };
    cr_assert_eq(ef_bench(&b, &options, &error), EF_ERR_ARGUMENT);
    cr_assert_null(b);
}

Test(benching, made_texts_do_not_depend_on_those_before_them)
{
    ef_buffer many = { 0 }, one = { 0 };
    for (size_t i = 0; i < 8; i++) {
        ef_buffer_reset(&many);
        cr_assert(ef_made_text(&many, i));
    }
    cr_assert(ef_made_text(&one, 7));
    cr_assert_str_eq(ef_buffer_text(&one), ef_buffer_text(&many));
    cr_assert_geq(one.size, 8);
    ef_buffer_release(&many);
    ef_buffer_release(&one);
}
