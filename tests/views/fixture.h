/* SPDX-License-Identifier: MIT
 * tests/views/fixture.h - findings made by hand: a shop with a bad spring, nothing at all,
 * nothing known, and a customer who attacks the report. */
#ifndef EARFUL_TESTS_VIEWS_FIXTURE_H
#define EARFUL_TESTS_VIEWS_FIXTURE_H

#include <math.h>
#include <stdlib.h>

#include "earful/app/report.h"

enum { FIXTURE_BUCKETS = 6, FIXTURE_DAY = 86400000 };

static inline ef_figure fixture_figure(const char *key, const char *name, ef_unit_kind unit,
                                       double value, double low, double high, int64_t n)
{
    return (ef_figure){ .key = key,
                        .name = name,
                        .formula = "by \"hand\", 1 < 2 & so on",
                        .unit = unit,
                        .value = value,
                        .low = low,
                        .high = high,
                        .n = n,
                        .count = unit == EF_UNIT_SHARE ? (int64_t)(value * (double)n) : -1,
                        .deff = 1.1 };
}

static inline ef_figure fixture_net(double value, double reach, int64_t n)
{
    return fixture_figure("net_sentiment", "Net sentiment", EF_UNIT_NET, value,
                          value - reach, value + reach, n);
}

static inline ef_figure fixture_negative(double value, int64_t n)
{
    return fixture_figure("negative_share", "Negative share", EF_UNIT_SHARE, value,
                          value - 0.03, value + 0.03, n);
}

static inline void fixture_moods(ef_findings *findings)
{
    static ef_figure mood[6], survey[3], stars[5], service[2], talks[3], emotions[2],
        signals[2];
    mood[0] = fixture_net(23.44, 5.1, 1204);
    mood[1] = fixture_negative(0.2134, 1204);
    mood[2] = fixture_figure("neutral_share", "Neutral share", EF_UNIT_SHARE, 0.3388, 0.31,
                             0.37, 1204);
    mood[3] = fixture_figure("positive_share", "Positive share", EF_UNIT_SHARE, 0.4478,
                             0.42, 0.48, 1204);
    mood[4] =
        fixture_figure("mean_score", "Mean score", EF_UNIT_SCORE, 0.1534, 0.12, 0.19, 1204);
    mood[5] = fixture_figure("mixed_share", "Mixed share", EF_UNIT_SHARE, 0.0812, 0.06, 0.1,
                             1204);
    findings->mood = (ef_figures){ mood, 6 };
    survey[0] = fixture_figure("stars", "Mean stars", EF_UNIT_MEAN, 3.87, 3.79, 3.95, 988);
    survey[1] = fixture_figure("nps", "NPS", EF_UNIT_NET, 30, -18.4, 78.4, 10);
    survey[2] = fixture_figure("csat", "CSAT", EF_UNIT_SHARE, 0.75, 0.3, 0.95, 4);
    findings->survey = (ef_figures){ survey, 3 };
    static const char *const names[5][2] = { { "stars_1", "1 star" },
                                             { "stars_2", "2 stars" },
                                             { "stars_3", "3 stars" },
                                             { "stars_4", "4 stars" },
                                             { "stars_5", "5 stars" } };
    static const double shares[5] = { 0.14, 0.06, 0.09, 0.21, 0.5 };
    for (size_t i = 0; i < 5; i++)
        stars[i] = fixture_figure(names[i][0], names[i][1], EF_UNIT_SHARE, shares[i],
                                  shares[i] - 0.02, shares[i] + 0.02, 988);
    findings->star_shares = (ef_figures){ stars, 5 };
    service[0] = fixture_figure("first_response_median", "First response, median",
                                EF_UNIT_SECONDS, 7800, 6600, 9120, 312);
    service[1] = fixture_figure("unanswered", "Unanswered", EF_UNIT_COUNT, 14, (double)NAN,
                                (double)NAN, 14);
    findings->service = (ef_figures){ service, 2 };
    talks[0] = fixture_figure("arc", "Arc", EF_UNIT_SCORE, 0.12, 0.05, 0.19, 290);
    talks[1] =
        fixture_figure("improved_share", "Improved", EF_UNIT_SHARE, 0.31, 0.26, 0.36, 290);
    talks[2] =
        fixture_figure("worsened_share", "Worsened", EF_UNIT_SHARE, 0.17, 0.13, 0.21, 290);
    findings->conversations = (ef_figures){ talks, 3 };
    emotions[0] = fixture_figure("joy", "Joy", EF_UNIT_SHARE, 0.31, 0.28, 0.34, 1204);
    emotions[1] = fixture_figure("anger", "Anger", EF_UNIT_SHARE, 0.11, 0.09, 0.13, 1204);
    findings->emotions = (ef_figures){ emotions, 2 };
    signals[0] =
        fixture_figure("churn", "Leaving", EF_UNIT_SHARE, 0.021, 0.014, 0.03, 1204);
    signals[1] =
        fixture_figure("refund", "Money back", EF_UNIT_SHARE, 0.045, 0.03, 0.06, 1204);
    findings->signals = (ef_figures){ signals, 2 };
}

