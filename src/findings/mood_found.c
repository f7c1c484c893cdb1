/* SPDX-License-Identifier: MIT
 * findings/mood_found.c - how we stand: coverage, mood, emotions and signals of all
 * messages.
 */
#include "findings/clusters.h"
#include "findings/findings.h"

#include <math.h>

#include "base/real.h"

#ifdef __clang__
#pragma STDC FP_CONTRACT OFF
#endif

static const ef_titled net_title = { "net_sentiment", "Net sentiment",
                                     "100 x (positive - negative) / n", EF_UNIT_NET };
static const ef_titled negative_title = { "negative_share", "Share negative",
                                          "negative / n", EF_UNIT_SHARE };
static const ef_titled neutral_title = { "neutral_share", "Share neutral", "neutral / n",
                                         EF_UNIT_SHARE };
static const ef_titled positive_title = { "positive_share", "Share positive",
                                          "positive / n", EF_UNIT_SHARE };
static const ef_titled score_title = { "mean_score", "Mean score", "sum of scores / n",
                                       EF_UNIT_SCORE };
static const ef_titled mixed_title = { "mixed_share", "Share mixed",
                                       "negative and positive clauses / n", EF_UNIT_SHARE };
static const ef_titled median_title = { "median_score", "Median score",
                                        "middle of 256 bins", EF_UNIT_SCORE };
static const ef_titled rating_title = { "mean_rating", "Mean rating", "sum of ratings / n",
                                        EF_UNIT_MEAN };

/* The mean of values x = sum / EF_UNIT each, whose interval widens by the design effect. */
static ef_figure mean_of(const ef_titled *title, int64_t n, int64_t sum, int64_t squares,
                         double deff)
{
    double k = (double)n, x = (double)sum / EF_UNIT;
    ef_spread spread = { k, k, x, k, x, (double)squares / EF_UNIT / EF_UNIT };
    ef_figure figure = ef_figure_mean(title, &spread, 1);
    figure.low = figure.value - (figure.value - figure.low) * ef_sqrt(deff);
    figure.high = figure.value + (figure.high - figure.value) * ef_sqrt(deff);
    figure.deff = deff;
    return figure;
}

static ef_figure rating_of(const ef_mood *mood, double deff, const ef_shown_scale *scale)
{
    ef_figure figure =
        mean_of(&rating_title, mood->rated, mood->rating, mood->rating_squares, deff);
    double middle = (scale->low + scale->high) / 2, half = (scale->high - scale->low) / 2;
    figure.value = middle + figure.value * half;
    figure.low = middle + figure.low * half;
    figure.high = middle + figure.high * half;
    return figure;
}

ef_mood_figures ef_mood_figures_of(const ef_making *making, const ef_mood *mood)
{
    const ef_deffs *deffs = &making->deffs;
    ef_mood_figures figures = { .net = ef_figure_net(&net_title, mood->positive,
                                                     mood->negative, mood->n, deffs->net),
                                .negative = ef_figure_share(&negative_title, mood->negative,
                                                            mood->n, deffs->negative),
                                .score = mean_of(&score_title, mood->n, mood->sum,
                                                 mood->squares, deffs->score) };
    if (making->scale.low < making->scale.high)
        figures.rating = rating_of(mood, deffs->rating, &making->scale);
    return figures;
}

/* Half of the messages score below it: good to half a bin, 1/256. */
static ef_figure median_of(const ef_whole *whole)
{
    ef_figure figure = ef_figure_none(&median_title, whole->labelled);
    int64_t below = 0;
    for (size_t bin = 0; bin < EF_SCORE_BINS && whole->labelled > 0; bin++) {
        below += whole->bins[bin];
        if (below * 2 < whole->labelled)
            continue;
        figure.value = ((double)bin + 0.5) * 2 / EF_SCORE_BINS - 1;
        figure.is_approximate = true;
        break;
    }
    return figure;
}

static bool find_mood(ef_making *making, const ef_mood *mood)
{
    ef_figures *list = &making->findings->mood;
    ef_mood_figures figures = ef_mood_figures_of(making, mood);
    int64_t neutral = mood->n - mood->negative - mood->positive;
    return ef_figures_add(list, figures.net) && ef_figures_add(list, figures.negative) &&
           ef_figures_add(list, ef_figure_share(&neutral_title, neutral, mood->n,
                                                making->deffs.neutral)) &&
           ef_figures_add(list, ef_figure_share(&positive_title, mood->positive, mood->n,
                                                making->deffs.positive)) &&
           ef_figures_add(list, figures.score) &&
           ef_figures_add(list, median_of(&making->tally->whole)) &&
           ef_figures_add(list, ef_figure_share(&mixed_title, mood->mixed, mood->n,
                                                making->deffs.mixed));
}

