/* SPDX-License-Identifier: MIT
 * pipeline/workers.h - pieces of work in parallel, committed in the order of reading.
 *
 * Knows nothing of records: a job fills numbered slots, works on them and commits them. A
 * slot goes round: read (one thread at a time), work (any thread), commit (the calling
 * thread, in the order of reading), read again. So the result does not depend on the
 * number of threads, and memory is bounded by the number of slots. */
#ifndef EARFUL_PIPELINE_WORKERS_H
#define EARFUL_PIPELINE_WORKERS_H

#include <stdbool.h>
#include <stddef.h>

typedef struct ef_job {
    void *user;
    unsigned threads; /* 1: none is started, everything happens in the calling thread */
    /* Fills a slot. False: this slot is the last; it is committed without work. */
    bool (*read)(void *user, size_t slot);
    /* worker is below threads; two threads never have the same one. */
    void (*work)(void *user, size_t slot, unsigned worker);
    /* False ends the job. */
    bool (*commit)(void *user, size_t slot);
    /* Called ten times a second while there is nothing to commit. False ends the job. May
     * be NULL; not called with one thread. */
    bool (*idle)(void *user);
} ef_job;

/* How many slots a job of so many threads uses: one a thread, half as many that are done
 * and wait for their turn, and one that is being read. A slot may hold ten megabytes, when
 * short records get long scores: hence not more of them. */
static inline size_t ef_job_slots(unsigned threads)
{
    return threads <= 1 ? 1 : (size_t)threads + threads / 2 + 1;
}

/* Runs the job to its end. A job that ends early waits for a read that is under way. If the
 * system gives fewer threads, fewer are used; without memory, one. */
void ef_job_run(const ef_job *job);

/* How many cores this process may use. */
unsigned ef_job_cores(void);

#endif
