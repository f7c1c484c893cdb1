/* SPDX-License-Identifier: MIT
 * findings/compared.h - what is compared: two periods or segments as asked for, else the
 * last full stretch of time against the one before it. */
#ifndef EARFUL_FINDINGS_COMPARED_H
#define EARFUL_FINDINGS_COMPARED_H

#include "earful/app/report.h"
#include "tally/tally.h"

/* Days of the report's zone, since 1970; end is the day after the last. */
typedef struct ef_day_span {
    int32_t begin, end;
} ef_day_span;

typedef struct ef_compared {
    const char *why_not; /* static; NULL: there are two sides */
    bool are_asked;      /* messages know their side; else it follows from their day */
    bool are_periods;    /* else segments: all times on both sides */
    ef_day_span days[EF_SIDES];  /* if not asked */
    ef_period periods[EF_SIDES]; /* if periods: UTC */
    ef_slice names[EF_SIDES];
} ef_compared;

/* Decides. Reads buckets, which must be there. False without memory: names of days are made
 * in arena. */
bool ef_compared_decide(ef_compared *compared, const ef_tally *tally,
                        const ef_findings *findings, ef_arena *arena);

/* The side of a message of which the day and the side it was counted on are known. */
ef_side ef_compared_side(const ef_compared *compared, int32_t day, ef_side counted);

#endif
