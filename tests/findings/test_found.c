/* SPDX-License-Identifier: MIT
 * test_found.c - findings of small tallies, worked by hand. */
#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>

#include "findings/clusters.h"
#include "findings/findings.h"

/* A tally that is fed by hand, and what is found in it. */
typedef struct bench {
    ef_plan plan;
    ef_tally tally;
    ef_findings *found;
} bench;

typedef struct said {
    const char *conversation, *product;
    int64_t time_ms;
    ef_label label;
    int32_t score;
    double stars; /* 0: none */
} said;

static const int64_t day_ms = 86400000, march_ms = INT64_C(1772323200000); /* 2026-03-01 */

static void start(bench *b, const ef_plan_wishes *wishes)
{
    *b = (bench){ 0 };
    cr_assert_eq(ef_plan_make(&b->plan, wishes, NULL), EF_OK);
    ef_tally_init(&b->tally, &b->plan);
}

static void say(bench *b, const said *message)
{
    ef_record record = { .conversation = ef_slice_of(message->conversation),
                         .text = ef_slice_of("a text"),
                         .has_time = message->time_ms != 0,
                         .time_ms = message->time_ms };
    ef_score score = { .label = message->label, .score = message->score };
    ef_slice groups[EF_MOST_REPORT_GROUPS] = { ef_slice_of(message->product) };
    ef_heard heard;
    if (message->stars > 0)
        record.rating = (ef_rating){ .is_known = true,
                                     .value = message->stars,
                                     .low = 1,
                                     .high = 5,
                                     .scaled = (int32_t)((message->stars - 3) * 5000) };
    if (ef_heard_of(&heard, &b->plan, &record, &score, groups))
        cr_assert(ef_tally_add(&b->tally, &heard));
}

static const ef_findings *find(bench *b, const char *step)
{
    ef_finding_options options = { .step = step };
    cr_assert(ef_tally_settle(&b->tally));
    cr_assert_eq(ef_findings_make(&b->found, &b->tally, &options, NULL), EF_OK);
    return b->found;
}

static void end(bench *b)
{
    ef_findings_free(b->found);
    ef_tally_release(&b->tally);
    ef_plan_release(&b->plan);
}

static const ef_figure *named(const ef_figures *figures, const char *key)
{
    for (size_t i = 0; i < figures->count; i++)
        if (strcmp(figures->items[i].key, key) == 0)
            return &figures->items[i];
    cr_assert_fail("no figure %s", key);
    return NULL;
}

static void expect(double got, double wanted)
{
    cr_assert_lt(fabs(got - wanted), 1e-7, "%.9f, not %.9f", got, wanted);
}

static bool is_named(ef_slice name, const char *text)
{
    return name.size == strlen(text) && memcmp(name.data, text, name.size) == 0;
}

static bool remarks(const ef_findings *found, const char *words)
{
    for (size_t i = 0; i < found->remark_count; i++)
        if (strstr((const char *)found->remarks[i].text.data, words) != NULL)
            return true;
    return false;
}

/* Nine of twenty are negative, the others positive: METRICS has the interval. */
Test(found, mood_of_strangers_is_that_of_the_metrics)
{
    bench b;
    start(&b, &(ef_plan_wishes){ 0 });
    for (int i = 0; i < 20; i++)
        say(&b, &(said){ .label = i < 9 ? EF_LABEL_NEGATIVE : EF_LABEL_POSITIVE,
                         .score = i < 9 ? -5000 : 5000 });
    const ef_findings *found = find(&b, NULL);
    const ef_figure *negative = named(&found->mood, "negative_share");
    expect(negative->value, 0.45);
    expect(negative->low, 0.2581979);
    expect(negative->high, 0.6579147);
    expect(negative->deff, 1);
    expect(named(&found->mood, "net_sentiment")->value, 10);
    expect(named(&found->mood, "mean_score")->value, 0.05);
    cr_assert_null(found->step);
    cr_assert(remarks(found, "no message has a time"));
    cr_assert(remarks(found, "no message has a rating"));
    end(&b);
}

/* Two conversations, one all bad, one all good: eight messages say as much as one.
 * [16 - 2/2 16 + 1/4 32] / (8 1/4) 2/1 = 8. */
Test(found, messages_of_one_conversation_say_less)
{
    bench b;
    start(&b, &(ef_plan_wishes){ 0 });
    for (int i = 0; i < 8; i++)
        say(&b, &(said){ .conversation = i < 4 ? "one" : "two",
                         .label = i < 4 ? EF_LABEL_NEGATIVE : EF_LABEL_POSITIVE });
    const ef_findings *found = find(&b, NULL);
    expect(named(&found->mood, "negative_share")->deff, 8);
    cr_assert_eq(found->coverage.conversations, 2);
    end(&b);
}

Test(found, nothing_gives_figures_without_values_and_no_division_by_zero)
{
    bench b;
    start(&b, &(ef_plan_wishes){ 0 });
    const ef_findings *found = find(&b, "day");
    for (size_t i = 0; i < found->mood.count; i++) {
        cr_assert(isnan(found->mood.items[i].value), "%s", found->mood.items[i].key);
        cr_assert_eq(found->mood.items[i].n, 0);
    }
    cr_assert_eq(found->bucket_count, 0);
    cr_assert(remarks(found, "there is no message"));
    end(&b);
}

