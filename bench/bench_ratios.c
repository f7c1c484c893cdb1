/* SPDX-License-Identifier: MIT
 * bench_ratios.c - the ratios that bars hold, each of two tasks run in turn.
 *
 * What each task does, and that its answer is right, stands where its own row is measured.
 */
#include <stdio.h>

#include "bench.h"
#include "earful/app/list.h"

typedef struct text_files {
    bench_file *plain, *csv, *ndjson, *packed;
} text_files;

static text_files open_files(bench *b, const char *text)
{
    char name[64];
    text_files files;
    snprintf(name, sizeof name, "%s.txt", text);
    files.plain = bench_open(b, name);
    snprintf(name, sizeof name, "%s.csv", text);
    files.csv = bench_open(b, name);
    snprintf(name, sizeof name, "%s.ndjson", text);
    files.ndjson = bench_open(b, name);
    snprintf(name, sizeof name, "%s.ndjson.gz", text);
    files.packed = bench_open(b, name);
    return files;
}

static bench_task run_lines(const bench *b, const text_files *f, unsigned threads)
{
    return bench_task_program(b, f->ndjson, f->ndjson->bytes.size, "ndjson", threads);
}

static bench_task run_packed(const bench *b, const text_files *f, unsigned threads)
{
    return bench_task_program(b, f->packed, f->ndjson->bytes.size, "ndjson", threads);
}

static void compare_files(const bench *b, const text_files *f)
{
    size_t bytes = f->ndjson->bytes.size;
    bench_print_ratio(b, "ratio file ndjson, of cJSON parse", f->ndjson->name,
                      run_lines(b, f, 1), bench_task_parse(f->ndjson));
    bench_print_ratio(b, "ratio file csv, of score blend", f->csv->name,
                      bench_task_program(b, f->csv, f->csv->bytes.size, "csv", 1),
                      bench_task_score(f->plain, NULL));
    bench_print_ratio(b, "ratio file ndjson, 2 threads, of 1", f->ndjson->name,
                      run_lines(b, f, 2), run_lines(b, f, 1));
    bench_print_ratio(b, "ratio file ndjson.gz, of inflate", f->packed->name,
                      run_packed(b, f, 1), bench_task_inflate(f->packed, bytes));
    bench_print_ratio(b, "ratio file ndjson.gz, 2 threads, of inflate", f->packed->name,
                      run_packed(b, f, 2), bench_task_inflate(f->packed, bytes));
    bench_print_ratio(b, "ratio read gz ahead, of inflate", f->packed->name,
                      bench_task_read(f->packed, bytes, "ndjson"),
                      bench_task_inflate(f->packed, bytes));
}

/* The best set of this machine, if it is not the one it is compared with. */
static void compare_sets(bench *b, const bench_file *reviews)
{
    ef_listed set;
    for (size_t i = 0; ef_list("kernels", i, &set) == EF_OK; i++)
        if (set.is_usable && strcmp(set.name, "avx512") == 0)
            bench_print_ratio(b, "ratio score blend avx2, of avx512", reviews->name,
                              bench_task_score(reviews, "avx2"),
                              bench_task_score(reviews, "avx512"));
}

void bench_ratios(bench *b)
{
    if (!bench_wants(b, "ratio"))
        return;
    text_files reviews = open_files(b, "reviews"), chat = open_files(b, "chat");
    compare_files(b, &reviews);
    compare_files(b, &chat);
    compare_sets(b, reviews.plain);
    bench_print_ratio(b, "ratio score blend, of ASCII alone", chat.plain->name,
                      bench_task_score(chat.plain, NULL),
                      bench_task_score(bench_open(b, "chat-ascii.txt"), NULL));
}
