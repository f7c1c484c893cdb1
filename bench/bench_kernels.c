/* SPDX-License-Identifier: MIT
 * bench_kernels.c - every kernel of every set that runs here.
 *
 * Kernels that write are given 16 KiB at a time, as the scorer gives them, so that what
 * they write stays in the cache. A set's answers are compared with those of the reference,
 * byte for byte, before it is timed; while it is timed a sample of them is summed. */
#include <stdio.h>
#include <stdlib.h>

#include "bench.h"
#include "kernels/kernels.h"

enum { PIECE = 16384, BLOCKS = PIECE / 64 };

typedef struct kernel_job {
    const ef_kernels *set;
    ef_slice text;
    uint8_t folded[PIECE];
    ef_byte_masks masks[BLOCKS];
    uint64_t bits[BLOCKS];
} kernel_job;

static size_t piece_at(const kernel_job *job, size_t at)
{
    return job->text.size - at < PIECE ? job->text.size - at : PIECE;
}

static uint64_t classify(void *user)
{
    kernel_job *job = user;
    uint64_t sum = 0;
    for (size_t at = 0; at < job->text.size; at += PIECE) {
        size_t n = piece_at(job, at);
        job->set->classify(job->text.data + at, n, job->folded, job->masks);
        sum += job->masks[(n - 1) / 64].word + job->folded[n / 2];
    }
    return sum;
}

static const uint8_t shape[4] = { ',', '"', '\n', '\r' };

static uint64_t mark(void *user)
{
    kernel_job *job = user;
    uint64_t sum = 0;
    for (size_t at = 0; at < job->text.size; at += PIECE) {
        size_t n = piece_at(job, at);
        job->set->mark(job->text.data + at, n, shape, job->bits);
        sum += job->bits[(n - 1) / 64];
    }
    return sum;
}

static uint64_t count(void *user)
{
    const kernel_job *job = user;
    return job->set->count(job->text.data, job->text.size, '\n');
}

/* The next three walk from find to find: what is timed is what a reader does. */
static uint64_t find_any(void *user)
{
    const kernel_job *job = user;
    uint64_t sum = 0;
    for (size_t at = 0; at < job->text.size; at++) {
        at +=
            job->set->find_any(job->text.data + at, job->text.size - at, '\t', '\n', '\r');
        sum += at;
    }
    return sum;
}

static uint64_t json_string_run(void *user)
{
    const kernel_job *job = user;
    uint64_t sum = 0;
    for (size_t at = 0; at < job->text.size; at++) {
        at += job->set->json_string_run(job->text.data + at, job->text.size - at);
        sum += at;
    }
    return sum;
}

static uint64_t ascii_run(void *user)
{
    const kernel_job *job = user;
    uint64_t sum = 0;
    for (size_t at = 0; at < job->text.size; at++) {
        at += job->set->ascii_run(job->text.data + at, job->text.size - at);
        sum += at;
    }
    return sum;
}

/* Whether two sets write the same. */
static bool is_same(const ef_kernels *set, ef_slice text)
{
    static kernel_job a, b;
    bool same = true;
    a.set = ef_kernels_at(0);
    b.set = set;
    a.text = b.text = text;
    for (size_t at = 0; at < text.size && same; at += PIECE) {
        size_t n = piece_at(&a, at), blocks = (n + 63) / 64;
        a.set->classify(text.data + at, n, a.folded, a.masks);
        b.set->classify(text.data + at, n, b.folded, b.masks);
        a.set->mark(text.data + at, n, shape, a.bits);
        b.set->mark(text.data + at, n, shape, b.bits);
        same = memcmp(a.folded, b.folded, n) == 0 &&
               memcmp(a.masks, b.masks, blocks * sizeof a.masks[0]) == 0 &&
               memcmp(a.bits, b.bits, blocks * sizeof a.bits[0]) == 0;
    }
    return same;
}

static const struct {
    const char *name;
    bench_work *work;
    const char *input;
} kernels[] = {
    { "classify", classify, "reviews.txt" },
    { "ascii_run", ascii_run, "chat.txt" },
    { "find_any", find_any, "chat.tsv" },
    { "count", count, "reviews.txt" },
    { "json_string_run", json_string_run, "chat.ndjson" },
    { "mark", mark, "reviews.csv" },
};

static void measure_kernel(bench *b, size_t index)
{
    static kernel_job job;
    bench_file *file = bench_open(b, kernels[index].input);
    job.text = file->bytes;
    job.set = ef_kernels_at(0);
    uint64_t answer = kernels[index].work(&job);
    for (size_t i = 0; (job.set = ef_kernels_at(i)) != NULL; i++) {
        char name[64];
        snprintf(name, sizeof name, "kernel %s %s", kernels[index].name, job.set->name);
        if (!job.set->is_supported() || !bench_wants(b, name))
            continue;
        if (!is_same(job.set, file->bytes))
            bench_fail(name, "it differs from the reference");
        bench_row row = { .name = name,
                          .file = file,
                          .work = kernels[index].work,
                          .user = &job,
                          .answer = answer };
        bench_print_speed(b, &row);
    }
}

void bench_kernels(bench *b)
{
    for (size_t i = 0; i < sizeof kernels / sizeof kernels[0]; i++)
        if (bench_wants(b, "kernel"))
            measure_kernel(b, i);
}
