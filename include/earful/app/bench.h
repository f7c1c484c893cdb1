/* SPDX-License-Identifier: MIT
 * app/bench.h - how fast this machine scores texts, by kernel set and number of threads.
 *
 * Not part of the stable interface. Texts are read into memory first and scored one call
 * each, as a program does that has the library inside: no format is read or written while
 * the clock runs. No figure is given for a set that answers differently from the others. */
#ifndef EARFUL_APP_BENCH_H
#define EARFUL_APP_BENCH_H

#include "earful/engine.h"
#include "earful/reader.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct ef_bench_options {
    ef_reader_options reader; /* what to score; without inputs, a text of our own making */
    ef_engine_options engine; /* kernels NULL: every set that runs here */
    unsigned threads;         /* the most that are tried; 0: as many as there are cores */
    unsigned milliseconds;    /* about how long the clock may run in all; 0: 5,000 */
} ef_bench_options;

/* One set with so many threads. In a run, each thread goes over all texts once. */
typedef struct ef_bench_row {
    const char *kernels; /* static */
    unsigned threads, runs;
    uint64_t ns, least_ns, most_ns; /* of a run: the median, the fastest, the slowest */
} ef_bench_row;

/* All that it points to lives until it is freed. */
typedef struct ef_benched {
    ef_engine_info info;
    uint64_t messages, bytes; /* of all texts, with a line end behind each */
    uint64_t tokens;          /* words of the texts */
    uint64_t answer;          /* over every figure of every score: what all sets gave */
    bool is_made;             /* there was no input */
    bool is_part;             /* the inputs hold more than fits into the time */
    ef_bench_row newlines;    /* line ends counted in the same bytes, for comparison */
    const ef_bench_row *rows; /* set by set, the reference first; threads ascending */
    size_t row_count;
} ef_benched;

/* Measures. Fails like ef_engine_new and ef_reader_next; with EF_ERR_FORMAT where there is
 * no text, and with EF_ERR_INTERNAL where a set answers differently from the reference. The
 * caller frees *benched. */
EF_API ef_status ef_bench(ef_benched **benched, const ef_bench_options *options,
                          ef_error *error);
EF_API void ef_benched_free(ef_benched *benched);

#ifdef __cplusplus
}
#endif
#endif
