/* SPDX-License-Identifier: MIT
 * findings/quotes.c - two or three sentences of customers for a theme.
 *
 * The first sampled messages that mention it, in the order of their hashes, give a sentence
 * each; every sentence is scored by itself. Those that feel as asked for, if there are any,
 * stand around their median; the nearest ones are taken, unless somebody was quoted already
 * or two say the same. */
#include "findings/quotes.h"

#include <stdlib.h>

enum {
    MOST_CANDIDATES = 48,
    LONGEST = 220, /* bytes of a quotation, before the dots of a cut */
    AHEAD = 90,    /* of them at most before what it mentions, when it is cut */
    SHORTEST = 24  /* a shorter sentence takes the next one with it */
};

typedef struct ef_quoted_word {
    uint32_t number;     /* in the corpus, of the usual form; UINT32_MAX: not there */
    bool is_joined;      /* of one run with the word before */
    ef_said_place place; /* in the excerpt's text */
} quoted_word;

void ef_quotes_release(ef_quotes *quotes)
{
    ef_topic_hand_release(&quotes->hand);
    ef_scratch_free(quotes->scratch);
    free(quotes->words);
    free(quotes->ends);
    *quotes = (ef_quotes){ 0 };
}

static bool reserve(ef_quotes *q, size_t more)
{
    if (q->room - q->count >= more)
        return true;
    size_t room = q->room * 2 + more;
    quoted_word *words = realloc(q->words, room * sizeof *words);
    if (words == NULL)
        return false;
    q->words = words;
    q->room = room;
    return true;
}

static bool lay_out(ef_quotes *q, ef_said_dictionary *own, const ef_excerpt *excerpt)
{
    ef_said_word words[EF_SAID_WORDS];
    ef_said_place places[EF_SAID_WORDS];
    const ef_said_dictionary *known = &q->corpus->said->dictionary;
    size_t count;
    if (!ef_said_split(own, ef_excerpt_text(q->excerpts, excerpt), words, places, &count) ||
        !reserve(q, count))
        return false;
    for (size_t i = 0; i < count; i++) {
        ef_slice word = ef_said_dictionary_word(own, ef_said_number(words[i]));
        uint32_t number = ef_said_dictionary_find(known, word);
        q->words[q->count++] = (quoted_word){
            .number = number != UINT32_MAX ? q->corpus->nouns.usual[number] : UINT32_MAX,
            .is_joined = ef_said_before(words[i]) == EF_CUE_WORD,
            .place = places[i],
        };
    }
    return true;
}

bool ef_quotes_init(ef_quotes *quotes, const ef_excerpts *excerpts, const ef_corpus *corpus,
                    const ef_engine *judge, const ef_topics *topics, ef_arena *arena)
{
    ef_said_dictionary own = { 0 };
    *quotes = (ef_quotes){ .excerpts = excerpts,
                           .corpus = corpus,
                           .judge = judge,
                           .topics = topics,
                           .arena = arena };
    quotes->ends = malloc((excerpts->count + 1) * sizeof *quotes->ends);
    bool fits = quotes->ends != NULL && ef_scratch_new(&quotes->scratch, NULL) == EF_OK;
    for (size_t i = 0; fits && i < excerpts->count; i++) {
        fits = lay_out(quotes, &own, &excerpts->items[i]);
        quotes->ends[i] = quotes->count;
    }
    ef_said_dictionary_release(&own);
    return fits;
}

/* --- a sentence ----------------------------------------------------------------------- */

/* Whether a sentence ends in front of i. */
static bool ends_at(ef_slice text, size_t i)
{
    if (i == 0 || i >= text.size)
        return true;
    if (text.data[i] == '\n')
        return true;
    return text.data[i] == ' ' && i > 2 && strchr(".!?", text.data[i - 1]) != NULL &&
           text.data[i - 2] != '.' && text.data[i - 3] != ' ';
}

static size_t sentence_begin(ef_slice text, size_t at)
{
    while (at > 0 && !ends_at(text, at))
        at--;
    return at > 0 ? at + 1 : 0;
}

static size_t sentence_end(ef_slice text, size_t at)
{
    do
        at++;
    while (!ends_at(text, at));
    return at < text.size ? at : text.size;
}

/* The bytes around a mention that are quoted; whether they were cut at their ends. */
typedef struct stretch {
    size_t begin, end;
    bool is_cut_ahead, is_cut_behind;
} stretch;

static size_t word_ahead(ef_slice text, size_t at, size_t limit)
{
    while (at > limit && text.data[at] != ' ')
        at--;
    return at;
}

