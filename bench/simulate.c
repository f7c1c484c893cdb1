/* SPDX-License-Identifier: MIT
 * simulate.c - simulated streams of messages, for the tables of alerts. */
#include "bench/simulate.h"

#include <math.h>
#include <stdlib.h>

static const double pi = 3.14159265358979323846;

static uint64_t seed[2];

void simulate_from(uint64_t first, uint64_t second)
{
    seed[0] = first;
    seed[1] = second;
}

static uint64_t draw(void) /* xorshift128+ */
{
    uint64_t a = seed[0], b = seed[1];
    seed[0] = b;
    a ^= a << 23;
    seed[1] = a ^ b ^ (a >> 17) ^ (b >> 26);
    return seed[1] + b;
}

double simulate_uniform(void)
{
    return ((double)(draw() >> 11) + 0.5) / 9007199254740992.0;
}

/* Of a gamma distribution with shape a >= 1, by Marsaglia and Tsang. */
static double gamma_of_large(double a)
{
    double d = a - 1. / 3, c = 1 / sqrt(9 * d);
    for (;;) {
        double x, v;
        do {
            double one = simulate_uniform(), two = simulate_uniform();
            x = sqrt(-2 * log(one)) * cos(2 * pi * two);
            v = 1 + c * x;
        } while (v <= 0);
        v = v * v * v;
        if (log(simulate_uniform()) < 0.5 * x * x + d - d * v + d * log(v))
            return d * v;
    }
}

static double gamma_of(double a)
{
    if (a >= 1)
        return gamma_of_large(a);
    double larger = gamma_of_large(a + 1);
    return larger * pow(simulate_uniform(), 1 / a);
}

static double beta_of(double a, double b)
{
    double x = gamma_of(a), y = gamma_of(b);
    return x / (x + y);
}

message *said;
int said_count;
static int said_room;

void simulate_add(double hour, int is_negative, int talk)
{
    if (said_count == said_room) {
        said_room = said_room ? said_room * 2 : 1 << 16;
        said = realloc(said, (size_t)said_room * sizeof *said);
        if (said == NULL)
            exit(1);
    }
    said[said_count++] = (message){ hour, is_negative, talk };
}

static int by_time(const void *one, const void *two)
{
    double a = ((const message *)one)->hour, b = ((const message *)two)->hour;
    return a < b ? -1 : a > b;
}

void simulate_sort(void)
{
    qsort(said, (size_t)said_count, sizeof *said, by_time);
}

void simulate(const stream *s)
{
    const double mean_size = 4;
    double top = s->volume > 1 ? s->volume : 1;
    double starts = s->rate / mean_size * 1.8 * top;
    said_count = 0;
    int talk = 0;
    for (double t = -log(simulate_uniform()) / starts; t <= s->hours;
         t += -log(simulate_uniform()) / starts) {
        double day = 1 + 0.8 * sin((fmod(t, 24) - 9) / 24 * 2 * pi);
        double times = s->volume > 0 && t >= s->change ? s->volume : 1;
        if (simulate_uniform() > day * times / (1.8 * top))
            continue;
        talk++;
        double share = s->share != NULL ? s->share(t)
                       : t >= s->change ? s->after
                                        : s->before;
        double own = share, k = 1 / s->icc - 1;
        if (s->icc > 0)
            own = beta_of(share * k, (1 - share) * k);
        double at = t;
        do {
            simulate_add(at, simulate_uniform() < own, talk);
            at += -log(simulate_uniform()) * (2. / 60);
        } while (simulate_uniform() < 1 - 1 / mean_size);
    }
    simulate_sort();
}
