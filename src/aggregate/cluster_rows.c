/* SPDX-License-Identifier: MIT
 * aggregate/cluster_rows.c - a table of clusters as rows, 4,096 buckets by the hash's top
 * bits: only buckets that changed are put. */
#include "aggregate/rows.h"

#include <stdio.h>
#include <stdlib.h>

#include "aggregate/pack.h"
#include "base/error.h"

static size_t bucket_of(const ef_cluster *cluster)
{
    return (size_t)(cluster->hash >> 52);
}

static int in_order(const void *one, const void *two)
{
    const ef_cluster *a = *(ef_cluster *const *)one, *b = *(ef_cluster *const *)two;
    if (a->hash != b->hash)
        return a->hash < b->hash ? -1 : 1;
    return a->group < b->group ? -1 : a->group > b->group;
}

static void pack(ef_buffer *out, const ef_cluster *cluster)
{
    ef_pack_int(out, (int64_t)cluster->hash);
    ef_pack_int(out, cluster->last_minute);
    ef_pack_int(out, cluster->group);
    ef_pack_int(out, (int64_t)((uint64_t)cluster->x << 32 | cluster->n));
    ef_buffer_append(out, cluster->scores, sizeof cluster->scores);
    ef_pack_int(out, cluster->bad | cluster->told << 8);
}

static ef_status put(ef_state *state, const char *name, size_t bucket, ef_buffer *bytes,
                     ef_error *error)
{
    char group[8];
    snprintf(group, sizeof group, "%03x", (unsigned)bucket);
    if (bytes->failed)
        return ef_error_memory(error);
    ef_row row = { .table = EF_TABLE_DETECTOR,
                   .detector = { .rule = ef_slice_of(name),
                                 .group = ef_slice_of(group),
                                 .state = ef_buffer_slice(bytes) } };
    return bytes->size > 0 ? ef_state_put(state, &row, error)
                           : ef_state_delete(state, &row, error);
}

/* Pointers to what is in changed buckets, in the order of buckets. */
static size_t gather(const ef_clusters *clusters, const ef_cluster **changed)
{
    size_t count = 0;
    for (size_t i = 0; i < clusters->capacity; i++) {
        const ef_cluster *cluster = &clusters->items[i];
        size_t bucket = bucket_of(cluster);
        if (cluster->hash != 0 && (clusters->changed[bucket / 64] >> bucket % 64 & 1) != 0)
            changed[count++] = cluster;
    }
    qsort(changed, count, sizeof *changed, in_order);
    return count;
}

ef_status ef_clusters_save(const ef_clusters *clusters, const char *name, ef_state *state,
                           ef_error *error)
{
    ef_buffer bytes = { 0 };
    ef_status status = EF_OK;
    const ef_cluster **changed = malloc((clusters->count + 1) * sizeof *changed);
    if (changed == NULL)
        return ef_error_memory(error);
    size_t count = gather(clusters, changed), at = 0;
    for (size_t bucket = 0; bucket < EF_CLUSTER_BUCKETS && status == EF_OK; bucket++) {
        if ((clusters->changed[bucket / 64] >> bucket % 64 & 1) == 0)
            continue;
        ef_buffer_reset(&bytes);
        for (; at < count && bucket_of(changed[at]) == bucket; at++)
            pack(&bytes, changed[at]);
        status = put(state, name, bucket, &bytes, error);
    }
    ef_buffer_release(&bytes);
    free(changed);
    return status;
}

ef_status ef_clusters_load(ef_clusters *clusters, ef_slice bytes, ef_error *error)
{
    ef_unpack in = { .rest = bytes };
    while (in.rest.size > 0) {
        uint64_t hash = (uint64_t)ef_unpack_int(&in);
        int64_t last_minute = ef_unpack_minute(&in);
        uint32_t group = (uint32_t)ef_unpack_int(&in);
        uint64_t counts = (uint64_t)ef_unpack_int(&in);
        ef_cluster *cluster = NULL;
        if (!in.failed && hash != 0 && in.rest.size >= sizeof cluster->scores + 8)
            cluster = ef_clusters_at(clusters, group, hash);
        if (cluster == NULL)
            return ef_error_set(error, EF_ERR_FORMAT,
                                "the state's conversations are damaged");
        cluster->last_minute = last_minute;
        cluster->n = (uint32_t)counts;
        cluster->x = (uint32_t)(counts >> 32);
        memcpy(cluster->scores, in.rest.data, sizeof cluster->scores);
        in.rest.data += sizeof cluster->scores;
        in.rest.size -= sizeof cluster->scores;
        int64_t bits = ef_unpack_int(&in);
        cluster->bad = (uint8_t)bits;
        cluster->told = (uint16_t)(bits >> 8);
    }
    return EF_OK;
}
