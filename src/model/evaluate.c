/* SPDX-License-Identifier: MIT
 * model/evaluate.c - accuracy, F1, recall and calibration from judged texts. */
#include "model/evaluate.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "earful/scorer.h"

enum { BINS = 15 };

ef_judged ef_judge(const int32_t p[3], unsigned right, bool two_classes)
{
    ef_judged j = { .right = (uint8_t)right };
    int32_t sides = p[0] + p[2], best = p[2] >= p[0] ? p[2] : p[0];
    j.given = p[2] >= p[0] ? EF_POSITIVE : EF_NEGATIVE;
    if (two_classes) {
        j.confidence = (uint16_t)(sides == 0 ? EF_UNIT / 2 : best * EF_UNIT / sides);
        return j;
    }
    if (p[1] >= best || p[0] == p[2]) {
        j.given = EF_NEUTRAL;
        best = p[1];
    }
    j.confidence = (uint16_t)best;
    return j;
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

/* The mean gap between confidence and accuracy, over bins of equally many texts. Equally
 * confident texts may lie in two bins: each then counts as right as all of them are. */
static double calibration_error(ef_judged *judged, size_t count)
{
    double sum = 0, accuracy = 0;
    size_t ties_end = 0;
    if (count > 1)
        qsort(judged, count, sizeof *judged, by_confidence);
    for (size_t bin = 0; bin < BINS; bin++) {
        double confidence = 0, right = 0;
        for (size_t i = count * bin / BINS; i < count * (bin + 1) / BINS; i++) {
            if (i == ties_end)
                accuracy = accuracy_of_ties(judged, count, i, &ties_end);
            confidence += judged[i].confidence / (double)EF_UNIT;
            right += accuracy;
        }
        sum += fabs(confidence - right);
    }
    return count == 0 ? 0 : sum / (double)count;
}

void ef_evaluate(ef_judged *judged, size_t count, ef_evaluation *e)
{
    double hits = 0, f1 = 0, recall = 0;
    int classes = 0;
    memset(e, 0, sizeof *e);
    for (size_t i = 0; i < count; i++)
        e->confusion[judged[i].right][judged[i].given]++;
    for (int c = 0; c < EF_CLASSES; c++) {
        double hit = (double)e->confusion[c][c], right = 0, given = 0;
        for (int other = 0; other < EF_CLASSES; other++) {
            right += (double)e->confusion[c][other];
            given += (double)e->confusion[other][c];
        }
        hits += hit;
        if (right == 0)
            continue;
        classes++;
        recall += hit / right;
        f1 += 2 * hit / (right + given);
    }
    e->texts = count;
    e->accuracy = count == 0 ? 0 : hits / (double)count;
    e->macro_f1 = classes == 0 ? 0 : f1 / classes;
    e->balanced_accuracy = classes == 0 ? 0 : recall / classes;
    e->ece = calibration_error(judged, count);
}
