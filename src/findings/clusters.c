/* SPDX-License-Identifier: MIT
 * findings/clusters.c - how far figures stray, from sums over those who speak.
 *
 * Sums are added as whole numbers of 128 bits, in any order, and become floating point
 * once: the order in which a table lies must not show. */
#include "findings/clusters.h"

#ifdef __clang__
#pragma STDC FP_CONTRACT OFF
#endif

__extension__ typedef unsigned __int128 wide;

typedef struct wide_sums {
    int64_t k;
    wide n, x, nn, xn, xx;
} wide_sums;

/* What a cluster, or messages that are one each, add up to for a measure. */
typedef struct observed {
    int64_t n, x, xx; /* xx: of messages that are a cluster each */
} observed;

static observed of_voice(const ef_voice *voice, ef_mood_measure measure)
{
    switch (measure) {
    case EF_MEASURE_OF_NEGATIVE:
        return (observed){ voice->n, voice->negative, 0 };
    case EF_MEASURE_OF_NEUTRAL:
        return (observed){ voice->n, voice->n - voice->negative - voice->positive, 0 };
    case EF_MEASURE_OF_POSITIVE:
        return (observed){ voice->n, voice->positive, 0 };
    case EF_MEASURE_OF_MIXED:
        return (observed){ voice->n, voice->mixed, 0 };
    case EF_MEASURE_OF_NET:
        return (observed){ voice->n, voice->positive - voice->negative, 0 };
    case EF_MEASURE_OF_SCORE:
        return (observed){ voice->n, voice->sum, 0 };
    default:
        return (observed){ voice->rated, voice->rating, 0 };
    }
}

static observed of_mood(const ef_mood *mood, ef_mood_measure measure)
{
    switch (measure) {
    case EF_MEASURE_OF_NEGATIVE:
        return (observed){ mood->n, mood->negative, mood->negative };
    case EF_MEASURE_OF_NEUTRAL: {
        int64_t neutral = mood->n - mood->negative - mood->positive;
        return (observed){ mood->n, neutral, neutral };
    }
    case EF_MEASURE_OF_POSITIVE:
        return (observed){ mood->n, mood->positive, mood->positive };
    case EF_MEASURE_OF_MIXED:
        return (observed){ mood->n, mood->mixed, mood->mixed };
    case EF_MEASURE_OF_NET:
        return (observed){ mood->n, mood->positive - mood->negative,
                           mood->positive + mood->negative };
    case EF_MEASURE_OF_SCORE:
        return (observed){ mood->n, mood->sum, mood->squares };
    default:
        return (observed){ mood->rated, mood->rating, mood->rating_squares };
    }
}

static void add_cluster(wide_sums *sums, observed of)
{
    wide n = (wide)of.n, x = (wide)of.x; /* a negative number wraps, and its products too */
    if (of.n == 0)
        return;
    sums->k++;
    sums->n += n;
    sums->x += x;
    sums->nn += n * n;
    sums->xn += x * n;
    sums->xx += x * x;
}

static double real_of(wide sum)
{
    __extension__ typedef __int128 wide_signed;
    return (double)(wide_signed)sum;
}

static observed of_sides(const ef_voice *voices, ef_mood_measure measure, ef_side side)
{
    observed all = { 0 };
    for (int i = 0; i < EF_SIDES; i++) {
        if (side != EF_SIDES && i != (int)side)
            continue;
        observed one = of_voice(&voices[i], measure);
        all.n += one.n;
        all.x += one.x;
    }
    return all;
}

ef_spread ef_spread_of(const ef_tally *tally, ef_mood_measure measure, ef_side side)
{
    const ef_voices *voices = &tally->voices;
    wide_sums sums = { 0 };
    size_t at = 0;
    uint64_t hash;
    for (const int64_t *entry;
         (entry = ef_sums_next(&voices->clusters, &at, &hash)) != NULL;)
        add_cluster(&sums, of_sides((const ef_voice *)entry, measure, side));
    double weight = 1;
    for (unsigned i = 0; i < voices->clusters.level; i++)
        weight *= 2;
    ef_spread spread = { (double)sums.k * weight,   real_of(sums.n) * weight,
                         real_of(sums.x) * weight,  real_of(sums.nn) * weight,
                         real_of(sums.xn) * weight, real_of(sums.xx) * weight };
    for (int i = 0; i < EF_SIDES; i++) {
        if (side != EF_SIDES && i != (int)side)
            continue;
        observed one = of_mood(&voices->alone[i], measure);
        double n = (double)one.n, x = (double)one.x;
        ef_spread_merge(&spread, &(ef_spread){ n, n, x, n, x, (double)one.xx });
    }
    return spread;
}

static observed of_all(const ef_tally *tally, ef_mood_measure measure, ef_side side)
{
    observed all = { 0 };
    for (int i = 0; i < EF_SIDES; i++) {
        if (side != EF_SIDES && i != (int)side)
            continue;
        observed one = of_mood(&tally->whole.sides[i], measure);
        all.n += one.n;
        all.x += one.x;
        all.xx += one.xx;
    }
    return all;
}

double ef_deff_of(const ef_tally *tally, ef_mood_measure measure, ef_side side)
{
    ef_spread spread = ef_spread_of(tally, measure, side);
    observed all = of_all(tally, measure, side);
    if (all.n < 2 || spread.k == spread.n) /* strangers all */
        return 1;
    double n = (double)all.n, mean = (double)all.x / n;
    double variance = (double)all.xx / n - mean * mean;
    return ef_spread_deff(&spread, ef_spread_mean(&spread), variance);
}
