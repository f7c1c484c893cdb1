/* SPDX-License-Identifier: MIT
 * bench.c - times work and prints rows; bench.h says what a row is. */
#include "bench.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/hash.h"

enum { MOST_RUNS = 9 };

double bench_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

void bench_fail(const char *row, const char *why)
{
    fprintf(stderr, "bench: %s: %s\n", row, why);
    exit(1);
}

bool bench_wants(const bench *b, const char *name)
{
    if (b->only == NULL)
        return true;
    size_t size = strlen(name), asked = strlen(b->only);
    return strncmp(name, b->only, size < asked ? size : asked) == 0;
}

uint64_t bench_hash(ef_slice text)
{
    return ef_hash_bytes(text.data, text.size);
}

static int ascending(const void *left, const void *right)
{
    double a = *(const double *)left, b = *(const double *)right;
    return (a > b) - (a < b);
}

static void warm_up(const char *name, const bench_task *task)
{
    if (task->work(task->user) != task->answer)
        bench_fail(name, "the answer is wrong");
}

static double time_once(const char *name, const bench_task *task)
{
    double start = bench_now();
    uint64_t given = task->work(task->user);
    double seconds = bench_now() - start;
    if (given != task->answer)
        bench_fail(name, "the answer is wrong the second time");
    return seconds;
}

static bench_time spread_of(double *values, unsigned count)
{
    qsort(values, count, sizeof values[0], ascending);
    return (bench_time){ .median = values[count / 2],
                         .low = values[0],
                         .high = values[count - 1] };
}

bench_time bench_measure(const bench *b, const char *name, bench_work *work, void *user,
                         uint64_t answer)
{
    double seconds[MOST_RUNS];
    bench_task task = { .work = work, .user = user, .answer = answer };
    warm_up(name, &task);
    for (unsigned i = 0; i < b->runs; i++)
        seconds[i] = time_once(name, &task);
    return spread_of(seconds, b->runs);
}

bench_time bench_compare(const bench *b, const char *name, const bench_task *ours,
                         const bench_task *theirs, bench_time *time)
{
    double seconds[MOST_RUNS], ratios[MOST_RUNS];
    warm_up(name, ours);
    warm_up(name, theirs);
    for (unsigned i = 0; i < b->runs; i++) {
        seconds[i] = time_once(name, ours);
        double other = time_once(name, theirs);
        ratios[i] = (double)ours->bytes / seconds[i] / ((double)theirs->bytes / other);
    }
    if (time != NULL)
        *time = spread_of(seconds, b->runs);
    return spread_of(ratios, b->runs);
}

static uint64_t count_words(void *user);

/* The seconds of a row, and how often it has the speed of `wc -w`; 0: not known. */
static bench_time measure_row(const bench *b, const bench_row *row, double bytes,
                              double *times_words)
{
    const bench_file *file = row->file;
    *times_words = 0;
    if (row->has_tokens && file->words_per_second > 0) {
        bench_task ours = { row->work, row->user, row->answer, (size_t)bytes };
        bench_task words = { .work = count_words,
                             .user = (void *)(uintptr_t)file,
                             .bytes = file->bytes.size };
        bench_time time;
        *times_words = bench_compare(b, row->name, &ours, &words, &time).median;
        return time;
    }
    bench_time time = bench_measure(b, row->name, row->work, row->user, row->answer);
    if (file->words_per_second > 0)
        *times_words = bytes / time.median / file->words_per_second;
    return time;
}

static void print_ratio(double ratio)
{
    if (ratio > 0)
        printf("\t%.3g", ratio);
    else
        printf("\t-");
}

double bench_print_speed(const bench *b, const bench_row *row)
{
    const bench_file *file = row->file;
    double bytes = (double)(row->bytes > 0 ? row->bytes : file->bytes.size), times_words;
    bench_time time = measure_row(b, row, bytes, &times_words);
    double messages = (double)(row->messages > 0 ? row->messages : file->messages);
    double speed = bytes / time.median;
    printf("%s\t%s\t%.1f\t%.1f\t%.1f\tMB/s\t%.0f\t%.0f", row->name, file->name, speed / 1e6,
           bytes / time.high / 1e6, bytes / time.low / 1e6, messages / time.median,
           time.median / messages * 1e9);
    if (row->has_tokens && file->tokens > 0)
        printf("\t%.2f", time.median / (double)file->tokens * 1e9);
    else
        printf("\t-");
    print_ratio(times_words);
    print_ratio(file->newlines_per_second > 0 ? speed / file->newlines_per_second : 0);
    printf("\n");
    fflush(stdout);
    return speed;
}

void bench_print_value(const char *name, const char *input, double value, double low,
                       double high, const char *unit)
{
    printf("%s\t%s\t%.3g\t%.3g\t%.3g\t%s\t-\t-\t-\t-\t-\n", name, input, value, low, high,
           unit);
    fflush(stdout);
}