static inline void fixture_times(ef_findings *findings)
{
    static ef_bucket buckets[FIXTURE_BUCKETS];
    static const char *const names[] = { "2026-01", "2026-02", "2026-03",
                                         "2026-04", "2026-05", "2026-06" };
    static const double nets[] = { 31, 34, 29, 8, 12, 26 };
    static const int64_t messages[] = { 180, 210, 240, 310, 244, 20 };
    for (size_t i = 0; i < FIXTURE_BUCKETS; i++)
        buckets[i] = (ef_bucket){
            .begin_ms = 1767225600000 + (int64_t)i * 30 * FIXTURE_DAY,
            .end_ms = 1767225600000 + (int64_t)(i + 1) * 30 * FIXTURE_DAY,
            .name = ef_slice_of(names[i]),
            .is_partial = i + 1 == FIXTURE_BUCKETS,
            .net = fixture_net(nets[i], messages[i] < 30 ? 38 : 9.5, messages[i]),
            .negative = fixture_negative(0.3 - nets[i] / 200, messages[i]),
            .score =
                fixture_figure("mean_score", "Mean score", EF_UNIT_SCORE, nets[i] / 150,
                               nets[i] / 150 - 0.04, nets[i] / 150 + 0.04, messages[i]),
            .rating =
                fixture_figure("stars", "Mean stars", EF_UNIT_MEAN, 3.4 + nets[i] / 60,
                               3.3 + nets[i] / 60, 3.5 + nets[i] / 60, messages[i]),
            .messages = messages[i],
        };
    findings->buckets = buckets;
    findings->bucket_count = FIXTURE_BUCKETS;
    static ef_turn turns[1];
    turns[0] = (ef_turn){ .time_ms = buckets[3].begin_ms,
                          .low_ms = buckets[2].begin_ms,
                          .high_ms = buckets[3].begin_ms,
                          .before = fixture_net(31.2, 5.8, 630),
                          .after = fixture_net(10.6, 6.1, 574),
                          .p = 0.0004 };
    findings->turns = turns;
    findings->turn_count = 1;
    findings->step = "month";
    findings->first_ms = buckets[0].begin_ms + 7 * (int64_t)FIXTURE_DAY;
    findings->last_ms = buckets[5].begin_ms + 4 * (int64_t)FIXTURE_DAY;
}

static inline ef_quote fixture_quote(const char *text, ef_label label, int32_t score)
{
    return (ef_quote){ .text = ef_slice_of(text),
                       .id = ef_slice_of("R4123"),
                       .time_ms = 1770000000000,
                       .label = label,
                       .score = score };
}

