/* SPDX-License-Identifier: MIT
 * test_quotes.c - which sentences of customers stand for a theme. */
#include <criterion/criterion.h>
#include <stdio.h>

#include "../tally/saying.h"
#include "findings/quotes.h"

typedef struct shop {
    ef_engine *engine;
    ef_said said;
    ef_excerpts excerpts;
    ef_corpus corpus;
    ef_quotes quotes;
    ef_arena arena;
    uint64_t messages;
} shop;

static void say(shop *s, const char *text, uint64_t author, ef_label label)
{
    hand_made made;
    const ef_heard *heard = saying(&made, text, ++s->messages, author, label);
    cr_assert(ef_said_add(&s->said, heard, 0));
    cr_assert(ef_excerpts_add(&s->excerpts, heard, 0));
}

static size_t ask(shop *s, const char *name, ef_label label, ef_quote *chosen)
{
    size_t count;
    cr_assert_eq(ef_engine_new(&s->engine, NULL, NULL), EF_OK);
    cr_assert(ef_said_settle(&s->said) && ef_excerpts_settle(&s->excerpts, false));
    cr_assert(ef_corpus_init(&s->corpus, &s->said, s->engine, NULL, 0));
    cr_assert(
        ef_quotes_init(&s->quotes, &s->excerpts, &s->corpus, s->engine, NULL, &s->arena));
    ef_quoting asked = { .name = ef_slice_of(name), .label = label };
    cr_assert(ef_quotes_choose(&s->quotes, &asked, chosen, &count));
    return count;
}

static void release(shop *s)
{
    ef_quotes_release(&s->quotes);
    ef_corpus_release(&s->corpus);
    ef_arena_release(&s->arena);
    ef_said_release(&s->said);
    ef_excerpts_release(&s->excerpts);
    ef_engine_free(s->engine);
}

static bool is_text(const ef_quote *quote, const char *text)
{
    return quote->text.size == strlen(text) &&
           memcmp(quote->text.data, text, quote->text.size) == 0;
}

Test(quotes, are_the_sentence_that_mentions_the_theme_and_feel_alike)
{
    shop s = { 0 };
    ef_quote chosen[EF_MOST_QUOTES];
    say(&s, "I ordered in May. The parcel was torn and dirty. We will see.", 0,
        EF_LABEL_NEGATIVE);
    say(&s, "Parcels\n\nThis is about the kettle.", 0, EF_LABEL_POSITIVE);
    size_t count = ask(&s, "parcel", EF_LABEL_NEGATIVE, chosen);
    cr_assert_eq(count, 1);
    cr_assert(is_text(&chosen[0], "The parcel was torn and dirty."), "%.*s",
              (int)chosen[0].text.size, (const char *)chosen[0].text.data);
    cr_assert_eq(chosen[0].label, EF_LABEL_NEGATIVE);
    release(&s);
}

Test(quotes, are_of_different_customers_and_unlike_each_other)
{
    shop s = { 0 };
    ef_quote chosen[EF_MOST_QUOTES];
    for (uint64_t i = 0; i < 9; i++)
        say(&s, "The parcel was torn and dirty and late.", 0, EF_LABEL_NEGATIVE);
    say(&s, "My parcel never came, and nobody cares!", 5, EF_LABEL_NEGATIVE);
    say(&s, "Another parcel, another broken promise.", 5, EF_LABEL_NEGATIVE);
    size_t count = ask(&s, "parcel", EF_LABEL_NEGATIVE, chosen);
    cr_assert_eq(count, 2);
    cr_assert_neq(chosen[0].text.data[0], chosen[1].text.data[0]);
    release(&s);
}

Test(quotes, of_long_sentences_are_cut_around_the_mention)
{
    shop s = { 0 };
    ef_quote chosen[EF_MOST_QUOTES];
    char text[1000] = "";
    for (int i = 0; i < 440; i += 8)
        snprintf(text + i, sizeof text - (size_t)i, "%s",
                 i == 240 ? "parcel, " : "so sadly");
    for (size_t i = 7; i < 440; i += 8)
        text[i] = ' ';
    say(&s, text, 0, EF_LABEL_NEGATIVE);
    cr_assert_eq(ask(&s, "parcel", EF_LABEL_NONE, chosen), 1);
    cr_assert(chosen[0].text.size < 240 && chosen[0].text.size > 120);
    cr_assert_eq(memcmp(chosen[0].text.data, "\xE2\x80\xA6", 3), 0);
    cr_assert_not_null(memmem(chosen[0].text.data, chosen[0].text.size, "parcel", 6));
    release(&s);
}

Test(quotes, of_what_nobody_says_are_none)
{
    shop s = { 0 };
    ef_quote chosen[EF_MOST_QUOTES];
    say(&s, "The parcel was torn.", 0, EF_LABEL_NEGATIVE);
    cr_assert_eq(ask(&s, "doorbell", EF_LABEL_NONE, chosen), 0);
    release(&s);
}
