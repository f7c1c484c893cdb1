/* SPDX-License-Identifier: MIT
 * aggregate/cluster.c - the design effect, from integer sums over conversations.
 *
 * What is closed leaves the table, and the table is made anew without it: the order of what
 * remains follows from the hashes alone. */
#include "aggregate/cluster.h"

#include <assert.h>
#include <stdlib.h>

#ifdef __clang__
#pragma STDC FP_CONTRACT OFF
#endif

enum { FIRST_CAPACITY = 256 };

void ef_cluster_count(ef_cluster_sums *sums, int64_t n, int64_t x, int64_t weight)
{
    sums->k += weight;
    sums->n += weight * n;
    sums->x += weight * x;
    sums->nn += weight * n * n;
    sums->xn += weight * x * n;
    sums->xx += weight * x * x;
}

double ef_cluster_deff(const ef_cluster_sums *sums, double p, double scale)
{
    double k = (double)sums->k / scale, spread = (double)sums->n * p * (1 - p);
    if (k < 2 || !(spread > 0))
        return 1;
    double squares = (double)sums->xx - 2 * p * (double)sums->xn + p * p * (double)sums->nn;
    double deff = squares / spread * (k / (k - 1));
    return deff > 1 ? deff : 1;
}

void ef_clusters_release(ef_clusters *clusters)
{
    free(clusters->items);
    *clusters = (ef_clusters){ 0 };
}

static ef_cluster *slot_of(ef_cluster *items, size_t capacity, uint32_t group,
                           uint64_t hash)
{
    size_t at = (size_t)(hash + group * UINT64_C(0x9E3779B97F4A7C15)) & (capacity - 1);
    while (items[at].hash != 0 && (items[at].hash != hash || items[at].group != group))
        at = (at + 1) & (capacity - 1);
    return &items[at];
}

static bool grow(ef_clusters *clusters)
{
    size_t capacity = clusters->capacity == 0 ? FIRST_CAPACITY : clusters->capacity * 2;
    ef_cluster *items = calloc(capacity, sizeof *items);
    if (items == NULL)
        return false;
    for (size_t i = 0; i < clusters->capacity; i++) {
        const ef_cluster *old = &clusters->items[i];
        if (old->hash != 0)
            *slot_of(items, capacity, old->group, old->hash) = *old;
    }
    free(clusters->items);
    clusters->items = items;
    clusters->capacity = capacity;
    return true;
}

static void mark(ef_clusters *clusters, uint64_t hash)
{
    uint64_t bucket = hash >> 52;
    clusters->changed[bucket / 64] |= UINT64_C(1) << bucket % 64;
}

ef_cluster *ef_clusters_at(ef_clusters *clusters, uint32_t group, uint64_t hash)
{
    assert(hash != 0);
    if (clusters->count * 4 >= clusters->capacity * 3 && !grow(clusters))
        return NULL;
    ef_cluster *cluster = slot_of(clusters->items, clusters->capacity, group, hash);
    mark(clusters, hash);
    if (cluster->hash != 0)
        return cluster;
    if (clusters->count >= EF_MOST_CLUSTERS)
        return NULL;
    *cluster = (ef_cluster){ .hash = hash, .group = group };
    clusters->count++;
    return cluster;
}

/* Takes an entry out of an open-addressing table: what was pushed behind it moves up. */
static void remove_at(ef_clusters *clusters, size_t at)
{
    size_t mask = clusters->capacity - 1, hole = at;
    clusters->items[hole].hash = 0;
    clusters->count--;
    for (size_t next = (hole + 1) & mask; clusters->items[next].hash != 0;
         next = (next + 1) & mask) {
        ef_cluster moved = clusters->items[next];
        clusters->items[next].hash = 0;
        *slot_of(clusters->items, clusters->capacity, moved.group, moved.hash) = moved;
    }
}

void ef_clusters_close(ef_clusters *clusters, int64_t before, ef_cluster_closed_fn *closed,
                       void *user)
{
    for (size_t i = 0; i < clusters->capacity;) {
        ef_cluster *cluster = &clusters->items[i];
        if (cluster->hash != 0 && cluster->last_minute < before) {
            if (closed != NULL)
                closed(user, cluster);
            mark(clusters, cluster->hash);
            remove_at(clusters, i); /* another one may stand here now */
        } else {
            i++;
        }
    }
}

void ef_cluster_restart(ef_clusters *clusters, ef_cluster *cluster, uint32_t negatives)
{
    cluster->n = cluster->x = negatives;
    mark(clusters, cluster->hash);
}
