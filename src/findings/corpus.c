/* SPDX-License-Identifier: MIT
 * findings/corpus.c - what was said, ready to be asked.
 *
 * The impact of a set T of n messages is d = M - M', the mean mood of all N minus that of
 * the others. Each message moves it by (x - M)/N - (x - M')/(N - n), the second part only
 * if it is not in T; the variance of d is the sum over voices of the squares of what they
 * move, times k/(k-1). Voices that say nothing of T move it by a·x + b·n of their sums, so
 * their squares come from the sums of squares over all voices, and only the voices of T
 * are walked: a question costs its own messages, not those of all. */
#include "findings/corpus.h"

#include <math.h>
#include <stdlib.h>

#ifdef __clang__
#pragma STDC FP_CONTRACT OFF
#endif

void ef_corpus_release(ef_corpus *corpus)
{
    ef_nouns_release(&corpus->nouns);
    ef_phrases_said_release(&corpus->phrases);
    free(corpus->voice_of);
    free(corpus->text_of);
    free(corpus->voices);
    free(corpus->texts);
    free(corpus->touched);
    free(corpus->bucket_of);
    free(corpus->bucket_totals);
    *corpus = (ef_corpus){ 0 };
}

typedef struct keyed {
    uint64_t key;
    uint32_t message;
} keyed;

static int by_key(const void *one, const void *two)
{
    const keyed *a = one, *b = two;
    if (a->key != b->key)
        return a->key < b->key ? -1 : 1;
    return a->message < b->message ? -1 : a->message > b->message;
}

/* Equal keys get equal numbers, from 0. Gives how many there are. */
static size_t number(keyed *keys, size_t count, uint32_t *numbers)
{
    size_t groups = 0;
    if (count > 0)
        qsort(keys, count, sizeof *keys, by_key);
    for (size_t i = 0; i < count; i++) {
        groups += i == 0 || keys[i].key != keys[i - 1].key;
        numbers[keys[i].message] = (uint32_t)groups - 1;
    }
    return groups;
}

static bool number_all(ef_corpus *s)
{
    size_t count = s->said->count;
    keyed *keys = malloc((count + 1) * sizeof *keys);
    s->voice_of = malloc((count + 1) * sizeof *s->voice_of);
    s->text_of = malloc((count + 1) * sizeof *s->text_of);
    bool fits = keys != NULL && s->voice_of != NULL && s->text_of != NULL;
    for (uint32_t i = 0; fits && i < count; i++)
        keys[i] = (keyed){ s->said->messages[i].voice, i };
    if (fits)
        s->voice_count = number(keys, count, s->voice_of);
    for (uint32_t i = 0; fits && i < count; i++)
        keys[i] = (keyed){ s->said->messages[i].print, i };
    if (fits)
        s->text_count = number(keys, count, s->text_of);
    free(keys);
    return fits;
}

ef_side ef_corpus_side_of(const ef_corpus *corpus, const ef_said_message *message)
{
    enum { HOURS = 24 };
    int32_t day = message->hour / HOURS - (message->hour % HOURS < 0);
    if (message->hour == EF_SAID_UNTIMED)
        day = EF_UNTIMED_DAY;
    return ef_corpus_side(corpus, day, ef_said_side(message));
}

static bool sum_voices(ef_corpus *s)
{
    s->voices = calloc(s->voice_count + 1, sizeof *s->voices);
    s->touched = calloc(s->voice_count + 1, sizeof *s->touched);
    s->texts = calloc(s->text_count + 1, sizeof *s->texts);
    if (s->voices == NULL || s->touched == NULL || s->texts == NULL)
        return false;
    for (size_t i = 0; i < s->said->count; i++) {
        ef_corpus_voice *voice = &s->voices[s->voice_of[i]];
        s->sides[ef_corpus_side_of(s, &s->said->messages[i])]++;
        voice->n++;
        voice->x += ef_mood_of(&s->said->messages[i]);
    }
    for (size_t i = 0; i < s->voice_count; i++)
        ef_spread_add(&s->spread, s->voices[i].n, s->voices[i].x);
    return true;
}

static size_t bucket_at(const ef_bucket *buckets, size_t count, int32_t hour)
{
    int64_t ms = (int64_t)hour * 3600000;
    size_t low = 0, high = count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (buckets[middle].end_ms <= ms)
            low = middle + 1;
        else
            high = middle;
    }
    return low < count && buckets[low].begin_ms <= ms ? low : count;
}

static bool number_buckets(ef_corpus *s, const ef_bucket *buckets, size_t count)
{
    s->bucket_count = count;
    s->bucket_of = malloc((s->said->count + 1) * sizeof *s->bucket_of);
    s->bucket_totals = calloc(count + 1, sizeof *s->bucket_totals);
    if (s->bucket_of == NULL || s->bucket_totals == NULL)
        return false;
    for (size_t i = 0; i < s->said->count; i++) {
        int32_t hour = s->said->messages[i].hour;
        size_t at = hour != EF_SAID_UNTIMED ? bucket_at(buckets, count, hour) : count;
        s->bucket_of[i] = (uint32_t)at;
        s->bucket_totals[at]++;
    }
    return true;
}

bool ef_corpus_init(ef_corpus *corpus, const ef_said *said, const ef_engine *engine,
                    const ef_bucket *buckets, size_t bucket_count)
{
    corpus->said = said;
    if (ef_nouns_learn(&corpus->nouns, said, engine) &&
        ef_phrases_said_find(&corpus->phrases, said, &corpus->nouns) &&
        number_all(corpus) && sum_voices(corpus) &&
        number_buckets(corpus, buckets, bucket_count))
        return true;
    ef_corpus_release(corpus);
    return false;
}

