/* SPDX-License-Identifier: MIT
 * pipeline/share_work.c - independent pieces of work, shared by threads. */
#include "pipeline/share_work.h"

#include <pthread.h>
#include <stdatomic.h>
#include <unistd.h>

enum { THREAD_LIMIT = 64 };

typedef struct work {
    atomic_size_t next;
    size_t count;
    ef_piece_fn *piece;
    void *user;
} work;

static void *take_pieces(void *argument)
{
    work *w = argument;
    size_t index;
    while ((index = atomic_fetch_add(&w->next, 1)) < w->count)
        w->piece(w->user, index);
    return NULL;
}

static size_t thread_count(unsigned wanted, size_t pieces)
{
    long cores = wanted != 0 ? (long)wanted : sysconf(_SC_NPROCESSORS_ONLN);
    size_t count = cores < 1 ? 1 : (size_t)cores;
    count = count > THREAD_LIMIT ? THREAD_LIMIT : count;
    return count > pieces ? pieces : count;
}

void ef_share_work(unsigned threads, size_t count, ef_piece_fn *piece, void *user)
{
    work w = { .count = count, .piece = piece, .user = user };
    pthread_t others[THREAD_LIMIT];
    size_t wanted = thread_count(threads, count), started = 0;
    while (started + 1 < wanted &&
           pthread_create(&others[started], NULL, take_pieces, &w) == 0)
        started++;
    take_pieces(&w);
    for (size_t i = 0; i < started; i++)
        pthread_join(others[i], NULL);
}
