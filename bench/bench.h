/* SPDX-License-Identifier: MIT
 * bench.h - what a bench is made of: a file, a piece of work, a row.
 *
 * Every piece of work gives an answer. The first run warms up and must give the right
 * answer, then nine are timed, each checked again: what answers wrongly is not measured.
 * A row is the median with the lowest and the highest, and how often that is what `wc -w`
 * and a memchr loop over newlines do with the same bytes in the same run. A ratio that a
 * bar holds is taken nine times of two runs, one behind the other: a machine that changes
 * its speed changes it for both. */
#ifndef EARFUL_BENCH_BENCH_H
#define EARFUL_BENCH_BENCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "earful/slice.h"

/* A file that is read or scored, with the speed of the two things it is compared with. */
typedef struct bench_file {
    char name[64], path[512];
    ef_slice bytes;
    size_t messages;     /* documents */
    size_t tokens;       /* of the documents; 0: not counted */
    ef_slice *documents; /* of a .txt: its lines without line ends; else NULL */
    double newlines_per_second, words_per_second; /* bytes; 0: not measured */
} bench_file;

enum { BENCH_FILES = 32 };

typedef struct bench {
    const char *folder;  /* where the texts lie, and what a bench writes */
    const char *program; /* earful itself */
    const char *self;    /* this program: it starts itself to measure memory */
    const char *only;    /* rows whose name begins so; NULL: all */
    unsigned runs;       /* 9; 1 for a short look */
    bool is_quick;
    bench_file files[BENCH_FILES];
    size_t file_count;
} bench;

typedef uint64_t bench_work(void *user);

/* Work, what it must give, and how many bytes of input it is done with. */
typedef struct bench_task {
    bench_work *work;
    void *user;
    uint64_t answer;
    size_t bytes;
} bench_task;

/* One row before it is measured. */
typedef struct bench_row {
    const char *name;
    const bench_file *file; /* what it works on, for its name, size and ratios */
    bench_work *work;
    void *user;
    uint64_t answer; /* what work must give */
    bool has_tokens; /* a token is a unit of this work; `wc -w` runs in turn with it */
    size_t bytes;    /* 0: those of the file */
    size_t messages; /* 0: those of the file */
} bench_row;

typedef struct bench_time {
    double median, low, high; /* seconds */
} bench_time;

double bench_now(void);

/* Ends the program with a message: a wrong answer has no speed. */
_Noreturn void bench_fail(const char *row, const char *why);

/* Whether a row of this name, or one whose name begins so, is asked for. */
bool bench_wants(const bench *b, const char *name);

/* Runs work once to warm up, then times it; every run must give answer. */
bench_time bench_measure(const bench *b, const char *name, bench_work *work, void *user,
                         uint64_t answer);

/* Runs two tasks in turn. Gives how often the speed of theirs ours has, and, if time is not
 * NULL, the seconds of ours. */
bench_time bench_compare(const bench *b, const char *name, const bench_task *ours,
                         const bench_task *theirs, bench_time *time);

/* Compares and prints a row in "x". */
void bench_print_ratio(const bench *b, const char *name, const char *input, bench_task ours,
                       bench_task theirs);

/* Measures and prints a row in MB/s. Returns its bytes per second. */
double bench_print_speed(const bench *b, const bench_row *row);

/* Prints a row that has another unit. */
void bench_print_value(const char *name, const char *input, double value, double low,
                       double high, const char *unit);

/* The file of this name in the folder, with what it is compared with. Made once. */
bench_file *bench_open(bench *b, const char *name);

/* Starts a program with its standard output going to path (NULL: /dev/null), waits, and
 * gives its exit status; -1 if it cannot be started. words ends with NULL. */
int bench_run_program(const char *const *words, const char *path);

/* As above, and gives the KiB that the program had in memory at most. */
long bench_peak_of(const bench *b, const char *const *words);

/* What "bench peak PROGRAM …" does: runs it and prints that number. */
int bench_print_peak(char **words);

/* The sum of the hashes of messages, whatever file they came from. */
uint64_t bench_hash(ef_slice text);

/* Tasks that ratios are taken of. What they need stays in memory until the end. */
bench_task bench_task_score(const bench_file *documents, const char *kernels);
bench_task bench_task_read(const bench_file *packed, size_t bytes, const char *format);
bench_task bench_task_parse(bench_file *lines);
bench_task bench_task_inflate(bench_file *packed, size_t bytes);
bench_task bench_task_program(const bench *b, const bench_file *input, size_t bytes,
                              const char *to, unsigned threads);

/* The families of rows, one file each. */
void bench_kernels(bench *b);
void bench_text(bench *b);
void bench_score(bench *b);
void bench_readers(bench *b);
void bench_program(bench *b);
void bench_ratios(bench *b);
void bench_traps(bench *b);

#endif
