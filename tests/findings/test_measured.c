/* SPDX-License-Identifier: MIT
 * test_measured.c - figures of surveys by hand, one answer a customer and many. */
#include <criterion/criterion.h>
#include <math.h>
#include <stdlib.h>

#include "../tally/hearing.h"
#include "findings/measured.h"
#include "findings/resample.h"

static void answer(ef_day_cells *cells, ef_rating_kind kind, double value, double high,
                   uint64_t author, int32_t day)
{
    told it = { .author = "somebody", .is_unlabelled = true, .second = day * 86400 };
    hearing made;
    hearing_of(&made, &it);
    made.record.rating = (ef_rating){ .is_known = true,
                                      .value = value,
                                      .low = kind == EF_RATING_NPS ? 0 : 1,
                                      .high = high,
                                      .scaled = value >= 4   ? 5000
                                                : value <= 2 ? -5000
                                                             : 0,
                                      .kind = kind };
    made.heard.cluster = author * EF_HASH_K1 | 1;
    cr_assert(ef_day_cells_add(cells, &made.heard));
}

static void answers(ef_day_cells *cells, ef_rating_kind kind, double value, double high,
                    int times)
{
    static uint64_t author = 1;
    for (int i = 0; i < times; i++)
        answer(cells, kind, value, high, author++, 0);
}

static ef_figure figure(ef_day_cells *cells, ef_measure measure, ef_survey_options options)
{
    ef_measured measured;
    ef_day_cells_settle(cells);
    cr_assert(ef_measured_of(&measured, measure, cells, NULL, EF_SIDES, &options, false));
    return ef_measured_figure(measure, &measured);
}

static void expect(ef_figure got, double value, double low, double high, int64_t n)
{
    cr_assert(fabs(got.value - value) < 1e-9 && got.n == n, "%f of %lld", got.value,
              (long long)got.n);
    cr_assert(fabs(got.low - low) < 6e-5 && fabs(got.high - high) < 6e-5, "%f .. %f",
              got.low, got.high);
}

static const ef_survey_options usual = { 0 };

Test(measured, nps_is_that_of_the_metrics)
{
    ef_day_cells cells = { 0 };
    answers(&cells, EF_RATING_NPS, 10, 10, 60);
    answers(&cells, EF_RATING_NPS, 9, 10, 40);
    answers(&cells, EF_RATING_NPS, 8, 10, 30);
    answers(&cells, EF_RATING_NPS, 7, 10, 30);
    answers(&cells, EF_RATING_NPS, 6, 10, 25);
    answers(&cells, EF_RATING_NPS, 0, 10, 15);
    expect(figure(&cells, EF_MEASURE_NPS, usual), 30, 19.1757, 40.8243, 200);
    cr_assert_eq(figure(&cells, EF_MEASURE_CSAT, usual).n, 0);
    cr_assert(isnan(figure(&cells, EF_MEASURE_CES, usual).value));
    ef_day_cells_release(&cells);
}

Test(measured, csat_is_the_two_top_boxes)
{
    ef_day_cells cells = { 0 };
    const int times[] = { 0, 5, 6, 0, 4, 5 }; /* 1-5: nine of twenty are content */
    for (int value = 1; value <= 5; value++)
        answers(&cells, EF_RATING_CSAT, value, 5, times[value]);
    expect(figure(&cells, EF_MEASURE_CSAT, usual), 0.45, 0.2581979, 0.6579147, 20);
    cr_assert_float_eq(figure(&cells, EF_MEASURE_CSAT_MEAN, usual).value, 58 / 20.0, 1e-9);
    cr_assert_float_eq(figure(&cells, EF_MEASURE_CSAT_NET, usual).value, -10, 1e-9);
    ef_day_cells_release(&cells);
}

Test(measured, stars_answer_for_csat_only_if_asked)
{
    ef_day_cells cells = { 0 };
    answers(&cells, EF_RATING_PLAIN, 5, 5, 3);
    answers(&cells, EF_RATING_PLAIN, 1, 5, 1);
    cr_assert_eq(figure(&cells, EF_MEASURE_CSAT, usual).n, 0);
    ef_figure share =
        figure(&cells, EF_MEASURE_CSAT, (ef_survey_options){ .csat_from_stars = true });
    cr_assert(share.n == 4 && share.count == 3);
    cr_assert_float_eq(figure(&cells, EF_MEASURE_RATING, usual).value, 4, 1e-9);
    ef_day_cells_release(&cells);
}

