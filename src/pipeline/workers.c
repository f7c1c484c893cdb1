/* SPDX-License-Identifier: MIT
 * pipeline/workers.c - pieces of work in parallel, committed in the order of reading.
 *
 *     worker:     loop: lock reading; wait until a slot is free; read; unlock; work;
 *                       mark the slot done
 *     committer:  loop: wait until the next slot in order is done; commit; free it
 *
 * Reading has a lock of its own, so that a read that waits for a slow pipe holds up nobody
 * who works or commits: what is done goes out at once.
 * Invariant: committed <= read <= committed + slots; slot n % slots holds piece n for
 * committed <= n < read. */
#include "pipeline/workers.h"

#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <time.h>

enum { IDLE_NANOSECONDS = 100000000 };

typedef struct ring {
    const ef_job *job;
    size_t slots;
    pthread_mutex_t reading; /* held while a slot is read; taken before lock */
    pthread_mutex_t lock;    /* guards all that follows */
    pthread_cond_t freed, done;
    uint64_t read;      /* pieces read or being read */
    uint64_t committed; /* pieces committed */
    bool has_end;       /* piece number end is the last */
    uint64_t end;
    bool is_stopped;
    bool is_done[]; /* a slot: its piece waits to be committed */
} ring;

typedef struct worker {
    ring *ring;
    unsigned number;
    pthread_t thread;
} worker;

unsigned ef_job_cores(void)
{
    cpu_set_t set;
    CPU_ZERO(&set);
    if (sched_getaffinity(0, sizeof set, &set) != 0)
        return 1;
    int count = CPU_COUNT(&set);
    return count > 0 ? (unsigned)count : 1;
}

static void run_alone(const ef_job *job)
{
    bool goes_on = true;
    while (goes_on) {
        bool has_more = job->read(job->user, 0);
        if (has_more)
            job->work(job->user, 0, 0);
        goes_on = job->commit(job->user, 0) && has_more;
    }
}

/* Waits for a free slot and gives the number of the piece to read into it. False when there
 * is nothing more to read. The caller holds `reading`. */
static bool take_piece(ring *r, uint64_t *piece)
{
    pthread_mutex_lock(&r->lock);
    while (!r->is_stopped && !r->has_end && r->read == r->committed + r->slots)
        pthread_cond_wait(&r->freed, &r->lock);
    bool has_piece = !r->is_stopped && !r->has_end;
    if (has_piece)
        *piece = r->read++;
    pthread_mutex_unlock(&r->lock);
    return has_piece;
}

static bool read_piece(ring *r, uint64_t *piece, bool *has_more)
{
    pthread_mutex_lock(&r->reading);
    bool has_piece = take_piece(r, piece);
    if (has_piece) {
        *has_more = r->job->read(r->job->user, *piece % r->slots);
        if (!*has_more) {
            pthread_mutex_lock(&r->lock);
            r->has_end = true;
            r->end = *piece;
            pthread_mutex_unlock(&r->lock);
        }
    }
    pthread_mutex_unlock(&r->reading);
    return has_piece;
}

static void *run_worker(void *user)
{
    worker *self = user;
    ring *r = self->ring;
    uint64_t piece;
    bool has_more;
    while (read_piece(r, &piece, &has_more)) {
        if (has_more)
            r->job->work(r->job->user, piece % r->slots, self->number);
        pthread_mutex_lock(&r->lock);
        r->is_done[piece % r->slots] = true;
        if (piece == r->committed)
            pthread_cond_signal(&r->done);
        pthread_mutex_unlock(&r->lock);
    }
    return NULL;
}

static struct timespec soon(void)
{
    struct timespec when;
    clock_gettime(CLOCK_MONOTONIC, &when);
    when.tv_nsec += IDLE_NANOSECONDS;
    if (when.tv_nsec >= 1000000000) {
        when.tv_nsec -= 1000000000;
        when.tv_sec++;
    }
    return when;
}

/* Waits until the next piece in order is done. False if the job is to end. */
static bool await_piece(ring *r)
{
    bool goes_on = true;
    pthread_mutex_lock(&r->lock);
    while (goes_on && !r->is_done[r->committed % r->slots]) {
        struct timespec when = soon();
        if (pthread_cond_timedwait(&r->done, &r->lock, &when) == 0 || r->job->idle == NULL)
            continue;
        pthread_mutex_unlock(&r->lock);
        goes_on = r->job->idle(r->job->user);
        pthread_mutex_lock(&r->lock);
    }
    pthread_mutex_unlock(&r->lock);
    return goes_on;
}

/* Frees the slot that was committed. Returns whether another piece follows. */
static bool free_slot(ring *r)
{
    pthread_mutex_lock(&r->lock);
    bool is_last = r->has_end && r->end == r->committed;
    r->is_done[r->committed % r->slots] = false;
    r->committed++;
    pthread_cond_signal(&r->freed);
    pthread_mutex_unlock(&r->lock);
    return !is_last;
}

static void commit_pieces(ring *r)
{
    while (await_piece(r) && r->job->commit(r->job->user, r->committed % r->slots) &&
           free_slot(r))
        ;
    pthread_mutex_lock(&r->lock);
    r->is_stopped = true;
    pthread_cond_broadcast(&r->freed);
    pthread_mutex_unlock(&r->lock);
}

/* Threads of ours leave the host's signals to the host's threads. */
static unsigned start_workers(worker *workers, ring *r)
{
    sigset_t all, before;
    unsigned started = 0;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    for (; started < r->job->threads; started++) {
        workers[started].ring = r;
        workers[started].number = started;
        if (pthread_create(&workers[started].thread, NULL, run_worker, &workers[started]))
            break;
    }
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return started;
}

static void run_together(ring *r, worker *workers)
{
    pthread_condattr_t monotonic;
    pthread_condattr_init(&monotonic);
    pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    pthread_mutex_init(&r->reading, NULL);
    pthread_mutex_init(&r->lock, NULL);
    pthread_cond_init(&r->freed, NULL);
    pthread_cond_init(&r->done, &monotonic);
    pthread_condattr_destroy(&monotonic);
    unsigned started = start_workers(workers, r);
    if (started == 0)
        run_alone(r->job);
    else
        commit_pieces(r);
    for (unsigned i = 0; i < started; i++)
        pthread_join(workers[i].thread, NULL);
    pthread_cond_destroy(&r->done);
    pthread_cond_destroy(&r->freed);
    pthread_mutex_destroy(&r->lock);
    pthread_mutex_destroy(&r->reading);
}

void ef_job_run(const ef_job *job)
{
    size_t slots = ef_job_slots(job->threads);
    ring *r =
        job->threads <= 1 ? NULL : calloc(1, sizeof *r + slots * sizeof r->is_done[0]);
    worker *workers = r == NULL ? NULL : calloc(job->threads, sizeof *workers);
    if (workers == NULL) {
        run_alone(job);
    } else {
        r->job = job;
        r->slots = slots;
        run_together(r, workers);
    }
    free(workers);
    free(r);
}