void bench_print_ratio(const bench *b, const char *name, const char *input, bench_task ours,
                       bench_task theirs)
{
    bench_time ratio = bench_compare(b, name, &ours, &theirs, NULL);
    bench_print_value(name, input, ratio.median, ratio.low, ratio.high, "x");
}

/* --- files --------------------------------------------------------------------------- */

static ef_slice map_file(const char *path)
{
    int file = open(path, O_RDONLY | O_CLOEXEC);
    struct stat about;
    if (file < 0 || fstat(file, &about) != 0 || about.st_size == 0)
        bench_fail(path, "cannot be read");
    size_t size = (size_t)about.st_size;
    void *bytes = mmap(NULL, size, PROT_READ, MAP_PRIVATE | MAP_POPULATE, file, 0);
    close(file);
    if (bytes == MAP_FAILED)
        bench_fail(path, "cannot be mapped");
    return (ef_slice){ bytes, size };
}

static uint64_t count_newlines(void *user)
{
    ef_slice bytes = ((const bench_file *)user)->bytes;
    const uint8_t *p = bytes.data, *end = p + bytes.size;
    uint64_t count = 0;
    while (p < end && (p = memchr(p, '\n', (size_t)(end - p))) != NULL) {
        count++;
        p++;
    }
    return count;
}

static uint64_t count_words(void *user)
{
    const bench_file *file = user;
    const char *words[] = { "env", "LC_ALL=C.UTF-8", "wc", "-w", file->path, NULL };
    return (uint64_t)bench_run_program(words, NULL);
}

/* Lines of a .txt, and of the files whose records are lines. */
static void find_documents(bench_file *file)
{
    size_t lines = (size_t)count_newlines(file);
    file->messages = lines;
    if (strstr(file->name, ".txt") == NULL)
        return;
    file->documents = malloc(lines * sizeof *file->documents);
    if (file->documents == NULL)
        bench_fail(file->name, "out of memory");
    const uint8_t *p = file->bytes.data, *last = p + file->bytes.size;
    for (size_t i = 0; i < lines; i++) {
        const uint8_t *end = memchr(p, '\n', (size_t)(last - p));
        file->documents[i] = (ef_slice){ p, (size_t)(end - p) };
        p = end + 1;
    }
}

/* The two things that every speed is compared with, measured on this very file. Packed
 * bytes have neither lines nor words. */
static void measure_references(const bench *b, bench_file *file)
{
    if (strstr(file->name, ".gz") != NULL)
        return;
    bench_row newlines = { .name = "memchr newlines",
                           .file = file,
                           .work = count_newlines,
                           .user = file,
                           .answer = file->messages };
    file->newlines_per_second = bench_print_speed(b, &newlines);
    if (count_words(file) != 0)
        return;
    bench_row words = { .name = "wc -w", .file = file, .work = count_words, .user = file };
    file->words_per_second = bench_print_speed(b, &words);
}

bench_file *bench_open(bench *b, const char *name)
{
    for (size_t i = 0; i < b->file_count; i++)
        if (strcmp(b->files[i].name, name) == 0)
            return &b->files[i];
    if (b->file_count == BENCH_FILES)
        bench_fail(name, "too many files");
    bench_file *file = &b->files[b->file_count++];
    snprintf(file->name, sizeof file->name, "%s", name);
    snprintf(file->path, sizeof file->path, "%s/%s", b->folder, name);
    file->bytes = map_file(file->path);
    find_documents(file);
    measure_references(b, file);
    return file;
}

/* --- the program --------------------------------------------------------------------- */

static void print_header(void)
{
    printf("row\tinput\tmedian\tlow\thigh\tunit\tmessages/s\tns/message\tns/token"
           "\ttimes wc -w\ttimes memchr\n");
    fflush(stdout);
}

int main(int count, char **words)
{
    if (count > 2 && strcmp(words[1], "peak") == 0)
        return bench_print_peak(words + 2);
    if (count < 3) {
        fputs("usage: bench FOLDER PROGRAM [ROWS]\n", stderr);
        return 2;
    }
    const char *quick = getenv("BENCH_QUICK");
    static bench b;
    b = (bench){ .folder = words[1],
                 .program = words[2],
                 .self = words[0],
                 .only = count > 3 && words[3][0] != '\0' ? words[3] : NULL,
                 .is_quick = quick != NULL && strcmp(quick, "1") == 0 };
    b.runs = b.is_quick ? 1 : MOST_RUNS;
    print_header();
    bench_kernels(&b);
    bench_text(&b);
    bench_score(&b);
    bench_readers(&b);
    bench_program(&b);
    bench_ratios(&b);
    bench_traps(&b);
    return 0;
}
