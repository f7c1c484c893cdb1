/* SPDX-License-Identifier: MIT
 * test_queue.c - which texts are asked about, and in which order. */
#include "review/queue.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>

enum { TEXTS = 600 };

static char texts[TEXTS][64];

/* Nine of ten are praise; all are a little doubtful, each by another margin. */
static ef_candidate made(unsigned i)
{
    static const char *const words[] = { "lid", "lamp", "cord", "spoon", "door", "tent" };
    bool is_bad = i % 10 == 0;
    int32_t most = 4000 + (int32_t)(i * 37 % 5000), rest = (EF_UNIT - most) / 2;
    snprintf(texts[i], sizeof texts[i], "the %s of number %u", words[i % 6], i);
    ef_slice text = ef_slice_of(texts[i]);
    return (ef_candidate){
        .key = ef_review_key(text),
        .place = i,
        .text = text,
        .score = { .label = is_bad ? EF_LABEL_NEGATIVE : EF_LABEL_POSITIVE,
                   .confidence = most,
                   .p_negative = is_bad ? most : rest,
                   .p_neutral = EF_UNIT - most - rest,
                   .p_positive = is_bad ? rest : most,
                   .review = i % 50 == 1 ? EF_REVIEW_DISAGREE : 0 },
    };
}

typedef struct chosen {
    ef_pool_plan plan;
    ef_pool pool;
    ef_queued queue[100];
    size_t count;
} chosen;

static void choose(chosen *c, const char *by, uint32_t count, uint64_t seed, unsigned step)
{
    ef_coverage *coverage = calloc(1, sizeof *coverage);
    cr_assert(ef_pool_plan_set(&c->plan, by, count, seed));
    ef_pool_init(&c->pool, &c->plan);
    for (unsigned i = 0; i < TEXTS; i++) {
        ef_candidate candidate = made(i * step % TEXTS);
        cr_assert(ef_pool_offer(&c->pool, &candidate));
    }
    cr_assert(ef_queue_choose(c->queue, &c->count, &c->pool, coverage));
    cr_assert_eq(c->count, count);
    free(coverage);
}

static void assert_same(const chosen *a, const chosen *b, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        cr_assert_eq(a->queue[i].candidate->key, b->queue[i].candidate->key);
        cr_assert_eq(a->queue[i].kind, b->queue[i].kind);
    }
}

Test(queue, is_the_same_whatever_the_order_of_reading)
{
    static chosen a, b;
    choose(&a, NULL, 50, 3, 1);
    choose(&b, NULL, 50, 3, 7);
    assert_same(&a, &b, 50);
    ef_pool_release(&a.pool);
    ef_pool_release(&b.pool);
}

Test(queue, draws_random_texts_in_the_order_of_their_lots)
{
    static chosen a, b, other;
    choose(&a, "random", 50, 3, 1);
    choose(&b, "random", 20, 3, 1);
    choose(&other, "random", 50, 4, 1);
    assert_same(&a, &b, 20);
    uint64_t last = 0;
    size_t same = 0;
    for (size_t i = 0; i < 50; i++) {
        uint64_t lot = ef_review_lot(3, a.queue[i].candidate->key);
        cr_assert_geq(lot, last);
        last = lot;
        same += a.queue[i].candidate->key == other.queue[i].candidate->key;
    }
    cr_assert_lt(same, 5);
    ef_pool_release(&a.pool);
    ef_pool_release(&b.pool);
    ef_pool_release(&other.pool);
}

Test(queue, asks_about_rare_labels_as_often_as_about_common_ones)
{
    static chosen c;
    size_t negative = 0;
    choose(&c, "uncertain", 40, 0, 1);
    for (size_t i = 0; i < 40; i++)
        negative += c.queue[i].candidate->score.label == EF_LABEL_NEGATIVE;
    cr_assert_gt(negative, 12); /* of those read it is a tenth */
    ef_pool_release(&c.pool);
}

Test(queue, mixes_kinds_and_takes_no_text_twice)
{
    static chosen c;
    size_t kinds[EF_REVIEW_KINDS] = { 0 };
    choose(&c, "mix", 48, 0, 1);
    for (size_t i = 0; i < 48; i++) {
        kinds[c.queue[i].kind]++;
        for (size_t k = 0; k < i; k++)
            cr_assert_neq(c.queue[k].candidate->key, c.queue[i].candidate->key);
    }
    cr_assert_geq(kinds[EF_REVIEW_RANDOM], 12);
    cr_assert_geq(kinds[EF_REVIEW_UNCERTAIN], 16);
    cr_assert_geq(kinds[EF_REVIEW_DIVERSE], 8);
    cr_assert_geq(kinds[EF_REVIEW_OPPOSED], 8);
    cr_assert_eq(kinds[EF_REVIEW_CUE], 0); /* there are none: another kind took the turn */
    ef_pool_release(&c.pool);
}

/* One text said a hundred times over in other numbers is asked about once or twice. */
Test(queue, does_not_ask_the_same_thing_over_and_over)
{
    static chosen c;
    size_t doors = 0;
    choose(&c, "diverse", 12, 0, 1);
    for (size_t i = 0; i < 12; i++)
        doors += strstr((const char *)texts[c.queue[i].candidate->place], "door") != NULL;
    cr_assert_leq(doors, 3);
    ef_pool_release(&c.pool);
}

Test(queue, knows_its_kinds_by_name)
{
    ef_pool_plan plan;
    for (unsigned kind = 0; ef_review_kind_name(kind) != NULL; kind++)
        cr_assert(ef_pool_plan_set(&plan, ef_review_kind_name(kind), 1, 0) &&
                  plan.wants[kind]);
    cr_assert_not(ef_pool_plan_set(&plan, "luck", 1, 0));
}
