/* SPDX-License-Identifier: MIT
 * alert_tables.c - the tables of false alarms and delays, by our detectors on simulated
 * streams of messages.
 *
 *     build/…/alert-tables [learned] [known] [days]
 *
 * `learned`: the whole of trend and alerts, which learn share, rate and design effect from
 * four weeks and go on learning. `known`: each rule's judgement, told what is usual.
 * `days`: slow drift, weekends, one angry customer, three times the volume.
 *
 * Seeds are fixed. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "aggregate/tails.h"
#include "alert/rule.h"
#include "bench/simulate.h"
#include "earful/alert.h"

static const double usual_share = .15;

/* --- what is counted ---------------------------------------------------------------- */

typedef struct figures {
    double alarms, weeks;
    double delays[400];
    int found, missed;
} figures;

static int by_size(const void *one, const void *two)
{
    double a = *(const double *)one, b = *(const double *)two;
    return a < b ? -1 : a > b;
}

/* The exact 95 % interval of a Poisson mean, by bisection. */
static double poisson_end(double count, int is_high)
{
    double low = 0, high = count * 3 + 20;
    for (int i = 0; i < 100; i++) {
        double middle = (low + high) / 2;
        double tail = is_high ? 1 - ef_tail_poisson((int64_t)count + 1, middle)
                              : ef_tail_poisson((int64_t)count, middle);
        if (is_high ? tail > 0.025 : tail < 0.025)
            low = middle;
        else
            high = middle;
    }
    return count > 0 || is_high ? low : 0;
}

static void print_alarms(const figures *f)
{
    printf(" %.2f (%.2f-%.2f) |", f->alarms / f->weeks,
           poisson_end(f->alarms, 0) / f->weeks, poisson_end(f->alarms, 1) / f->weeks);
}

static void print_delay(figures *f)
{
    qsort(f->delays, (size_t)f->found, sizeof f->delays[0], by_size);
    if (f->found > 0)
        printf(" %.1f (%.1f)", f->delays[f->found / 2],
               f->delays[(int)((double)f->found * .9)]);
    if (f->missed > 0)
        printf(", %d missed", f->missed);
    printf(" |");
}

/* --- learned: the whole product ----------------------------------------------------- */

enum { LEARNING_HOURS = 24 * 28 };
static const int64_t hour_ms = 3600000;
static const int64_t epoch_ms = INT64_C(1704067200000); /* 2024-01-01, a Monday */

typedef void ef_on_alert(void *user, double hour, const ef_alert *alert);

/* Feeds the simulated stream to rules; tells each alert with the hour of its judgement. */
static double run_product(const char *text, ef_on_alert *told, void *user)
{
    ef_rules *rules;
    ef_trend *trend;
    ef_alerts *alerts;
    ef_error error = { 0 };
    ef_alert alert;
    if (ef_rules_read(&rules, ef_slice_of(text), NULL, NULL, &error) != EF_OK ||
        ef_trend_new(&trend, NULL, &error) != EF_OK ||
        ef_alerts_new(&alerts, rules, trend, &error) != EF_OK) {
        fprintf(stderr, "%s\n", error.message);
        exit(1);
    }
    for (int i = 0; i < said_count; i++) {
        ef_score score = { .label =
                               said[i].is_negative ? EF_LABEL_NEGATIVE : EF_LABEL_NEUTRAL,
                           .score = said[i].is_negative ? -6000 : 2000 };
        ef_record record = { .has_time = true,
                             .time_ms = epoch_ms + (int64_t)(said[i].hour * 3600000),
                             .conversation = { (const uint8_t *)&said[i].talk, 4 } };
        if (ef_trend_add(trend, NULL, 0, &record, &score, NULL) != EF_OK)
            exit(1);
        while (ef_alerts_next(alerts, &alert) == EF_OK)
            told(user, (double)(alert.starts_ms - epoch_ms) / (double)hour_ms, &alert);
    }
    ef_alert_standing standing = { 0 };
    ef_alerts_standing(alerts, 0, &standing);
    ef_alerts_free(alerts);
    ef_trend_free(trend);
    ef_rules_free(rules);
    return (double)standing.deff / EF_UNIT;
}

