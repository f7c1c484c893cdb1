/* SPDX-License-Identifier: MIT
 * tally/voices.c - who speaks: how many there are, and how alike the messages of one are.
 */
#include "tally/voices.h"

#include "base/hash.h"

/* So much nobody says. Its square, times the number of clusters, fits into 128 bits. */
static const int64_t most_said = INT64_C(1) << 50;

void ef_voices_init(ef_voices *voices)
{
    *voices = (ef_voices){ 0 };
    ef_sums_init(&voices->clusters, 0, EF_VOICE_SUMS * EF_SIDES, EF_MOST_VOICES);
    ef_sums_init(&voices->authors, 0, 0, EF_MOST_DISTINCT);
    ef_sums_init(&voices->conversations, 0, 0, EF_MOST_DISTINCT);
    ef_sums_init(&voices->texts, 0, 1, EF_MOST_DISTINCT);
}

void ef_voices_release(ef_voices *voices)
{
    ef_sums_release(&voices->clusters);
    ef_sums_release(&voices->authors);
    ef_sums_release(&voices->conversations);
    ef_sums_release(&voices->texts);
}

static void count_voice(ef_voice *voice, const ef_heard *heard)
{
    const ef_score *score = heard->score;
    const ef_rating *rating = &heard->record->rating;
    if (score->label != EF_LABEL_NONE) {
        voice->n++;
        voice->negative += score->label == EF_LABEL_NEGATIVE;
        voice->positive += score->label == EF_LABEL_POSITIVE;
        voice->mixed += score->mixed;
        voice->sum += score->score;
    }
    if (rating->is_known) {
        voice->rated++;
        voice->rating += rating->scaled;
    }
}

static bool add_cluster(ef_voices *voices, const ef_heard *heard)
{
    int64_t *found;
    if (heard->conversation == 0 && heard->author == 0) {
        ef_mood_count(&voices->alone[heard->side], heard);
        return true;
    }
    if (!ef_sums_at(&voices->clusters, heard->cluster, NULL, &found))
        return false;
    if (found != NULL)
        count_voice((ef_voice *)found + heard->side, heard);
    return true;
}

static bool add_distinct(ef_sums *sums, uint64_t hash)
{
    int64_t *found;
    if (hash == 0 || !ef_sums_at(sums, hash, NULL, &found))
        return hash == 0;
    if (found != NULL && sums->sum_count > 0)
        ++*found;
    return true;
}

static uint64_t text_of(const ef_heard *heard)
{
    uint64_t hash = ef_hash_combine(heard->words, heard->author);
    return hash == 0 ? 1 : hash;
}

static bool add_text(ef_voices *voices, const ef_heard *heard)
{
    return heard->record->text.size < EF_LEAST_REPEATED ||
           add_distinct(&voices->texts, text_of(heard));
}

void ef_voices_expect(const ef_voices *voices, const ef_heard *heard)
{
    ef_sums_expect(&voices->clusters, heard->cluster);
    ef_sums_expect(&voices->authors, heard->author);
    ef_sums_expect(&voices->texts, text_of(heard));
}

bool ef_voices_add(ef_voices *voices, const ef_heard *heard)
{
    if (!add_distinct(&voices->conversations, heard->conversation))
        return false;
    return !heard->is_customer ||
           (add_cluster(voices, heard) && add_distinct(&voices->authors, heard->author) &&
            add_text(voices, heard));
}

bool ef_voices_merge(ef_voices *voices, const ef_voices *more)
{
    for (int side = 0; side < EF_SIDES; side++)
        ef_mood_merge(&voices->alone[side], &more->alone[side]);
    return ef_sums_merge(&voices->clusters, &more->clusters) &&
           ef_sums_merge(&voices->authors, &more->authors) &&
           ef_sums_merge(&voices->conversations, &more->conversations) &&
           ef_sums_merge(&voices->texts, &more->texts);
}

bool ef_voices_save(const ef_voices *voices, ef_buffer *out)
{
    for (int side = 0; side < EF_SIDES; side++)
        ef_mood_save(&voices->alone[side], out);
    return ef_sums_save(&voices->clusters, out) && ef_sums_save(&voices->authors, out) &&
           ef_sums_save(&voices->conversations, out) && ef_sums_save(&voices->texts, out);
}

static void check(const ef_sums *sums, ef_unpack *in)
{
    size_t at = 0;
    uint64_t hash;
    for (const int64_t *sum; (sum = ef_sums_next(sums, &at, &hash)) != NULL;)
        for (size_t i = 0; i < sums->sum_count; i++)
            in->failed |= sum[i] > most_said || sum[i] < -most_said;
}

bool ef_voices_load(ef_voices *voices, ef_unpack *in)
{
    for (int side = 0; side < EF_SIDES; side++)
        ef_mood_load(&voices->alone[side], in);
    if (!ef_sums_load(&voices->clusters, in) || !ef_sums_load(&voices->authors, in) ||
        !ef_sums_load(&voices->conversations, in) || !ef_sums_load(&voices->texts, in))
        return false;
    check(&voices->clusters, in);
    check(&voices->texts, in);
    return true;
}

int64_t ef_voices_repeated(const ef_voices *voices)
{
    size_t at = 0;
    uint64_t hash;
    int64_t again = 0;
    for (const int64_t *said; (said = ef_sums_next(&voices->texts, &at, &hash)) != NULL;)
        again += *said > 1 ? *said - 1 : 0;
    return again << (voices->texts.level < 20 ? voices->texts.level : 20);
}
