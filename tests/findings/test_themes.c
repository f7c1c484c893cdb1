/* SPDX-License-Identifier: MIT
 * test_themes.c - which words are themes, and what they do to the mood of all. */
#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>

#include "findings/themes.h"
#include "../tally/saying.h"

typedef struct shop {
    ef_engine *engine;
    ef_said said;
    ef_corpus corpus;
    ef_arena arena;
    ef_findings found;
    uint64_t messages;
} shop;

/* Says a text so many times, each time a little different and by somebody else, unless all
 * are of one author. */
static void say(shop *s, int times, ef_label label, uint64_t author, const char *text)
{
    char whole[300];
    for (int i = 0; i < times; i++) {
        hand_made made;
        snprintf(whole, sizeof whole, "%s And %d.", text, (int)s->messages);
        const ef_heard *heard = saying(&made, whole, ++s->messages, author, label);
        made.heard.has_time = true;
        made.heard.day = 100 + i % 2;
        cr_assert(ef_said_add(&s->said, heard, 0));
    }
}

static void find(shop *s)
{
    static const ef_bucket buckets[] = {
        { .begin_ms = INT64_C(86400000) * 100, .end_ms = INT64_C(86400000) * 101 },
        { .begin_ms = INT64_C(86400000) * 101, .end_ms = INT64_C(86400000) * 102 },
        { .begin_ms = INT64_C(86400000) * 102, .end_ms = INT64_C(86400000) * 103 },
    };
    cr_assert_eq(ef_engine_new(&s->engine, NULL, NULL), EF_OK);
    cr_assert(ef_said_settle(&s->said));
    cr_assert(ef_corpus_init(&s->corpus, &s->said, s->engine, buckets, 3));
    cr_assert(ef_themes_find(&s->found, &s->corpus, &s->arena));
}

static void release(shop *s)
{
    ef_corpus_release(&s->corpus);
    ef_arena_release(&s->arena);
    ef_said_release(&s->said);
    ef_engine_free(s->engine);
}

static const ef_theme *named(const ef_themes *themes, const char *name)
{
    for (size_t i = 0; i < themes->count; i++)
        if (themes->items[i].name.size == strlen(name) &&
            memcmp(themes->items[i].name.data, name, strlen(name)) == 0)
            return &themes->items[i];
    return NULL;
}

/* A shop of kettles: parcels hurt, handles please, and customers like, hate and boil. */
static void open_shop(shop *s)
{
    say(s, 20, EF_LABEL_NEGATIVE, 0, "The parcel came late and my parcels were torn.");
    say(s, 12, EF_LABEL_NEGATIVE, 0, "I called the customer service and they boil slowly.");
    say(s, 15, EF_LABEL_POSITIVE, 0, "I love the handle, a great handle. They boil well.");
    say(s, 15, EF_LABEL_POSITIVE, 0, "The kettle is lovely and I love my kettle.");
    say(s, 40, EF_LABEL_POSITIVE, 0, "It is what it was, so very good.");
    say(s, 30, EF_LABEL_NEGATIVE, 77, "The doorbell is a scandal.");
    find(s);
}

Test(themes, are_nouns_with_what_they_do_to_the_mood_of_all)
{
    shop s = { 0 };
    open_shop(&s);
    const ef_theme *parcel = named(&s.found.pains, "parcel");
    cr_assert_not_null(parcel);
    /* 132 messages, 70 good and 62 bad; without the parcels 70 and 42 of 112. */
    cr_assert_eq(parcel->messages, 20);
    cr_assert_eq(parcel->voices, 20);
    cr_assert_float_eq(parcel->impact.value, 100 * (8.0 / 132 - 28.0 / 112), 1e-9);
    cr_assert(parcel->impact.low < parcel->impact.value);
    cr_assert(parcel->impact.high > parcel->impact.value);
    cr_assert_float_eq(parcel->mentions.value, 2000.0 / 132, 1e-9);
    cr_assert_float_eq(parcel->net.value, -100, 1e-9);
    cr_assert_float_eq(parcel->trend[0], 1000.0 / 67, 1e-9);
    cr_assert(isnan(parcel->trend[2]));
    cr_assert_not_null(named(&s.found.praises, "handle"));
    cr_assert_not_null(named(&s.found.praises, "kettle"));
    release(&s);
}

