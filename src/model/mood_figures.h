/* SPDX-License-Identifier: MIT
 * model/mood_figures.h - how good named emotions are, compared with the right ones. */
#ifndef EARFUL_MODEL_MOOD_FIGURES_H
#define EARFUL_MODEL_MOOD_FIGURES_H

#include <stdbool.h>

#include "base/buffer.h"
#include "model/emotion_learn.h"

typedef struct ef_mood_figures {
    size_t texts;
    double accuracy;    /* the mood that was named is among the right ones */
    double macro_f1;    /* mean over the choices */
    double weighted_f1; /* the same, a mood weighs as many texts as it is right for */
    double micro_f1;    /* of all emotions together; none is no hit */
    double ece;         /* expected calibration error, 15 bins of equal size */
} ef_mood_figures;

typedef struct ef_mood_judging {                               /* zero to begin */
    uint64_t right[EF_MOODS], given[EF_MOODS], both[EF_MOODS]; /* texts by mood */
    unsigned choices;
    ef_buffer judged;
} ef_mood_judging;

/* Judges a text by the probabilities of moods, in 1/10000: named is the likeliest of its
 * source's choices. False without memory. */
bool ef_mood_judge(ef_mood_judging *judging, const int32_t p[EF_MOODS],
                   const int32_t leant[EF_MOODS], ef_mood mood);

/* Fills *figures and releases what judging holds. */
void ef_mood_judged(ef_mood_judging *judging, ef_mood_figures *figures);

#endif
