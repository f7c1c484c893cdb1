/* SPDX-License-Identifier: MIT
 * input/source_ahead.c - reads what lies below on a thread of its own, a little ahead.
 *
 *     thread:  loop: wait for room; read a piece of below, without waiting; publish it
 *     caller:  loop: wait for bytes; copy them out; publish the room
 *
 * The first bytes are read in the caller's thread, so that a small file starts none; of a
 * larger one there is more by the time its sample has been looked at. All of it is read so
 * where no thread can be had. Where below has nothing yet, a pipe, the thread rests and the
 * caller waits in its place: what waits for ever is never the thread, and closing need not
 * interrupt anything.
 * Invariant: written - taken <= RING_SIZE; the ring holds the bytes from taken to written.
 * Only the thread moves `written`, only the caller `taken`, both under the lock; below
 * belongs to the thread while `ended` is EF_OK and is the caller's otherwise. */
#include "input/source.h"

#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>

#include "base/error.h"

enum {
    PIECE_SIZE = 256 << 10, /* what the thread reads at once: stays in the L2 cache */
    RING_SIZE = 8 * PIECE_SIZE,
    WORTH_WAKING = RING_SIZE / 4,
    IN_LINE = PIECE_SIZE /* bytes of an input before the thread is worth its start */
};

typedef struct ahead {
    ef_source source; /* first: a source is cast to this */
    ef_source *below;
    uint64_t in_line;          /* bytes read without a thread */
    bool has_thread, is_alone; /* one runs; none can be had */
    pthread_t thread;
    uint8_t *ring;                /* NULL until a thread is wanted */
    atomic_uint_least64_t stored; /* of below, when a piece was published */
    pthread_mutex_t lock;         /* guards all that follows */
    pthread_cond_t changed;
    uint64_t written, taken;
    ef_status ended; /* what below has answered; EF_AGAIN: the thread rests */
    ef_error failure;
    bool is_stopped;
} ahead;

/* --- the thread ---------------------------------------------------------------------- */

/* Waits until a piece may be read. False: there is nothing more to do. Holds the lock. */
static bool await_room(ahead *a)
{
    while (!a->is_stopped && (a->ended == EF_AGAIN ||
                              (a->ended == EF_OK && a->written - a->taken == RING_SIZE)))
        pthread_cond_wait(&a->changed, &a->lock);
    return !a->is_stopped && a->ended == EF_OK;
}

static void *read_ahead(void *user)
{
    ahead *a = user;
    pthread_mutex_lock(&a->lock);
    while (await_room(a)) {
        size_t at = a->written % RING_SIZE, room = RING_SIZE - (a->written - a->taken);
        size_t size = room < RING_SIZE - at ? room : RING_SIZE - at, got = 0;
        ef_error failure = { 0 };
        pthread_mutex_unlock(&a->lock);
        ef_status status =
            a->below->read(a->below, a->ring + at, size < PIECE_SIZE ? size : PIECE_SIZE,
                           false, &got, &failure);
        atomic_store(&a->stored, a->below->stored(a->below));
        pthread_mutex_lock(&a->lock);
        if (status == EF_OK)
            a->written += got;
        else
            a->failure = failure;
        a->ended = status;
        if (status != EF_OK || a->written - a->taken >= WORTH_WAKING)
            pthread_cond_signal(&a->changed);
    }
    pthread_mutex_unlock(&a->lock);
    return NULL;
}

/* Threads of ours leave the host's signals to the host's threads. */
static bool start(ahead *a)
{
    sigset_t all, before;
    if (a->ring == NULL)
        a->ring = malloc(RING_SIZE);
    if (a->ring == NULL)
        return false;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    int number = pthread_create(&a->thread, NULL, read_ahead, a);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return number == 0;
}

/* Ends the thread, after the piece that it reads, and forgets what it had read. */
static void stop(ahead *a)
{
    if (!a->has_thread)
        return;
    pthread_mutex_lock(&a->lock);
    a->is_stopped = true;
    pthread_cond_signal(&a->changed);
    pthread_mutex_unlock(&a->lock);
    pthread_join(a->thread, NULL);
    a->has_thread = a->is_stopped = false;
    a->written = a->taken = 0;
    a->ended = EF_OK;
}

/* --- the caller ---------------------------------------------------------------------- */

static ef_status read_below(ahead *a, uint8_t *p, size_t n, bool wait, size_t *got,
                            ef_error *error)
{
    ef_status status = a->below->read(a->below, p, n, wait, got, error);
    atomic_store(&a->stored, a->below->stored(a->below));
    return status;
}

