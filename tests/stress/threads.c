/* SPDX-License-Identifier: MIT
 * threads.c - many threads, one engine: for ThreadSanitizer, with an ordinary main.
 *
 *   stress-threads FILE BIG
 *
 * Eight threads read FILE with readers of their own and score it, half of them with a
 * shared engine, half with engines that they make and free; then whole runs over BIG on up
 * to eight threads must write the bytes that one thread writes. Every answer is compared
 * with that of a single thread. BIG should have two megabytes: small files are not worth
 * eight threads. */
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "earful/app/run.h"
#include "earful/earful.h"

enum { THREADS = 8, ROUNDS = 3 };

typedef struct stress {
    const ef_engine *engine; /* of all threads */
    const char *path;
    int64_t answer;
    atomic_int wrong;
} stress;

static void quit(const char *why)
{
    fprintf(stderr, "stress: %s\n", why);
    exit(1);
}

/* What all texts of a file add up to; -1 without memory or file. */
static int64_t sum_of(const ef_engine *engine, const char *path)
{
    ef_reader_options options = { .inputs = &path, .input_count = 1 };
    ef_scratch *scratch;
    ef_reader *reader;
    ef_record record;
    ef_score score;
    int64_t sum = 0;
    if (ef_scratch_new(&scratch, NULL) != EF_OK)
        return -1;
    if (ef_reader_new(&reader, &options, NULL) != EF_OK) {
        ef_scratch_free(scratch);
        return -1;
    }
    while (ef_reader_next(reader, &record, NULL) == EF_OK)
        if (ef_score_text(engine, scratch, record.text, &score, NULL) == EF_OK)
            sum = sum * 3 % 1000003 + score.score + EF_UNIT + score.emotion_p;
    ef_reader_free(reader);
    ef_scratch_free(scratch);
    return sum;
}

/* Odd threads have engines of their own, even ones share one. */
static void *work(void *user)
{
    stress *s = user;
    static atomic_int number;
    bool is_odd = atomic_fetch_add(&number, 1) % 2 != 0;
    for (int round = 0; round < ROUNDS; round++) {
        ef_engine *own = NULL;
        if (is_odd && ef_engine_new(&own, NULL, NULL) != EF_OK)
            quit("no engine");
        if (sum_of(is_odd ? own : s->engine, s->path) != s->answer)
            atomic_fetch_add(&s->wrong, 1);
        ef_engine_free(own);
    }
    return NULL;
}

static void score_together(const ef_engine *engine, const char *path)
{
    stress s = { .engine = engine, .path = path, .answer = sum_of(engine, path) };
    pthread_t threads[THREADS];
    if (s.answer <= 0)
        quit("nothing is read");
    for (int i = 0; i < THREADS; i++)
        if (pthread_create(&threads[i], NULL, work, &s) != 0)
            quit("no thread");
    for (int i = 0; i < THREADS; i++)
        pthread_join(threads[i], NULL);
    if (s.wrong != 0)
        quit("threads give other answers than one");
}

/* The bytes of a run, to be freed. */
static char *run(const ef_engine *engine, const char *path, unsigned threads, size_t *size)
{
    char output[] = "/tmp/earful-stress-XXXXXX";
    int file = mkstemp(output);
    if (file < 0)
        quit("no temporary file");
    close(file);
    ef_run_options options = { .reader = { .inputs = &path, .input_count = 1 },
                               .output_path = output,
                               .threads = threads };
    ef_run_summary summary;
    if (ef_run_score(engine, &options, &summary, NULL) != EF_OK)
        quit("a run failed");
    FILE *written = fopen(output, "rb");
    *size = summary.bytes_written;
    char *bytes = malloc(*size + 1);
    if (written == NULL || bytes == NULL || fread(bytes, 1, *size, written) != *size)
        quit("what was written is not there");
    fclose(written);
    unlink(output);
    return bytes;
}

static void run_together(const ef_engine *engine, const char *path)
{
    size_t one_size, size;
    char *one = run(engine, path, 1, &one_size);
    for (unsigned threads = 2; threads <= THREADS; threads *= 2) {
        char *many = run(engine, path, threads, &size);
        if (size != one_size || memcmp(one, many, size) != 0)
            quit("a run on threads writes other bytes than one on a single thread");
        free(many);
    }
    free(one);
}

int main(int count, char **words)
{
    ef_engine *engine;
    if (count != 3)
        quit("usage: stress-threads FILE BIG");
    if (ef_engine_new(&engine, NULL, NULL) != EF_OK)
        quit("no engine");
    score_together(engine, words[1]);
    run_together(engine, words[2]);
    ef_engine_free(engine);
    puts("stress: threads passed");
    return 0;
}
