/* SPDX-License-Identifier: MIT
 * review/queue.c - which texts a person is asked about, and in which order. */
#include "review/queue.h"

#include <stdlib.h>

#include "base/hash.h"

#ifdef __clang__
#pragma STDC FP_CONTRACT OFF
#endif

enum {
    LEAST_ROOM = 256,    /* of a kind: so that there is a choice for a short queue, too */
    ROOM_OF_EACH = 4,    /* times the texts that are asked for */
    SAMPLE_TEXTS = 2048, /* tell how common words are within a few per cent */
    SAMPLE_SALT = 1,     /* parts its lot from the one that is asked about */
    MARGIN_ONE = EF_UNIT
};

/* The mix. A fourth is drawn by lot, which alone tells how good the model is. */
static const ef_review_kind turns[] = {
    EF_REVIEW_RANDOM,    EF_REVIEW_UNCERTAIN, EF_REVIEW_DIVERSE, EF_REVIEW_OPPOSED,
    EF_REVIEW_UNCERTAIN, EF_REVIEW_DIVERSE,   EF_REVIEW_RANDOM,  EF_REVIEW_UNCERTAIN,
    EF_REVIEW_DIVERSE,   EF_REVIEW_OPPOSED,   EF_REVIEW_RANDOM,  EF_REVIEW_CUE,
};
enum { TURNS = sizeof turns / sizeof *turns };

static const char *const names[EF_REVIEW_KINDS] = {
    [EF_REVIEW_RANDOM] = "random",    [EF_REVIEW_UNCERTAIN] = "uncertain",
    [EF_REVIEW_OPPOSED] = "disagree", [EF_REVIEW_DIVERSE] = "diverse",
    [EF_REVIEW_CUE] = "cue",
};

const char *ef_review_kind_name(unsigned kind)
{
    return kind < EF_REVIEW_KINDS ? names[kind] : NULL;
}

bool ef_pool_plan_set(ef_pool_plan *plan, const char *by, uint32_t count, uint64_t seed)
{
    bool is_mix = by == NULL || strcmp(by, "mix") == 0, is_known = is_mix;
    *plan = (ef_pool_plan){ .count = count, .seed = seed };
    for (unsigned kind = 0; kind < EF_REVIEW_KINDS; kind++) {
        plan->wants[kind] = is_mix || strcmp(by, names[kind]) == 0;
        is_known |= plan->wants[kind];
    }
    return is_known;
}

uint64_t ef_review_key(ef_slice text)
{
    return ef_hash_bytes(text.data, text.size);
}

uint64_t ef_review_lot(uint64_t seed, uint64_t key)
{
    return ef_hash_combine(seed, key);
}

/* --- pools ------------------------------------------------------------------------- */

static size_t room_of(const ef_pool_plan *plan, unsigned kind)
{
    size_t room = (size_t)plan->count * ROOM_OF_EACH;
    if (!plan->wants[kind])
        return 0;
    if (kind == EF_REVIEW_RANDOM) /* these are taken in turn: there is no choice to be had,
                                     and others may have taken some of them */
        return plan->count;
    return room < LEAST_ROOM ? LEAST_ROOM : room;
}

void ef_pool_init(ef_pool *pool, const ef_pool_plan *plan)
{
    bool needs_words = false;
    pool->plan = plan;
    for (unsigned kind = 0; kind < EF_REVIEW_KINDS; kind++) {
        ef_candidates_init(&pool->kinds[kind], room_of(plan, kind));
        needs_words |= plan->wants[kind] && kind != EF_REVIEW_RANDOM;
    }
    ef_candidates_init(&pool->sample, needs_words ? SAMPLE_TEXTS : 0);
}

void ef_pool_release(ef_pool *pool)
{
    for (unsigned kind = 0; kind < EF_REVIEW_KINDS; kind++)
        ef_candidates_release(&pool->kinds[kind]);
    ef_candidates_release(&pool->sample);
}

/* How far the likeliest label is in front of the next, 0..10000. */
static uint32_t margin_of(const ef_score *score)
{
    int32_t p[3] = { score->p_negative, score->p_neutral, score->p_positive };
    int32_t lowest = p[0] < p[1] ? p[0] : p[1];
    lowest = lowest < p[2] ? lowest : p[2];
    int32_t middle = EF_UNIT - score->confidence - lowest;
    int32_t margin = score->confidence - middle;
    return margin < 0 ? 0 : (uint32_t)margin;
}

static bool belongs(const ef_candidate *candidate, unsigned kind)
{
    const ef_score *score = &candidate->score;
    switch ((ef_review_kind)kind) {
    case EF_REVIEW_UNCERTAIN:
        return score->label != EF_LABEL_NONE;
    case EF_REVIEW_OPPOSED:
        return (score->review & EF_REVIEW_DISAGREE) != 0;
    case EF_REVIEW_DIVERSE:
        return score->language == EF_LANGUAGE_MODEL;
    case EF_REVIEW_CUE:
        return (score->review & (EF_REVIEW_LANGUAGE | EF_REVIEW_SARCASM)) != 0;
    case EF_REVIEW_RANDOM:
    case EF_REVIEW_KINDS:
        break;
    }
    return true;
}

