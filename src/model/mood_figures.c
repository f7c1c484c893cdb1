/* SPDX-License-Identifier: MIT
 * model/mood_figures.c - how good named emotions are. */
#include "model/mood_figures.h"

#include "model/evaluate.h"

enum { WHOLE = 10000 };

static bool has(unsigned set, int mood)
{
    return set >> mood & 1;
}

bool ef_mood_judge(ef_mood_judging *judging, const int32_t p[EF_MOODS],
                   const int32_t leant[EF_MOODS], ef_mood mood)
{
    int named = __builtin_ctz(mood.choices);
    int64_t sum = 0;
    for (int k = 0; k < EF_MOODS; k++) {
        if (!has(mood.choices, k))
            continue;
        named = leant[k] > leant[named] ? k : named;
        sum += p[k];
        judging->right[k] += has(mood.right, k);
    }
    bool is_right = has(mood.right, named);
    judging->given[named]++;
    judging->both[named] += is_right;
    judging->choices |= mood.choices;
    /* ef_evaluate knows three classes; for calibration right and wrong are enough. */
    int64_t share = sum == 0 ? 0 : p[named] * (int64_t)WHOLE / sum;
    ef_judged judged = { .given = !is_right, .confidence = (uint16_t)share };
    return ef_buffer_append(&judging->judged, &judged, sizeof judged);
}

static double ratio(double part, double whole)
{
    return whole > 0 ? part / whole : 0;
}

void ef_mood_judged(ef_mood_judging *judging, ef_mood_figures *figures)
{
    void *bytes = judging->judged.data; /* from malloc: aligned */
    ef_evaluation sure;
    double hits = 0, right = 0, felt_hits = 0, felt = 0;
    *figures = (ef_mood_figures){ .texts = judging->judged.size / sizeof(ef_judged) };
    ef_evaluate(bytes, figures->texts, &sure);
    figures->ece = sure.ece;
    for (int k = 0; k < EF_MOODS; k++) {
        double both = (double)judging->both[k], met = (double)judging->right[k];
        double seen = met + (double)judging->given[k], f1 = ratio(2 * both, seen);
        hits += both;
        right += met;
        felt_hits += k > 0 ? both : 0;
        felt += k > 0 ? seen : 0;
        if (has(judging->choices, k))
            figures->macro_f1 += f1 / __builtin_popcount(judging->choices);
        figures->weighted_f1 += met * f1;
    }
    figures->accuracy = ratio(hits, (double)figures->texts);
    figures->weighted_f1 = ratio(figures->weighted_f1, right);
    figures->micro_f1 = ratio(2 * felt_hits, felt);
    ef_buffer_release(&judging->judged);
}
