/* SPDX-License-Identifier: MIT
 * findings/compared.c - what is compared: two periods or segments as asked for, else the
 * last full stretch of time against the one before it. */
#include "findings/compared.h"

#include "base/calendar.h"

enum { WEEK = 7 };
static const int64_t day_ms = INT64_C(86400000);

ef_side ef_compared_side(const ef_compared *compared, int32_t day, ef_side counted)
{
    if (compared->are_asked)
        return counted;
    for (int side = EF_SIDE_BEFORE; side < EF_SIDES; side++)
        if (day >= compared->days[side].begin && day < compared->days[side].end)
            return (ef_side)side;
    return EF_SIDE_NONE;
}

static void take_asked(ef_compared *compared, const ef_sides *sides)
{
    compared->are_asked = true;
    compared->are_periods = sides->column == EF_BY_TIME;
    for (int side = EF_SIDE_BEFORE; side < EF_SIDES; side++) {
        compared->names[side] = sides->names[side];
        compared->periods[side] = sides->periods[side];
    }
}

static int64_t utc_ms(const ef_tally *tally, int32_t day)
{
    return ef_zone_to_utc(tally->plan->zone, (int64_t)day * 86400) * 1000;
}

/* "2026-03-01" or "2026-03-01 to 2026-03-07". */
static ef_slice name_of(const ef_day_span *span, ef_arena *arena)
{
    ef_date first = ef_date_of_day(span->begin), last = ef_date_of_day(span->end - 1);
    ef_buffer name = { 0 };
    ef_buffer_printf(&name, "%04d-%02u-%02u", (int)first.year, first.month, first.day);
    if (span->end - span->begin > 1)
        ef_buffer_printf(&name, " to %04d-%02u-%02u", (int)last.year, last.month, last.day);
    const char *kept = name.failed ? NULL : ef_arena_copy(arena, ef_buffer_slice(&name));
    ef_slice text = { (const uint8_t *)kept, kept == NULL ? 0 : name.size };
    ef_buffer_release(&name);
    return text;
}

/* The last two full buckets that follow each other. */
static bool take_buckets(ef_compared *compared, const ef_findings *findings)
{
    size_t last = findings->bucket_count;
    while (last >= 2 && (findings->buckets[last - 1].is_partial ||
                         findings->buckets[last - 2].is_partial))
        last--;
    if (last < 2)
        return false;
    for (int side = EF_SIDE_BEFORE; side < EF_SIDES; side++) {
        const ef_bucket *bucket = &findings->buckets[last - (size_t)(EF_SIDES - side)];
        compared->days[side] = (ef_day_span){ (int32_t)(bucket->begin_ms / day_ms),
                                              (int32_t)(bucket->end_ms / day_ms) };
        compared->names[side] = bucket->name;
    }
    return true;
}

/* The last seven days and those before them; of less than a fortnight, its halves. */
static bool take_days(ef_compared *compared, const ef_findings *findings, ef_arena *arena)
{
    int32_t first = (int32_t)(findings->first_ms / day_ms);
    int32_t end = (int32_t)(findings->last_ms / day_ms) + 1;
    int32_t length = (end - first) / 2 < WEEK ? (end - first) / 2 : WEEK;
    if (length < 1)
        return false;
    compared->days[EF_SIDE_AFTER] = (ef_day_span){ end - length, end };
    compared->days[EF_SIDE_BEFORE] = (ef_day_span){ end - 2 * length, end - length };
    for (int side = EF_SIDE_BEFORE; side < EF_SIDES; side++)
        compared->names[side] = name_of(&compared->days[side], arena);
    return true;
}

bool ef_compared_decide(ef_compared *compared, const ef_tally *tally,
                        const ef_findings *findings, ef_arena *arena)
{
    *compared = (ef_compared){ 0 };
    if (tally->plan->sides.are_asked) {
        take_asked(compared, &tally->plan->sides);
        return true;
    }
    if (findings->step == NULL || findings->bucket_count == 0) {
        compared->why_not = "no message has a time";
        return true;
    }
    bool is_by_day =
        strcmp(findings->step, "hour") == 0 || strcmp(findings->step, "day") == 0;
    compared->are_periods = true;
    if (!(is_by_day ? take_days(compared, findings, arena)
                    : take_buckets(compared, findings))) {
        compared->why_not = is_by_day ? "all messages are of one day"
                                      : "there are no two full stretches of time in it";
        return true;
    }
    for (int side = EF_SIDE_BEFORE; side < EF_SIDES; side++) {
        compared->periods[side] = (ef_period){ utc_ms(tally, compared->days[side].begin),
                                               utc_ms(tally, compared->days[side].end) };
        if (compared->names[side].data == NULL)
            return false;
    }
    return true;
}
