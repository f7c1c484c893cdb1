/* SPDX-License-Identifier: MIT
 * tally/day_cells.c - the mood and the answers of each cluster on each day: what tests of
 * change are made from.
 *
 * Cells stand side by side, a table of their numbers finds them. Invariant: the level is
 * the lowest at which no more than EF_MOST_DAY_CELLS are left; it never falls, so what is
 * kept is kept from its first message on. */
#include "tally/day_cells.h"

#include <stdlib.h>

#include "base/hash.h"

void ef_day_cells_release(ef_day_cells *cells)
{
    free(cells->items);
    free(cells->slots);
    *cells = (ef_day_cells){ 0 };
}

static size_t place_of(const ef_day_cells *cells, uint64_t cluster, uint32_t when)
{
    return ef_hash_place(ef_hash_combine(cluster, when), cells->slots, cells->capacity);
}

static uint32_t *slot_of(const ef_day_cells *cells, uint64_t cluster, uint32_t when)
{
    size_t at = place_of(cells, cluster, when);
    for (uint32_t i; (i = cells->slots[at]) != 0; at = (at + 1) & (cells->capacity - 1))
        if (cells->items[i - 1].cluster == cluster && cells->items[i - 1].when == when)
            break;
    return &cells->slots[at];
}

/* No two cells are the same, so none is compared: that saves a look at each one met. */
static void index_all(ef_day_cells *cells)
{
    size_t mask = cells->capacity - 1;
    memset(cells->slots, 0, cells->capacity * sizeof *cells->slots);
    for (size_t i = 0; i < cells->count; i++) {
        const ef_day_cell *cell = &cells->items[i];
        size_t at = place_of(cells, cell->cluster, cell->when);
        while (cells->slots[at] != 0)
            at = (at + 1) & mask;
        cells->slots[at] = (uint32_t)i + 1;
    }
}

static bool is_kept(const ef_day_cells *cells, uint64_t cluster)
{
    return cells->level == 0 || cluster >> (64 - cells->level) == 0;
}

/* Drops what a level leaves out. */
static void rise_to(ef_day_cells *cells, unsigned level)
{
    size_t kept = 0;
    if (level <= cells->level)
        return;
    cells->level = level;
    for (size_t i = 0; i < cells->count; i++)
        if (is_kept(cells, cells->items[i].cluster))
            cells->items[kept++] = cells->items[i];
    cells->count = kept;
    if (cells->slots != NULL)
        index_all(cells);
}

/* Room for one more cell. */
static bool grow(ef_day_cells *cells)
{
    if (cells->count == cells->room) {
        size_t room = cells->room == 0 ? 64 : cells->room + cells->room / 2;
        ef_day_cell *items = realloc(cells->items, room * sizeof *items);
        if (items == NULL)
            return false;
        cells->items = items;
        cells->room = room;
    }
    if ((cells->count + 1) * 4 <= cells->capacity * 3)
        return true;
    size_t capacity = cells->capacity == 0 ? 128 : cells->capacity * 2;
    uint32_t *slots = calloc(capacity, sizeof *slots);
    if (slots == NULL)
        return false;
    free(cells->slots);
    cells->slots = slots;
    cells->capacity = capacity;
    index_all(cells);
    return true;
}

/* Adds the sums of a cell. Counts of one cluster and day that pass 2^32 wrap: no input is
 * as long. */
static bool add(ef_day_cells *cells, const ef_day_cell *more)
{
    if (!is_kept(cells, more->cluster))
        return true;
    if (!grow(cells))
        return false;
    uint32_t *slot = slot_of(cells, more->cluster, more->when);
    if (*slot == 0) {
        cells->items[cells->count++] = *more;
        *slot = (uint32_t)cells->count;
        while (cells->count > EF_MOST_DAY_CELLS && cells->level < 63)
            rise_to(cells, cells->level + 1);
        return true;
    }
    ef_day_cell *cell = &cells->items[*slot - 1];
    cell->n += more->n;
    cell->negative += more->negative;
    cell->positive += more->positive;
    cell->score += more->score;
    cell->answers += more->answers;
    cell->low += more->low;
    cell->high += more->high;
    cell->top += more->top;
    cell->rating += more->rating;
    return true;
}

static void count_answer(ef_day_cell *cell, const ef_rating *rating)
{
    double value = rating->value, low = 0, high = 0, top = 0;
    switch (rating->kind) {
    case EF_RATING_NPS:
        low = 6, high = top = 9;
        break;
    case EF_RATING_CES:
        low = rating->high > 5 ? 3 : 2;
        high = rating->high > 5 ? 5 : 4;
        top = high + 1;
        break;
    case EF_RATING_CSAT:
        low = 2, high = 4, top = 5;
        break;
    default: /* in halves of 1-5 as of any scale: below and above its middle */
        cell->low += rating->scaled < 0;
        cell->high += rating->scaled > 0;
        cell->top += rating->scaled == EF_UNIT;
    }
    cell->answers++;
    if (rating->kind != EF_RATING_PLAIN) {
        cell->low += value <= low;
        cell->high += value >= high;
        cell->top += value >= top;
    }
    cell->rating += (int64_t)(value * 100 + (value < 0 ? -0.5 : 0.5));
}

/* The other answers of a survey, in cells of their own kind. */
static bool add_answers(ef_day_cells *cells, const ef_heard *heard, int32_t day)
{
    const ef_record *record = heard->record;
    for (size_t i = 0; i < EF_FURTHER_ANSWERS; i++) {
        const ef_rating *answer = &record->answers[i];
        if (!answer->is_known)
            continue;
        ef_day_cell cell = { .cluster = heard->cluster,
                             .when = ef_day_cell_when(day, heard->side, answer->kind) };
        count_answer(&cell, answer);
        if (!add(cells, &cell))
            return false;
    }
    return true;
}

