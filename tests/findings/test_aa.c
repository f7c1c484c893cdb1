/* SPDX-License-Identifier: MIT
 * test_aa.c - two random halves of one stream differ no more often than they should: the
 * self-check of METRICS section 5.
 *
 * A conversation's messages are alike: each one is drawn anew, or, with a chance whose
 * square is the correlation, says what the whole conversation says. Halves are of
 * conversations. */
#include <criterion/criterion.h>
#include <math.h>
#include <stdlib.h>

#include "../tally/hearing.h"
#include "findings/change.h"
#include "findings/figure.h"
#include "findings/measured.h"

enum { TALKS = 300, SPLITS = 1000, MOST = 50 + 14 /* and two standard errors */ };

static double even(uint64_t *state)
{
    return (double)(next_random(state) >> 11) * 0x1p-53;
}

static int mood(uint64_t *state)
{
    double chance = even(state);
    return chance < 0.25 ? -1 : chance < 0.55 ? 0 : 1;
}

typedef struct talk {
    double n, negative, positive, score;
    int64_t wait;
} talk;

static void make_stream(talk talks[TALKS], double correlation, uint64_t *state)
{
    for (int i = 0; i < TALKS; i++) {
        int common = mood(state);
        talks[i] = (talk){ .n = 1 + (double)(next_random(state) % 7),
                           .wait = (int64_t)(60 / (0.01 + even(state))) };
        for (int j = 0; j < talks[i].n; j++) {
            bool is_common = even(state) < sqrt(correlation);
            int own = is_common ? common : mood(state);
            talks[i].negative += own < 0;
            talks[i].positive += own > 0;
            talks[i].score += own * 0.6 + (even(state) - 0.5) * 0.4;
        }
    }
}

typedef struct half {
    ef_measured net, negative;
    ef_spread score;
    int64_t waits[TALKS];
    size_t wait_count;
} half;

static int by_size(const void *a, const void *b)
{
    int64_t one = *(const int64_t *)a, two = *(const int64_t *)b;
    return (one > two) - (one < two);
}

static void split(const talk talks[TALKS], half halves[2], uint64_t *state)
{
    memset(halves, 0, 2 * sizeof *halves);
    for (int i = 0; i < TALKS; i++) {
        const talk *it = &talks[i];
        half *to = &halves[next_random(state) >> 63];
        ef_spread_add(&to->net.spread, it->n, it->positive - it->negative);
        to->net.n += (int64_t)it->n;
        to->net.up += (int64_t)it->positive;
        to->net.down += (int64_t)it->negative;
        ef_spread_add(&to->negative.spread, it->n, it->negative);
        to->negative.n += (int64_t)it->n;
        to->negative.up += (int64_t)it->negative;
        ef_spread_add(&to->score, it->n, it->score);
        to->waits[to->wait_count++] = it->wait;
    }
    for (int i = 0; i < 2; i++)
        qsort(halves[i].waits, halves[i].wait_count, sizeof(int64_t), by_size);
}

static ef_change of_shares(const half *one, const half *two)
{
    return ef_change_of_shares(ef_measured_figure(EF_MEASURE_NEGATIVE, &one->negative),
                               ef_measured_figure(EF_MEASURE_NEGATIVE, &two->negative),
                               ef_change_deff(&one->negative.spread, &two->negative.spread),
                               EF_SHARE_TEST_USUAL);
}

static ef_change of_nets(const half *one, const half *two)
{
    ef_figure before = ef_measured_figure(EF_MEASURE_NET, &one->net);
    ef_figure after = ef_measured_figure(EF_MEASURE_NET, &two->net);
    return ef_change_of_nets(before, after, ef_measured_variance(&one->net, before.deff),
                             ef_measured_variance(&two->net, after.deff));
}

static ef_change of_means(const half *one, const half *two)
{
    static const ef_titled title = { "mean", "Mean", "", EF_UNIT_SCORE };
    return ef_change_of_means(ef_figure_mean(&title, &one->score, 1),
                              ef_figure_mean(&title, &two->score, 1), &one->score,
                              &two->score, 1);
}

static ef_change of_medians(const half *one, const half *two)
{
    static const ef_titled title = { "wait", "Wait", "", EF_UNIT_SECONDS };
    return ef_change_of_medians(
        ef_figure_quantile(&title, one->waits, one->wait_count, 0.5, 1, 1),
        ef_figure_quantile(&title, two->waits, two->wait_count, 0.5, 1, 1), one->waits,
        two->waits);
}

static void check(double correlation)
{
    static const struct {
        const char *name;
        ef_change (*test)(const half *, const half *);
    } tests[] = { { "shares", of_shares },
                  { "nets", of_nets },
                  { "means", of_means },
                  { "medians", of_medians } };
    static talk talks[TALKS];
    static half halves[2];
    int found[4] = { 0 }, inside[4] = { 0 };
    uint64_t state = 2024;
    make_stream(talks, correlation, &state);
    for (int i = 0; i < SPLITS; i++) {
        split(talks, halves, &state);
        for (int j = 0; j < 4; j++) {
            ef_change change = tests[j].test(&halves[0], &halves[1]);
            found[j] += change.is_evidence;
            inside[j] += change.low <= 0 && change.high >= 0;
        }
    }
    for (int j = 0; j < 4; j++) {
        cr_log_info("correlation %.2f, %s: %d of %d splits differ; 0 in the interval of %d",
                    correlation, tests[j].name, found[j], SPLITS, inside[j]);
        cr_assert_leq(found[j], MOST, "%s: %d", tests[j].name, found[j]);
        cr_assert_geq(inside[j], SPLITS - MOST - 14, "%s: %d", tests[j].name, inside[j]);
    }
}

Test(aa, halves_of_independent_messages_hardly_ever_differ)
{
    check(0);
}

Test(aa, halves_of_alike_conversations_hardly_ever_differ)
{
    check(0.15);
}