/* --- a question ----------------------------------------------------------------------- */

static const ef_titled net_title = { "net_sentiment", "Net sentiment",
                                     "100 x (positive - negative) / n", EF_UNIT_NET };

/* What is gathered of messages, voice by voice. */
typedef struct gathered {
    int64_t labels[EF_LABEL_POSITIVE + 1], texts;
    int64_t loudest; /* as in ef_weighed */
    size_t voices;   /* that were touched */
} gathered;

/* Many say "great gift" of their own accord, but not a whole sentence. */
enum { WORDS_OF_A_SENTENCE = 5 };

static void gather_one(ef_corpus *s, gathered *g, size_t at)
{
    const ef_said_message *message = &s->said->messages[at];
    ef_corpus_voice *voice = &s->voices[s->voice_of[at]];
    ef_corpus_text *text = &s->texts[s->text_of[at]];
    g->labels[ef_said_label(message)]++;
    if (voice->touched != s->question) {
        voice->touched = s->question;
        voice->part = voice->parts = 0;
        s->touched[g->voices++] = s->voice_of[at];
    }
    voice->part += ef_mood_of(message);
    voice->parts++;
    if (text->touched != s->question) {
        *text = (ef_corpus_text){ .touched = s->question };
        g->texts++;
    }
    text->parts++;
    int64_t copies = message->count >= WORDS_OF_A_SENTENCE ? text->parts : 0;
    int64_t own = (int64_t)voice->parts;
    own = own > copies ? own : copies;
    g->loudest = own > g->loudest ? own : g->loudest;
}

/* Of a side, EF_SIDES for all. messages NULL: all there are. */
static gathered gather(ef_corpus *s, const uint32_t *messages, size_t count, ef_side side)
{
    gathered g = { .voices = 0 };
    s->question++;
    for (size_t i = 0; i < (messages != NULL ? count : s->said->count); i++) {
        size_t at = messages != NULL ? messages[i] : i;
        if (side == EF_SIDES || side == ef_corpus_side_of(s, &s->said->messages[at]))
            gather_one(s, &g, at);
    }
    return g;
}

static int64_t voices_of(const gathered *g)
{
    return (int64_t)g->voices < g->texts ? (int64_t)g->voices : g->texts;
}

int64_t ef_corpus_voices(ef_corpus *corpus, const uint32_t *messages, size_t count,
                         ef_side side)
{
    gathered g = gather(corpus, messages, count, side);
    return voices_of(&g);
}

/* The design effect of the net sentiment of what was gathered last. */
static double deff_of(const ef_corpus *s, const gathered *g)
{
    ef_spread own = { 0 };
    for (size_t i = 0; i < g->voices; i++)
        ef_spread_add(&own, s->voices[s->touched[i]].parts, s->voices[s->touched[i]].part);
    double up = (double)g->labels[EF_LABEL_POSITIVE] / own.n;
    double down = (double)g->labels[EF_LABEL_NEGATIVE] / own.n, net = up - down;
    return own.n > 0 ? ef_spread_deff(&own, net, up + down - net * net) : 1;
}

ef_figure ef_corpus_net(ef_corpus *corpus, const uint32_t *messages, size_t count,
                        ef_side side)
{
    gathered g = gather(corpus, messages, count, side);
    int64_t up = g.labels[EF_LABEL_POSITIVE], down = g.labels[EF_LABEL_NEGATIVE];
    return ef_figure_net(&net_title, up, down, up + down + g.labels[EF_LABEL_NEUTRAL],
                         deff_of(corpus, &g));
}

static double variance_of(const ef_corpus *s, size_t touched, double n, double x)
{
    const ef_spread *all = &s->spread;
    double mean = all->x / all->n, others = (all->x - x) / (all->n - n);
    double a = 1 / all->n - 1 / (all->n - n);
    double b = others / (all->n - n) - mean / all->n;
    double squares = a * a * all->xx + 2 * a * b * all->xn + b * b * all->nn;
    for (size_t i = 0; i < touched; i++) {
        const ef_corpus_voice *voice = &s->voices[s->touched[i]];
        double moved = a * voice->x + b * voice->n;
        double more = (voice->part - others * voice->parts) / (all->n - n);
        squares += more * (2 * moved + more);
    }
    squares = squares > 0 ? squares : 0; /* rounding alone makes it negative */
    return 1e4 * squares * all->k / (all->k - 1);
}

ef_weighed ef_corpus_weigh(ef_corpus *corpus, const uint32_t *messages, size_t count)
{
    gathered g = gather(corpus, messages, count, EF_SIDES);
    const ef_spread *all = &corpus->spread;
    ef_weighed w = { .negative = g.labels[EF_LABEL_NEGATIVE],
                     .neutral = g.labels[EF_LABEL_NEUTRAL],
                     .positive = g.labels[EF_LABEL_POSITIVE],
                     .voices = voices_of(&g),
                     .loudest = g.loudest,
                     .impact = NAN,
                     .variance = NAN,
                     .deff = deff_of(corpus, &g) };
    double n = (double)count, x = (double)(w.positive - w.negative);
    if (n < all->n) {
        w.impact = 100 * (all->x / all->n - (all->x - x) / (all->n - n));
        if (all->k >= 2)
            w.variance = variance_of(corpus, g.voices, n, x);
    }
    return w;
}