static uint32_t when_of(const ef_heard *heard)
{
    int32_t day = heard->has_time ? heard->day : EF_UNTIMED_DAY;
    return ef_day_cell_when(day, heard->side, heard->record->rating.kind);
}

void ef_day_cells_expect(const ef_day_cells *cells, const ef_heard *heard)
{
    if (cells->capacity == 0 || !is_kept(cells, heard->cluster))
        return;
    uint32_t slot = cells->slots[place_of(cells, heard->cluster, when_of(heard))];
    if (slot != 0)
        __builtin_prefetch(&cells->items[slot - 1]);
}

bool ef_day_cells_add(ef_day_cells *cells, const ef_heard *heard)
{
    const ef_record *record = heard->record;
    const ef_score *score = heard->score;
    int32_t day = heard->has_time ? heard->day : EF_UNTIMED_DAY;
    if (!heard->is_customer)
        return true;
    ef_day_cell cell = { .cluster = heard->cluster, .when = when_of(heard) };
    if (score->label != EF_LABEL_NONE) {
        cell.n = 1;
        cell.negative = score->label == EF_LABEL_NEGATIVE;
        cell.positive = score->label == EF_LABEL_POSITIVE;
        cell.score = score->score;
    }
    if (record->rating.is_known && !record->is_excluded)
        count_answer(&cell, &record->rating);
    cells->excluded += record->rating.is_known && record->is_excluded;
    if ((cell.n > 0 || cell.answers > 0) && !add(cells, &cell))
        return false;
    return record->is_excluded || add_answers(cells, heard, day);
}

bool ef_day_cells_merge(ef_day_cells *cells, const ef_day_cells *more)
{
    rise_to(cells, more->level);
    cells->excluded += more->excluded;
    for (size_t i = 0; i < more->count; i++)
        if (!add(cells, &more->items[i]))
            return false;
    return true;
}

static int by_cluster(const void *a, const void *b)
{
    const ef_day_cell *one = a, *two = b;
    if (one->cluster != two->cluster)
        return one->cluster < two->cluster ? -1 : 1;
    return (one->when > two->when) - (one->when < two->when);
}

void ef_day_cells_settle(ef_day_cells *cells)
{
    if (cells->count == 0)
        return;
    qsort(cells->items, cells->count, sizeof *cells->items, by_cluster);
    index_all(cells);
}

bool ef_day_cells_save(const ef_day_cells *cells, ef_buffer *out)
{
    ef_pack_int(out, cells->level);
    ef_pack_int(out, cells->excluded);
    ef_pack_int(out, (int64_t)cells->count);
    for (size_t i = 0; i < cells->count; i++) {
        const ef_day_cell *cell = &cells->items[i];
        const uint32_t pairs[] = { cell->n,    cell->negative, cell->positive,
                                   cell->when, cell->answers,  cell->low,
                                   cell->high, cell->top };
        ef_pack_int(out, (int64_t)cell->cluster);
        for (size_t j = 0; j < 8; j += 2)
            ef_pack_int(out, (int64_t)((uint64_t)pairs[j] << 32 | pairs[j + 1]));
        ef_pack_int(out, cell->score);
        ef_pack_int(out, cell->rating);
    }
    return !out->failed;
}

static ef_day_cell unpack_cell(ef_unpack *in)
{
    ef_day_cell cell = { .cluster = (uint64_t)ef_unpack_int(in) };
    uint32_t *const pairs[] = { &cell.n,       &cell.negative, &cell.positive, &cell.when,
                                &cell.answers, &cell.low,      &cell.high,     &cell.top };
    for (size_t j = 0; j < 8; j += 2) {
        uint64_t pair = (uint64_t)ef_unpack_int(in);
        *pairs[j] = (uint32_t)(pair >> 32);
        *pairs[j + 1] = (uint32_t)pair;
    }
    cell.score = ef_unpack_int(in);
    cell.rating = ef_unpack_int(in);
    return cell;
}

/* Nobody has counted so much: two parts that add up stay far from the end of 64 bits. */
static const int64_t most_rating = INT64_C(1) << 50;

static bool is_sound(const ef_day_cell *cell)
{
    uint64_t labelled = (uint64_t)cell->negative + cell->positive;
    uint64_t answered = (uint64_t)cell->low + cell->high;
    int64_t most = (int64_t)cell->n * EF_UNIT;
    return labelled <= cell->n && answered <= cell->answers && cell->top <= cell->answers &&
           cell->score >= -most && cell->score <= most && cell->rating >= -most_rating &&
           cell->rating <= most_rating && ef_day_cell_side(cell) < EF_SIDES &&
           ef_day_cell_kind(cell) < EF_RATING_KINDS;
}

bool ef_day_cells_load(ef_day_cells *cells, ef_unpack *in)
{
    enum { CELL_BYTES = 7 * 8 };
    int64_t level = ef_unpack_int(in), excluded = ef_unpack_int(in);
    int64_t count = ef_unpack_int(in);
    in->failed |= level < 0 || level > 63 || excluded < 0 || excluded > most_rating ||
                  count < 0 || (uint64_t)count > in->rest.size / CELL_BYTES;
    if (in->failed)
        return true;
    cells->level = (unsigned)level;
    cells->excluded = excluded;
    for (int64_t i = 0; i < count; i++) {
        ef_day_cell cell = unpack_cell(in);
        in->failed |= !is_sound(&cell) || !is_kept(cells, cell.cluster);
        if (in->failed)
            return true;
        if (!add(cells, &cell))
            return false;
    }
    in->failed |= cells->count != (size_t)count; /* one of them stood there twice */
    return true;
}
