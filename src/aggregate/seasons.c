/* SPDX-License-Identifier: MIT
 * aggregate/seasons.c - how many messages a group has in each hour of the week. */
#include "aggregate/seasons.h"

#ifdef __clang__
#pragma STDC FP_CONTRACT OFF
#endif

static const double week_decay = 0x1.ae89f995ad3adp-1; /* 2^(-1/4): half in four weeks */
static const double hour_decay = 0x1.ff78df7c8ffeap-1; /* 2^(-1/672): the same by hours */
static const double prior_weeks = 5, prior_days = 2;

double ef_seasons_expect(const ef_seasons *seasons, ef_season_of of, int64_t hour,
                         double usual)
{
    size_t cell = (size_t)(hour % EF_HOURS_A_WEEK);
    double n = 0, w = 0;
    for (size_t i = cell % 24; i < EF_HOURS_A_WEEK; i += 24) {
        n += seasons->of[of].cells[i];
        w += seasons->weights[i];
    }
    double of_day = (n + prior_days * usual) / (w + prior_days);
    return (seasons->of[of].cells[cell] + prior_weeks * of_day) /
           (seasons->weights[cell] + prior_weeks);
}

double ef_seasons_size(const ef_seasons *seasons, ef_season_of of)
{
    const ef_season *season = &seasons->of[of];
    const double most = 1e6;
    if (!(season->excess * most > season->squares))
        return most;
    double size = season->squares / season->excess;
    return size < 0.1 ? 0.1 : size;
}

/* Ends an hour: its cells learn it. */
static void close_hour(ef_seasons *seasons, const double usual[EF_SEASON_COUNT])
{
    size_t cell = (size_t)(seasons->hour % EF_HOURS_A_WEEK);
    for (int of = 0; of < EF_SEASON_COUNT; of++) {
        ef_season *season = &seasons->of[of];
        double n = (double)season->now;
        double mean =
            ef_seasons_expect(seasons, (ef_season_of)of, seasons->hour, usual[of]);
        season->excess = season->excess * hour_decay + (n - mean) * (n - mean) - mean;
        season->squares = season->squares * hour_decay + mean * mean;
        season->cells[cell] = season->cells[cell] * week_decay + n;
        season->now = 0;
    }
    seasons->weights[cell] = seasons->weights[cell] * week_decay + 1;
    seasons->hours++;
}

static void forget_hour(ef_seasons *seasons)
{
    for (int of = 0; of < EF_SEASON_COUNT; of++)
        seasons->of[of].now = 0;
}

void ef_seasons_learn(ef_seasons *seasons, int64_t minute, const ef_pane *pane,
                      bool is_frozen, const double usual[EF_SEASON_COUNT])
{
    enum { ENOUGH = 8 * EF_HOURS_A_WEEK }; /* empty hours: more say nothing new */
    int64_t hour = minute / 60;
    if (seasons->hour != 0 && hour > seasons->hour) {
        if (hour - seasons->hour > ENOUGH)
            seasons->hour = hour - ENOUGH;
        if (is_frozen) {
            forget_hour(seasons);
            seasons->hour++;
        }
        for (; seasons->hour < hour; seasons->hour++)
            close_hour(seasons, usual);
    }
    if (seasons->hour == 0)
        seasons->hour = hour;
    seasons->of[EF_SEASON_MESSAGES].now += pane->n;
    seasons->of[EF_SEASON_NEGATIVES].now += pane->negative;
}
