/* SPDX-License-Identifier: MIT
 * simulate.h - simulated streams of messages, for the tables of alerts.
 *
 * Conversations begin as a Poisson process with a day of 0.2 to 1.8 times the mean rate,
 * sizes are geometric with mean 4, gaps exponential with mean 2 minutes; with icc > 0 each
 * conversation draws its own share from a beta distribution. */
#ifndef EARFUL_BENCH_SIMULATE_H
#define EARFUL_BENCH_SIMULATE_H

#include <stdint.h>

/* One message: its time, negative or not, the number of its conversation. */
typedef struct message {
    double hour;
    int is_negative, talk;
} message;

typedef struct stream {
    double hours, rate, icc;
    double before, after, change; /* shares, and when the second begins */
    double (*share)(double hour); /* instead of the two; NULL */
    double volume;                /* times the rate after the change; 0: as before */
} stream;

/* What was simulated last, in order of time. */
extern message *said;
extern int said_count;

void simulate_from(uint64_t first, uint64_t second); /* the seed */
double simulate_uniform(void);                       /* 0..1, the next draw */
void simulate(const stream *s);
void simulate_add(double hour, int is_negative, int talk);
void simulate_sort(void); /* after additions */

#endif
