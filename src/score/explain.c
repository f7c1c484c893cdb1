/* SPDX-License-Identifier: MIT
 * score/explain.c - why a text has its score.
 *
 * The same walk as scoring; what scoring adds up is written down here, item by item. The
 * reasons of a sentence add up to its evidence because they are the very same integers. */
#include <stdlib.h>

#include "base/error.h"
#include "base/grow.h"
#include "score/own.h"
#include "score/scorer.h"

enum { EXPLAINED_SIZE = 1 << 20 };

/* Where a reason belongs in its sentence. */
typedef struct place {
    uint64_t order; /* by begin, then by kind */
    uint32_t end;
    uint32_t at; /* the reason */
} place;

struct ef_explaining {
    ef_sentence *sentences;
    size_t sentence_count, sentence_capacity;
    ef_reason *reasons;
    size_t reason_count, reason_capacity;
    place *places;     /* of a sentence's reasons, and as many behind them to sort with */
    ef_reason *sorted; /* the same number */
    size_t sorting_capacity;
};

void ef_explaining_free(ef_explaining *explaining)
{
    if (explaining == NULL)
        return;
    free(explaining->sentences);
    free(explaining->reasons);
    free(explaining->places);
    free(explaining->sorted);
    free(explaining);
}

static ef_sentence *add_sentence(ef_explaining *explaining)
{
    if (explaining->sentence_count == explaining->sentence_capacity) {
        size_t capacity = explaining->sentence_capacity * 2 + 16;
        ef_sentence *list = realloc(explaining->sentences, capacity * sizeof *list);
        if (list == NULL)
            return NULL;
        explaining->sentences = list;
        explaining->sentence_capacity = capacity;
    }
    ef_sentence *sentence = &explaining->sentences[explaining->sentence_count++];
    memset(sentence, 0, sizeof *sentence);
    return sentence;
}

static ef_reason *add_reason(ef_explaining *explaining)
{
    if (explaining->reason_count == explaining->reason_capacity) {
        size_t capacity = explaining->reason_capacity * 2 + 64;
        ef_reason *list = realloc(explaining->reasons, capacity * sizeof *list);
        if (list == NULL)
            return NULL;
        explaining->reasons = list;
        explaining->reason_capacity = capacity;
    }
    ef_reason *reason = &explaining->reasons[explaining->reason_count++];
    *reason = (ef_reason){ .sentence = (uint32_t)(explaining->sentence_count - 1),
                           .rule = "",
                           .name = "" };
    return reason;
}

/* The bytes that words first..last of the sentence came from. */
static void span_of_words(const ef_text_walk *walk, size_t first, size_t last,
                          uint32_t *begin, uint32_t *end)
{
    const uint32_t *tokens = walk->scratch->words->tokens;
    ef_text_walk_span(walk, tokens[first], tokens[last], begin, end);
}

static bool explain_items(ef_explaining *explaining, const ef_text_walk *walk)
{
    for (size_t i = 0; i < walk->item_count; i++) {
        const ef_item *item = &walk->items[i];
        ef_reason *reason = add_reason(explaining);
        if (reason == NULL)
            return false;
        reason->kind = item->kind == EF_ITEM_VALENCE  ? EF_REASON_LEXICON
                       : item->kind == EF_ITEM_SIGNAL ? EF_REASON_SIGNAL
                                                      : EF_REASON_EMOTION;
        reason->name = item->kind == EF_ITEM_SIGNAL ? ef_signal_name(item->name)
                       : item->kind == EF_ITEM_EMOTION
                           ? ef_emotion_name((ef_emotion)item->name)
                           : "";
        reason->base = item->base;
        reason->weight = item->weight;
        reason->rule = item->rule;
        span_of_words(walk, item->first, item->last, &reason->begin, &reason->end);
        if (item->rule_word != item->first)
            span_of_words(walk, item->rule_word, item->rule_word, &reason->rule_begin,
                          &reason->rule_end);
    }
    return true;
}

/* One feature, by the weight that a model gives it. */
static bool explain_feature(ef_explaining *explaining, const ef_text_walk *walk,
                            const ef_feature *feature, ef_reason_kind kind, int32_t weight)
{
    if (weight == 0)
        return true;
    ef_reason *reason = add_reason(explaining);
    if (reason == NULL)
        return false;
    reason->kind = kind;
    reason->base = reason->weight = weight;
    if (feature->size > 0)
        span_of_words(walk, feature->first, feature->first + feature->size - 1,
                      &reason->begin, &reason->end);
    else
        ef_text_walk_span(walk, walk->scratch->words->first_token,
                          walk->scratch->words->end_token - 1, &reason->begin,
                          &reason->end);
    if (feature->size == 1 &&
        ef_word_is_marked(walk->scratch->words, walk->scratch->words->marks->negated,
                          feature->first))
        reason->rule = "negation";
    return true;
}

static bool explain_features(ef_explaining *explaining, const ef_text_walk *walk)
{
    const ef_features *features = &walk->scratch->features;
    for (size_t i = 0; i < features->count; i++) {
        const ef_feature *feature = &features->list[i];
        int32_t weight = ef_model_weight(walk->model, feature->hash).polarity;
        int32_t own =
            walk->own == NULL ? 0 : ef_own_weight(walk->own, feature->hash).polarity;
        if (!explain_feature(explaining, walk, feature, EF_REASON_CLASSIFIER, weight) ||
            !explain_feature(explaining, walk, feature, EF_REASON_OWN, own))
            return false;
    }
    return true;
}