/* Of those that name one or show one; the most frequent are no more first than others. */
static bool find_emotions(ef_making *making)
{
    const ef_whole *whole = &making->tally->whole;
    for (int i = EF_EMOTION_NONE + 1; i < EF_EMOTION_COUNT; i++) {
        const char *name = ef_emotion_name((ef_emotion)i);
        ef_titled title = { name, name, "messages that show it / n", EF_UNIT_SHARE };
        if (!ef_figures_add(&making->findings->emotions,
                            ef_figure_share(&title, whole->emotions[i], whole->labelled,
                                            making->deffs.negative)))
            return false;
    }
    return true;
}

static bool find_signals(ef_making *making)
{
    const ef_whole *whole = &making->tally->whole;
    for (unsigned i = 0; i < EF_SIGNAL_COUNT; i++) {
        const char *name = ef_signal_name(i);
        ef_titled title = { name, name, "messages that say it / n", EF_UNIT_SHARE };
        if (!ef_figures_add(&making->findings->signals,
                            ef_figure_share(&title, whole->signals[i], whole->labelled,
                                            making->deffs.negative)))
            return false;
    }
    return true;
}

static int64_t number_of(const ef_sums *distinct)
{
    return (int64_t)distinct->count << distinct->level;
}

static void find_voices(ef_making *making)
{
    const ef_voices *voices = &making->tally->voices;
    ef_coverage *coverage = &making->findings->coverage;
    coverage->customers = number_of(&voices->authors);
    coverage->conversations = number_of(&voices->conversations);
    coverage->repeated = ef_voices_repeated(voices);
    coverage->are_estimates = voices->authors.level > 0 || voices->texts.level > 0 ||
                              voices->conversations.level > 0;
}

static void find_scale(ef_making *making)
{
    ef_answer scale;
    if (ef_rated_main_scale(&making->tally->rated, &scale, &making->scales))
        making->scale = (ef_shown_scale){ (double)scale.low / EF_ANSWER_UNIT,
                                          (double)scale.high / EF_ANSWER_UNIT };
}

static void find_deffs(ef_making *making)
{
    const ef_tally *tally = making->tally;
    making->deffs =
        (ef_deffs){ .net = ef_deff_of(tally, EF_MEASURE_OF_NET, EF_SIDES),
                    .negative = ef_deff_of(tally, EF_MEASURE_OF_NEGATIVE, EF_SIDES),
                    .neutral = ef_deff_of(tally, EF_MEASURE_OF_NEUTRAL, EF_SIDES),
                    .positive = ef_deff_of(tally, EF_MEASURE_OF_POSITIVE, EF_SIDES),
                    .mixed = ef_deff_of(tally, EF_MEASURE_OF_MIXED, EF_SIDES),
                    .score = ef_deff_of(tally, EF_MEASURE_OF_SCORE, EF_SIDES),
                    .rating = ef_deff_of(tally, EF_MEASURE_OF_RATING, EF_SIDES) };
}

static void find_coverage(ef_making *making)
{
    const ef_whole *whole = &making->tally->whole;
    ef_findings *f = making->findings;
    f->coverage = (ef_coverage){ .records = whole->records,
                                 .labelled = whole->labelled,
                                 .empty = whole->empty,
                                 .unknown_language = whole->unknown_language,
                                 .rejected = whole->rejected,
                                 .untimed = whole->untimed,
                                 .not_customers = whole->not_customers,
                                 .inputs = whole->inputs,
                                 .failed_inputs = whole->failed_inputs };
    find_voices(making);
    f->has_conversations = whole->with_conversation > 0;
    f->has_ratings = whole->with_rating > 0;
    f->has_roles = whole->with_role > 0;
    if (whole->first_ms <= whole->last_ms) {
        f->first_ms = ef_making_local_ms(making, whole->first_ms);
        f->last_ms = ef_making_local_ms(making, whole->last_ms);
    }
}

bool ef_find_mood(ef_making *making)
{
    ef_mood mood = ef_whole_mood(&making->tally->whole);
    find_scale(making);
    find_deffs(making);
    find_coverage(making);
    if (making->options->is_remembered)
        return find_mood(making, &mood);
    return find_mood(making, &mood) && find_emotions(making) && find_signals(making);
}