static stretch stretch_of(ef_slice text, ef_said_place mention)
{
    stretch s = { .begin = sentence_begin(text, mention.begin),
                  .end = sentence_end(text, mention.end - 1) };
    if (s.end - s.begin < SHORTEST && s.end < text.size)
        s.end = sentence_end(text, s.end + 1);
    if (s.end - s.begin <= LONGEST)
        return s;
    if (mention.begin - s.begin > AHEAD) {
        size_t begin = mention.begin - AHEAD;
        while (begin < mention.begin && text.data[begin] != ' ')
            begin++;
        s.begin = begin < mention.begin ? begin + 1 : mention.begin;
        s.is_cut_ahead = true;
    }
    if (s.end - s.begin > LONGEST) {
        size_t end = word_ahead(text, s.begin + LONGEST, mention.end);
        s.end = end > mention.end ? end : mention.end;
        s.is_cut_behind = true;
    }
    return s;
}

/* --- which ones ----------------------------------------------------------------------- */

typedef struct candidate {
    const ef_excerpt *excerpt;
    size_t first, last; /* of its words, in ef_quotes.words */
    stretch stretch;
    ef_label label; /* of the sentence */
    int32_t score;
    int32_t far; /* from the median */
} candidate;

typedef struct wanted {
    uint32_t words[EF_MOST_PHRASE_WORDS];
    size_t size;
} wanted;

/* The numbers of the words of a name; size 0 if it is none. */
static wanted wanted_of(const ef_corpus *corpus, ef_slice name)
{
    wanted w = { .size = 0 };
    for (size_t at = 0; at < name.size && w.size < EF_MOST_PHRASE_WORDS;) {
        const uint8_t *blank = memchr(name.data + at, ' ', name.size - at);
        size_t end = blank != NULL ? (size_t)(blank - name.data) : name.size;
        w.words[w.size++] = ef_said_dictionary_find(&corpus->said->dictionary,
                                                    (ef_slice){ name.data + at, end - at });
        at = end + 1;
    }
    return w;
}

static bool is_mention(const ef_quotes *q, size_t i, size_t last, const wanted *w)
{
    for (size_t k = 0; k < w->size; k++)
        if (i + k >= last || q->words[i + k].number != w->words[k] ||
            (k > 0 && !q->words[i + k].is_joined))
            return false;
    return w->size > 0;
}

static bool score_sentence(ef_quotes *q, candidate *c)
{
    ef_score score;
    ef_slice text = ef_excerpt_text(q->excerpts, c->excerpt);
    ef_slice part = { text.data + c->stretch.begin, c->stretch.end - c->stretch.begin };
    if (ef_score_text(q->judge, q->scratch, part, &score, NULL) != EF_OK)
        return false;
    c->label = score.label;
    c->score = score.score;
    return true;
}

static ef_side side_of(const ef_quotes *q, const ef_excerpt *excerpt)
{
    const int64_t day_ms = INT64_C(86400000);
    int64_t day = excerpt->time_ms / day_ms - (excerpt->time_ms % day_ms < 0);
    if (excerpt->time_ms == 0)
        day = EF_UNTIMED_DAY;
    return ef_corpus_side(q->corpus, (int32_t)day, (ef_side)excerpt->side);
}

static bool is_asked(const ef_quotes *q, const ef_excerpt *excerpt, const ef_quoting *asked)
{
    return (asked->label == EF_LABEL_NONE || excerpt->label == asked->label) &&
           (asked->side == EF_SIDE_NONE || side_of(q, excerpt) == asked->side);
}

/* Where an excerpt mentions a phrase first. */
static bool find_phrase(const ef_quotes *q, size_t excerpt, const wanted *w,
                        ef_said_place *place)
{
    size_t at = excerpt > 0 ? q->ends[excerpt - 1] : 0, last = q->ends[excerpt];
    while (at < last && !is_mention(q, at, last, w))
        at++;
    if (at == last)
        return false;
    *place =
        (ef_said_place){ q->words[at].place.begin, q->words[at + w->size - 1].place.end };
    return true;
}

/* Where an excerpt mentions a topic first; what was left out may have mentioned it. False
 * without memory. */
static bool find_topic(ef_quotes *q, const ef_excerpt *excerpt, size_t topic,
                       bool *is_found, ef_said_place *place)
{
    ef_said_place places[EF_MOST_TOPICS];
    uint64_t found;
    *is_found = false;
    if (!(excerpt->topics >> topic & 1))
        return true;
    if (!ef_topics_find(q->topics, &q->hand, ef_excerpt_text(q->excerpts, excerpt), &found,
                        places))
        return false;
    *is_found = found >> topic & 1;
    *place = places[topic];
    return true;
}

/* Fills candidates from the first messages that mention it. False without memory. */
static bool gather(ef_quotes *q, const ef_quoting *asked, candidate *found, size_t *count)
{
    wanted w = wanted_of(q->corpus, asked->name);
    *count = 0;
    for (size_t i = 0; i < q->excerpts->count && *count < MOST_CANDIDATES; i++) {
        const ef_excerpt *excerpt = &q->excerpts->items[i];
        ef_said_place place;
        bool is_found;
        if (!is_asked(q, excerpt, asked))
            continue;
        if (asked->topic == 0)
            is_found = find_phrase(q, i, &w, &place);
        else if (!find_topic(q, excerpt, asked->topic - 1, &is_found, &place))
            return false;
        if (!is_found)
            continue;
        candidate *c = &found[(*count)++];
        *c = (candidate){ .excerpt = excerpt,
                          .first = i > 0 ? q->ends[i - 1] : 0,
                          .last = q->ends[i],
                          .stretch =
                              stretch_of(ef_excerpt_text(q->excerpts, excerpt), place) };
        if (!score_sentence(q, c))
            return false;
    }
    return true;
}

