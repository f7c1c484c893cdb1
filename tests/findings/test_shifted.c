/* SPDX-License-Identifier: MIT
 * test_shifted.c - what changed is found, and nothing where nothing did. The full tables:
 * make changed-table. */
#include <criterion/criterion.h>

#include "findings/shifted.h"
#include "planted.h"

typedef struct fixture {
    ef_engine *engine;
    ef_said said;
    ef_corpus corpus;
    ef_arena arena;
    ef_comparison found;
} fixture;

static void open_planted(fixture *f, const planting *p)
{
    *f = (fixture){ 0 };
    cr_assert_eq(ef_engine_new(&f->engine, NULL, NULL), EF_OK);
    cr_assert(plant(&f->said, p));
    cr_assert(ef_corpus_init(&f->corpus, &f->said, f->engine, NULL, 0));
    cr_assert(ef_shifted_find(&f->found, &f->corpus, &f->arena));
}

static void close_planted(fixture *f)
{
    ef_corpus_release(&f->corpus);
    ef_arena_release(&f->arena);
    ef_said_release(&f->said);
    ef_engine_free(f->engine);
}

/* How many of the found are planted and go that way. */
static size_t planted_among(const ef_shifted *found, size_t count, bool has_risen)
{
    size_t known = 0;
    for (size_t i = 0; i < count; i++) {
        for (size_t k = 0; k < PLANTED_COUNT; k++) {
            char name[64];
            planted_noun(PLANTED_FIRST + k * PLANTED_STEP, name, sizeof name);
            known += strlen(name) == found[i].name.size && (k % 2 == 0) == has_risen &&
                     memcmp(name, found[i].name.data, found[i].name.size) == 0;
        }
    }
    return known;
}

Test(shifted, finds_what_was_planted_and_little_else)
{
    fixture f;
    planting p = { .seed = 3, .messages = 4000, .factor = 5, .is_disturbed = true };
    open_planted(&f, &p);
    size_t risen = planted_among(f.found.risen, f.found.risen_count, true);
    size_t fallen = planted_among(f.found.fallen, f.found.fallen_count, false);
    cr_assert(risen >= 9 && fallen >= 9, "%zu risen, %zu fallen", risen, fallen);
    cr_assert_leq(f.found.risen_count + f.found.fallen_count, risen + fallen + 1);
    for (size_t i = 0; i < f.found.risen_count; i++) {
        const ef_shifted *s = &f.found.risen[i];
        cr_assert(s->after > s->before && s->share_after > s->share_before && s->z > 2);
        cr_assert(s->p < 0.0027 && s->log_odds > 0 && s->net.n == s->after);
        cr_assert(i == 0 || s->p >= s[-1].p);
    }
    close_planted(&f);
}

Test(shifted, is_silent_where_sides_are_dealt_by_chance)
{
    fixture f;
    planting p = { .seed = 7, .messages = 600, .factor = 1, .is_disturbed = true };
    open_planted(&f, &p);
    cr_assert_eq(planted_among(f.found.risen, f.found.risen_count, true), 0);
    size_t loud = 0, splits = 60;
    for (uint64_t split = 0; split < splits; split++) {
        deal_sides(&f.said, split, split % 2 == 0);
        cr_assert(ef_shifted_find(&f.found, &f.corpus, &f.arena));
        loud += f.found.risen_count + f.found.fallen_count > 0;
    }
    cr_assert_leq(loud * 20, splits, "%zu of %zu splits changed", loud, splits);
    close_planted(&f);
}

Test(shifted, is_not_made_by_one_loud_customer_or_a_text_that_many_send)
{
    fixture f;
    planting p = { .seed = 11, .messages = 1500, .factor = 1, .is_disturbed = true };
    open_planted(&f, &p);
    cr_assert_eq(f.found.risen_count, 0);
    cr_assert_gt(f.found.tested, 20);
    close_planted(&f);
}

Test(shifted, says_nothing_of_few_voices)
{
    fixture f;
    planting p = { .seed = 5, .messages = 20, .factor = 5 };
    open_planted(&f, &p);
    cr_assert(f.found.risen_count == 0 && f.found.fallen_count == 0 && f.found.tested == 0);
    close_planted(&f);
}

/* Takes the sides away from messages and gives them a day instead: 10 before, 11 after. */
static void date_sides(ef_said *said)
{
    for (size_t i = 0; i < said->count; i++) {
        ef_said_message *m = &said->messages[i];
        m->hour = (ef_said_side(m) == EF_SIDE_BEFORE ? 10 : 11) * 24 + (int32_t)(i % 24);
        m->kind = (uint8_t)ef_said_label(m);
    }
}

Test(shifted, finds_what_changed_between_days_that_nobody_asked_for)
{
    fixture asked, f = { 0 };
    planting p = { .seed = 3, .messages = 1000, .factor = 5, .is_disturbed = true };
    ef_compared compared = {
        .are_periods = true,
        .days = { [EF_SIDE_BEFORE] = { 10, 11 }, [EF_SIDE_AFTER] = { 11, 12 } },
    };
    open_planted(&asked, &p);
    cr_assert_eq(ef_engine_new(&f.engine, NULL, NULL), EF_OK);
    cr_assert(plant(&f.said, &p));
    date_sides(&f.said);
    f.corpus.compared = &compared;
    cr_assert(ef_corpus_init(&f.corpus, &f.said, f.engine, NULL, 0));
    cr_assert(ef_shifted_find(&f.found, &f.corpus, &f.arena));
    cr_assert_gt(f.found.risen_count, 5);
    cr_assert_eq(f.found.risen_count, asked.found.risen_count);
    cr_assert_eq(f.found.fallen_count, asked.found.fallen_count);
    for (size_t i = 0; i < f.found.risen_count; i++)
        cr_assert_eq(f.found.risen[i].after, asked.found.risen[i].after);
    close_planted(&f);
    close_planted(&asked);
}
