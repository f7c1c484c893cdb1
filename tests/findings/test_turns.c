/* SPDX-License-Identifier: MIT
 * test_turns.c - planted turns are found and dated; random days have hardly any. */
#include <criterion/criterion.h>
#include <math.h>

#include "../tally/hearing.h"
#include "findings/turns.h"

enum { DAYS = 120, RUNS = 1000 };

static double even(uint64_t *state)
{
    return (double)(next_random(state) >> 11) * 0x1p-53;
}

/* Days of 5 to 25 messages, each positive with a chance, else negative; all messages of a
 * day lean to one side a little, as they do. */
static void make_days(ef_day_sum *days, size_t count, uint64_t *state, size_t turn,
                      double before, double after)
{
    for (size_t i = 0; i < count; i++) {
        double share = (i < turn ? before : after) + (even(state) - 0.5) * 0.2;
        days[i] = (ef_day_sum){ (int32_t)i, 5 + (double)(next_random(state) % 21), 0 };
        for (int j = 0; j < days[i].n; j++)
            days[i].x += even(state) < share ? 1 : -1;
    }
}

Test(turns, finds_and_dates_what_was_planted)
{
    ef_day_sum days[DAYS], scratch[DAYS];
    ef_turn_found turns[EF_MOST_TURNS];
    uint64_t state = 11;
    make_days(days, DAYS, &state, 70, 0.7, 0.4);
    cr_assert_eq(ef_turns_of(days, DAYS, scratch, turns), 1);
    cr_assert(turns[0].at >= 67 && turns[0].at <= 73 && turns[0].p <= 0.001 + 1e-9);
    cr_assert(turns[0].low <= 70 && turns[0].high >= 70);
}

Test(turns, of_a_bad_month_are_two)
{
    ef_day_sum days[DAYS], scratch[DAYS];
    ef_turn_found turns[EF_MOST_TURNS];
    uint64_t state = 12;
    int both = 0, dated = 0;
    for (int run = 0; run < 100; run++) {
        make_days(days, 70, &state, 40, 0.7, 0.35);
        make_days(days + 70, 50, &state, 50, 0.7, 0.7);
        bool are_two = ef_turns_of(days, DAYS, scratch, turns) == 2;
        both += are_two;
        dated += are_two && turns[0].low <= 40 && turns[0].high >= 40 &&
                 turns[1].low <= 70 && turns[1].high >= 70;
    }
    cr_log_info("two turns in %d of 100 series with two, both days within in %d", both,
                dated);
    cr_assert_geq(both, 85);
    cr_assert_geq(dated, both * 9 / 10);
}

Test(turns, in_random_days_are_at_most_as_many_as_promised)
{
    ef_day_sum days[60], scratch[60];
    ef_turn_found turns[EF_MOST_TURNS];
    uint64_t state = 13;
    int false_finds = 0;
    for (int run = 0; run < RUNS; run++) {
        make_days(days, 60, &state, 60, 0.6, 0.6);
        false_finds += ef_turns_of(days, 60, scratch, turns) > 0;
    }
    cr_log_info("turns in %d of %d series without one", false_finds, RUNS);
    /* 5 % and two standard errors of a thousand runs */
    cr_assert_leq(false_finds, 50 + 14, "%d", false_finds);
}

Test(turns, are_found_more_often_the_larger_they_are)
{
    ef_day_sum days[60], scratch[60];
    ef_turn_found turns[EF_MOST_TURNS];
    const double sizes[] = { 0.05, 0.1, 0.15, 0.2 }; /* of the share: net 10, 20, 30, 40 */
    int found[4] = { 0 }, dated[4] = { 0 };
    for (int size = 0; size < 4; size++) {
        uint64_t state = 14;
        for (int run = 0; run < 200; run++) {
            make_days(days, 60, &state, 30, 0.6, 0.6 - sizes[size]);
            size_t count = ef_turns_of(days, 60, scratch, turns);
            found[size] += count > 0;
            dated[size] += count > 0 && turns[0].low <= 30 && turns[0].high >= 30;
        }
        cr_log_info("net %2.0f lower: found in %d of 200, the day within in %d",
                    sizes[size] * 200, found[size], dated[size]);
    }
    cr_assert(found[0] < found[1] && found[1] < found[2]);
    cr_assert_geq(found[2], 180);
    cr_assert_geq(dated[2] + dated[3], (found[2] + found[3]) * 94 / 100);
}

Test(turns, of_days_that_say_little_are_none)
{
    ef_day_sum days[40] = { { 0 } }, scratch[40];
    ef_turn_found turns[EF_MOST_TURNS];
    cr_assert_eq(ef_turns_of(days, 0, scratch, turns), 0);
    for (int i = 0; i < 40; i++)
        days[i] = (ef_day_sum){ i, 10, 10 }; /* all alike */
    cr_assert_eq(ef_turns_of(days, 1, scratch, turns), 0);
    cr_assert_eq(ef_turns_of(days, 40, scratch, turns), 0);
    for (int i = 0; i < 5; i++)
        days[i].x = -10;
    cr_assert_eq(ef_turns_of(days, 5, scratch, turns), 0); /* too short to part */
    for (int i = 0; i < 40; i++)
        days[i] = (ef_day_sum){ i, 1, i < 10 ? -1 : 1 };
    cr_assert_eq(ef_turns_of(days, 12, scratch, turns), 0); /* ten messages only */
}