static inline void fixture_comparison(ef_findings *findings)
{
    static ef_change changes[2];
    changes[0] = (ef_change){ .before = fixture_net(31.2, 5.8, 630),
                              .after = fixture_net(10.6, 6.1, 574),
                              .difference = -20.6,
                              .low = -29.0,
                              .high = -12.2,
                              .p = 0.000002,
                              .test = "two-sample z",
                              .needed = 410,
                              .is_evidence = true };
    changes[1] = (ef_change){ .before = fixture_negative(0.2, 630),
                              .after = fixture_negative(0.22, 574),
                              .difference = 0.02,
                              .low = -0.026,
                              .high = 0.066,
                              .p = 0.39,
                              .test = "two-proportion z",
                              .is_evidence = false };
    static ef_shifted risen[1], fallen[1];
    risen[0] = (ef_shifted){ .name = ef_slice_of("late delivery"),
                             .before = 12,
                             .after = 71,
                             .share_before = 12.0 / 630,
                             .share_after = 71.0 / 574,
                             .log_odds = 1.9,
                             .z = 6.1,
                             .p = 1e-9,
                             .net = fixture_net(-61, 14, 71),
                             .quotes = { fixture_quote("Two weeks late, and no answer.",
                                                       EF_LABEL_NEGATIVE, -7400) },
                             .quote_count = 1 };
    fallen[0] = risen[0];
    fallen[0].name = ef_slice_of("gift wrap");
    fallen[0].before = 44;
    fallen[0].after = 9;
    fallen[0].share_before = 44.0 / 630;
    fallen[0].share_after = 9.0 / 574;
    fallen[0].net = fixture_net(55, 30, 9);
    fallen[0].quote_count = 0;
    findings->comparison =
        (ef_comparison){ .is_made = true,
                         .before_name = ef_slice_of("2026-01 to 2026-03"),
                         .after_name = ef_slice_of("2026-04 to 2026-06"),
                         .changes = changes,
                         .change_count = 2,
                         .risen = risen,
                         .fallen = fallen,
                         .risen_count = 1,
                         .fallen_count = 1,
                         .tested = 412,
                         .caution = ef_slice_of("the last month is not "
                                                "whole") };
}

static inline ef_theme fixture_theme(const char *name, int64_t messages, double net,
                                     double impact, double *trend)
{
    return (
        ef_theme){ .name = ef_slice_of(name),
                   .messages = messages,
                   .voices = messages - 2,
                   .mentions = fixture_figure(
                       "mentions", "Mentions", EF_UNIT_PER_100, (double)messages / 12.04,
                       (double)messages / 12.04 - 1, (double)messages / 12.04 + 1, 1204),
                   .net = fixture_net(net, 12, messages),
                   .impact = fixture_figure("impact", "Impact", EF_UNIT_NET, impact,
                                            impact - 1.4, impact + 1.4, 1204),
                   .trend = trend,
                   .quotes = { fixture_quote("It came two weeks late and the box was open.",
                                             EF_LABEL_NEGATIVE, -7211),
                               fixture_quote("Still waiting.", EF_LABEL_NEGATIVE, -3120) },
                   .quote_count = 2 };
}

static inline void fixture_themes(ef_findings *findings)
{
    static double trend[FIXTURE_BUCKETS] = { 3, 2.5, 4, 14, 12, (double)NAN };
    static ef_theme pains[3], praises[2], topics[1];
    pains[0] = fixture_theme("delivery", 118, -45, -5.1, trend);
    pains[1] = fixture_theme("battery life", 61, -38, -2.6, trend);
    pains[2] = fixture_theme("strap", 12, -80, -0.9, NULL);
    praises[0] = fixture_theme("customer service", 141, 72, 4.4, trend);
    praises[1] = fixture_theme("colours", 66, 64, 1.9, trend);
    topics[0] = fixture_theme("Shipping", 160, -31, -4.8, trend);
    topics[0].is_topic = true;
    findings->pains = (ef_themes){ pains, 3 };
    findings->praises = (ef_themes){ praises, 2 };
    findings->topics = (ef_themes){ topics, 1 };
}

static inline ef_group_row fixture_row(const char *name, int64_t messages, double net)
{
    return (ef_group_row){
        .name = ef_slice_of(name),
        .messages = messages,
        .net = fixture_net(net, 600.0 / sqrt((double)messages) / 4, messages),
        .negative = fixture_negative(0.3 - net / 300, messages),
        .score = fixture_figure("mean_score", "Mean score", EF_UNIT_SCORE, net / 150,
                                net / 150 - 0.1, net / 150 + 0.1, messages)
    };
}

