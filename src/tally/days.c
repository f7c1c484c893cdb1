/* SPDX-License-Identifier: MIT
 * tally/days.c - the mood of each day, and of each hour while there are few of them. */
#include "tally/days.h"

#include "base/hash.h"

/* Days and hours of dates that a reader lets through: the years 1970 to 9999. */
static const int64_t last_day = 2932896;

void ef_days_init(ef_days *days)
{
    ef_sums_init(&days->days, 1, EF_MOOD_SUMS, 0);
    ef_sums_init(&days->hours, 1, EF_MOOD_SUMS, EF_MOST_HOURS);
}

void ef_days_release(ef_days *days)
{
    ef_sums_release(&days->days);
    ef_sums_release(&days->hours);
}

uint64_t ef_days_hash(int64_t number)
{
    uint64_t hash = ef_hash_mix((uint64_t)number, 1);
    return hash == 0 ? 1 : hash;
}

static bool count(ef_sums *sums, int64_t number, const ef_heard *heard)
{
    int64_t *found;
    if (!ef_sums_at(sums, ef_days_hash(number), &number, &found))
        return false;
    if (found != NULL)
        ef_mood_count((ef_mood *)found, heard);
    return true;
}

bool ef_days_add(ef_days *days, const ef_heard *heard)
{
    if (!heard->has_time || !heard->is_customer)
        return true;
    return count(&days->days, heard->day, heard) &&
           count(&days->hours, heard->day * INT64_C(24) + heard->second / 3600, heard);
}

static bool put(ef_sums *sums, int64_t number, const ef_mood *mood)
{
    int64_t *found;
    if (!ef_sums_at(sums, ef_days_hash(number), &number, &found))
        return false;
    if (found != NULL)
        ef_mood_merge((ef_mood *)found, mood);
    return true;
}

bool ef_days_put(ef_days *days, int64_t hour, const ef_mood *mood)
{
    return put(&days->days, hour / 24 - (hour % 24 < 0), mood) &&
           put(&days->hours, hour, mood);
}

bool ef_days_merge(ef_days *days, const ef_days *more)
{
    return ef_sums_merge(&days->days, &more->days) &&
           ef_sums_merge(&days->hours, &more->hours);
}

bool ef_days_save(const ef_days *days, ef_buffer *out)
{
    return ef_sums_save(&days->days, out) && ef_sums_save(&days->hours, out);
}

static void check(const ef_sums *sums, int64_t last, ef_unpack *in)
{
    size_t at = 0;
    uint64_t hash;
    for (const int64_t *key; (key = ef_sums_next(sums, &at, &hash)) != NULL;)
        if (*key < -1 || *key > last || ef_days_hash(*key) != hash)
            in->failed = true;
}

bool ef_days_load(ef_days *days, ef_unpack *in)
{
    if (!ef_sums_load(&days->days, in) || !ef_sums_load(&days->hours, in))
        return false;
    check(&days->days, last_day, in);
    check(&days->hours, (last_day + 1) * 24, in);
    return true;
}

bool ef_days_have_hours(const ef_days *days)
{
    return days->hours.level == 0;
}
