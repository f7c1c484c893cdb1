/* SPDX-License-Identifier: MIT
 * alert/rule_shift.c - the share of negative messages has risen: a Bernoulli CUSUM.
 *
 * For each minute S = max(0, S + K (m - 1) - (N - K)), an alert at S >= H deff. m is the
 * ratio of the log-likelihood steps of a negative and of another message, so that S stays
 * on integers, on which the run length of H is known exactly: false alarms come once in
 * `every` (ALERTS.md, R1). Messages of one conversation are not independent; deff says how
 * little, and H grows with it.
 *
 * An alarm has to come from more than one customer: none of them adds more than two thirds
 * of the threshold.
 *
 * The season is not in the increment: S would leave its integers. A group that is always
 * worse on Sundays learns that as part of its usual share. */
#include "alert/rule.h"

#include "alert/run_length.h"
#include "base/real.h"

#ifdef __clang__
#pragma STDC FP_CONTRACT OFF
#endif

enum { HIGHEST = 20000 }; /* of H: its run length is out of reach of any rate by then */

static const ef_setting settings[] = {
    { "odds_ratio", EF_SETTING_NUMBER, offsetof(ef_rule, shift.odds_ratio), 1.1, 100,
      "must be a number from 1.1 to 100" },
    { "every", EF_SETTING_TIME, offsetof(ef_rule, shift.every), 60, 520 * 7 * 24 * 60,
      "must be a time from 1h to 520w" },
};

static void set_defaults(ef_rule *rule)
{
    rule->shift.odds_ratio = 2.5;
    rule->shift.every = 4 * 7 * EF_MINUTES_A_DAY;
}

static int64_t reach(const ef_rule *rule)
{
    (void)rule;
    return 0;
}

static int64_t round_up(double x)
{
    int64_t whole = (int64_t)x;
    return whole + ((double)whole < x);
}

/* m: round(r2 / r1), at least 2. Below a share of one in 1,600 it would be more than the
 * run length is computed for; a smaller m costs delay there and no false alarms. */
static int64_t steps(double p, double odds_ratio)
{
    double odds = odds_ratio * p / (1 - p), worse = odds / (1 + odds);
    double down = -ef_ln((1 - worse) / (1 - p));
    double both = ef_ln(worse * (1 - p) / (p * (1 - worse)));
    int64_t m = (int64_t)(both / down + 0.5);
    return m < 2 ? 2 : m > EF_MOST_UP ? EF_MOST_UP : m;
}

static void refresh(const ef_rule *rule, ef_detector *detector, const ef_usual *usual)
{
    int64_t before = detector->shift.threshold;
    double wanted = usual->rate * (double)rule->shift.every;
    detector->shift.up = steps(usual->share, rule->shift.odds_ratio) - 1;
    detector->shift.h =
        ef_run_length_threshold(usual->share, detector->shift.up, wanted, HIGHEST);
    detector->shift.threshold = round_up((double)detector->shift.h * usual->deff);
    if (before == 0)
        return;
    int64_t *const sums[] = { &detector->shift.s, &detector->shift.older.s,
                              &detector->shift.newer.s };
    for (size_t i = 0; i < sizeof sums / sizeof sums[0]; i++)
        *sums[i] = *sums[i] * detector->shift.threshold / before;
}

/* The customer who has added most to S, and how much; NULL if nobody has. */
static ef_cluster *loudest(const ef_shift_state *shift, const ef_closing *closing,
                           int64_t *most)
{
    ef_cluster *found = NULL;
    *most = 0;
    for (size_t i = 0; closing->voices != NULL && i < closing->voices->capacity; i++) {
        ef_cluster *voice = &closing->voices->items[i];
        int64_t added = (int64_t)voice->x * shift->up - ((int64_t)voice->n - voice->x);
        if (voice->hash == 0 || voice->group != closing->number || added < *most ||
            voice->last_minute < shift->onset || added <= 0)
            continue;
        /* Of equals the smaller hash: the order of the table says nothing. */
        if (found == NULL || added > *most || voice->hash < found->hash)
            found = voice;
        *most = added;
    }
    return found;
}

/* One angry customer is no shift: nobody adds more than two thirds of the threshold. What
 * is beyond that is taken out, of S and of what the customer is known to have added. With a
 * half, delays at 5 messages an hour were 8 % longer; with two thirds they are as without.
 */
