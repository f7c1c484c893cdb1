/* SPDX-License-Identifier: MIT
 * pipeline/repeats.c - which records came before, for reports that count each once. */
#include "pipeline/repeats.h"

#include "base/hash.h"

void ef_repeats_init(ef_repeats *repeats)
{
    pthread_mutex_init(&repeats->lock, NULL);
    ef_sums_init(&repeats->seen, 0, 0, 0);
}

void ef_repeats_release(ef_repeats *repeats)
{
    ef_sums_release(&repeats->seen);
    pthread_mutex_destroy(&repeats->lock);
}

/* Of all that is counted of a record. */
static uint64_t hash_of(const ef_heard *heard, size_t group_count)
{
    uint64_t hash = ef_hash_combine(heard->print, (uint64_t)heard->record->role);
    for (size_t i = 0; i < group_count; i++)
        hash = ef_hash_combine(
            hash, heard->groups[i].size == 0
                      ? 0
                      : ef_hash_bytes(heard->groups[i].data, heard->groups[i].size));
    return hash == 0 ? 1 : hash;
}

bool ef_repeats_note(ef_repeats *repeats, const ef_heard *heard, size_t group_count,
                     bool *is_new)
{
    uint64_t hash = hash_of(heard, group_count);
    int64_t *found;
    pthread_mutex_lock(&repeats->lock);
    size_t before = repeats->seen.count;
    bool is_good = ef_sums_at(&repeats->seen, hash, NULL, &found);
    *is_new = repeats->seen.count > before;
    pthread_mutex_unlock(&repeats->lock);
    return is_good;
}
