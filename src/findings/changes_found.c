/* SPDX-License-Identifier: MIT
 * findings/changes_found.c - the headline figures of two periods or segments, each with its
 * test.
 *
 * Many tests are made at once: what counts as evidence is judged over the whole list. */
#include "findings/findings.h"

#include <stdlib.h>

#include "findings/change.h"
#include "findings/resample.h"
#include "findings/service.h"

#ifdef __clang__
#pragma STDC FP_CONTRACT OFF
#endif

enum { MOST_CHANGES = 24 };

typedef struct comparing {
    ef_making *making;
    ef_comparison *into;
    const ef_compared *sides;
    const ef_change_options *options;
} comparing;

static void add(comparing *c, ef_change change)
{
    if (change.before.n > 0 && change.after.n > 0)
        c->into->changes[c->into->change_count++] = change;
}

static ef_change test_of(ef_measure measure, const ef_measured *before,
                         const ef_measured *after, const ef_change_options *options)
{
    ef_figure one = ef_measured_figure(measure, before);
    ef_figure two = ef_measured_figure(measure, after);
    ef_shape shape = ef_measure_shape(measure);
    if (shape == EF_SHAPE_SHARE)
        return ef_change_of_shares(
            one, two, ef_change_deff(&before->spread, &after->spread),
            options->is_fisher ? EF_SHARE_TEST_FISHER : EF_SHARE_TEST_USUAL);
    if (shape == EF_SHAPE_NET)
        return ef_change_of_nets(one, two, ef_measured_variance(before, one.deff),
                                 ef_measured_variance(after, two.deff));
    return ef_change_of_means(one, two, &before->spread, &after->spread, 1);
}

static bool compare(comparing *c, ef_measure measure)
{
    const ef_day_cells *cells = &c->making->tally->cells;
    const ef_survey_options *survey = &c->making->manner->survey;
    bool draws = c->options->is_bootstrap, is_done;
    ef_measured before, after = { 0 };
    is_done =
        ef_measured_of(&before, measure, cells, c->sides, EF_SIDE_BEFORE, survey, draws) &&
        ef_measured_of(&after, measure, cells, c->sides, EF_SIDE_AFTER, survey, draws);
    if (is_done && before.n > 0 && after.n > 0) {
        ef_change change = test_of(measure, &before, &after, c->options);
        if (draws)
            ef_change_resample(&change, &before, &after,
                               ef_measure_shape(measure) == EF_SHAPE_NET ? 100 : 1);
        change.before.is_approximate = change.after.is_approximate = cells->level > 0;
        add(c, change);
    }
    free(before.clusters);
    free(after.clusters);
    return is_done;
}

static bool compare_waits(comparing *c, ef_wait_kind kind, const ef_service *service,
                          const ef_service_options *options, const ef_talk_choice *choices)
{
    ef_waits before, after = { 0 };
    bool is_done = ef_waits_of(&before, kind, service, options, &choices[EF_SIDE_BEFORE]) &&
                   ef_waits_of(&after, kind, service, options, &choices[EF_SIDE_AFTER]);
    if (is_done && before.count > 0 && after.count > 0)
        add(c, ef_change_of_medians(ef_wait_median(kind, &before, service, options),
                                    ef_wait_median(kind, &after, service, options),
                                    before.items, after.items));
    free(before.items);
    free(after.items);
    return is_done;
}

static void compare_share(comparing *c, ef_talk_share share, const ef_service *service,
                          const ef_service_options *options, const ef_talk_choice *choices)
{
    ef_figure before = ef_talk_share_of(share, service, options, &choices[EF_SIDE_BEFORE]);
    ef_figure after = ef_talk_share_of(share, service, options, &choices[EF_SIDE_AFTER]);
    if (before.n > 0 && after.n > 0)
        add(c, ef_change_of_shares(before, after, 1,
                                   c->options->is_fisher ? EF_SHARE_TEST_FISHER
                                                         : EF_SHARE_TEST_USUAL));
}

