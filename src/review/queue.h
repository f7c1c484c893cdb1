/* SPDX-License-Identifier: MIT
 * review/queue.h - which texts a person is asked about, and in which order.
 *
 * Texts are offered with their scores, by any number of threads, each to a pool of its own;
 * pools are merged, and the queue is chosen from the sum: kinds take turns, and of a kind
 * the text that tells most beside those chosen before. What is kept of millions of texts is
 * bounded, and the same whatever the order in which they came. */
#ifndef EARFUL_REVIEW_QUEUE_H
#define EARFUL_REVIEW_QUEUE_H

#include "earful/app/review.h"
#include "review/candidates.h"
#include "review/coverage.h"
#include "review/key_set.h"

typedef struct ef_pool_plan {
    bool wants[EF_REVIEW_KINDS];
    uint32_t count;
    uint64_t seed;
} ef_pool_plan;

/* The kinds that a queue of one kind, or the mix, takes: by is a kind's name, "mix" or
 * NULL. False for another word. */
bool ef_pool_plan_set(ef_pool_plan *plan, const char *by, uint32_t count, uint64_t seed);

/* What a text is known by: its bytes as they are shown and written. */
uint64_t ef_review_key(ef_slice text);

/* The lot that a text draws with a seed: the smaller the sooner. */
uint64_t ef_review_lot(uint64_t seed, uint64_t key);

/* A list for each kind, and of uncertain texts one for each label that the model gives:
 * where nine texts of ten are praise, so are the doubtful ones, and complaints would stay
 * rare. */
enum { EF_POOL_NEUTRAL = EF_REVIEW_KINDS, EF_POOL_POSITIVE, EF_POOL_LISTS };

/* What one thread has been offered. */
typedef struct ef_pool {
    const ef_pool_plan *plan;
    ef_candidates lists[EF_POOL_LISTS]; /* the uncertain ones of their kind are negative */
    ef_candidates sample;               /* drawn by another lot: how common words are */
} ef_pool;

void ef_pool_init(ef_pool *pool, const ef_pool_plan *plan);
void ef_pool_release(ef_pool *pool);
/* candidate->worth is the pool's business. False without memory. */
bool ef_pool_offer(ef_pool *pool, ef_candidate *candidate);
/* Moves all of more there, which is then empty. False without memory. */
bool ef_pool_merge(ef_pool *pool, ef_pool *more);

typedef struct ef_queued {
    const ef_candidate *candidate; /* the pool's */
    ef_review_kind kind;
} ef_queued;

/* Fills queue[0 .. plan->count) with texts of the pool and gives their number in *count.
 * coverage knows the texts that were labelled before. The first n are what a queue of n
 * would be, but for texts that a larger pool had no room for. False without memory. */
bool ef_queue_choose(ef_queued *queue, size_t *count, ef_pool *pool, ef_coverage *coverage);

#endif
