/* SPDX-License-Identifier: MIT
 * findings/resample.c - the bootstrap over clusters: 2,000 times, with a seed that is said.
 */
#include "findings/resample.h"

#include <stdlib.h>

#include "findings/draw.h"

#ifdef __clang__
#pragma STDC FP_CONTRACT OFF
#endif

/* The mean of as many clusters as there are, drawn with repetition. */
static double drawn_mean(const ef_measured *measured, uint64_t *state)
{
    double n = 0, x = 0;
    uint64_t count = measured->cluster_count;
    for (uint64_t i = 0; i < count; i++) {
        const ef_counted *one = &measured->clusters[ef_draw_below(state, count)];
        n += one->n;
        x += one->x;
    }
    return x / n;
}

static int by_size(const void *a, const void *b)
{
    double one = *(const double *)a, two = *(const double *)b;
    return (one > two) - (one < two);
}

void ef_change_resample(ef_change *change, const ef_measured *before,
                        const ef_measured *after, double scale)
{
    double differences[EF_RESAMPLES];
    uint64_t state = EF_RESAMPLE_SEED;
    int64_t below = 0, above = 0;
    if (before->cluster_count < 2 || after->cluster_count < 2) {
        change->test = "no test: a side has fewer than two clusters to draw from";
        return;
    }
    for (int i = 0; i < EF_RESAMPLES; i++) {
        double first = drawn_mean(before, &state);
        differences[i] = (drawn_mean(after, &state) - first) * scale;
        below += differences[i] <= 0;
        above += differences[i] >= 0;
    }
    qsort(differences, EF_RESAMPLES, sizeof differences[0], by_size);
    change->low = differences[EF_RESAMPLES / 40];
    change->high = differences[EF_RESAMPLES - 1 - EF_RESAMPLES / 40];
    int64_t least = below < above ? below : above;
    double p = 2 * (double)(least + 1) / (EF_RESAMPLES + 1);
    change->p = p > 1 ? 1 : p;
    change->test = "bootstrap over clusters, 2,000 times, seed 20240229";
    change->is_evidence = change->p < 0.05;
}