static bool reserve_sorting(ef_explaining *explaining, size_t count)
{
    if (count <= explaining->sorting_capacity)
        return true;
    explaining->sorting_capacity = 0;
    if (!ef_grow(&explaining->places, 4 * count, sizeof *explaining->places) ||
        !ef_grow(&explaining->sorted, 2 * count, sizeof *explaining->sorted))
        return false;
    explaining->sorting_capacity = 2 * count;
    return true;
}

static bool is_before(const place *a, const place *b)
{
    return a->order != b->order ? a->order < b->order : a->end < b->end;
}

enum { FEW = 16 };

static void sort_few(place *places, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        place new = places[i];
        size_t k = i;
        for (; k > 0 && is_before(&new, &places[k - 1]); k--)
            places[k] = places[k - 1];
        places[k] = new;
    }
}

/* Merges a sorted beginning with a sorted rest; room holds the beginning meanwhile. */
static void merge(place *places, size_t middle, size_t count, place *room)
{
    size_t left = 0, right = middle, at = 0;
    if (!is_before(&places[middle], &places[middle - 1]))
        return;
    memcpy(room, places, middle * sizeof *room);
    while (left < middle)
        places[at++] = right < count && is_before(&places[right], &room[left])
                           ? places[right++]
                           : room[left++];
}

/* Keeps the order of equal ones. O(n log n); room for as many. */
static void sort_places(place *places, size_t count, place *room)
{
    for (size_t i = 0; i < count; i += FEW)
        sort_few(places + i, count - i < FEW ? count - i : FEW);
    for (size_t width = FEW; width < count; width *= 2)
        for (size_t i = 0; i + width < count; i += 2 * width)
            merge(places + i, width, count - i < 2 * width ? count - i : 2 * width, room);
}

/* Sorts the reasons of a sentence, from first on, by their places. */
static bool sort_reasons(ef_explaining *explaining, size_t first)
{
    size_t count = explaining->reason_count - first;
    if (count == 0)
        return true;
    if (!reserve_sorting(explaining, count))
        return false;
    ef_reason *reasons = explaining->reasons + first;
    place *places = explaining->places;
    for (size_t i = 0; i < count; i++)
        places[i] = (place){ (uint64_t)reasons[i].begin << 8 | reasons[i].kind,
                             reasons[i].end, (uint32_t)i };
    sort_places(places, count, places + count);
    for (size_t i = 0; i < count; i++)
        explaining->sorted[i] = reasons[places[i].at];
    memcpy(reasons, explaining->sorted, count * sizeof *reasons);
    return true;
}

static ef_evidence evidence_of(const ef_totals *totals)
{
    return (ef_evidence){ (int32_t)totals->lexicon, (int32_t)totals->polarity,
                          (int32_t)totals->own_polarity };
}

static ef_status explain_sentence(ef_explaining *explaining, const ef_text_walk *walk,
                                  const ef_totals *totals, const int32_t p[3])
{
    ef_sentence *sentence = add_sentence(explaining);
    if (sentence == NULL)
        return EF_ERR_MEMORY;
    ef_text_walk_span(walk, walk->scratch->words->first_token,
                      walk->scratch->words->end_token - 1, &sentence->begin,
                      &sentence->end);
    sentence->evidence = evidence_of(totals);
    sentence->p_negative = p[0];
    sentence->p_neutral = p[1];
    sentence->p_positive = p[2];
    size_t first = explaining->reason_count;
    return (!walk->lists_features || explain_features(explaining, walk)) &&
                   explain_items(explaining, walk) && sort_reasons(explaining, first)
               ? EF_OK
               : EF_ERR_MEMORY;
}

static ef_status explain_walk(ef_text_walk *walk, ef_explaining *explaining,
                              ef_scoring *scoring)
{
    ef_status status;
    ef_totals totals;
    int32_t p[1][3];
    while ((status = ef_text_walk_next(walk)) == EF_OK) {
        ef_text_walk_totals(walk, &totals);
        ef_scoring_add(scoring, walk);
        ef_scoring_blend(scoring, &totals, 1, false, p);
        if (walk->piece < EXPLAINED_SIZE)
            status = explain_sentence(explaining, walk, &totals, p[0]);
        if (status != EF_OK)
            return status;
    }
    ef_scoring_blend(scoring, &totals, 0, true, p);
    return status;
}

ef_status ef_explain_text(const ef_engine *engine, ef_scratch *scratch, ef_slice text,
                          ef_explanation *explanation, ef_error *error)
{
    if (engine->vader != NULL)
        return ef_error_set(error, EF_ERR_ARGUMENT,
                            "scorer vader gives figures to compare with, no reasons: "
                            "explain with another scorer, such as lexicon");
    if (scratch->explaining == NULL)
        scratch->explaining = calloc(1, sizeof *scratch->explaining);
    ef_explaining *explaining = scratch->explaining;
    if (explaining == NULL)
        return ef_error_memory(error);
    explaining->sentence_count = explaining->reason_count = 0;
    ef_text_walk walk;
    ef_scoring scoring;
    ef_text_walk_start(&walk, &engine->lexicon, &engine->model, engine->kernels, scratch,
                       text);
    walk.own = engine->own;
    walk.hears_lexicon_only = engine->hears_lexicon_only;
    walk.keeps_items = true;
    walk.lists_features = !engine->hears_lexicon_only;
    ef_scoring_start(&scoring, engine);
    if (explain_walk(&walk, explaining, &scoring) != EF_END)
        return ef_error_memory(error);
    ef_scoring_feel(&scoring, scratch);
    ef_scoring_finish(&scoring, &explanation->score);
    explanation->evidence = evidence_of(&scoring.totals);
    explanation->sentences = explaining->sentences;
    explanation->sentence_count = explaining->sentence_count;
    explanation->reasons = explaining->reasons;
    explanation->reason_count = explaining->reason_count;
    return EF_OK;
}
