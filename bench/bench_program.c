/* SPDX-License-Identifier: MIT
 * bench_program.c - the program as people run it: file to file, start-up, memory.
 *
 * Times are of whole processes, start-up included, with the output going to /dev/null. What
 * the program writes is looked at before: the right number of records, and the same bytes
 * from any number of threads and from the packed file. */
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "bench.h"

extern char **environ;

/* --- starting programs --------------------------------------------------------------- */

int bench_run_program(const char *const *words, const char *path)
{
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, 1, path == NULL ? "/dev/null" : path,
                                     O_WRONLY | O_CREAT | O_TRUNC, 0644);
    pid_t child;
    int status = -1;
    int failed = posix_spawnp(&child, words[0], &actions, NULL,
                              (char *const *)(uintptr_t)words, environ);
    posix_spawn_file_actions_destroy(&actions);
    if (failed || waitpid(child, &status, 0) != child || !WIFEXITED(status))
        return -1;
    return WEXITSTATUS(status);
}

/* A process inherits the high-water mark of the one that was replaced by it, and this one
 * has all texts in memory: so a small process in between does the measuring. */
long bench_peak_of(const bench *b, const char *const *words)
{
    const char *all[24] = { b->self, "peak" };
    size_t count = 2;
    while (*words != NULL && count < 23)
        all[count++] = *words++;
    char path[512], digits[32] = "";
    snprintf(path, sizeof path, "%s/peak", b->folder);
    if (bench_run_program(all, path) != 0)
        bench_fail("memory", "the program failed");
    FILE *file = fopen(path, "r");
    if (file == NULL || fgets(digits, sizeof digits, file) == NULL)
        bench_fail("memory", "nothing was measured");
    fclose(file);
    return strtol(digits, NULL, 10);
}

int bench_print_peak(char **words)
{
    pid_t child = fork();
    if (child == 0) {
        int nowhere = open("/dev/null", O_WRONLY);
        if (nowhere >= 0 && dup2(nowhere, 1) == 1)
            execvp(words[0], words);
        _exit(127);
    }
    int status;
    struct rusage used;
    if (child < 0 || wait4(child, &status, 0, &used) != child || status != 0)
        return 1;
    printf("%ld\n", used.ru_maxrss);
    return 0;
}

/* --- file to file -------------------------------------------------------------------- */

enum { WORDS = 12 };

typedef struct run_job {
    char path[512], threads[16];
    const char *words[WORDS];
} run_job;

static void prepare(run_job *job, const bench *b, const char *path, unsigned threads,
                    const char *to)
{
    snprintf(job->path, sizeof job->path, "%s", path);
    snprintf(job->threads, sizeof job->threads, "%u", threads);
    const char *words[WORDS] = { b->program,  "score",      "-q",      "--to", to,
                                 "--threads", job->threads, job->path, NULL };
    memcpy(job->words, words, sizeof words);
}

static uint64_t run(void *user)
{
    const run_job *job = user;
    return (uint64_t)(int64_t)bench_run_program(job->words, NULL);
}

bench_task bench_task_program(const bench *b, const bench_file *input, size_t bytes,
                              const char *to, unsigned threads)
{
    run_job *job = malloc(sizeof *job);
    if (job == NULL)
        bench_fail(input->name, "out of memory");
    prepare(job, b, input->path, threads, to);
    return (bench_task){ .work = run, .user = job, .bytes = bytes };
}

/* The hash of what a run writes, and how many lines it is. */
static uint64_t written(const bench *b, const run_job *job, size_t *lines)
{
    char path[512];
    snprintf(path, sizeof path, "%s/written", b->folder);
    if (bench_run_program(job->words, path) != 0)
        bench_fail(job->path, "the program failed");
    FILE *file = fopen(path, "rb");
    static uint8_t part[1 << 20];
    uint64_t hash = 0;
    *lines = 0;
    for (size_t n; file != NULL && (n = fread(part, 1, sizeof part, file)) > 0;) {
        hash = hash * 3 + bench_hash((ef_slice){ part, n });
        for (size_t i = 0; i < n; i++)
            *lines += part[i] == '\n';
    }
    if (file != NULL)
        fclose(file);
    unlink(path);
    return hash;
}