static void hush(ef_shift_state *shift, const ef_closing *closing)
{
    int64_t most = shift->threshold * 2 / 3, kept = most / shift->up, added;
    while (shift->s > most) {
        ef_cluster *voice = loudest(shift, closing, &added);
        if (voice == NULL || added <= most)
            return;
        int64_t extra = added - kept * shift->up;
        shift->s = extra < shift->s ? shift->s - extra : 0;
        ef_cluster_restart(closing->voices, voice, (uint32_t)kept);
    }
}

/* One minute; entry NULL: nothing was said. */
static void count(ef_shift_state *shift, const ef_closing *closing, int64_t minute,
                  const ef_minute *entry)
{
    if (shift->s == 0) {
        shift->onset = minute;
        shift->n = shift->k = 0;
    }
    if (entry != NULL) {
        int64_t k = entry->pane.negative, others = entry->pane.n - k;
        shift->s += k * shift->up - others;
        shift->n += entry->pane.n;
        shift->k += k;
    }
    if (shift->s < 0)
        shift->s = 0;
    hush(shift, closing);
}

static void tell(const ef_shift_state *shift, ef_verdict *verdict)
{
    verdict->holds = shift->s >= shift->threshold;
    verdict->is_clear = shift->s * 2 < shift->threshold;
    verdict->onset = shift->onset;
    verdict->n = shift->n;
    verdict->k = shift->k;
}

/* Two marks reach back for EF_LATE_MINUTES at least, in a fifth of the room that a state
 * for each of these minutes would take. */
static void mark(ef_shift_state *shift, int64_t minute)
{
    if (shift->newer.before != 0 && minute - shift->newer.before < EF_LATE_MINUTES)
        return;
    shift->older = shift->newer;
    shift->newer = (ef_shift_mark){
        .before = minute, .s = shift->s, .onset = shift->onset, .n = shift->n, .k = shift->k
    };
}

static void judge(const ef_rule *rule, ef_detector *detector, const ef_outlook *view,
                  ef_verdict *verdict)
{
    ef_shift_state *shift = &detector->shift;
    (void)rule;
    if (shift->threshold == 0)
        return;
    mark(shift, view->closing->minute);
    count(shift, view->closing, view->closing->minute, view->closing->entry);
    tell(shift, verdict);
}

/* From the youngest mark that is not behind the late message; without one, it is too late.
 * Stops where S reaches the threshold, as it would have then. */
static void correct(const ef_rule *rule, ef_detector *detector, const ef_outlook *view,
                    int64_t last, ef_verdict *verdict)
{
    ef_shift_state *shift = &detector->shift;
    int64_t late = view->closing->minute;
    ef_shift_mark from = shift->newer.before <= late ? shift->newer : shift->older;
    (void)rule;
    if (shift->threshold == 0 || from.before == 0 || from.before > late)
        return;
    shift->s = from.s;
    shift->onset = from.onset;
    shift->n = from.n;
    shift->k = from.k;
    for (int64_t minute = from.before; minute <= last && !verdict->holds; minute++) {
        const ef_minute *entry = ef_timeline_find(&view->closing->group->timeline, minute);
        if (entry == NULL)
            continue;
        count(shift, view->closing, minute, entry);
        tell(shift, verdict);
    }
}

static void raised(const ef_rule *rule, ef_detector *detector)
{
    (void)rule;
    detector->shift.s = 0;
    detector->shift.older = detector->shift.newer = (ef_shift_mark){ 0 };
}

static bool is_near(const ef_rule *rule, const ef_detector *detector)
{
    (void)rule;
    return detector->shift.threshold > 0 &&
           detector->shift.s * 2 > detector->shift.threshold;
}

static double false_alarms(const ef_rule *rule, const ef_usual *usual)
{
    (void)usual;
    return 7.0 * EF_MINUTES_A_DAY / (double)rule->shift.every;
}

const ef_rule_kind ef_rule_shift = {
    .name = "shift",
    .summary = "the share of negative messages has risen (the default)",
    .settings = settings,
    .setting_count = sizeof settings / sizeof settings[0],
    .needs = EF_NEEDS_WARMTH,
    .set_defaults = set_defaults,
    .reach = reach,
    .refresh = refresh,
    .judge = judge,
    .correct = correct,
    .raised = raised,
    .is_near = is_near,
    .false_alarms = false_alarms,
};
