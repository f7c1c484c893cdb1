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

/* The mix. A fourth is drawn by lot, which alone tells how good the model is. Where there
 * is none of a kind, the next one has its turn: behind the rare kinds stand doubtful texts.
 */
static const ef_review_kind turns[] = {
    EF_REVIEW_RANDOM,    EF_REVIEW_UNCERTAIN, EF_REVIEW_DIVERSE, EF_REVIEW_OPPOSED,
    EF_REVIEW_UNCERTAIN, EF_REVIEW_RANDOM,    EF_REVIEW_DIVERSE, EF_REVIEW_OPPOSED,
    EF_REVIEW_UNCERTAIN, EF_REVIEW_RANDOM,    EF_REVIEW_CUE,     EF_REVIEW_UNCERTAIN,
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

/* Texts of which two labels are nearly as likely, by the label that the model gives. */
static const unsigned doubtful[] = { EF_REVIEW_UNCERTAIN, EF_POOL_NEUTRAL,
                                     EF_POOL_POSITIVE };
enum { DOUBTFUL = sizeof doubtful / sizeof *doubtful };

static ef_review_kind kind_of(unsigned list)
{
    return list < EF_REVIEW_KINDS ? (ef_review_kind)list : EF_REVIEW_UNCERTAIN;
}

static size_t room_of(const ef_pool_plan *plan, unsigned list)
{
    size_t room = (size_t)plan->count * ROOM_OF_EACH;
    if (!plan->wants[kind_of(list)])
        return 0;
    if (list == EF_REVIEW_RANDOM) /* these are taken in turn: there is no choice to be had,
                                     and others may have taken some of them */
        return plan->count;
    return room < LEAST_ROOM ? LEAST_ROOM : room;
}

void ef_pool_init(ef_pool *pool, const ef_pool_plan *plan)
{
    bool needs_words = false;
    pool->plan = plan;
    for (unsigned list = 0; list < EF_POOL_LISTS; list++) {
        ef_candidates_init(&pool->lists[list], room_of(plan, list));
        needs_words |= plan->wants[kind_of(list)] && list != EF_REVIEW_RANDOM;
    }
    ef_candidates_init(&pool->sample, needs_words ? SAMPLE_TEXTS : 0);
}

void ef_pool_release(ef_pool *pool)
{
    for (unsigned list = 0; list < EF_POOL_LISTS; list++)
        ef_candidates_release(&pool->lists[list]);
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

static bool belongs(const ef_candidate *candidate, unsigned list)
{
    const ef_score *score = &candidate->score;
    switch (list) {
    case EF_REVIEW_UNCERTAIN:
        return score->label == EF_LABEL_NEGATIVE;
    case EF_POOL_NEUTRAL:
        return score->label == EF_LABEL_NEUTRAL;
    case EF_POOL_POSITIVE:
        return score->label == EF_LABEL_POSITIVE;
    case EF_REVIEW_OPPOSED:
        return (score->review & EF_REVIEW_DISAGREE) != 0;
    case EF_REVIEW_DIVERSE:
        return score->language == EF_LANGUAGE_MODEL;
    case EF_REVIEW_CUE:
        return (score->review & (EF_REVIEW_LANGUAGE | EF_REVIEW_SARCASM)) != 0;
    default:
        return true;
    }
}

bool ef_pool_offer(ef_pool *pool, ef_candidate *candidate)
{
    uint64_t lot = ~ef_review_lot(pool->plan->seed, candidate->key);
    uint64_t other = ~ef_review_lot(pool->plan->seed + SAMPLE_SALT, candidate->key);
    for (unsigned list = 0; list < EF_POOL_LISTS; list++) {
        if (pool->lists[list].limit == 0 || !belongs(candidate, list))
            continue;
        /* Behind the margin the lot decides, so that a tie is no matter of order. */
        uint64_t doubt = MARGIN_ONE - margin_of(&candidate->score);
        candidate->worth = kind_of(list) == EF_REVIEW_UNCERTAIN ? doubt << 40 | lot >> 24
                           : list == EF_REVIEW_RANDOM           ? lot
                                                                : other;
        if (!ef_candidates_offer(&pool->lists[list], candidate))
            return false;
    }
    candidate->worth = other;
    return ef_candidates_offer(&pool->sample, candidate);
}

bool ef_pool_merge(ef_pool *pool, ef_pool *more)
{
    bool is_done = ef_candidates_merge(&pool->sample, &more->sample);
    for (unsigned list = 0; list < EF_POOL_LISTS; list++)
        is_done = is_done && ef_candidates_merge(&pool->lists[list], &more->lists[list]);
    return is_done;
}

/* --- the queue --------------------------------------------------------------------- */

/* The words of each text of a list, made once. */
typedef struct choosing {
    ef_pool *pool;
    ef_coverage *coverage;
    ef_text_words *words[EF_POOL_LISTS];
    ef_key_set taken;
    size_t doubts; /* uncertain texts taken so far: labels take turns */
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
    for (unsigned list = 0; list < EF_POOL_LISTS; list++) {
        ef_candidates *all = &c->pool->lists[list];
        if (!ef_candidates_sort(all))
            return false;
        c->words[list] = calloc(all->count + 1, sizeof *c->words[list]);
        if (c->words[list] == NULL)
            return false;
        for (size_t i = 0; i < all->count; i++)
            ef_text_words_find(&c->words[list][i], all->items[i]->text);
    }
    return true;
}

static double worth_of(const choosing *c, unsigned list, size_t index)
{
    const ef_text_words *words = &c->words[list][index];
    if (list == EF_REVIEW_DIVERSE)
        return ef_coverage_reach(c->coverage, words);
    double novelty = ef_coverage_novelty(c->coverage, words);
    if (kind_of(list) != EF_REVIEW_UNCERTAIN)
        return novelty;
    return novelty * (MARGIN_ONE - margin_of(&c->pool->lists[list].items[index]->score));
}

/* Finds the best text of a list that is not taken yet. False: there is none. */
static bool find_best(const choosing *c, unsigned list, size_t *best)
{
    const ef_candidates *all = &c->pool->lists[list];
    double most = -1;
    for (size_t i = 0; i < all->count; i++) {
        if (ef_key_set_has(&c->taken, all->items[i]->key))
            continue;
        double worth = list == EF_REVIEW_RANDOM ? 0 : worth_of(c, list, i);
        if (worth > most) { /* of random ones the first: they are in order */
            most = worth;
            *best = i;
        }
    }
    return most >= 0;
}

/* The list of a kind that has its turn, and its best text. False: the kind has none. */
static bool find_of_kind(choosing *c, ef_review_kind kind, unsigned *list, size_t *best)
{
    *list = kind;
    if (kind != EF_REVIEW_UNCERTAIN)
        return find_best(c, kind, best);
    for (size_t i = 0; i < DOUBTFUL; i++) {
        *list = doubtful[(c->doubts + i) % DOUBTFUL];
        if (find_best(c, *list, best)) {
            c->doubts++;
            return true;
        }
    }
    return false;
}

/* Takes a text of the kind whose turn it is, or of the next one that has any. */
static bool take(choosing *c, size_t turn, ef_queued *queued, bool *is_taken)
{
    *is_taken = false;
    for (size_t i = 0; i < TURNS; i++) {
        ef_review_kind kind = turns[(turn + i) % TURNS];
        unsigned list;
        size_t best;
        if (!c->pool->plan->wants[kind] || !find_of_kind(c, kind, &list, &best))
            continue;
        *queued = (ef_queued){ c->pool->lists[list].items[best], kind };
        ef_coverage_ask(c->coverage, &c->words[list][best]);
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
    for (unsigned list = 0; list < EF_POOL_LISTS; list++)
        free(c.words[list]);
    ef_key_set_release(&c.taken);
    return is_done;
}
