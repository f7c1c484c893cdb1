/* SPDX-License-Identifier: MIT
 * findings/turns.h - when the mood changed, and how sure we are.
 *
 * Days are looked at, not messages: what is said on one day is alike, and days are not. The
 * day that parts the days best is a turn if days in random order are hardly ever parted as
 * well (999 orders). Then both sides are looked at in the same way, with half the chance of
 * a false find each time, so that in all no more than one series in twenty without a turn
 * gets one. */
#ifndef EARFUL_FINDINGS_TURNS_H
#define EARFUL_FINDINGS_TURNS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    EF_MOST_TURNS = 16,
    EF_TURN_DAYS = 3,      /* on each side of a turn, at least */
    EF_TURN_MESSAGES = 15, /* likewise */
    EF_TURN_ORDERS = 999
};

/* A day with messages: n of them, which add up to x (positive - negative). */
typedef struct ef_day_sum {
    int32_t day;
    double n, x;
} ef_day_sum;

/* days[at] is the first day after it; it lies between low and high with 95 %. */
typedef struct ef_turn_found {
    size_t at, low, high;
    double p;
} ef_turn_found;

/* Finds turns in days that are sorted by day; gives them in order of time. scratch has room
 * for count. Returns how many. */
size_t ef_turns_of(const ef_day_sum *days, size_t count, ef_day_sum *scratch,
                   ef_turn_found turns[EF_MOST_TURNS]);

#endif