/* Conversations count on the side on which they begin. */
static bool compare_service(comparing *c)
{
    static const ef_talk_share shares[] = { EF_TALK_UNANSWERED, EF_TALK_FIRST_CONTACT,
                                            EF_TALK_ESCALATED };
    const ef_service *service = &c->making->service;
    const ef_service_options *options = &c->making->service_options;
    ef_talk_choice choices[EF_SIDES] = { { 0 } };
    if (service->talk_count == 0 || !c->sides->are_periods)
        return true;
    for (int side = EF_SIDE_BEFORE; side < EF_SIDES; side++) {
        const ef_period *period = &c->sides->periods[side];
        choices[side] =
            (ef_talk_choice){ .begin_ms = period->begin_ms, .end_ms = period->end_ms };
    }
    compare_share(c, EF_TALK_WORSENED, service, options, choices);
    if (!service->has_roles)
        return true;
    for (size_t i = 0; i < sizeof shares / sizeof shares[0]; i++)
        compare_share(c, shares[i], service, options, choices);
    return compare_waits(c, EF_WAIT_FIRST_RESPONSE, service, options, choices) &&
           compare_waits(c, EF_WAIT_RESOLUTION, service, options, choices);
}

/* How many messages of a side came on Saturdays and Sundays, in per cent. */
static int64_t weekend_share(const comparing *c, ef_side side)
{
    const ef_day_cells *cells = &c->making->tally->cells;
    int64_t all = 0, weekend = 0;
    for (size_t i = 0; i < cells->count; i++) {
        const ef_day_cell *cell = &cells->items[i];
        int32_t day = ef_day_cell_day(cell);
        if (day == EF_UNTIMED_DAY ||
            ef_compared_side(c->sides, day, ef_day_cell_side(cell)) != side)
            continue;
        int weekday = (int)(((int64_t)day + 3) % 7 + 7) % 7; /* Monday is 0 */
        all += cell->n;
        weekend += weekday >= 5 ? cell->n : 0;
    }
    return all > 0 ? (weekend * 200 + all) / (2 * all) : 0;
}

static bool is_whole_weeks(const ef_period *period)
{
    const int64_t week_ms = INT64_C(7) * 86400000, hour_ms = 3600000;
    if (period->begin_ms == INT64_MIN || period->end_ms == INT64_MAX)
        return false;
    int64_t rest = (period->end_ms - period->begin_ms) % week_ms;
    return rest <= hour_ms || rest >= week_ms - hour_ms; /* a clock may have changed */
}

static bool caution(comparing *c)
{
    const ef_period *periods = c->sides->periods;
    if (!c->sides->are_periods || (is_whole_weeks(&periods[EF_SIDE_BEFORE]) &&
                                   is_whole_weeks(&periods[EF_SIDE_AFTER])))
        return true;
    ef_buffer text = { 0 };
    ef_buffer_printf(&text,
                     "not whole weeks: %d %% of the messages before and %d %% of those "
                     "after came on Saturdays and Sundays",
                     (int)weekend_share(c, EF_SIDE_BEFORE),
                     (int)weekend_share(c, EF_SIDE_AFTER));
    if (!text.failed)
        c->into->caution = ef_making_keep(c->making, ef_buffer_slice(&text));
    ef_buffer_release(&text);
    return c->into->caution.data != NULL;
}

static bool compare_all(comparing *c)
{
    static const ef_measure measures[] = { EF_MEASURE_NET,   EF_MEASURE_NEGATIVE,
                                           EF_MEASURE_SCORE, EF_MEASURE_RATING,
                                           EF_MEASURE_NPS,   EF_MEASURE_CSAT,
                                           EF_MEASURE_CES };
    for (size_t i = 0; i < sizeof measures / sizeof measures[0]; i++) {
        bool is_mixed = measures[i] == EF_MEASURE_RATING && c->making->scales > 1;
        if (!is_mixed && !compare(c, measures[i]))
            return false;
    }
    return compare_service(c) && caution(c);
}

bool ef_find_comparison(ef_making *making)
{
    ef_comparison *into = &making->findings->comparison;
    if (!ef_compared_decide(&making->compared, making->tally, making->findings,
                            making->arena))
        return false;
    const ef_compared *sides = &making->compared;
    into->why_not = sides->why_not;
    if (sides->why_not != NULL)
        return true;
    into->before_name = ef_making_keep(making, sides->names[EF_SIDE_BEFORE]);
    into->after_name = ef_making_keep(making, sides->names[EF_SIDE_AFTER]);
    into->changes = ef_arena_alloc(making->arena, MOST_CHANGES * sizeof *into->changes);
    if (into->before_name.data == NULL || into->after_name.data == NULL ||
        into->changes == NULL)
        return false;
    comparing c = { making, into, sides, &making->manner->change };
    if (!compare_all(&c))
        return false;
    ef_changes_judge(into->changes, into->change_count, making->findings->few);
    into->is_made = into->change_count > 0;
    if (!into->is_made)
        into->why_not = "there are messages on one side only";
    return true;
}
