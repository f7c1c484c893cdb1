/* SPDX-License-Identifier: MIT
 * tally/mood.c - a mood as bytes. */
#include "tally/mood.h"

/* No count comes near it, and eight of them still fit. */
static const int64_t most = INT64_C(1) << 59;

void ef_mood_save(const ef_mood *mood, ef_buffer *out)
{
    const int64_t *sums = (const int64_t *)mood;
    for (size_t i = 0; i < EF_MOOD_SUMS; i++)
        ef_pack_int(out, sums[i]);
}

void ef_mood_load(ef_mood *mood, ef_unpack *in)
{
    int64_t *sums = (int64_t *)mood;
    for (size_t i = 0; i < EF_MOOD_SUMS; i++) {
        sums[i] = ef_unpack_int(in);
        in->failed |= sums[i] > most || sums[i] < -most;
    }
}