Test(themes, of_a_word_that_is_mostly_said_in_a_phrase_are_the_phrase)
{
    shop s = { 0 };
    open_shop(&s);
    cr_assert_not_null(named(&s.found.pains, "customer service"));
    cr_assert_null(named(&s.found.pains, "service"));
    cr_assert_null(named(&s.found.pains, "customer"));
    release(&s);
}

Test(themes, are_no_verbs_no_opinions_and_nothing_of_one_customer)
{
    shop s = { 0 };
    open_shop(&s);
    static const char *const none[] = { "boil",     "love",    "great", "late",  "torn",
                                        "doorbell", "scandal", "came",  "called" };
    for (size_t i = 0; i < sizeof none / sizeof none[0]; i++) {
        cr_assert_null(named(&s.found.pains, none[i]), "%s", none[i]);
        cr_assert_null(named(&s.found.praises, none[i]), "%s", none[i]);
    }
    release(&s);
}

/* Sends one text from many accounts. */
static void flood(shop *s, int times, const char *text)
{
    for (int i = 0; i < times; i++) {
        hand_made made;
        cr_assert(ef_said_add(&s->said,
                              saying(&made, text, ++s->messages, 0, EF_LABEL_POSITIVE), 0));
    }
}

Test(themes, are_nothing_that_one_text_or_one_voice_floods)
{
    shop s = { 0 };
    flood(&s, 60,
          "A merry feast from the walruses to the kettles, dear brothers and friends!");
    flood(&s, 20, "Great spout!"); /* which many say of their own accord */
    say(&s, 8, EF_LABEL_NEUTRAL, 0, "I saw the walruses there.");
    say(&s, 9, EF_LABEL_POSITIVE, 0, "I love the spout.");
    say(&s, 9, EF_LABEL_POSITIVE, 0, "I love the drum.");
    say(&s, 30, EF_LABEL_POSITIVE, 77, "I love the drum.");
    open_shop(&s);
    cr_assert_null(named(&s.found.praises, "walruses"));
    cr_assert_null(named(&s.found.praises, "drum"));
    cr_assert_not_null(named(&s.found.praises, "spout"));
    release(&s);
}

Test(themes, of_nothing_are_none)
{
    shop s = { 0 };
    find(&s);
    cr_assert(s.found.pains.count == 0 && s.found.praises.count == 0);
    release(&s);
}

/* The interval of an impact as METRICS has it, cluster by cluster, the long way. */
static double variance_by_hand(const ef_corpus *c, const bool *is_in)
{
    double n = 0, x = 0, n_in = 0, x_in = 0, squares = 0;
    for (size_t i = 0; i < c->said->count; i++) {
        double mood = ef_mood_of(&c->said->messages[i]);
        n++, x += mood;
        n_in += is_in[i], x_in += is_in[i] ? mood : 0;
    }
    double mean = x / n, others = (x - x_in) / (n - n_in);
    for (size_t v = 0; v < c->voice_count; v++) {
        double moved = 0;
        for (size_t i = 0; i < c->said->count; i++) {
            double mood = ef_mood_of(&c->said->messages[i]);
            if (c->voice_of[i] == v)
                moved += (mood - mean) / n - (is_in[i] ? 0 : (mood - others) / (n - n_in));
        }
        squares += moved * moved;
    }
    double k = (double)c->voice_count;
    return 1e4 * squares * k / (k - 1);
}

Test(themes, have_the_variance_of_clusters_worked_out_by_hand)
{
    shop s = { 0 };
    for (int i = 0; i < 60; i++)
        say(&s, 1, (ef_label)(1 + i * i % 3), (uint64_t)(i % 17 + 1),
            "The kettle is here.");
    find(&s);
    uint32_t chosen[60];
    bool is_in[60] = { false };
    size_t count = 0;
    for (uint32_t i = 0; i < 60; i++) {
        is_in[i] = i % 4 == 1 || i > 50;
        if (is_in[i])
            chosen[count++] = i;
    }
    ef_weighed w = ef_corpus_weigh(&s.corpus, chosen, count);
    cr_assert_float_eq(w.variance, variance_by_hand(&s.corpus, is_in), 1e-9);
    release(&s);
}
