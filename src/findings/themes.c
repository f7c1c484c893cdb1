/* SPDX-License-Identifier: MIT
 * findings/themes.c - what customers praise and what hurts them.
 *
 * Every phrase that at least five messages and five voices hold is weighed: what would the
 * mood of all be without these messages? What one voice, or one text that is sent around,
 * has most of is flooded, and no theme. Those that move it most come first; what every
 * fourth message holds is what all of them are about, and no theme. A word is left out
 * where one phrase has most of it ("service" where it is "customer service"), and a phrase
 * where a theme above it has most of its messages. */
#include "findings/themes.h"

#include <math.h>
#include <stdlib.h>

#include "aggregate/interval.h"
#include "base/real.h"
#include "findings/figure.h"

#ifdef __clang__
#pragma STDC FP_CONTRACT OFF
#endif

static const double most_of_all = 0.25; /* of all messages: then it is no theme */
static const double likely_z = 1.645;   /* what is listed leans its way with 95 % … */
static const double possible_z = 1; /* … or 84 %, where else the list would be short */
enum { FEW_THEMES = 5 };

static const ef_titled mentions_title = { "mentions_per_100", "Mentions per 100 messages",
                                          "100 x messages with it / messages",
                                          EF_UNIT_PER_100 };
static const ef_titled net_title = { "net_sentiment", "Net sentiment",
                                     "100 x (positive - negative) / n", EF_UNIT_NET };
static const ef_titled impact_title = { "impact", "Impact on net sentiment",
                                        "net sentiment of all - of all others",
                                        EF_UNIT_NET };

/* --- one theme ------------------------------------------------------------------------ */

ef_slice ef_phrase_name(const ef_corpus *corpus, const ef_phrase_said *phrase,
                        ef_arena *arena)
{
    enum { LONGEST = EF_MOST_PHRASE_WORDS * (EF_SAID_WORD_SIZE + 1) };
    uint8_t *name = ef_arena_alloc(arena, LONGEST);
    size_t size = 0;
    for (uint32_t i = 0; name != NULL && i < phrase->size; i++) {
        ef_slice word =
            ef_said_dictionary_word(&corpus->said->dictionary, phrase->words[i]);
        if (i > 0)
            name[size++] = ' ';
        memcpy(name + size, word.data, word.size);
        size += word.size;
    }
    return (ef_slice){ name, size };
}

static bool count_trend(ef_theme *theme, const ef_corpus *corpus, const uint32_t *messages,
                        size_t count, ef_arena *arena)
{
    size_t buckets = corpus->bucket_count;
    theme->trend = ef_arena_alloc(arena, (buckets + 1) * sizeof *theme->trend);
    if (theme->trend == NULL)
        return false;
    for (size_t i = 0; i <= buckets; i++)
        theme->trend[i] = 0;
    for (size_t i = 0; i < count; i++)
        theme->trend[corpus->bucket_of[messages[i]]]++;
    for (size_t i = 0; i < buckets; i++)
        theme->trend[i] = corpus->bucket_totals[i] > 0
                              ? 100 * theme->trend[i] / corpus->bucket_totals[i]
                              : NAN;
    return true;
}

static ef_figure impact_figure(const ef_weighed *w, int64_t n)
{
    ef_figure figure = ef_figure_none(&impact_title, n);
    figure.value = w->impact;
    figure.deff = w->deff;
    if (w->variance >= 0 && w->voices >= EF_LEAST_VOICES) {
        ef_interval interval = ef_interval_normal(w->impact, w->variance);
        figure.low = interval.low;
        figure.high = interval.high;
    }
    return figure;
}

/* What count is among all messages, when only an even sample of them is kept. */
static int64_t scaled(const ef_said *said, int64_t count)
{
    if (!ef_said_is_sample(said))
        return count;
    return (int64_t)((double)count * (double)said->total / (double)said->count + 0.5);
}

bool ef_theme_make(ef_theme *theme, ef_corpus *corpus, const uint32_t *messages,
                   size_t count, ef_arena *arena)
{
    ef_weighed w = ef_corpus_weigh(corpus, messages, count);
    int64_t n = (int64_t)count, all = (int64_t)corpus->said->count;
    bool is_sample = ef_said_is_sample(corpus->said);
    ef_figure share = ef_figure_share(&mentions_title, n, all, w.deff);
    share.value *= 100;
    share.low *= 100;
    share.high *= 100;
    *theme = (ef_theme){
        .messages = scaled(corpus->said, n),
        .voices = w.voices,
        .mentions = share,
        .net = ef_figure_net(&net_title, w.positive, w.negative, n, w.deff),
        .impact = impact_figure(&w, all),
    };
    theme->mentions.is_approximate = is_sample;
    theme->net.is_approximate = theme->impact.is_approximate = is_sample;
    return count_trend(theme, corpus, messages, count, arena);
}

/* --- which of them -------------------------------------------------------------------- */

typedef struct candidate {
    const ef_phrase_said *phrase;
    double impact, z;
} candidate;

static bool shares_a_word(const ef_phrase_said *one, const ef_phrase_said *two)
{
    for (uint32_t i = 0; i < one->size; i++)
        for (uint32_t k = 0; k < two->size; k++)
            if (one->words[i] == two->words[k])
                return true;
    return false;
}

bool ef_phrases_overlap(const ef_phrases_said *phrases, const ef_phrase_said *one,
                        const ef_phrase_said *two)
{
    const uint32_t *a = phrases->messages + one->begin, *b = phrases->messages + two->begin;
    uint32_t i = 0, k = 0, both = 0;
    if (!shares_a_word(one, two))
        return false;
    while (i < one->count && k < two->count) {
        uint32_t x = a[i], y = b[k];
        both += x == y;
        i += x <= y;
        k += y <= x;
    }
    return both * 2 >= (one->count < two->count ? one->count : two->count);
}