static inline void fixture_people(ef_findings *findings)
{
    static ef_group_row rows[4];
    static ef_group_table tables[1];
    rows[0] = fixture_row("Lamp", 611, 31);
    rows[1] = fixture_row("Kettle", 402, 4);
    rows[2] = fixture_row("Umbrella", 170, -22);
    rows[3] = fixture_row("Rug", 3, 100);
    tables[0] = (ef_group_table){ .column = ef_slice_of("product"),
                                  .rows = rows,
                                  .count = 4,
                                  .groups = 9,
                                  .rest = fixture_row("", 18, 10) };
    findings->tables = tables;
    findings->table_count = 1;
    static ef_customer leaving[2], advocates[1];
    leaving[0] = (ef_customer){ .name = ef_slice_of("customer 17"),
                                .points = 4,
                                .level = "high",
                                .reasons = ef_slice_of("asks for the money back (R4123); "
                                                       "worsened (C17)"),
                                .last_ms = 1781000000000 };
    leaving[1] = leaving[0];
    leaving[1].name = ef_slice_of("customer 3");
    leaving[1].points = 2;
    leaving[1].level = "medium";
    advocates[0] = (ef_customer){ .name = ef_slice_of("customer 8"),
                                  .points = 5,
                                  .reasons = ef_slice_of("5 stars, says so (R88)") };
    findings->leaving = (ef_customers){ leaving, 2, 12,
                                        fixture_figure("at_risk", "At risk", EF_UNIT_SHARE,
                                                       0.014, 0.008, 0.025, 840) };
    findings->advocates =
        (ef_customers){ advocates, 1, 31,
                        fixture_figure("advocates", "Advocates", EF_UNIT_SHARE, 0.037,
                                       0.026, 0.052, 840) };
    static ef_quote parts[1];
    static const double ratings[1] = { 5 };
    parts[0] = fixture_quote("Broke on day one. Five stars for the courier.",
                             EF_LABEL_NEGATIVE, -5120);
    findings->agreement =
        (ef_agreement){ .table = { { 140, 40, 17 }, { 30, 40, 19 }, { 41, 130, 531 } },
                        .agrees = fixture_figure("stars_agree", "Stars and text agree",
                                                 EF_UNIT_SHARE, 0.921, 0.9, 0.938, 729),
                        .balanced = fixture_figure("balanced_accuracy", "Balanced accuracy",
                                                   EF_UNIT_SHARE, 0.906, 0.88, 0.928, 729),
                        .parts = parts,
                        .part_ratings = ratings,
                        .part_count = 1 };
}

static inline void fixture_frame(ef_findings *findings)
{
    *findings = (ef_findings){ .few = 30, .least = 5, .is_redacted = true };
    findings->title = ef_slice_of("Lamps and more");
    findings->zone = ef_slice_of("UTC");
    findings->engine = (ef_engine_info){ .version = "0.0.0",
                                         .scorer = "blend",
                                         .kernels = "scalar",
                                         .lexicon_hash = "0123456789abcdef",
                                         .class_weights = { 1000, 1000, 1000 } };
    memcpy(findings->engine.model.hash, "fedcba9876543210", 17);
}

/* Everything there is to say. */
static inline void fixture_full(ef_findings *findings)
{
    fixture_frame(findings);
    findings->coverage = (ef_coverage){ .records = 1230,
                                        .labelled = 1204,
                                        .empty = 9,
                                        .unknown_language = 17,
                                        .rejected = 2,
                                        .repeated = 6,
                                        .inputs = 2 };
    findings->has_ratings = findings->has_roles = findings->has_conversations = true;
    fixture_moods(findings);
    fixture_times(findings);
    fixture_comparison(findings);
    fixture_themes(findings);
    fixture_people(findings);
    static ef_remark remarks[2];
    remarks[0].text = ef_slice_of("2 records could not be read");
    remarks[1].text = ef_slice_of("impacts do not add up: a message with two themes counts "
                                  "in both");
    findings->remarks = remarks;
    findings->remark_count = 2;
    static ef_slice inputs[2];
    inputs[0] = ef_slice_of("lamps.csv");
    inputs[1] = ef_slice_of("more.csv");
    findings->inputs = inputs;
    findings->input_count = 2;
}