static int by_score(const void *one, const void *two)
{
    const candidate *a = one, *b = two;
    if (a->score != b->score)
        return a->score < b->score ? -1 : 1;
    return a->excerpt < b->excerpt ? -1 : a->excerpt > b->excerpt;
}

static int by_distance(const void *one, const void *two)
{
    const candidate *a = one, *b = two;
    if (a->far != b->far)
        return a->far < b->far ? -1 : 1;
    return a->excerpt < b->excerpt ? -1 : a->excerpt > b->excerpt;
}

/* Leaves the sentences that feel as asked for, if there are any, nearest to their median
 * first. Gives how many. */
static size_t order(candidate *found, size_t count, ef_label label)
{
    size_t kept = 0;
    for (size_t i = 0; i < count; i++)
        if (label == EF_LABEL_NONE || found[i].label == label)
            found[kept++] = found[i];
    if (kept == 0)
        kept = count;
    if (kept == 0)
        return 0;
    qsort(found, kept, sizeof *found, by_score);
    int32_t median = found[kept / 2].score;
    for (size_t i = 0; i < kept; i++)
        found[i].far =
            found[i].score < median ? median - found[i].score : found[i].score - median;
    qsort(found, kept, sizeof *found, by_distance);
    return kept;
}

/* Whether half of the words of one sentence are in the other. */
static bool is_alike(const ef_quotes *q, const candidate *a, const candidate *b)
{
    size_t words = 0, shared = 0;
    for (size_t i = a->first; i < a->last; i++) {
        ef_said_place place = q->words[i].place;
        if (place.begin < a->stretch.begin || place.end > a->stretch.end)
            continue;
        words++;
        for (size_t k = b->first; k < b->last; k++) {
            if (q->words[k].number == q->words[i].number) {
                shared++;
                break;
            }
        }
    }
    return shared * 2 > words && words > 2;
}

static bool is_new(const ef_quotes *q, const candidate *c, candidate *const *chosen,
                   size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (chosen[i]->excerpt->voice == c->excerpt->voice ||
            chosen[i]->excerpt->print == c->excerpt->print || is_alike(q, c, chosen[i]))
            return false;
    return true;
}

/* The sentence, with dots where it was cut, in the arena. */
static ef_slice write_out(ef_quotes *q, const candidate *c)
{
    static const char dots[] = "\xE2\x80\xA6"; /* U+2026 */
    ef_slice text = ef_excerpt_text(q->excerpts, c->excerpt);
    size_t size = c->stretch.end - c->stretch.begin, at = 0;
    uint8_t *out = ef_arena_alloc(q->arena, size + 2 * sizeof dots);
    if (out == NULL)
        return (ef_slice){ NULL, 0 };
    if (c->stretch.is_cut_ahead)
        memcpy(out, dots, at = sizeof dots - 1);
    for (size_t i = 0; i < size; i++) {
        uint8_t byte = text.data[c->stretch.begin + i];
        out[at++] = byte == '\n' ? ' ' : byte;
    }
    if (c->stretch.is_cut_behind) {
        memcpy(out + at, dots, sizeof dots - 1);
        at += sizeof dots - 1;
    }
    return (ef_slice){ out, at };
}

static bool quote(ef_quotes *q, const candidate *c, ef_quote *out)
{
    ef_slice id = ef_excerpt_id(q->excerpts, c->excerpt);
    const char *kept = ef_arena_copy(q->arena, id);
    *out = (ef_quote){ .text = write_out(q, c),
                       .id = { (const uint8_t *)kept, id.size },
                       .time_ms = c->excerpt->time_ms,
                       .label = (ef_label)c->excerpt->label,
                       .score = c->excerpt->score };
    return out->text.data != NULL && kept != NULL;
}

bool ef_quotes_choose(ef_quotes *quotes, const ef_quoting *asked,
                      ef_quote chosen[EF_MOST_QUOTES], size_t *chosen_count)
{
    candidate found[MOST_CANDIDATES], *taken[EF_MOST_QUOTES];
    size_t count;
    *chosen_count = 0;
    if (!gather(quotes, asked, found, &count))
        return false;
    count = order(found, count, asked->label);
    for (size_t i = 0; i < count && *chosen_count < EF_MOST_QUOTES; i++) {
        if (!is_new(quotes, &found[i], taken, *chosen_count))
            continue;
        if (!quote(quotes, &found[i], &chosen[*chosen_count]))
            return false;
        taken[(*chosen_count)++] = &found[i];
    }
    return true;
}
