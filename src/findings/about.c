/* SPDX-License-Identifier: MIT
 * findings/about.c - what customers talk about: everything that comes from their words.
 *
 * The words are laid out once, and all that is asked of them is asked here, in a row. */
#include "findings/findings.h"
#include "findings/quotes.h"
#include "findings/shifted.h"
#include "findings/themes.h"

enum { WORDS_THAT_TELL = 100 }; /* fewer may lack small words by chance */

static bool quote_themes(ef_quotes *quotes, ef_themes *themes, ef_label label)
{
    for (size_t i = 0; i < themes->count; i++) {
        ef_theme *theme = &themes->items[i];
        ef_quoting asked = { .name = theme->name, .label = label };
        if (!ef_quotes_choose(quotes, &asked, theme->quotes, &theme->quote_count))
            return false;
    }
    return true;
}

static bool quote_topics(ef_quotes *quotes, ef_themes *themes)
{
    for (size_t i = 0; i < themes->count; i++) {
        ef_theme *theme = &themes->items[i];
        ef_quoting asked = { .topic = i + 1 };
        if (!ef_quotes_choose(quotes, &asked, theme->quotes, &theme->quote_count))
            return false;
    }
    return true;
}

static bool quote_shifted(ef_quotes *quotes, ef_shifted *shifted, size_t count,
                          ef_side side)
{
    for (size_t i = 0; i < count; i++) {
        ef_quoting asked = { .name = shifted[i].name, .side = side };
        if (!ef_quotes_choose(quotes, &asked, shifted[i].quotes, &shifted[i].quote_count))
            return false;
    }
    return true;
}

static bool quote_all(ef_making *making, const ef_corpus *corpus)
{
    ef_findings *f = making->findings;
    ef_comparison *c = &f->comparison;
    ef_quotes quotes;
    bool fits =
        ef_quotes_init(&quotes, &making->tally->excerpts, corpus, making->options->judge,
                       making->tally->plan->topics, making->arena) &&
        quote_themes(&quotes, &f->pains, EF_LABEL_NEGATIVE) &&
        quote_themes(&quotes, &f->praises, EF_LABEL_POSITIVE) &&
        quote_topics(&quotes, &f->topics) &&
        quote_shifted(&quotes, c->risen, c->risen_count, EF_SIDE_AFTER) &&
        quote_shifted(&quotes, c->fallen, c->fallen_count, EF_SIDE_BEFORE);
    ef_quotes_release(&quotes);
    return fits;
}

/* Nouns are learnt from the function words around them, and those that are known are of
 * English: six in ten words stand behind one of them, in reviews, chats and posts alike. */
static bool is_english(const ef_said *said)
{
    size_t led = 0;
    for (size_t i = 0; i < said->word_count; i++) {
        ef_cue before = ef_said_before(said->words[i]);
        led += before != EF_CUE_NOTHING && before != EF_CUE_WORD;
    }
    return led * 10 >= said->word_count * 3;
}

static bool find_phrases(ef_making *making, ef_corpus *corpus)
{
    ef_findings *f = making->findings;
    if (!is_english(corpus->said))
        return corpus->said->word_count < WORDS_THAT_TELL ||
               ef_remark_add(making, "themes are found in English only: its small words "
                                     "are missing here");
    return ef_themes_find(f, corpus, making->arena) &&
           (!f->comparison.is_made ||
            ef_shifted_find(&f->comparison, corpus, making->arena));
}

static bool find_all(ef_making *making, ef_corpus *corpus)
{
    const ef_topics *topics = making->tally->plan->topics;
    return find_phrases(making, corpus) &&
           (topics == NULL || ef_themes_of_topics(&making->findings->topics, topics, corpus,
                                                  making->arena)) &&
           quote_all(making, corpus);
}

bool ef_find_themes(ef_making *making)
{
    ef_findings *f = making->findings;
    const ef_said *said = &making->tally->said;
    ef_corpus corpus = { .compared = &making->compared };
    if (making->options->judge == NULL)
        return true;
    f->phrases_are_approximate = ef_said_is_sample(said);
    bool fits = ef_corpus_init(&corpus, said, making->options->judge, f->buckets,
                               f->bucket_count) &&
                find_all(making, &corpus);
    ef_corpus_release(&corpus);
    return fits;
}
