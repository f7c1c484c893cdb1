/* SPDX-License-Identifier: MIT
 * tally/rated.c - what customers answered on scales, and whether their words agree.
 *
 * The partings kept are the first of an order that the messages themselves decide, so the
 * same ones stay however the input is cut. */
#include "tally/rated.h"

#include <stdlib.h>

#include "base/hash.h"
#include "text/redact.h"

enum { SIDES_OF_STARS = 3 };
static const int64_t most = INT64_C(1) << 50;

void ef_rated_init(ef_rated *rated, bool shows_words)
{
    *rated = (ef_rated){ .shows_words = shows_words };
    ef_sums_init(&rated->answers, 3, EF_SIDES, EF_MOST_ANSWERS);
}

void ef_rated_release(ef_rated *rated)
{
    ef_sums_release(&rated->answers);
    ef_buffer_release(&rated->words);
    ef_redactor_free(rated->redactor);
    rated->redactor = NULL;
    free(rated->partings);
    rated->partings = NULL;
    rated->parting_count = 0;
}

/* --- answers ----------------------------------------------------------------------- */

static uint64_t hash_of(const ef_answer *answer)
{
    uint64_t hash = ef_hash_combine((uint64_t)answer->low, (uint64_t)answer->high);
    hash = ef_hash_combine(hash, (uint64_t)answer->value);
    return hash == 0 ? 1 : hash;
}

static int64_t whole_of(double value)
{
    double scaled = value * EF_ANSWER_UNIT;
    return (int64_t)(scaled < 0 ? scaled - 0.5 : scaled + 0.5);
}

static ef_answer answer_of(const ef_rating *rating)
{
    return (ef_answer){ whole_of(rating->low), whole_of(rating->high),
                        whole_of(rating->value) };
}

static bool count_answer(ef_rated *rated, const ef_answer *answer, ef_side side)
{
    int64_t *found;
    if (!ef_sums_at(&rated->answers, hash_of(answer), (const int64_t *)answer, &found))
        return false;
    if (found != NULL)
        found[side]++;
    return true;
}

/* --- stars and words --------------------------------------------------------------- */

/* 0 negative, 1 neutral, 2 positive. */
static int side_of(int32_t scaled)
{
    return scaled <= -EF_OUTSPOKEN ? 0 : scaled >= EF_OUTSPOKEN ? 2 : 1;
}

static bool goes_before(const ef_parting *one, const ef_parting *two)
{
    return one->gap != two->gap ? one->gap > two->gap : one->print < two->print;
}

static bool has_room_for(const ef_rated *rated, const ef_parting *parting)
{
    return rated->parting_count < EF_KEPT_PARTINGS ||
           goes_before(parting, &rated->partings[EF_KEPT_PARTINGS - 1]);
}

/* A message that came twice stands once. False without memory. */
static bool keep_parting(ef_rated *rated, const ef_parting *parting)
{
    if (rated->partings == NULL)
        rated->partings = calloc(EF_KEPT_PARTINGS, sizeof *rated->partings);
    if (rated->partings == NULL)
        return false;
    size_t at = 0;
    while (at < rated->parting_count && goes_before(&rated->partings[at], parting))
        at++;
    if (at == EF_KEPT_PARTINGS ||
        (at < rated->parting_count && rated->partings[at].print == parting->print))
        return true;
    if (rated->parting_count < EF_KEPT_PARTINGS)
        rated->parting_count++;
    memmove(&rated->partings[at + 1], &rated->partings[at],
            (rated->parting_count - at - 1) * sizeof *parting);
    rated->partings[at] = *parting;
    return true;
}

/* Cut between characters. */
static uint32_t copy(uint8_t *to, size_t room, ef_slice bytes)
{
    size_t size = bytes.size < room ? bytes.size : room;
    while (size < bytes.size && size > 0 && (bytes.data[size] & 0xC0) == 0x80)
        size--;
    if (size > 0)
        memcpy(to, bytes.data, size);
    return (uint32_t)size;
}

static bool copy_words(ef_rated *rated, ef_slice words, size_t most_bytes, uint8_t *to,
                       size_t room, uint32_t *size)
{
    if (rated->shows_words) {
        *size = copy(to, most_bytes, words);
        return true;
    }
    ef_buffer_reset(&rated->words);
    size_t end = words.size < most_bytes ? words.size : most_bytes;
    while (end < words.size && end > 0 && (words.data[end] & 0xC0) == 0x80)
        end--;
    if (rated->redactor == NULL &&
        ef_redactor_new(&rated->redactor, rated->redactions, NULL) != EF_OK)
        return false;
    ef_redact_part(&rated->words, rated->redactor, words, 0, end);
    if (rated->words.failed)
        return false;
    *size = copy(to, room, ef_buffer_slice(&rated->words));
    return true;
}

static bool add_parting(ef_rated *rated, const ef_heard *heard)
{
    const ef_record *record = heard->record;
    int64_t gap = (int64_t)record->rating.scaled - heard->score->score;
    ef_parting parting = { .gap = (int32_t)(gap < 0 ? -gap : gap),
                           .print = heard->print,
                           .time_ms = heard->has_time ? heard->time_ms : 0,
                           .label = heard->score->label,
                           .score = heard->score->score,
                           .answer = answer_of(&record->rating) };
    if (!has_room_for(rated, &parting))
        return true;
    return copy_words(rated, record->id, sizeof parting.id, parting.id, sizeof parting.id,
                      &parting.id_size) &&
           copy_words(rated, record->text, EF_PARTING_TEXT, parting.text,
                      sizeof parting.text, &parting.text_size) &&
           keep_parting(rated, &parting);
}

