/* SPDX-License-Identifier: MIT
 * aggregate/baseline.c - what is usual for a group.
 *
 * Time that was not learned does not count for the rate either: a week of alarm must not
 * look like a week of silence. Nor do days without a message, from the second on: nobody
 * listened, or the log has a hole, and a rate that is too low makes false alarms. What has
 * faded to less than the guess that it began with is forgotten, and learned anew. */
#include "aggregate/baseline.h"

#include "base/real.h"

#ifdef __clang__
#pragma STDC FP_CONTRACT OFF
#endif

/* 2^(-1/14) in units of 2^-32: half of the weight is gone after 14 days. */
static const int64_t day_decay = 0xF3A24B26;

static void fade(int64_t *sum)
{
    *sum = (int64_t)((__int128)*sum * day_decay >> 32);
}

static void fade_all(ef_baseline *b)
{
    int64_t *sums[] = { &b->n,           &b->k,           &b->sum,        &b->squares,
                        &b->minutes,     &b->clusters.k,  &b->clusters.n, &b->clusters.x,
                        &b->clusters.nn, &b->clusters.xn, &b->clusters.xx };
    for (size_t i = 0; i < sizeof sums / sizeof sums[0]; i++)
        fade(sums[i]);
}

static void refresh(ef_baseline *b)
{
    ef_usual *usual = &b->usual;
    double scale = EF_BASELINE_SCALE, n = (double)b->n / scale;
    usual->is_warm =
        b->messages >= EF_WARM_MESSAGES && b->learned_minutes >= EF_WARM_MINUTES;
    usual->n = b->n / EF_BASELINE_SCALE;
    usual->k = b->k / EF_BASELINE_SCALE;
    usual->share = ((double)b->k / scale + 3) / (n + EF_GUESSED_MESSAGES);
    usual->rate = b->minutes > 0 ? (double)b->n / (double)b->minutes : 0;
    usual->deff = ef_cluster_deff(&b->clusters, usual->share, scale);
    usual->mean = b->n > 0 ? (double)b->sum / (double)b->n : 0;
    double square = b->n > 0 ? (double)b->squares / (double)b->n * EF_UNIT : 0;
    double variance = square - usual->mean * usual->mean;
    usual->deviation = ef_sqrt(variance > 1 ? variance : 1);
}

/* Days between two refreshes fade one by one; after 80 of them 2 % are left, and after
 * 600 nothing. */
static bool refresh_if_due(ef_baseline *b, int64_t minute)
{
    enum { ALL_FADED = 600 };
    int64_t day = minute / EF_MINUTES_A_DAY;
    bool is_new_day = b->day != 0 && day > b->day;
    bool gets_warm = !b->usual.is_warm && b->messages >= EF_WARM_MESSAGES &&
                     b->learned_minutes >= EF_WARM_MINUTES;
    for (int64_t i = 0; is_new_day && i < day - b->day && i < ALL_FADED; i++)
        fade_all(b);
    if (b->usual.is_warm && b->n < EF_GUESSED_MESSAGES * EF_BASELINE_SCALE)
        ef_baseline_forget(b);
    if (b->day == 0 || is_new_day)
        b->day = day;
    if (is_new_day || gets_warm)
        refresh(b);
    return is_new_day || gets_warm;
}

static void add(ef_baseline *b, const ef_pane *pane, int64_t minutes)
{
    b->n += pane->n * EF_BASELINE_SCALE;
    b->k += pane->negative * EF_BASELINE_SCALE;
    b->sum += pane->sum * EF_BASELINE_SCALE;
    b->squares += pane->squares / EF_UNIT * EF_BASELINE_SCALE;
    b->minutes += minutes * EF_BASELINE_SCALE;
    b->messages += pane->n;
    b->learned_minutes += minutes;
}

bool ef_baseline_learn(ef_baseline *b, int64_t minute, const ef_pane *pane, bool is_frozen)
{
    bool is_first = b->last_minute == 0;
    int64_t passed = is_first || minute < b->last_minute ? 0 : minute - b->last_minute;
    bool is_refreshed = refresh_if_due(b, minute);
    if (passed > EF_MINUTES_A_DAY)
        passed = EF_MINUTES_A_DAY;
    if (!is_frozen)
        add(b, pane, passed);
    if (is_first || minute > b->last_minute)
        b->last_minute = minute;
    return is_refreshed;
}

void ef_baseline_forget(ef_baseline *b)
{
    *b = (ef_baseline){ .last_minute = b->last_minute };
}