/* One format through the program: plain or packed, with 1, 2 and all threads. Speed is that
 * of the unpacked bytes. */
static void measure_format(bench *b, const char *text, const char *format,
                           const char *packed)
{
    char name[64], input[64], path[512];
    snprintf(input, sizeof input, "%s.%s", text, format);
    const bench_file *file = bench_open(b, input);
    snprintf(path, sizeof path, "%s%s", file->path, packed);
    run_job job;
    size_t lines, first_lines;
    prepare(&job, b, file->path, 1, format);
    uint64_t first = written(b, &job, &first_lines);
    if (first_lines != file->messages) /* a header comes in and goes out */
        bench_fail(input, "not one record for each that was read");
    long cores = sysconf(_SC_NPROCESSORS_ONLN);
    unsigned counts[] = { 1, 2, cores > 2 ? (unsigned)cores : 0 };
    for (size_t i = 0; i < 3 && counts[i] > 0; i++) {
        snprintf(name, sizeof name, "file %s%s, %u thread%s", format, packed, counts[i],
                 counts[i] == 1 ? "" : "s");
        if (!bench_wants(b, name))
            continue;
        prepare(&job, b, path, counts[i], format);
        if (written(b, &job, &lines) != first || lines != first_lines)
            bench_fail(name, "other bytes than with one thread");
        bench_row row = { .name = name, .file = file, .work = run, .user = &job };
        bench_print_speed(b, &row);
    }
}

/* --- start-up and memory ------------------------------------------------------------- */

enum { STARTS = 20 }; /* in one run, as a single one takes a thousandth of a second */

static uint64_t start_often(void *user)
{
    uint64_t failed = 0;
    for (int i = 0; i < STARTS; i++)
        failed += bench_run_program(user, NULL) != 0;
    return failed;
}

static void measure_start(const bench *b, const char *name, const char **words)
{
    if (!bench_wants(b, name))
        return;
    bench_time time = bench_measure(b, name, start_often, words, 0);
    double unit = STARTS * 1e-3;
    bench_print_value(name, "-", time.median / unit, time.low / unit, time.high / unit,
                      "ms");
}

static void measure_memory(bench *b, const char *input, unsigned threads, const char *to)
{
    char name[64], path[512];
    snprintf(name, sizeof name, "memory %s, %u thread%s", to, threads,
             threads == 1 ? "" : "s");
    if (!bench_wants(b, name))
        return;
    snprintf(path, sizeof path, "%s/%s", b->folder, input);
    run_job job;
    prepare(&job, b, path, threads, to);
    double low = 1e9, high = 0;
    for (int i = 0; i < 3; i++) {
        double mebibytes = (double)bench_peak_of(b, job.words) / 1024;
        low = mebibytes < low ? mebibytes : low;
        high = mebibytes > high ? mebibytes : high;
    }
    bench_print_value(name, input, high, low, high, "MiB");
}

void bench_program(bench *b)
{
    static const char *const texts[] = { "reviews", "chat" };
    for (size_t i = 0; i < 2 && bench_wants(b, "file"); i++) {
        measure_format(b, texts[i], "ndjson", "");
        measure_format(b, texts[i], "csv", "");
        measure_format(b, texts[i], "ndjson", ".gz");
    }
    char path[512];
    snprintf(path, sizeof path, "%s/one.ndjson", b->folder);
    run_job job;
    prepare(&job, b, path, 1, "ndjson");
    measure_start(b, "start earful to its first score", job.words);
    measure_start(b, "start /bin/true", (const char *[]){ "/bin/true", NULL });
    measure_memory(b, "reviews.ndjson", 1, "ndjson");
    measure_memory(b, "reviews.ndjson", 2, "ndjson");
    measure_memory(b, "reviews.csv", 2, "csv");
    measure_memory(b, "chat.ndjson.gz", 2, "ndjson");
}
