/* SPDX-License-Identifier: MIT
 * aggregate/seasons.h - how many messages a group has in each hour of the week, and how far
 * hours stray from that.
 *
 * A cell loses half of its weight in four weeks and is shrunk towards the mean of this hour
 * of all days, (n + 5 mean) / (w + 5), so that one odd Sunday makes no law; that mean
 * towards the mean of all hours, by two days. (Shrunk towards all hours at once, each night
 * would look like a silence for its first two months.) Hours are of UTC: what
 * matters is that the same hour of the week meets its like. */
#ifndef EARFUL_AGGREGATE_SEASONS_H
#define EARFUL_AGGREGATE_SEASONS_H

#include "aggregate/pane.h"

enum { EF_HOURS_A_WEEK = 168 };

/* What is counted. */
typedef enum ef_season_of {
    EF_SEASON_MESSAGES,
    EF_SEASON_NEGATIVES,
    EF_SEASON_COUNT
} ef_season_of;

/* Doubles, for their range; added to once an hour, in the order of hours. */
typedef struct ef_season {
    double cells[EF_HOURS_A_WEEK]; /* faded sums */
    double excess, squares;        /* faded sums of (n - mean)^2 - mean, and of mean^2 */
    int64_t now;                   /* in the hour under way */
} ef_season;

typedef struct ef_seasons {
    double weights[EF_HOURS_A_WEEK]; /* faded numbers of weeks */
    ef_season of[EF_SEASON_COUNT];
    int64_t hour;  /* since 1970, the one under way; 0: none yet */
    int64_t hours; /* learned */
} ef_seasons;

/* A minute with messages closed. is_frozen: the hour that ends with it is not learned; hours
 * without a message are, or each night would stay a silence for ever.
 * usual: messages an hour, of both kinds. */
void ef_seasons_learn(ef_seasons *seasons, int64_t minute, const ef_pane *pane,
                      bool is_frozen, const double usual[EF_SEASON_COUNT]);

/* What an hour should bring, given the mean of all hours. */
double ef_seasons_expect(const ef_seasons *seasons, ef_season_of of, int64_t hour,
                         double usual);

/* The size of the negative binomial distribution, by moments: variance = mean + mean^2 /
 * size. Between 0.1 and 1,000,000, where it is Poisson's. */
double ef_seasons_size(const ef_seasons *seasons, ef_season_of of);

#endif