bool ef_pool_offer(ef_pool *pool, ef_candidate *candidate)
{
    uint64_t lot = ~ef_review_lot(pool->plan->seed, candidate->key);
    uint64_t other = ~ef_review_lot(pool->plan->seed + SAMPLE_SALT, candidate->key);
    for (unsigned kind = 0; kind < EF_REVIEW_KINDS; kind++) {
        if (pool->kinds[kind].limit == 0 || !belongs(candidate, kind))
            continue;
        /* Behind the margin the lot decides, so that a tie is no matter of order. */
        uint64_t margin = MARGIN_ONE - margin_of(&candidate->score);
        candidate->worth = kind == EF_REVIEW_UNCERTAIN ? margin << 40 | lot >> 24
                           : kind == EF_REVIEW_RANDOM  ? lot
                                                       : other;
        if (!ef_candidates_offer(&pool->kinds[kind], candidate))
            return false;
    }
    candidate->worth = other;
    return ef_candidates_offer(&pool->sample, candidate);
}

bool ef_pool_merge(ef_pool *pool, ef_pool *more)
{
    bool is_done = ef_candidates_merge(&pool->sample, &more->sample);
    for (unsigned kind = 0; kind < EF_REVIEW_KINDS; kind++)
        is_done = is_done && ef_candidates_merge(&pool->kinds[kind], &more->kinds[kind]);
    return is_done;
}

/* --- the queue --------------------------------------------------------------------- */

/* The words of each text of a kind, made once. */
typedef struct choosing {
    ef_pool *pool;
    ef_coverage *coverage;
    ef_text_words *words[EF_REVIEW_KINDS];
    ef_key_set taken;
} choosing;

static bool prepare(choosing *c)
{
    ef_text_words words;
    if (!ef_candidates_sort(&c->pool->sample))
        return false;
    for (size_t i = 0; i < c->pool->sample.count; i++) {
        ef_text_words_find(&words, c->pool->sample.items[i]->text);
        ef_coverage_sample(c->coverage, &words);
    }
    for (unsigned kind = 0; kind < EF_REVIEW_KINDS; kind++) {
        ef_candidates *list = &c->pool->kinds[kind];
        if (!ef_candidates_sort(list))
            return false;
        c->words[kind] = calloc(list->count + 1, sizeof *c->words[kind]);
        if (c->words[kind] == NULL)
            return false;
        for (size_t i = 0; i < list->count; i++)
            ef_text_words_find(&c->words[kind][i], list->items[i]->text);
    }
    return true;
}

static double worth_of(const choosing *c, unsigned kind, size_t index)
{
    const ef_text_words *words = &c->words[kind][index];
    if (kind == EF_REVIEW_DIVERSE)
        return ef_coverage_reach(c->coverage, words);
    double novelty = ef_coverage_novelty(c->coverage, words);
    if (kind != EF_REVIEW_UNCERTAIN)
        return novelty;
    return novelty * (MARGIN_ONE - margin_of(&c->pool->kinds[kind].items[index]->score));
}

/* The index of the best text of a kind that is not taken yet; its count if there is none.
 */
static size_t find_best(const choosing *c, unsigned kind)
{
    const ef_candidates *list = &c->pool->kinds[kind];
    size_t best = list->count;
    double most = -1;
    for (size_t i = 0; i < list->count; i++) {
        if (ef_key_set_has(&c->taken, list->items[i]->key))
            continue;
        if (kind == EF_REVIEW_RANDOM)
            return i;
        double worth = worth_of(c, kind, i);
        if (worth > most) {
            most = worth;
            best = i;
        }
    }
    return best;
}

/* Takes a text of the kind whose turn it is, or of the next one that has any. */
static bool take(choosing *c, size_t turn, ef_queued *queued, bool *is_taken)
{
    *is_taken = false;
    for (size_t i = 0; i < TURNS; i++) {
        ef_review_kind kind = turns[(turn + i) % TURNS];
        if (!c->pool->plan->wants[kind])
            continue;
        size_t best = find_best(c, kind);
        if (best == c->pool->kinds[kind].count)
            continue;
        *queued = (ef_queued){ c->pool->kinds[kind].items[best], kind };
        ef_coverage_ask(c->coverage, &c->words[kind][best]);
        return ef_key_set_add(&c->taken, queued->candidate->key, is_taken);
    }
    return true;
}

bool ef_queue_choose(ef_queued *queue, size_t *count, ef_pool *pool, ef_coverage *coverage)
{
    choosing c = { .pool = pool, .coverage = coverage };
    bool is_done = prepare(&c), goes_on = is_done;
    *count = 0;
    while (goes_on && *count < pool->plan->count) {
        is_done = take(&c, *count, &queue[*count], &goes_on);
        *count += goes_on;
    }
    for (unsigned kind = 0; kind < EF_REVIEW_KINDS; kind++)
        free(c.words[kind]);
    ef_key_set_release(&c.taken);
    return is_done;
}