Test(measured, ces_is_the_share_from_five_on_and_its_mean)
{
    ef_day_cells cells = { 0 };
    for (int value = 1; value <= 7; value++)
        answers(&cells, EF_RATING_CES, value, 7, value);
    ef_figure share = figure(&cells, EF_MEASURE_CES, usual); /* 5 + 6 + 7 of 28 */
    cr_assert(share.n == 28 && share.count == 18);
    cr_assert_float_eq(figure(&cells, EF_MEASURE_CES_MEAN, usual).value, 5, 1e-9);
    cr_assert_float_eq(figure(&cells, EF_MEASURE_CES_INDEX, usual).value, 100 * 7 / 28.0,
                       1e-9); /* 13 agree, 6 do not */
    ef_day_cells_release(&cells);
}

Test(measured, answers_of_one_customer_say_less)
{
    ef_day_cells alone = { 0 }, together = { 0 };
    for (int i = 0; i < 40; i++) {
        double value = i % 8 < 4 ? 10 : 0;
        answer(&alone, EF_RATING_NPS, value, 10, (uint64_t)i + 1, 0);
        answer(&together, EF_RATING_NPS, value, 10, (uint64_t)i / 4 + 1, i % 4);
    }
    ef_figure one = figure(&alone, EF_MEASURE_NPS, usual);
    ef_figure four = figure(&together, EF_MEASURE_NPS, usual);
    cr_assert_eq(one.deff, 1);
    cr_assert_float_eq(four.deff, 4 * 10 / 9.0, 1e-9); /* four alike; k / (k - 1) */
    cr_assert_lt(four.low, one.low);
    ef_day_cells_release(&alone);
    ef_day_cells_release(&together);
}

Test(measured, sides_follow_from_days_unless_they_were_asked_for)
{
    ef_day_cells cells = { 0 };
    const int32_t first = EPOCH_2024 / 86400;
    for (int32_t day = 0; day < 20; day++)
        answer(&cells, EF_RATING_CSAT, day < 10 ? 5 : 1, 5, (uint64_t)day + 1, day);
    ef_day_cells_settle(&cells);
    ef_compared compared = {
        .days = { { 0, 0 }, { first + 3, first + 10 }, { first + 10, first + 17 } }
    };
    ef_measured before, after;
    cr_assert(ef_measured_of(&before, EF_MEASURE_CSAT, &cells, &compared, EF_SIDE_BEFORE,
                             &usual, true));
    cr_assert(ef_measured_of(&after, EF_MEASURE_CSAT, &cells, &compared, EF_SIDE_AFTER,
                             &usual, true));
    cr_assert(before.n == 7 && before.up == 7 && after.n == 7 && after.up == 0);
    cr_assert(before.cluster_count == 7 && before.clusters[0].x == 1);
    free(before.clusters);
    free(after.clusters);
    ef_day_cells_release(&cells);
}

static ef_measured shuffled(ef_counted *clusters, size_t count, double share, uint64_t seed)
{
    ef_measured measured = { .clusters = clusters, .cluster_count = count };
    for (size_t i = 0; i < count; i++) {
        double x = (double)(next_random(&seed) >> 11) * 0x1p-53 < share;
        clusters[i] = (ef_counted){ 1, x, x, 0 };
        ef_spread_add(&measured.spread, 1, x);
        measured.n++;
        measured.up += x > 0;
    }
    return measured;
}

Test(measured, resampling_agrees_with_the_tests_on_simple_data)
{
    ef_counted one[200], two[200];
    ef_measured before = shuffled(one, 200, 0.5, 1), after = shuffled(two, 200, 0.5, 2);
    ef_change drawn = { 0 };
    ef_change_resample(&drawn, &before, &after, 1);
    double difference = (double)(after.up - before.up) / 200;
    cr_assert(drawn.low < difference && difference < drawn.high);
    cr_assert_float_eq(drawn.high - drawn.low, 2 * 1.96 * sqrt(0.5 / 200), 0.02);
    ef_change again = { 0 };
    ef_change_resample(&again, &before, &after, 1);
    cr_assert(again.low == drawn.low && again.p == drawn.p);
    after.cluster_count = 1;
    again.p = NAN;
    ef_change_resample(&again, &before, &after, 1);
    cr_assert(isnan(again.p));
}
