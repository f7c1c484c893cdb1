/* SPDX-License-Identifier: MIT
 * findings/shifted.c - what is said more, or less, on the other side.
 *
 * A voice counts once for a phrase and a side, and so does a text: ten messages of one
 * angry customer, or a petition that many send, do not make a change. What a phrase has of
 * a side is its share of all that is said there: where customers write more, or longer,
 * everything is said more often, and nothing has changed.
 *
 * Departure from Monroe, Colaresi and Quinn: their z ranks words well and is shown, but its
 * variance is an approximation that fails for what is new: 20 mentions after none have
 * z 2.2. So the verdict is exact: given how many say a phrase, how likely is it that so
 * many of them are of one side? All phrases that five voices of a side hold are tested
 * together. */
#include "findings/shifted.h"

#include <stdlib.h>

#include "aggregate/phrases.h"
#include "aggregate/tails.h"
#include "findings/chance.h"
#include "findings/themes.h"

#ifdef __clang__
#pragma STDC FP_CONTRACT OFF
#endif

enum { FEWEST_VOICES = 30 };
static const double prior_size = 500;
static const double most_p = 0.0027; /* of |z| > 3 */

typedef struct trial {
    const ef_phrase_said *phrase;
    double before, after; /* voices that say it */
    double z, p, log_odds;
    bool has_risen, is_beyond_chance;
} trial;

static trial count_voices(ef_corpus *corpus, const ef_phrase_said *phrase)
{
    const uint32_t *messages = corpus->phrases.messages + phrase->begin;
    uint32_t count = phrase->count;
    return (trial){
        .phrase = phrase,
        .before = (double)ef_corpus_voices(corpus, messages, count, EF_SIDE_BEFORE),
        .after = (double)ef_corpus_voices(corpus, messages, count, EF_SIDE_AFTER),
    };
}

/* The phrases that enough voices hold; *before and *after get what all phrases add up to.
 */
static size_t count_all(ef_corpus *corpus, trial *trials, double *before, double *after)
{
    const ef_phrases_said *phrases = &corpus->phrases;
    size_t count = 0;
    *before = *after = 0;
    for (size_t i = 0; i < phrases->count; i++) {
        if (phrases->items[i].is_told)
            continue;
        trial t = count_voices(corpus, &phrases->items[i]);
        *before += t.before;
        *after += t.after;
        if (t.before >= EF_LEAST_VOICES || t.after >= EF_LEAST_VOICES)
            trials[count++] = t;
    }
    return count;
}

/* How likely it is that so many of all who say it, or more, are of one side: exact,
 * two-sided. */
static double chance_of(const trial *t, double before, double after)
{
    double share = after / (before + after);
    bool has_risen = t->after * before > t->before * after;
    int64_t all = (int64_t)(t->before + t->after);
    double p = has_risen ? ef_tail_binomial((int64_t)t->after, all, share)
                         : ef_tail_binomial((int64_t)t->before, all, 1 - share);
    return 2 * p < 1 ? 2 * p : 1;
}

/* Whether it could be told from chance at all, were all of it said on the rarer side. */
static bool can_tell(const trial *t, double before, double after)
{
    double rarer = (before < after ? before : after) / (before + after);
    int64_t all = (int64_t)(t->before + t->after);
    return ef_tail_binomial(all, all, rarer) < most_p / 2;
}

static void try_one(trial *t, double before, double after)
{
    double a = (t->before + t->after) / (before + after) * prior_size;
    t->z = ef_log_odds(t->after, after, t->before, before, a, prior_size, &t->log_odds);
    t->p = chance_of(t, before, after);
    t->has_risen = t->after * before > t->before * after;
    if ((t->has_risen ? t->after : t->before) < EF_LEAST_VOICES)
        t->p = 1; /* said more, but by too few: it was looked at and is none */
}

/* Marks what is no chance among all that were tried. False without memory. */
static bool judge(trial *trials, size_t count)
{
    double *p = malloc((count + 1) * sizeof *p);
    bool *kept = malloc((count + 1) * sizeof *kept);
    bool fits = p != NULL && kept != NULL;
    for (size_t i = 0; fits && i < count; i++)
        p[i] = trials[i].p;
    if (fits)
        ef_false_discoveries(p, kept, (int64_t)count);
    for (size_t i = 0; fits && i < count; i++)
        trials[i].is_beyond_chance = kept[i] && trials[i].p < most_p;
    free(p);
    free(kept);
    return fits;
}