/* All phrases that may be themes, weighed. Gives how many. */
static size_t weigh_all(ef_corpus *corpus, candidate *candidates)
{
    const ef_phrases_said *phrases = &corpus->phrases;
    size_t count = 0;
    for (size_t i = 0; i < phrases->count; i++) {
        const ef_phrase_said *phrase = &phrases->items[i];
        if (phrase->is_told || phrase->count > most_of_all * (double)corpus->said->count)
            continue;
        ef_weighed w =
            ef_corpus_weigh(corpus, phrases->messages + phrase->begin, phrase->count);
        bool is_flooded = 2 * w.loudest > (int64_t)phrase->count;
        if (w.voices >= EF_LEAST_VOICES && !is_flooded && w.variance > 0)
            candidates[count++] =
                (candidate){ phrase, w.impact, w.impact / ef_sqrt(w.variance) };
    }
    return count;
}

/* Lowest impact first; of equals, what more messages hold, then what was met first. */
static int by_impact(const void *one, const void *two)
{
    const candidate *a = one, *b = two;
    if (a->impact < b->impact || a->impact > b->impact)
        return a->impact < b->impact ? -1 : 1;
    if (a->phrase->count != b->phrase->count)
        return a->phrase->count > b->phrase->count ? -1 : 1;
    return a->phrase->begin < b->phrase->begin ? -1 : a->phrase->begin > b->phrase->begin;
}

/* The themes of one side, most impact first: side -1 for pains, 1 for praises. */
typedef struct choice {
    const candidate *candidates; /* by_impact */
    size_t candidate_count;
    int side;
    const candidate *chosen[EF_SHOWN_THEMES];
    size_t count;
} choice;

static void choose(choice *c, const ef_phrases_said *phrases, double least_z)
{
    c->count = 0;
    for (size_t i = 0; i < c->candidate_count && c->count < EF_SHOWN_THEMES; i++) {
        size_t at = c->side < 0 ? i : c->candidate_count - 1 - i;
        const candidate *next = &c->candidates[at];
        bool is_told = next->z * c->side < least_z;
        for (size_t k = 0; k < c->count && !is_told; k++)
            is_told = ef_phrases_overlap(phrases, c->chosen[k]->phrase, next->phrase);
        if (!is_told)
            c->chosen[c->count++] = next;
    }
}

static bool make_all(ef_themes *themes, const choice *c, ef_corpus *corpus, ef_arena *arena)
{
    themes->items = ef_arena_alloc(arena, EF_SHOWN_THEMES * sizeof *themes->items);
    if (themes->items == NULL)
        return false;
    for (size_t i = 0; i < c->count; i++) {
        const ef_phrase_said *phrase = c->chosen[i]->phrase;
        ef_theme *theme = &themes->items[i];
        if (!ef_theme_make(theme, corpus, corpus->phrases.messages + phrase->begin,
                           phrase->count, arena))
            return false;
        theme->name = ef_phrase_name(corpus, phrase, arena);
        if (theme->name.data == NULL)
            return false;
    }
    themes->count = c->count;
    return true;
}

static bool find_side(ef_themes *themes, const candidate *candidates, size_t count,
                      int side, ef_corpus *corpus, ef_arena *arena)
{
    choice c = { .candidates = candidates, .candidate_count = count, .side = side };
    choose(&c, &corpus->phrases, likely_z);
    if (c.count < FEW_THEMES)
        choose(&c, &corpus->phrases, possible_z);
    return make_all(themes, &c, corpus, arena);
}

bool ef_themes_find(ef_findings *findings, ef_corpus *corpus, ef_arena *arena)
{
    candidate *candidates = malloc((corpus->phrases.count + 1) * sizeof *candidates);
    if (candidates == NULL)
        return false;
    size_t count = weigh_all(corpus, candidates);
    if (count > 0)
        qsort(candidates, count, sizeof *candidates, by_impact);
    bool fits = find_side(&findings->pains, candidates, count, -1, corpus, arena) &&
                find_side(&findings->praises, candidates, count, 1, corpus, arena);
    free(candidates);
    return fits;
}

/* --- the user's list ------------------------------------------------------------------ */

static bool make_topic(ef_theme *theme, const ef_topics *topics, size_t topic,
                       ef_corpus *corpus, uint32_t *messages, ef_arena *arena)
{
    size_t count = 0;
    for (uint32_t i = 0; i < corpus->said->count; i++)
        if (corpus->said->messages[i].topics >> topic & 1)
            messages[count++] = i;
    if (!ef_theme_make(theme, corpus, messages, count, arena))
        return false;
    ef_slice name = ef_topics_name(topics, topic);
    const char *kept = ef_arena_copy(arena, name);
    theme->name = (ef_slice){ (const uint8_t *)kept, name.size };
    theme->is_topic = true;
    return kept != NULL;
}

bool ef_themes_of_topics(ef_themes *themes, const ef_topics *topics, ef_corpus *corpus,
                         ef_arena *arena)
{
    size_t count = ef_topics_count(topics);
    uint32_t *messages = malloc((corpus->said->count + 1) * sizeof *messages);
    themes->items = ef_arena_alloc(arena, (count + 1) * sizeof *themes->items);
    bool fits = messages != NULL && themes->items != NULL;
    for (size_t i = 0; i < count && fits; i++)
        fits = make_topic(&themes->items[i], topics, i, corpus, messages, arena);
    themes->count = fits ? count : 0;
    free(messages);
    return fits;
}
