/* SPDX-License-Identifier: MIT
 * model/evaluate.c - accuracy, F1, recall and calibration from judged texts. */
#include "model/evaluate.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "earful/scorer.h"

/* p of whole, in the unit of all probabilities. */
static uint16_t share(int32_t p, int32_t whole)
{
    return (uint16_t)(whole == 0 ? EF_UNIT / 2 : p * EF_UNIT / whole);
}

ef_judged ef_judge_weighed(const int32_t p[3], unsigned right, bool two_classes,
                           const ef_class_weights *weights)
{
    int64_t w[3] = { p[0], p[1], p[2] };
    for (int i = 0; weights != NULL && i < 3; i++)
        w[i] *= weights->of[i];
    unsigned given = w[2] >= w[0] ? EF_POSITIVE : EF_NEGATIVE;
    int32_t whole = EF_UNIT;
    if (two_classes)
        whole = p[0] + p[2];
    else if (w[1] >= w[given] || w[0] == w[2])
        given = EF_NEUTRAL;
    return (ef_judged){ .right = (uint8_t)right,
                        .given = (uint8_t)given,
                        .confidence = share(p[given], whole),
                        .p_right = share(p[right], whole) };
}

ef_judged ef_judge(const int32_t p[3], unsigned right, bool two_classes)
{
    return ef_judge_weighed(p, right, two_classes, NULL);
}

double ef_judged_loss(const ef_judged *judged)
{
    double p = judged->p_right == 0 ? 0.5 : judged->p_right;
    return log((double)EF_UNIT) - log(p);
}

static int by_confidence(const void *a, const void *b)
{
    const ef_judged *x = a, *y = b;
    return (x->confidence > y->confidence) - (x->confidence < y->confidence);
}

/* The share of right ones among the texts from `first` on that are equally confident;
 * *end is set behind the last of them. */
static double accuracy_of_ties(const ef_judged *judged, size_t count, size_t first,
                               size_t *end)
{
    double right = 0;
    size_t i = first;
    for (; i < count && judged[i].confidence == judged[first].confidence; i++)
        right += judged[i].right == judged[i].given;
    *end = i;
    return right / (double)(i - first);
}

/* Equally confident texts may lie in two bins: each then counts as right as all of them
 * are. */
static void fill_bins(ef_judged *judged, size_t count, ef_reliability *bins)
{
    double accuracy = 0;
    size_t ties_end = 0;
    if (count > 1)
        qsort(judged, count, sizeof *judged, by_confidence);
    for (size_t bin = 0; bin < EF_RELIABILITY_BINS; bin++) {
        size_t first = count * bin / EF_RELIABILITY_BINS;
        size_t end = count * (bin + 1) / EF_RELIABILITY_BINS;
        ef_reliability sum = { .texts = end - first };
        for (size_t i = first; i < end; i++) {
            if (i == ties_end)
                accuracy = accuracy_of_ties(judged, count, i, &ties_end);
            sum.confidence += judged[i].confidence / (double)EF_UNIT;
            sum.accuracy += accuracy;
        }
        if (sum.texts > 0) {
            sum.confidence /= (double)sum.texts;
            sum.accuracy /= (double)sum.texts;
        }
        bins[bin] = sum;
    }
}

void ef_figures_of(const uint64_t confusion[EF_CLASSES][EF_CLASSES], ef_merits *figures)
{
    double texts = 0, hits = 0, f1 = 0, recall = 0;
    int classes = 0;
    for (int c = 0; c < EF_CLASSES; c++) {
        double hit = (double)confusion[c][c], right = 0, given = 0;
        for (int other = 0; other < EF_CLASSES; other++) {
            right += (double)confusion[c][other];
            given += (double)confusion[other][c];
        }
        texts += right;
        hits += hit;
        if (right == 0)
            continue;
        classes++;
        recall += hit / right;
        f1 += 2 * hit / (right + given);
    }
    figures->accuracy = texts == 0 ? 0 : hits / texts;
    figures->macro_f1 = classes == 0 ? 0 : f1 / classes;
    figures->balanced_accuracy = classes == 0 ? 0 : recall / classes;
}

void ef_evaluate(ef_judged *judged, size_t count, ef_evaluation *e)
{
    ef_merits figures;
    memset(e, 0, sizeof *e);
    for (size_t i = 0; i < count; i++) {
        e->confusion[judged[i].right][judged[i].given]++;
        e->log_loss += ef_judged_loss(&judged[i]) / (double)count;
    }
    ef_figures_of(e->confusion, &figures);
    e->texts = count;
    e->accuracy = figures.accuracy;
    e->macro_f1 = figures.macro_f1;
    e->balanced_accuracy = figures.balanced_accuracy;
    fill_bins(judged, count, e->bins);
    for (size_t i = 0; i < EF_RELIABILITY_BINS; i++)
        e->ece += fabs(e->bins[i].confidence - e->bins[i].accuracy) *
                  (double)e->bins[i].texts / (double)(count == 0 ? 1 : count);
}

static int by_bin_confidence(const void *a, const void *b)
{
    const ef_reliability *x = a, *y = b;
    return (x->confidence > y->confidence) - (x->confidence < y->confidence);
}

double ef_pooled_calibration_error(const ef_evaluation *const *list, size_t count)
{
    ef_reliability points[EF_FAMILY_LIMIT * EF_RELIABILITY_BINS];
    size_t used = 0;
    for (size_t i = 0; i < count && used < EF_FAMILY_LIMIT; i++)
        if (list[i]->texts > 0)
            memcpy(points + used++ * EF_RELIABILITY_BINS, list[i]->bins,
                   sizeof list[i]->bins);
    if (used == 0)
        return 0;
    double error = 0;
    qsort(points, used * EF_RELIABILITY_BINS, sizeof *points, by_bin_confidence);
    for (size_t bin = 0; bin < EF_RELIABILITY_BINS; bin++) {
        double gap = 0;
        for (size_t i = bin * used; i < (bin + 1) * used; i++)
            gap += points[i].confidence - points[i].accuracy;
        error += fabs(gap);
    }
    return error / (double)(used * EF_RELIABILITY_BINS);
}
