/* SPDX-License-Identifier: MIT
 * alert/run_length.c - how long a chart runs before it gives an alarm.
 *
 * The CUSUM goes down by single steps, so it comes from any state to 0 through all states
 * between. Let d = h - 1 - S be the distance to the top, and from there
 *     r(d) = chance to reach the next lower state before the alarm,  e(d) = 1 - r(d)
 *     g(d) = mean number of messages until one or the other.
 * A message goes down with q = 1 - p; else it goes up to d - up, and the chain has to come
 * down again through d - up, …, d - 1, and d itself. With R = r(d - up) … r(d - 1) and
 * W = g(d - up) + r(d - up) g(d - up + 1) + … (both 0 where d < up: that is the alarm):
 *     r(d) = q + p R r(d)         so  e(d) = p (1 - R) / (1 - p R)
 *     g(d) = 1 + p (W + R g(d))   so  g(d) = (1 + p W) / (1 - p R)
 * From S = 0 a message that would go down stays: L = 1 + q L + p (W + R L), so
 *     L = (1 + p W) / (p (1 - R)).
 * Nothing is subtracted that is nearly equal (1 - R is summed up from e), so large run
 * lengths are exact, too; and r, e, g do not depend on h: one pass serves all h. */
#include "alert/run_length.h"

#include <assert.h>
#include <math.h>

#include "base/real.h"

#ifdef __clang__
#pragma STDC FP_CONTRACT OFF
#endif

/* What lies above a state: W, R and 1 - R, over the `up` states that are nearer to the top.
 */
typedef struct climb {
    double w, r, e;
} climb;

typedef struct chain {
    double p;
    int64_t up;
    double e[EF_MOST_UP], g[EF_MOST_UP]; /* rings: the last `up` states */
} chain;

static climb look_up(const chain *c, int64_t d)
{
    climb above = { 0, 0, 1 };
    if (d < c->up)
        return above;
    above = (climb){ 0, 1, 0 };
    for (int64_t i = d - c->up; i < d; i++) {
        double e = c->e[i % c->up];
        above.w += above.r * c->g[i % c->up];
        above.e += e - above.e * e;
        above.r *= 1 - e;
    }
    return above;
}

static double from_zero(const chain *c, const climb *above)
{
    return (1 + c->p * above->w) / (c->p * above->e);
}

static void go_down(chain *c, int64_t d, const climb *above)
{
    double stays = 1 - c->p * above->r;
    c->e[d % c->up] = c->p * above->e / stays;
    c->g[d % c->up] = (1 + c->p * above->w) / stays;
}

/* The run length at h, or at the smallest h below it that reaches `wanted`. */
static double walk(double p, int64_t up, double wanted, int64_t *h)
{
    assert(p > 0 && p < 1 && up >= 1 && up <= EF_MOST_UP && *h >= 1);
    double length = 0;
    chain c = { .p = p, .up = up };
    for (int64_t d = 0; d < *h; d++) {
        climb above = look_up(&c, d);
        length = from_zero(&c, &above);
        go_down(&c, d, &above);
        if (length >= wanted)
            *h = d + 1;
    }
    return length;
}

double ef_run_length_shift(double p, int64_t up, int64_t h)
{
    return walk(p, up, INFINITY, &h);
}

int64_t ef_run_length_threshold(double p, int64_t up, double wanted, int64_t most)
{
    walk(p, up, wanted, &most);
    return most;
}

/* The mean of many messages whose weight halves in half_life is an Ornstein-Uhlenbeck
 * process with rate ln 2 / half_life. From its centre it takes to a level L
 *     sqrt(2 pi) / rate * integral from 0 to L of exp(u^2 / 2) P(Z <= u) du
 * and the integral is the sum of two series of positive terms:
 *     sqrt(2 pi) / 2 * sum L^(2k+1) / ((2k+1) 2^k k!) + sum L^(2k+2) / ((2k+2) (2k+1)!!) */
static double time_to_level(double level, double half_life)
{
    const double root_half_pi = 0x1.40d931ff62706p0;
    double even = level, odd = level * level, first = level, second = odd / 2;
    for (int k = 1; k < 200; k++) {
        even *= level * level / (2 * k);
        odd *= level * level / (2 * k + 1);
        first += even / (2 * k + 1);
        second += odd / (2 * k + 2);
    }
    return (root_half_pi * first + second) * half_life / ef_ln(2);
}

double ef_run_length_level(double half_life, double every)
{
    double low = 1, high = 8;
    for (int i = 0; i < 60; i++) {
        double middle = (low + high) / 2;
        if (time_to_level(middle, half_life) < every)
            low = middle;
        else
            high = middle;
    }
    return high;
}