bool ef_rated_add(ef_rated *rated, const ef_heard *heard)
{
    const ef_rating *rating = &heard->record->rating;
    const ef_score *score = heard->score;
    if (!rating->is_known || !heard->is_customer)
        return true;
    ef_answer answer = answer_of(rating);
    if (!count_answer(rated, &answer, heard->side))
        return false;
    if (score->label == EF_LABEL_NONE)
        return true;
    int stars = side_of(rating->scaled), label = (int)score->label - EF_LABEL_NEGATIVE;
    rated->table[stars][label]++;
    bool parts = (stars == 0 && label == 2) || (stars == 2 && label == 0);
    return !parts || add_parting(rated, heard);
}

/* --- all parts' duties ------------------------------------------------------------- */

bool ef_rated_merge(ef_rated *rated, const ef_rated *more)
{
    for (int i = 0; i < SIDES_OF_STARS; i++)
        for (int j = 0; j < SIDES_OF_STARS; j++)
            rated->table[i][j] += more->table[i][j];
    for (size_t i = 0; i < more->parting_count; i++)
        if (!keep_parting(rated, &more->partings[i]))
            return false;
    return ef_sums_merge(&rated->answers, &more->answers);
}

static void save_parting(const ef_parting *parting, ef_buffer *out)
{
    ef_pack_int(out, parting->gap);
    ef_pack_int(out, (int64_t)parting->print);
    ef_pack_int(out, parting->time_ms);
    ef_pack_int(out, (int64_t)parting->label);
    ef_pack_int(out, parting->score);
    ef_pack_int(out, parting->answer.low);
    ef_pack_int(out, parting->answer.high);
    ef_pack_int(out, parting->answer.value);
    ef_pack_bytes(out, (ef_slice){ parting->id, parting->id_size });
    ef_pack_bytes(out, (ef_slice){ parting->text, parting->text_size });
}

bool ef_rated_save(const ef_rated *rated, ef_buffer *out)
{
    for (int i = 0; i < SIDES_OF_STARS; i++)
        for (int j = 0; j < SIDES_OF_STARS; j++)
            ef_pack_int(out, rated->table[i][j]);
    ef_pack_int(out, (int64_t)rated->parting_count);
    for (size_t i = 0; i < rated->parting_count; i++)
        save_parting(&rated->partings[i], out);
    return ef_sums_save(&rated->answers, out);
}

static int64_t bounded(ef_unpack *in, int64_t low, int64_t high)
{
    int64_t value = ef_unpack_int(in);
    if (value >= low && value <= high)
        return value;
    in->failed = true;
    return low;
}

static void load_words(ef_unpack *in, uint8_t *to, size_t room, uint32_t *size)
{
    ef_slice bytes = ef_unpack_bytes(in);
    in->failed |= bytes.size > room;
    *size = in->failed ? 0 : copy(to, room, bytes);
}

static bool load_parting(ef_rated *rated, ef_unpack *in)
{
    ef_parting parting = { .gap = (int32_t)bounded(in, 0, 2 * EF_UNIT) };
    parting.print = (uint64_t)ef_unpack_int(in);
    parting.time_ms = bounded(in, 0, INT64_C(253402300799999));
    parting.label = (ef_label)bounded(in, EF_LABEL_NEGATIVE, EF_LABEL_POSITIVE);
    parting.score = (int32_t)bounded(in, -EF_UNIT, EF_UNIT);
    parting.answer.low = bounded(in, -most, most);
    parting.answer.high = bounded(in, -most, most);
    parting.answer.value = bounded(in, -most, most);
    load_words(in, parting.id, sizeof parting.id, &parting.id_size);
    load_words(in, parting.text, sizeof parting.text, &parting.text_size);
    return in->failed || keep_parting(rated, &parting);
}

bool ef_rated_load(ef_rated *rated, ef_unpack *in)
{
    for (int i = 0; i < SIDES_OF_STARS; i++)
        for (int j = 0; j < SIDES_OF_STARS; j++)
            rated->table[i][j] = bounded(in, 0, most);
    int64_t count = bounded(in, 0, EF_KEPT_PARTINGS);
    for (int64_t i = 0; i < count && !in->failed; i++)
        if (!load_parting(rated, in))
            return false;
    return ef_sums_load(&rated->answers, in);
}

/* Scales are few: one pass over the answers for each. Of two with as many answers, the
 * smaller one. */
bool ef_rated_main_scale(const ef_rated *rated, ef_answer *scale, size_t *scales)
{
    enum { MOST_SCALES = 16 };
    ef_answer found[MOST_SCALES];
    int64_t counts[MOST_SCALES] = { 0 };
    size_t at = 0, best = 0;
    uint64_t hash;
    *scales = 0;
    for (const int64_t *entry;
         (entry = ef_sums_next(&rated->answers, &at, &hash)) != NULL;) {
        size_t i = 0;
        while (i < *scales && (found[i].low != entry[0] || found[i].high != entry[1]))
            i++;
        if (i == MOST_SCALES)
            continue;
        if (i == *scales)
            found[(*scales)++] = (ef_answer){ entry[0], entry[1], 0 };
        for (int side = 0; side < EF_SIDES; side++)
            counts[i] += entry[3 + side];
    }
    for (size_t i = 1; i < *scales; i++)
        if (counts[i] > counts[best] ||
            (counts[i] == counts[best] &&
             found[i].high - found[i].low < found[best].high - found[best].low))
            best = i;
    *scale = found[best];
    return *scales > 0;
}
