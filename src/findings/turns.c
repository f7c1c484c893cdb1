/* SPDX-License-Identifier: MIT
 * findings/turns.c - when the mood changed, and how sure we are.
 *
 * The statistic of a split is that of two means: (x1 - n1 m)² n / (n1 n2). By what it is to
 * be divided, the variance of a message, is the same for all orders of the days, so it is
 * not needed for the test. For the interval of the date it is, and is taken from how days
 * stray around the means of both sides: clusters within days are in it.
 * With the right split the logarithm of the likelihood is the largest but for two random
 * walks with drift, whose highest point is exponential: of endless series, days
 * within 3.676 of the largest hold the right one with 95 %, as (1 - e^-3.676)² = 0.95. Of
 * series of some months, and of those alone in which a turn was found, it takes 4.8:
 * simulated, see the tests. */
#include "findings/turns.h"

#include <string.h>

#include "findings/draw.h"

#ifdef __clang__
#pragma STDC FP_CONTRACT OFF
#endif

static const double date_depth = 4.8;
static const uint64_t seed = 20240301;

typedef struct best_split {
    size_t at; /* 0: none */
    double statistic;
} best_split;

static void sum_up(const ef_day_sum *days, size_t count, double *n, double *x)
{
    *n = *x = 0;
    for (size_t i = 0; i < count; i++) {
        *n += days[i].n;
        *x += days[i].x;
    }
}

static double statistic_at(double n1, double x1, double n, double x)
{
    double gap = x1 - n1 * (x / n);
    return gap * gap * n / (n1 * (n - n1));
}

static bool may_split(size_t at, size_t count, double n1, double n)
{
    return at >= EF_TURN_DAYS && count - at >= EF_TURN_DAYS && n1 >= EF_TURN_MESSAGES &&
           n - n1 >= EF_TURN_MESSAGES;
}

static best_split split_best(const ef_day_sum *days, size_t count, double n, double x)
{
    best_split best = { 0, 0 };
    double n1 = 0, x1 = 0;
    for (size_t i = 0; i + 1 < count; i++) {
        n1 += days[i].n;
        x1 += days[i].x;
        if (!may_split(i + 1, count, n1, n))
            continue;
        double statistic = statistic_at(n1, x1, n, x);
        if (statistic > best.statistic)
            best = (best_split){ i + 1, statistic };
    }
    return best;
}

static void shuffle(ef_day_sum *days, size_t count, uint64_t *state)
{
    for (size_t i = count - 1; i > 0; i--) {
        size_t other = (size_t)ef_draw_below(state, i + 1);
        ef_day_sum kept = days[i];
        days[i] = days[other];
        days[other] = kept;
    }
}

/* How many orders of the days part as well; stops where it is clear that it is no turn. */
static double chance_of(const ef_day_sum *days, size_t count, double n, double x,
                        double statistic, double limit, ef_day_sum *scratch)
{
    uint64_t state = seed;
    int as_good = 0;
    memcpy(scratch, days, count * sizeof *days);
    for (int i = 0; i < EF_TURN_ORDERS; i++) {
        shuffle(scratch, count, &state);
        as_good += split_best(scratch, count, n, x).statistic >= statistic;
        if (as_good + 1 > limit * (EF_TURN_ORDERS + 1))
            return 1;
    }
    return (double)(as_good + 1) / (EF_TURN_ORDERS + 1);
}

/* The variance of a message, from the days around the means of both sides. */
static double dispersion(const ef_day_sum *days, size_t count, size_t at)
{
    double n1, x1, n2, x2, sum = 0;
    sum_up(days, at, &n1, &x1);
    sum_up(days + at, count - at, &n2, &x2);
    for (size_t i = 0; i < count; i++) {
        double mean = i < at ? x1 / n1 : x2 / n2;
        double gap = days[i].x - days[i].n * mean;
        sum += gap * gap / days[i].n;
    }
    return sum / (double)(count - 2);
}

static void date(const ef_day_sum *days, size_t count, double n, double x,
                 const best_split *best, ef_turn_found *turn)
{
    double variance = dispersion(days, count, best->at), n1 = 0, x1 = 0;
    turn->at = turn->low = turn->high = best->at;
    for (size_t i = 0; i + 1 < count; i++) {
        n1 += days[i].n;
        x1 += days[i].x;
        double loss = (best->statistic - statistic_at(n1, x1, n, x)) / 2;
        if (loss > date_depth * variance)
            continue;
        turn->low = i + 1 < turn->low ? i + 1 : turn->low;
        turn->high = i + 1 > turn->high ? i + 1 : turn->high;
    }
}

/* Every turn is dated anew between its neighbours: the first ones were found in stretches
 * that have other turns in them. */
static void date_again(const ef_day_sum *days, size_t count, ef_turn_found *turns,
                       size_t found)
{
    for (size_t i = 0; i < found; i++) {
        size_t begin = i > 0 ? turns[i - 1].at : 0;
        size_t end = i + 1 < found ? turns[i + 1].at : count;
        double n, x;
        sum_up(days + begin, end - begin, &n, &x);
        best_split best = split_best(days + begin, end - begin, n, x);
        if (best.at == 0)
            continue;
        date(days + begin, end - begin, n, x, &best, &turns[i]);
        turns[i].at += begin;
        turns[i].low += begin;
        turns[i].high += begin;
    }
}

typedef struct stretch {
    size_t begin, end;
    double limit; /* of the chance of a false find in it */
} stretch;

static void insert(ef_turn_found *turns, size_t *count, const ef_turn_found *turn)
{
    size_t at = *count;
    for (; at > 0 && turns[at - 1].at > turn->at; at--)
        turns[at] = turns[at - 1];
    turns[at] = *turn;
    ++*count;
}

size_t ef_turns_of(const ef_day_sum *days, size_t count, ef_day_sum *scratch,
                   ef_turn_found turns[EF_MOST_TURNS])
{
    stretch waiting[EF_MOST_TURNS + 2] = { { 0, count, 0.05 } };
    size_t open = 1, found = 0;
    while (open > 0 && found < EF_MOST_TURNS) {
        stretch at = waiting[--open];
        const ef_day_sum *own = days + at.begin;
        size_t length = at.end - at.begin;
        double n, x;
        sum_up(own, length, &n, &x);
        best_split best = split_best(own, length, n, x);
        if (best.at == 0)
            continue;
        ef_turn_found turn = { .at = at.begin + best.at,
                               .p = chance_of(own, length, n, x, best.statistic, at.limit,
                                              scratch) };
        if (turn.p > at.limit)
            continue;
        insert(turns, &found, &turn);
        waiting[open++] = (stretch){ turn.at, at.end, at.limit / 2 };
        waiting[open++] = (stretch){ at.begin, turn.at, at.limit / 2 };
    }
    date_again(days, count, turns, found);
    return found;
}