typedef struct watch {
    double from;  /* alerts before do not count */
    double first; /* of those that count; 0: none */
    int alarms;
} watch;

static void note(void *user, double hour, const ef_alert *alert)
{
    watch *w = user;
    if (alert->status != EF_ALERT_FIRING || hour < w->from)
        return;
    w->alarms++;
    if (w->first == 0)
        w->first = hour;
}

static const char *const shift_rule = "[alert.shift]\nkind = shift\n";
static const double rates[] = { 5, 20, 100, 500 }, iccs[] = { 0, .15 };

static void quiet(figures *f, double rate, double icc, int streams, double *deff)
{
    for (int i = 0; i < streams; i++) {
        stream s = { .hours = LEARNING_HOURS + 24 * 56,
                     .rate = rate,
                     .icc = icc,
                     .before = usual_share,
                     .change = 1e18 };
        watch w = { .from = LEARNING_HOURS };
        simulate(&s);
        *deff += run_product(shift_rule, note, &w) / streams;
        f->alarms += w.alarms;
        f->weeks += 8;
    }
}

static void shifted(figures *f, double rate, double icc, double share)
{
    for (int i = 0; i < 100; i++) {
        stream s = { .hours = LEARNING_HOURS + 24 * 14,
                     .rate = rate,
                     .icc = icc,
                     .before = usual_share,
                     .after = share };
        s.change = LEARNING_HOURS + 24 * 7 + simulate_uniform() * 24;
        watch w = { .from = s.change };
        simulate(&s);
        run_product(shift_rule, note, &w);
        if (w.first > 0)
            f->delays[f->found++] = w.first - s.change;
        else
            f->missed++;
    }
}

static void print_learned(void)
{
    printf(
        "| rate/h | icc | deff | false alarms/week (95 %%) | to .30: median h (p90) | to "
        ".45 |\n|---|---|---|---|---|---|\n");
    for (int i = 0; i < 2; i++)
        for (int r = 0; r < 4; r++) {
            figures f[3] = { 0 };
            double deff = 0;
            simulate_from(77, 991 + (uint64_t)r);
            quiet(&f[0], rates[r], iccs[i], r == 3 ? 6 : 24, &deff);
            shifted(&f[1], rates[r], iccs[i], .30);
            shifted(&f[2], rates[r], iccs[i], .45);
            printf("| %g | %g | %.2f |", rates[r], iccs[i], deff);
            print_alarms(&f[0]);
            print_delay(&f[1]);
            print_delay(&f[2]);
            printf("\n");
            fflush(stdout);
        }
}

/* --- known: each rule's judgement --------------------------------------------------- */

static const struct {
    const char *name, *rule;
    double deff; /* 0: that of the stream */
} known_rules[] = {
    { "share, 1 h, 2 x usual, no floor",
      "kind = share\nwindow = 1h\nratio = 2\nalpha = 1\nclear_alpha = 1\nn_min = 1\n", 1 },
    { "same, n >= 20",
      "kind = share\nwindow = 1h\nratio = 2\nalpha = 1\nclear_alpha = 1\nn_min = 20\n", 1 },
    { "budget, 1 h and 5 min, burn 2",
      "kind = budget\nobjective = 0.15\nwindow = 1h\nburn = 2\nn_min = 1\nn_min_short = "
      "1\n",
      1 },
    { "budget, 6 h and 30 min, burn 2, n >= 20",
      "kind = budget\nobjective = 0.15\nwindow = 6h\nburn = 2\nn_min = 20\n"
      "n_min_short = 0\n",
      1 },
    { "share, 6 h, exact binomial 1e-4",
      "kind = share\nwindow = 6h\nratio = 1\nclear_ratio = 1\nn_min = 5\n", 1 },
    { "shift, independence assumed", "kind = shift\n", 1 },
    { "shift", "kind = shift\n", 0 },
    { "share, defaults", "kind = share\n", 0 },
    { "mean, defaults", "kind = mean\n", 0 },
};
enum { KNOWN_RULES = sizeof known_rules / sizeof known_rules[0], COOLDOWN_HOURS = 6 };

