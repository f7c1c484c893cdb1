/* SPDX-License-Identifier: MIT
 * tally/whole.c - what is counted of all messages together: coverage, mood, feelings. */
#include "tally/whole.h"

enum { WORDS = sizeof(ef_whole) / sizeof(int64_t), TIMES = 2 };

/* No count comes near it, and eight of them still fit. */
static const int64_t most = INT64_C(1) << 59;

static const int64_t last_time_ms = INT64_C(253402300799999); /* the end of year 9999 */

void ef_whole_init(ef_whole *whole)
{
    *whole = (ef_whole){ .first_ms = INT64_MAX, .last_ms = INT64_MIN };
}

static void count_labelled(ef_whole *whole, const ef_score *score)
{
    int32_t bin = (score->score + EF_UNIT) * EF_SCORE_BINS / (2 * EF_UNIT + 1);
    whole->labelled++;
    whole->bins[bin]++;
    whole->emotions[score->emotion]++;
    for (unsigned i = 0; i < EF_SIGNAL_COUNT; i++)
        whole->signals[i] += score->signals >> i & 1;
}

bool ef_whole_add(ef_whole *whole, const ef_heard *heard)
{
    const ef_record *record = heard->record;
    const ef_score *score = heard->score;
    whole->records++;
    whole->with_conversation += heard->conversation != 0;
    whole->with_author += heard->author != 0;
    whole->with_role += record->role != EF_ROLE_UNKNOWN;
    whole->untimed += !heard->has_time;
    if (heard->has_time && heard->time_ms < whole->first_ms)
        whole->first_ms = heard->time_ms;
    if (heard->has_time && heard->time_ms > whole->last_ms)
        whole->last_ms = heard->time_ms;
    ef_mood_count(&whole->sides[heard->side], heard);
    if (!heard->is_customer) {
        whole->not_customers++;
        return true;
    }
    whole->with_rating += record->rating.is_known;
    if (score->label != EF_LABEL_NONE)
        count_labelled(whole, score);
    else if (score->language == EF_LANGUAGE_UNKNOWN)
        whole->unknown_language++;
    else
        whole->empty++;
    return true;
}

bool ef_whole_merge(ef_whole *whole, const ef_whole *more)
{
    int64_t first = whole->first_ms < more->first_ms ? whole->first_ms : more->first_ms;
    int64_t last = whole->last_ms > more->last_ms ? whole->last_ms : more->last_ms;
    uint64_t *to = (uint64_t *)whole;
    const uint64_t *from = (const uint64_t *)more;
    for (size_t i = 0; i < WORDS; i++)
        to[i] += from[i];
    whole->first_ms = first;
    whole->last_ms = last;
    return true;
}

bool ef_whole_save(const ef_whole *whole, ef_buffer *out)
{
    const int64_t *words = (const int64_t *)whole;
    for (size_t i = 0; i < WORDS; i++)
        ef_pack_int(out, words[i]);
    return !out->failed;
}

bool ef_whole_load(ef_whole *whole, ef_unpack *in)
{
    int64_t *words = (int64_t *)whole;
    for (size_t i = 0; i < WORDS; i++) {
        words[i] = ef_unpack_int(in);
        if (i >= TIMES && (words[i] > most || words[i] < -most))
            in->failed = true;
    }
    bool is_timed = whole->first_ms != INT64_MAX || whole->last_ms != INT64_MIN;
    in->failed |= is_timed && (whole->first_ms < 0 || whole->last_ms > last_time_ms);
    return true;
}

ef_mood ef_whole_mood(const ef_whole *whole)
{
    ef_mood mood = { 0 };
    for (int side = 0; side < EF_SIDES; side++)
        ef_mood_merge(&mood, &whole->sides[side]);
    return mood;
}
