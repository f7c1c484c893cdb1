/* SPDX-License-Identifier: MIT
 * bench_score.c - the scorers, one text a call, as an embedder calls them.
 *
 * The public interface only. What a scorer answers must be the same with every kernel set:
 * the sum over all scores is compared before anything is timed. */
#include <stdio.h>
#include <stdlib.h>

#include "bench.h"
#include "earful/app/list.h"
#include "earful/engine.h"
#include "earful/scorer.h"

typedef struct score_job {
    ef_engine *engine;
    ef_scratch *scratch;
    const ef_slice *documents;
    size_t count;
} score_job;

static uint64_t answer_of(const ef_score *score)
{
    return (uint64_t)score->label + 7 * (uint64_t)(score->score + EF_UNIT) +
           31 * (uint64_t)score->p_neutral + 101 * score->signals + 1009 * score->words;
}

static uint64_t score_all(void *user)
{
    const score_job *job = user;
    uint64_t sum = 0;
    for (size_t i = 0; i < job->count; i++) {
        ef_score score;
        if (ef_score_text(job->engine, job->scratch, job->documents[i], &score, NULL) !=
            EF_OK)
            bench_fail("score", "out of memory");
        sum = sum * 3 + answer_of(&score);
    }
    return sum;
}

static uint64_t explain_all(void *user)
{
    const score_job *job = user;
    uint64_t sum = 0;
    for (size_t i = 0; i < job->count; i++) {
        ef_explanation told;
        if (ef_explain_text(job->engine, job->scratch, job->documents[i], &told, NULL) !=
            EF_OK)
            bench_fail("explain", "out of memory");
        sum = sum * 3 + answer_of(&told.score);
    }
    return sum;
}

static score_job open_job(const bench_file *file, const char *scorer, const char *kernels)
{
    score_job job = { .documents = file->documents, .count = file->messages };
    ef_engine_options options = { .scorer = scorer, .kernels = kernels };
    ef_error error = { 0 };
    if (ef_engine_new(&job.engine, &options, &error) != EF_OK ||
        ef_scratch_new(&job.scratch, &error) != EF_OK)
        bench_fail(scorer, error.message);
    return job;
}

static void close_job(score_job *job)
{
    ef_scratch_free(job->scratch);
    ef_engine_free(job->engine);
}

static uint64_t reference_answer(const bench_file *file, const char *scorer)
{
    score_job job = open_job(file, scorer, "scalar");
    uint64_t answer = score_all(&job);
    close_job(&job);
    return answer;
}

static void measure(const bench *b, const bench_file *file, const char *scorer,
                    const char *kernels, bench_work *work)
{
    char name[64];
    snprintf(name, sizeof name, "%s %s%s%s", work == score_all ? "score" : "explain",
             scorer, kernels == NULL ? "" : " ", kernels == NULL ? "" : kernels);
    if (!bench_wants(b, name))
        return;
    score_job job = open_job(file, scorer, kernels);
    bench_row row = { .name = name,
                      .file = file,
                      .work = work,
                      .user = &job,
                      .answer = reference_answer(file, scorer),
                      .has_tokens = true };
    bench_print_speed(b, &row);
    close_job(&job);
}

/* Messages of about 80 bytes, one call each, and what a call costs. */
static void measure_messages(const bench *b, const bench_file *chat)
{
    const char *name = "score one message of 80 bytes";
    if (!bench_wants(b, name))
        return;
    ef_slice *chosen = malloc(chat->messages * sizeof *chosen);
    if (chosen == NULL)
        bench_fail(name, "out of memory");
    score_job job = open_job(chat, "blend", NULL);
    size_t bytes = 0;
    job.count = 0;
    for (size_t i = 0; i < chat->messages; i++) {
        ef_slice document = chat->documents[i];
        if (document.size >= 72 && document.size <= 88) {
            chosen[job.count++] = document;
            bytes += document.size;
        }
    }
    job.documents = chosen;
    if (job.count > 0) {
        bench_row row = { .name = name,
                          .file = chat,
                          .work = score_all,
                          .user = &job,
                          .answer = score_all(&job),
                          .bytes = bytes,
                          .messages = job.count };
        bench_print_speed(b, &row);
    }
    close_job(&job);
    free(chosen);
}

static void measure_scorers(bench *b, const char *input)
{
    const bench_file *file = bench_open(b, input);
    measure(b, file, "lexicon", NULL, score_all);
    measure(b, file, "bayes", NULL, score_all);
    measure(b, file, "blend", NULL, score_all);
    measure(b, file, "blend", NULL, explain_all);
    ef_listed set;
    for (size_t i = 0; ef_list("kernels", i, &set) == EF_OK; i++)
        if (set.is_usable)
            measure(b, file, "blend", set.name, score_all);
}

void bench_score(bench *b)
{
    if (!bench_wants(b, "score") && !bench_wants(b, "explain"))
        return;
    measure_scorers(b, "reviews.txt");
    measure_scorers(b, "chat.txt");
    measure(b, bench_open(b, "chat-ascii.txt"), "blend", NULL, score_all);
    measure_messages(b, bench_open(b, "chat.txt"));
}

bench_task bench_task_score(const bench_file *documents, const char *kernels)
{
    score_job *job = malloc(sizeof *job);
    if (job == NULL)
        bench_fail("score", "out of memory");
    *job = open_job(documents, "blend", kernels);
    return (bench_task){ .work = score_all,
                         .user = job,
                         .answer = score_all(job),
                         .bytes = documents->bytes.size };
}
