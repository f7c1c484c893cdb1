/* SPDX-License-Identifier: MIT
 * findings/turns_found.c - the turns of a report: their days, and the mood on both sides.
 */
#include "findings/findings.h"

#include <stdlib.h>

#include "findings/turns.h"

static const int64_t day_ms = INT64_C(86400000);

static int by_day(const void *a, const void *b)
{
    const ef_day_sum *one = a, *two = b;
    return (one->day > two->day) - (one->day < two->day);
}

/* The days on which something with a label was said, in order. */
static size_t collect(const ef_tally *tally, ef_day_sum *days)
{
    size_t count = 0, at = 0;
    uint64_t hash;
    for (const int64_t *key; (key = ef_sums_next(&tally->days.days, &at, &hash)) != NULL;) {
        const ef_mood *mood = (const ef_mood *)(key + 1);
        if (mood->n > 0)
            days[count++] = (ef_day_sum){ (int32_t)*key, (double)mood->n,
                                          (double)(mood->positive - mood->negative) };
    }
    if (count > 0)
        qsort(days, count, sizeof *days, by_day);
    return count;
}

/* Net sentiment from one day to before another. */
static bool net_of(ef_making *making, int32_t begin, int32_t end, ef_figure *figure)
{
    ef_compared within = { .days = { [EF_SIDE_BEFORE] = { begin, end } } };
    ef_measured measured;
    if (!ef_measured_of(&measured, EF_MEASURE_NET, &making->tally->cells, &within,
                        EF_SIDE_BEFORE, &making->manner->survey, false))
        return false;
    *figure = ef_measured_figure(EF_MEASURE_NET, &measured);
    figure->is_approximate = making->tally->cells.level > 0;
    return true;
}

static bool describe(ef_making *making, const ef_day_sum *days, size_t count,
                     const ef_turn_found *found, size_t turns)
{
    ef_findings *f = making->findings;
    f->turns = ef_arena_alloc(making->arena, (turns + 1) * sizeof *f->turns);
    if (f->turns == NULL)
        return false;
    for (size_t i = 0; i < turns; i++) {
        size_t before = i > 0 ? found[i - 1].at : 0;
        size_t after = i + 1 < turns ? found[i + 1].at : count;
        int32_t day = days[found[i].at].day;
        ef_turn *turn = &f->turns[i];
        *turn = (ef_turn){ .time_ms = day * day_ms,
                           .low_ms = days[found[i].low].day * day_ms,
                           .high_ms = days[found[i].high].day * day_ms,
                           .p = found[i].p };
        if (!net_of(making, days[before].day, day, &turn->before) ||
            !net_of(making, day, days[after - 1].day + 1, &turn->after))
            return false;
    }
    f->turn_count = turns;
    return true;
}

bool ef_find_turns(ef_making *making)
{
    size_t most = making->tally->days.days.count;
    ef_turn_found found[EF_MOST_TURNS];
    ef_day_sum *days = malloc((2 * most + 1) * sizeof *days);
    if (days == NULL)
        return false;
    size_t count = collect(making->tally, days);
    size_t turns = ef_turns_of(days, count, days + most, found);
    bool is_done = describe(making, days, count, found, turns);
    free(days);
    return is_done;
}
