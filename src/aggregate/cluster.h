/* SPDX-License-Identifier: MIT
 * aggregate/cluster.h - how much less the messages of one conversation say than as many of
 * strangers: the design effect, from integer sums over conversations.
 *
 * A cluster is a conversation, else an author, else the message alone. */
#ifndef EARFUL_AGGREGATE_CLUSTER_H
#define EARFUL_AGGREGATE_CLUSTER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Sums over k clusters of n messages, x of them negative. They add up in any order. */
typedef struct ef_cluster_sums {
    int64_t k, n, x, nn, xn, xx;
} ef_cluster_sums;

/* Adds weight times one cluster. */
void ef_cluster_count(ef_cluster_sums *sums, int64_t n, int64_t x, int64_t weight);

/* [Σx² - 2pΣxn + p²Σn²] / (N p (1 - p)) · k / (k - 1), at least 1; sums are in units of
 * 1 / scale. 1 where there are fewer than two clusters. */
double ef_cluster_deff(const ef_cluster_sums *sums, double p, double scale);

enum {
    EF_RECENT_SCORES = 5,
    EF_CLUSTER_BUCKETS = 4096 /* by the top bits of the hash: units of saving */
};

/* A cluster that may still grow, for one group. */
typedef struct ef_cluster {
    uint64_t hash; /* never 0 */
    int64_t last_minute;
    uint32_t group;
    uint32_t n, x;
    int16_t scores[EF_RECENT_SCORES]; /* newest first; for rules of conversations */
    uint8_t bad;                      /* bit i: scores[i] is of a negative message */
    uint16_t told;                    /* bits of rules that have raised it */
} ef_cluster;

/* Zero-initialise. */

typedef struct ef_clusters {
    ef_cluster *items; /* open addressing; hash 0: free */
    size_t count, capacity;
    uint64_t changed[EF_CLUSTER_BUCKETS / 64]; /* bits of buckets not saved yet */
} ef_clusters;

enum { EF_MOST_CLUSTERS = 100000 };

/* Whether a message in a minute comes behind a silence of so many. */
static inline bool ef_cluster_is_silent(const ef_cluster *cluster, int64_t minute,
                                        int64_t gap)
{
    return cluster->n > 0 && minute - cluster->last_minute >= gap;
}

void ef_clusters_release(ef_clusters *clusters);

/* The cluster of a hash in a group, made if it is not there; NULL without memory, and when
 * EF_MOST_CLUSTERS are open: then close some. Counts as changed. */
ef_cluster *ef_clusters_at(ef_clusters *clusters, uint32_t group, uint64_t hash);

/* Forgets clusters without a message since a minute, and hands each to closed before, if
 * closed is not NULL, in order of the table. */
typedef void ef_cluster_closed_fn(void *user, const ef_cluster *cluster);
void ef_clusters_close(ef_clusters *clusters, int64_t before, ef_cluster_closed_fn *closed,
                       void *user);

/* A cluster begins anew with so many negative messages: the others were taken out of where
 * they counted. */
void ef_cluster_restart(ef_clusters *clusters, ef_cluster *cluster, uint32_t negatives);

#endif
