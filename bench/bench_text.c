/* SPDX-License-Identifier: MIT
 * bench_text.c - normal text and tokens, a document at a time, as the scorer asks for them.
 */
#include <stdio.h>

#include "bench.h"
#include "text/tokenize.h"

enum { PIECE = 16384 }; /* as in score/walk_text.c */

typedef struct text_job {
    const ef_kernels *kernels;
    const bench_file *file;
    ef_normal_text normal;
    ef_tokens tokens;
    size_t token_count;
} text_job;

/* Goes over all documents, piece by piece; each piece is normalised, and cut into tokens if
 * that is asked for. The answer sums sizes, and hashes of tokens. */
static uint64_t go_over(text_job *job, bool with_tokens)
{
    uint64_t sum = 0;
    job->token_count = 0;
    for (size_t i = 0; i < job->file->messages; i++) {
        ef_slice rest = job->file->documents[i];
        while (rest.size > 0) {
            bool done = ef_normalize(&job->normal, job->kernels, rest, PIECE) &&
                        (!with_tokens || ef_tokenize(&job->tokens, &job->normal, NULL));
            if (!done)
                bench_fail("text", "out of memory");
            sum += job->normal.size;
            for (size_t t = 0; with_tokens && t < job->tokens.count; t++)
                sum += job->tokens.items[t].hash;
            job->token_count += with_tokens ? job->tokens.count : 0;
            rest.data += job->normal.source_size;
            rest.size -= job->normal.source_size;
        }
    }
    return sum;
}

static uint64_t normalize(void *user)
{
    return go_over(user, false);
}

static uint64_t tokenize(void *user)
{
    return go_over(user, true);
}

static void measure(bench *b, const char *input)
{
    bench_file *file = bench_open(b, input);
    text_job job = { .kernels = ef_kernels_at(0), .file = file };
    uint64_t normal = normalize(&job), tokens = tokenize(&job);
    file->tokens = job.token_count;
    for (size_t i = 0; (job.kernels = ef_kernels_at(i)) != NULL; i++) {
        if (!job.kernels->is_supported())
            continue;
        char name[64];
        snprintf(name, sizeof name, "text normalise %s", job.kernels->name);
        bench_row row = { .name = name,
                          .file = file,
                          .work = normalize,
                          .user = &job,
                          .answer = normal,
                          .has_tokens = true };
        if (bench_wants(b, name))
            bench_print_speed(b, &row);
        snprintf(name, sizeof name, "text tokenise %s", job.kernels->name);
        row.work = tokenize;
        row.answer = tokens;
        if (bench_wants(b, name))
            bench_print_speed(b, &row);
    }
    ef_normal_text_release(&job.normal);
    ef_tokens_release(&job.tokens);
}

void bench_text(bench *b)
{
    /* The rows of scores want to know how many tokens there are. */
    if (!bench_wants(b, "text") && !bench_wants(b, "score") && !bench_wants(b, "explain"))
        return;
    measure(b, "reviews.txt");
    measure(b, "chat.txt");
    measure(b, "chat-ascii.txt");
}
