/* SPDX-License-Identifier: MIT
 * tally/day_cells.h - the mood and the answers of each cluster on each day: what tests of
 * change are made from.
 *
 * Whether a figure has changed can only be told from cluster to cluster, and which periods
 * are compared is often known at the end only. So sums are kept for each cluster, day and
 * side that was asked for. Beyond EF_MOST_DAY_CELLS the clusters with the smallest hashes
 * stay, whole: which those are depends on the messages alone, and figures made of them are
 * a fair sample of all. */
#ifndef EARFUL_TALLY_DAY_CELLS_H
#define EARFUL_TALLY_DAY_CELLS_H

#include "aggregate/pack.h"
#include "tally/heard.h"

enum { EF_MOST_DAY_CELLS = 1 << 18, EF_UNTIMED_DAY = -(1 << 22) };

/* Sums over messages of customers. Of scores in 1/10,000. Of answers: how many there are,
 * how many are low, high and top, and their sum in hundredths. What counts as low, high and
 * top follows the kind:
 *   NPS        0-6   9-10  9-10
 *   CSAT, 1-5  1-2   4-5   5
 *   CES, 1-7   1-3   5-7   6-7
 *   CES, 1-5   1-2   4-5   5
 *   plain      below, above the middle of its scale; the best answer */
typedef struct ef_day_cell {
    uint64_t cluster;
    uint32_t when; /* day, side, kind: see the functions below */
    uint32_t n, negative, positive;
    int64_t score;
    uint32_t answers, low, high, top;
    int64_t rating;
} ef_day_cell;

/* Zero-initialise. Sorted by cluster, then by when, once it is settled. */
typedef struct ef_day_cells {
    ef_day_cell *items;
    size_t count, room;
    uint32_t *slots; /* open addressing: index + 1, 0: free */
    size_t capacity;
    unsigned level;   /* only clusters whose first `level` bits are zero are kept */
    int64_t excluded; /* answers that do not count */
} ef_day_cells;

static inline uint32_t ef_day_cell_when(int32_t day, ef_side side, ef_rating_kind kind)
{
    return (uint32_t)(day - EF_UNTIMED_DAY) << 8 | (uint32_t)side << 4 | (uint32_t)kind;
}

/* EF_UNTIMED_DAY: it has no time. */
static inline int32_t ef_day_cell_day(const ef_day_cell *cell)
{
    return (int32_t)(cell->when >> 8) + EF_UNTIMED_DAY;
}

static inline ef_side ef_day_cell_side(const ef_day_cell *cell)
{
    return (ef_side)(cell->when >> 4 & 15);
}

static inline ef_rating_kind ef_day_cell_kind(const ef_day_cell *cell)
{
    return (ef_rating_kind)(cell->when & 15);
}

void ef_day_cells_release(ef_day_cells *cells);
bool ef_day_cells_add(ef_day_cells *cells, const ef_heard *heard);
void ef_day_cells_expect(const ef_day_cells *cells, const ef_heard *heard);
bool ef_day_cells_merge(ef_day_cells *cells, const ef_day_cells *more);
void ef_day_cells_settle(ef_day_cells *cells);
/* Of what is settled. */
bool ef_day_cells_save(const ef_day_cells *cells, ef_buffer *out);
/* Into what is empty. Bytes that are none of ours set in->failed. False without memory. */
bool ef_day_cells_load(ef_day_cells *cells, ef_unpack *in);

#endif
