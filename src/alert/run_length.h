/* SPDX-License-Identifier: MIT
 * alert/run_length.h - how long a chart runs before it gives an alarm.
 *
 * Exact for the Bernoulli CUSUM on its integers; exact for the continuous process that a
 * mean over decaying time becomes with many messages. */
#ifndef EARFUL_ALERT_RUN_LENGTH_H
#define EARFUL_ALERT_RUN_LENGTH_H

#include <stdint.h>

enum { EF_MOST_UP = 1000 };

/* S = max(0, S + up) on a negative message, chance p, else max(0, S - 1); alarm at
 * S >= h, from S = 0. The mean number of messages to the alarm; h >= 1, up from 1 to
 * EF_MOST_UP. */
double ef_run_length_shift(double p, int64_t up, int64_t h);

/* The smallest h whose mean run length is at least `wanted` messages, at most `most`.
 * Linear in h times up. */
int64_t ef_run_length_threshold(double p, int64_t up, double wanted, int64_t most);

/* The level L >= 1 that a standardised mean with this half life exceeds once in `every`,
 * both in the same unit of time, when nothing changes. */
double ef_run_length_level(double half_life, double every);

#endif