/* Nothing was read. */
static inline void fixture_empty(ef_findings *findings)
{
    fixture_frame(findings);
    findings->title = (ef_slice){ NULL, 0 };
    findings->comparison.why_not = "nothing to compare";
}

static inline void fixture_unknow(ef_figure *figure)
{
    figure->value = figure->low = figure->high = (double)NAN;
    figure->n = 0;
    figure->count = 0;
}

/* Every list is there, and nothing in it is known. */
static inline void fixture_unknown(ef_findings *findings)
{
    fixture_full(findings);
    ef_figures *lists[] = { &findings->mood,          &findings->survey,
                            &findings->star_shares,   &findings->service,
                            &findings->conversations, &findings->emotions,
                            &findings->signals };
    for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++)
        for (size_t j = 0; j < lists[i]->count; j++)
            fixture_unknow(&lists[i]->items[j]);
    for (size_t i = 0; i < findings->bucket_count; i++) {
        fixture_unknow(&findings->buckets[i].net);
        fixture_unknow(&findings->buckets[i].negative);
        fixture_unknow(&findings->buckets[i].score);
        fixture_unknow(&findings->buckets[i].rating);
        findings->buckets[i].messages = 0;
    }
    for (size_t i = 0; i < findings->comparison.change_count; i++) {
        ef_change *change = &findings->comparison.changes[i];
        fixture_unknow(&change->before);
        fixture_unknow(&change->after);
        change->difference = change->low = change->high = change->p = (double)NAN;
        change->is_evidence = false;
    }
    ef_themes *themes[] = { &findings->pains, &findings->praises, &findings->topics };
    for (size_t i = 0; i < 3; i++)
        for (size_t j = 0; j < themes[i]->count; j++) {
            ef_theme *theme = &themes[i]->items[j];
            fixture_unknow(&theme->mentions);
            fixture_unknow(&theme->net);
            fixture_unknow(&theme->impact);
            for (size_t k = 0; theme->trend != NULL && k < findings->bucket_count; k++)
                theme->trend[k] = (double)NAN;
        }
    fixture_unknow(&findings->leaving.share);
    fixture_unknow(&findings->agreement.agrees);
    fixture_unknow(&findings->agreement.balanced);
    findings->coverage.labelled = 0;
}

/* What is written where a name or a text should stand. */
static const char *const fixture_attacks[] = {
    "<script>alert(1)</script>",
    "</style></title><img src=x onerror=alert(1)>",
    "\"' onmouseover='alert(1)' x=\"",
    "]]><!-- --><![CDATA[ -->",
    "&lt;b&gt; &amp; &#x3c;",
    "\xE2\x80\xAE"
    "desrever\xE2\x81\xA6",
    "a\x01\x02\x1b[31mred\x7f\xC2\x9B",
    "\xFF\xC0\x80 broken \xED\xA0\x80",
    "\xEF\xBF\xBE\xEF\xBF\xBF nonchar",
    "=HYPERLINK(\"x\")",
    "constructor __proto__",
};
enum { FIXTURE_ATTACKS = sizeof fixture_attacks / sizeof fixture_attacks[0] };

/* The full one with text wherever a stranger could have put some. */
static inline void fixture_hostile(ef_findings *findings, ef_slice text)
{
    fixture_full(findings);
    findings->title = findings->zone = text;
    for (size_t i = 0; i < findings->bucket_count; i++)
        findings->buckets[i].name = text;
    ef_comparison *made = &findings->comparison;
    made->before_name = made->after_name = made->caution = text;
    made->risen[0].name = made->fallen[0].name = text;
    made->risen[0].quotes[0].text = made->risen[0].quotes[0].id = text;
    findings->pains.items[0].name = findings->praises.items[0].name = text;
    findings->topics.items[0].name = text;
    findings->pains.items[0].quotes[0].text = text;
    findings->pains.items[0].quotes[0].id = text;
    findings->tables[0].column = findings->tables[0].rows[0].name = text;
    findings->leaving.items[0].name = findings->leaving.items[0].reasons = text;
    findings->advocates.items[0].name = text;
    findings->agreement.parts[0].text = text;
    findings->remarks[0].text = text;
    findings->inputs[0] = text;
}

#endif