/* Starts the thread once it is worth it. */
static void start_in_time(ahead *a)
{
    if (a->has_thread || a->is_alone || a->in_line < IN_LINE)
        return;
    a->has_thread = start(a);
    a->is_alone = !a->has_thread;
}

static ef_status read_in_line(ahead *a, uint8_t *p, size_t n, bool wait, size_t *got,
                              ef_error *error)
{
    ef_status status = read_below(a, p, n, wait, got, error);
    a->in_line += status == EF_OK ? *got : 0;
    return status;
}

/* Waits for bytes and says how many lie in one stretch; 0 behind the last. Whoever has to
 * wait is not woken for every piece. */
static size_t await_bytes(ahead *a, ef_status *ended)
{
    pthread_mutex_lock(&a->lock);
    if (a->written == a->taken)
        while (a->written - a->taken < WORTH_WAKING && a->ended == EF_OK)
            pthread_cond_wait(&a->changed, &a->lock);
    size_t size = a->written - a->taken, whole = RING_SIZE - a->taken % RING_SIZE;
    *ended = a->ended;
    pthread_mutex_unlock(&a->lock);
    return size < whole ? size : whole;
}

static void take(ahead *a, uint8_t *p, size_t size)
{
    memcpy(p, a->ring + a->taken % RING_SIZE, size);
    pthread_mutex_lock(&a->lock);
    bool was_full = a->written - a->taken == RING_SIZE;
    a->taken += size;
    if (was_full)
        pthread_cond_signal(&a->changed);
    pthread_mutex_unlock(&a->lock);
}

/* Reads in place of the thread, which rests. */
static ef_status read_for_it(ahead *a, uint8_t *p, size_t n, bool wait, size_t *got)
{
    ef_status status = read_below(a, p, n, wait, got, &a->failure);
    pthread_mutex_lock(&a->lock);
    a->ended = status;
    pthread_cond_signal(&a->changed);
    pthread_mutex_unlock(&a->lock);
    return status;
}

static ef_status read_source(ef_source *source, uint8_t *p, size_t n, bool wait,
                             size_t *got, ef_error *error)
{
    ahead *a = (ahead *)source;
    start_in_time(a);
    if (!a->has_thread)
        return read_in_line(a, p, n, wait, got, error);
    ef_status status;
    size_t size = await_bytes(a, &status);
    if (size > 0) {
        *got = size < n ? size : n;
        take(a, p, *got);
        return EF_OK;
    }
    if (status == EF_AGAIN)
        status = read_for_it(a, p, n, wait, got);
    if (status != EF_OK && status != EF_AGAIN && status != EF_END && error != NULL)
        *error = a->failure;
    return status;
}

static void mirror(ahead *a)
{
    a->source.label = a->below->label;
    a->source.note = a->below->note;
    a->source.encoding = a->below->encoding;
    atomic_store(&a->stored, a->below->stored(a->below));
}

static ef_status next_member(ef_source *source, ef_error *error)
{
    ahead *a = (ahead *)source;
    stop(a);
    a->in_line = 0;
    ef_status status = ef_source_next_member(a->below, error);
    mirror(a);
    return status;
}

static void close_source(ef_source *source)
{
    ahead *a = (ahead *)source;
    stop(a);
    pthread_cond_destroy(&a->changed);
    pthread_mutex_destroy(&a->lock);
    a->below->close(a->below);
    free(a->ring);
    free(a);
}

static uint64_t stored(const ef_source *source)
{
    return atomic_load(&((const ahead *)source)->stored);
}

/* Not in the table of kinds: it undoes nothing. */
static const ef_source_kind kind = { .name = "ahead",
                                     .summary = "what lies below, read on another thread" };

ef_status ef_source_read_ahead(ef_source **source, ef_error *error)
{
    ef_source *below = *source;
    *source = NULL;
    ahead *a = calloc(1, sizeof *a);
    if (a == NULL) {
        below->close(below);
        return ef_error_memory(error);
    }
    pthread_mutex_init(&a->lock, NULL);
    pthread_cond_init(&a->changed, NULL);
    a->source = (ef_source){ .kind = &kind,
                             .read = read_source,
                             .close = close_source,
                             .stored = stored,
                             .next_member = next_member };
    a->below = below;
    mirror(a);
    *source = &a->source;
    return EF_OK;
}