/* One rule over the simulated stream; a minute is judged at its end. After an alarm the
 * rule restarts and is quiet for six hours. */
static void run_rule(const ef_rule *rule, const ef_usual *usual, watch *w)
{
    ef_group group = { 0 };
    ef_detector detector = { 0 };
    ef_closing closing = { .group = &group };
    ef_outlook view = { &closing, usual };
    double quiet_until = -1;
    if (rule->kind->refresh != NULL)
        rule->kind->refresh(rule, &detector, usual);
    for (int i = 0; i < said_count && (w->from <= 0 || w->first <= 0);) {
        closing.minute = (int64_t)(said[i].hour * 60);
        ef_minute *entry = ef_timeline_at(&group.timeline, closing.minute);
        for (; i < said_count && (int64_t)(said[i].hour * 60) == closing.minute; i++)
            ef_pane_count(&entry->pane,
                          said[i].is_negative ? EF_LABEL_NEGATIVE : EF_LABEL_NEUTRAL,
                          said[i].is_negative ? -6000 : 2000, false);
        closing.entry = entry;
        ef_verdict verdict = { 0 };
        rule->kind->judge(rule, &detector, &view, &verdict);
        double hour = (double)(closing.minute + 1) / 60;
        if (verdict.holds && hour > quiet_until) {
            if (hour >= w->from)
                note(w, hour, &(ef_alert){ .status = EF_ALERT_FIRING });
            quiet_until = hour + COOLDOWN_HOURS;
            if (rule->kind->raised != NULL)
                rule->kind->raised(rule, &detector);
        }
        ef_timeline_forget(&group.timeline, closing.minute - 7 * 60);
    }
    ef_timeline_release(&group.timeline);
}

static void run_known(figures f[KNOWN_RULES][3], ef_rules *rules[KNOWN_RULES], double rate,
                      double icc, int mode, int runs)
{
    const double shares[] = { .15, .30, .45 };
    for (int i = 0; i < runs; i++) {
        stream s = { .hours = mode > 0 ? 24 * 14 : 24 * 56,
                     .rate = rate,
                     .icc = icc,
                     .before = usual_share,
                     .after = shares[mode],
                     .change = 1e18 };
        if (mode > 0)
            s.change = 24 * 7 + simulate_uniform() * 24;
        simulate(&s);
        for (int k = 0; k < KNOWN_RULES; k++) {
            watch w = { .from = mode > 0 ? s.change : 0 };
            ef_usual usual = { .is_warm = true,
                               .share = usual_share,
                               .rate = rate / 60,
                               .deff = 1 + 6 * icc,
                               .n = 1000000,
                               .mean = 800,
                               .deviation = 8000 * sqrt(usual_share * (1 - usual_share)) };
            if (known_rules[k].deff > 0)
                usual.deff = known_rules[k].deff;
            run_rule(&rules[k]->items[0], &usual, &w);
            if (mode == 0) {
                f[k][0].alarms += w.alarms;
                f[k][0].weeks += 8;
            } else if (w.first > 0) {
                f[k][mode].delays[f[k][mode].found++] = w.first - s.change;
            } else {
                f[k][mode].missed++;
            }
        }
    }
}