/* The surest first; of equals the longer phrase, which says more. */
static int by_chance(const void *one, const void *two)
{
    const trial *a = one, *b = two;
    if (a->p < b->p || a->p > b->p)
        return a->p < b->p ? -1 : 1;
    if (a->phrase->size != b->phrase->size)
        return a->phrase->size > b->phrase->size ? -1 : 1;
    return a->phrase->begin < b->phrase->begin ? -1 : a->phrase->begin > b->phrase->begin;
}

static bool tell(ef_shifted *shifted, const trial *t, ef_corpus *corpus, ef_arena *arena)
{
    const uint32_t *messages = corpus->phrases.messages + t->phrase->begin;
    int64_t sides[EF_SIDES] = { 0 };
    for (uint32_t i = 0; i < t->phrase->count; i++)
        sides[ef_corpus_side_of(corpus, &corpus->said->messages[messages[i]])]++;
    *shifted = (ef_shifted){
        .name = ef_phrase_name(corpus, t->phrase, arena),
        .before = sides[EF_SIDE_BEFORE],
        .after = sides[EF_SIDE_AFTER],
        .share_before =
            (double)sides[EF_SIDE_BEFORE] / (double)corpus->sides[EF_SIDE_BEFORE],
        .share_after = (double)sides[EF_SIDE_AFTER] / (double)corpus->sides[EF_SIDE_AFTER],
        .log_odds = t->log_odds,
        .z = t->z,
        .p = t->p,
        .net = ef_corpus_net(corpus, messages, t->phrase->count, EF_SIDE_AFTER),
    };
    return shifted->name.data != NULL;
}

static bool choose(ef_shifted **shown, size_t *shown_count, const trial *trials,
                   size_t count, bool has_risen, ef_corpus *corpus, ef_arena *arena)
{
    const ef_phrase_said *chosen[EF_SHOWN_SHIFTED];
    *shown = ef_arena_alloc(arena, EF_SHOWN_SHIFTED * sizeof **shown);
    *shown_count = 0;
    if (*shown == NULL)
        return false;
    for (size_t i = 0; i < count && *shown_count < EF_SHOWN_SHIFTED; i++) {
        const trial *t = &trials[i];
        bool is_told = !t->is_beyond_chance || t->has_risen != has_risen;
        for (size_t k = 0; k < *shown_count && !is_told; k++)
            is_told = ef_phrases_overlap(&corpus->phrases, chosen[k], t->phrase);
        if (is_told)
            continue;
        chosen[*shown_count] = t->phrase;
        if (!tell(&(*shown)[(*shown_count)++], t, corpus, arena))
            return false;
    }
    return true;
}

static bool has_voices(ef_corpus *corpus, ef_side side)
{
    return ef_corpus_voices(corpus, NULL, 0, side) >= FEWEST_VOICES;
}

bool ef_shifted_find(ef_comparison *comparison, ef_corpus *corpus, ef_arena *arena)
{
    double before, after;
    comparison->tested = 0;
    if (!has_voices(corpus, EF_SIDE_BEFORE) || !has_voices(corpus, EF_SIDE_AFTER))
        return true;
    trial *trials = malloc((corpus->phrases.count + 1) * sizeof *trials);
    if (trials == NULL)
        return false;
    size_t said = count_all(corpus, trials, &before, &after), count = 0;
    for (size_t i = 0; i < said; i++) {
        if (!can_tell(&trials[i], before, after))
            continue;
        trials[count] = trials[i];
        try_one(&trials[count++], before, after);
    }
    comparison->tested = count;
    bool fits = judge(trials, count);
    if (fits && count > 0)
        qsort(trials, count, sizeof *trials, by_chance);
    fits = fits &&
           choose(&comparison->risen, &comparison->risen_count, trials, count, true, corpus,
                  arena) &&
           choose(&comparison->fallen, &comparison->fallen_count, trials, count, false,
                  corpus, arena);
    free(trials);
    return fits;
}