Test(found, stars_have_a_mean_and_shares_and_stand_beside_the_text)
{
    static const double stars[] = { 5, 5, 4, 1, 2 };
    bench b;
    start(&b, &(ef_plan_wishes){ 0 });
    for (int i = 0; i < 5; i++)
        say(&b, &(said){ .stars = stars[i],
                         .label = i == 1  ? EF_LABEL_NEGATIVE
                                  : i < 3 ? EF_LABEL_POSITIVE
                                          : EF_LABEL_NEGATIVE,
                         .score = i == 1 ? -9000 : 0 });
    const ef_findings *found = find(&b, NULL);
    /* 3.4 -+ 2.7764451 sqrt(3.3 / 5) */
    const ef_figure *mean = named(&found->survey, "stars");
    expect(mean->value, 3.4);
    expect(mean->low, 3.4 - 2.7764451052 * sqrt(3.3 / 5));
    expect(named(&found->star_shares, "stars_5")->value, 0.4);
    expect(named(&found->star_shares, "stars_3")->value, 0);
    expect(found->agreement.agrees.value, 0.8);
    expect(found->agreement.balanced.value, (2 / 3.0 + 1) / 2);
    cr_assert_eq(found->agreement.part_count, 1);
    expect(found->agreement.part_ratings[0], 5);
    cr_assert_eq(found->agreement.parts[0].score, -9000);
    end(&b);
}

Test(found, days_stand_where_the_clock_of_the_zone_puts_them)
{
    bench b;
    start(&b, &(ef_plan_wishes){ .zone = "+02:00" });
    say(&b, &(said){ .time_ms = march_ms - 3600000, .label = EF_LABEL_POSITIVE });
    say(&b, &(said){ .time_ms = march_ms + 2 * day_ms, .label = EF_LABEL_NEGATIVE });
    const ef_findings *found = find(&b, "day");
    cr_assert_eq(found->bucket_count, 3); /* an hour before midnight UTC is March there */
    cr_assert(is_named(found->buckets[0].name, "2026-03-01"));
    cr_assert_eq(found->buckets[0].begin_ms, march_ms);
    cr_assert_eq(found->buckets[1].messages, 0);
    cr_assert(isnan(found->buckets[1].net.value));
    expect(found->buckets[2].net.value, -100);
    end(&b);
}

Test(found, a_week_that_data_do_not_fill_says_so)
{
    bench b;
    start(&b, &(ef_plan_wishes){ 0 });
    /* From Wednesday the 4th to Sunday the 15th. */
    for (int day = 3; day < 15; day++)
        say(&b, &(said){ .time_ms = march_ms + day * day_ms, .label = EF_LABEL_POSITIVE });
    const ef_findings *found = find(&b, "week");
    cr_assert_eq(found->bucket_count, 2);
    cr_assert(is_named(found->buckets[0].name, "2026-W10"));
    cr_assert(found->buckets[0].is_partial);
    cr_assert_not(found->buckets[1].is_partial);
    cr_assert_eq(found->buckets[1].messages, 7);
    end(&b);
}

Test(found, groups_come_by_size_and_the_rest_in_one_row)
{
    static const char *const groups[] = { "product" };
    bench b;
    char name[24];
    start(&b, &(ef_plan_wishes){ .groups = groups, .group_count = 1 });
    for (int i = 0; i < 70; i++) {
        snprintf(name, sizeof name, "thing %02d", i);
        say(&b, &(said){ .product = name, .label = EF_LABEL_POSITIVE });
    }
    for (int i = 0; i < 3; i++)
        say(&b, &(said){ .product = "zebra", .label = EF_LABEL_NEGATIVE });
    const ef_findings *found = find(&b, NULL);
    cr_assert_eq(found->table_count, 1);
    const ef_group_table *table = &found->tables[0];
    cr_assert_eq(table->groups, 71);
    cr_assert_eq(table->count, EF_SHOWN_GROUPS);
    cr_assert(is_named(table->rows[0].name, "zebra"));
    expect(table->rows[0].net.value, -100);
    cr_assert(is_named(table->rows[1].name, "thing 00"));
    cr_assert_eq(table->rest.messages, 71 - EF_SHOWN_GROUPS);
    end(&b);
}

Test(found, messages_before_since_and_behind_until_are_left_out)
{
    bench b;
    start(&b, &(ef_plan_wishes){ .since = "2026-03-02", .until = "2026-03-03" });
    for (int day = 0; day < 5; day++)
        say(&b, &(said){ .time_ms = march_ms + day * day_ms, .label = EF_LABEL_POSITIVE });
    say(&b, &(said){ .label = EF_LABEL_POSITIVE });
    const ef_findings *found = find(&b, NULL);
    cr_assert_eq(found->coverage.records, 2);
    cr_assert(remarks(found, "left out"));
    end(&b);
}