static void print_known(void)
{
    static figures f[KNOWN_RULES][3];
    ef_rules *rules[KNOWN_RULES];
    for (int k = 0; k < KNOWN_RULES; k++) {
        char text[512];
        ef_error error = { 0 };
        snprintf(text, sizeof text, "[alert.a]\n%s", known_rules[k].rule);
        if (ef_rules_read(&rules[k], ef_slice_of(text), NULL, NULL, &error) != EF_OK) {
            fprintf(stderr, "%s\n", error.message);
            exit(1);
        }
    }
    printf(
        "| rule | rate/h | icc | false alarms/week (95 %%) | to .30: median h (p90) | to "
        ".45 |\n|---|---|---|---|---|---|\n");
    for (int i = 0; i < 2; i++)
        for (int r = 0; r < 4; r++) {
            int weeks = r == 3 ? 40 : r == 0 ? 320 : 160;
            memset(f, 0, sizeof f);
            simulate_from(UINT64_C(88172645463325252), 123456789 + (uint64_t)r);
            run_known(f, rules, rates[r], iccs[i], 0, weeks / 8);
            run_known(f, rules, rates[r], iccs[i], 1, 200);
            run_known(f, rules, rates[r], iccs[i], 2, 200);
            for (int k = 0; k < KNOWN_RULES; k++) {
                printf("| %s | %g | %g |", known_rules[k].name, rates[r], iccs[i]);
                print_alarms(&f[k][0]);
                print_delay(&f[k][1]);
                print_delay(&f[k][2]);
                printf("\n");
            }
            fflush(stdout);
        }
    for (int k = 0; k < KNOWN_RULES; k++)
        ef_rules_free(rules[k]);
}

/* --- days that are not of one kind -------------------------------------------------- */

static double drift(double hour) /* from .15 to .30 in two weeks, then it stays */
{
    double part = (hour - LEARNING_HOURS) / (24 * 14);
    return usual_share + usual_share * (part < 0 ? 0 : part > 1 ? 1 : part);
}

static double weekends(double hour) /* .25 on Saturday and Sunday */
{
    return (int)(hour / 24) % 7 >= 5 ? .25 : .15;
}

/* One customer: so many negative messages, twenty seconds apart, once a day at noon. */
static void add_bursts(double from, double to, int size)
{
    for (double day = from; day + 12 < to; day += 24)
        for (int i = 0; i < size; i++)
            simulate_add(day + 12 + i * (20. / 3600), 1, (int)(1000000 + day));
    simulate_sort();
}

static void print_row(const char *name, double rate, double icc, stream s, int burst)
{
    figures f = { 0 };
    int runs = rate > 100 ? 10 : 40;
    simulate_from(77, 991);
    for (int i = 0; i < runs; i++) {
        watch w = { .from = LEARNING_HOURS };
        s.rate = rate;
        s.icc = icc;
        s.before = s.after = usual_share;
        s.hours = LEARNING_HOURS + 24 * 28;
        simulate(&s);
        if (burst > 0)
            add_bursts(LEARNING_HOURS, s.hours, burst);
        run_product(shift_rule, note, &w);
        f.alarms += w.alarms;
        f.weeks += 4;
        if (w.first > 0)
            f.delays[f.found++] = w.first - LEARNING_HOURS;
        else
            f.missed++;
    }
    printf("| %s | %g | %g |", name, rate, icc);
    print_alarms(&f);
    print_delay(&f);
    printf("\n");
    fflush(stdout);
}

static void print_days(void)
{
    printf("| what | rate/h | icc | alarms/week (95 %%) | first after: median h (p90) |\n"
           "|---|---|---|---|---|\n");
    for (int i = 0; i < 2; i++)
        for (int r = 0; r < 4; r++) {
            print_row("nothing", rates[r], iccs[i], (stream){ .change = 1e18 }, 0);
            print_row("drift .15 to .30 in two weeks", rates[r], iccs[i],
                      (stream){ .share = drift }, 0);
            print_row("weekends .25", rates[r], iccs[i], (stream){ .share = weekends }, 0);
            print_row("one customer, 15 in a row each noon", rates[r], iccs[i],
                      (stream){ .change = 1e18 }, 15);
            print_row("one customer, 60 in a row each noon", rates[r], iccs[i],
                      (stream){ .change = 1e18 }, 60);
            print_row("three times the volume", rates[r], iccs[i],
                      (stream){ .change = LEARNING_HOURS, .volume = 3 }, 0);
        }
}

int main(int count, char **words)
{
    int is_all = count < 2;
    for (int i = 1; i < count || is_all; i++) {
        if (is_all || strcmp(words[i], "learned") == 0)
            print_learned();
        if (is_all || strcmp(words[i], "known") == 0)
            print_known();
        if (is_all || strcmp(words[i], "days") == 0)
            print_days();
        is_all = 0;
        if (count < 2)
            break;
    }
    free(said);
    return 0;
}
