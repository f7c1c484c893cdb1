/* SPDX-License-Identifier: MIT
 * score/comparison.c - who wins where two are compared. */
#include "score/comparison.h"

#include "score/word_is.h"

enum {
    LIKE_THIS_WORDS = 4, /* "a good pizza like this": so near the valence */
    RIVAL_IS = -80,      /* percent: "the old one was better" */
    THAN = 20,           /* percent: "more bad than good" */
    LESS = -85           /* percent: "less reliable", "less noisy" */
};

static bool is_comparative(const ef_word *word)
{
    return EF_WORD_IS(word, EF_W("better"), EF_W("worse"), EF_W("nicer"), EF_W("kinder"),
                      EF_W("happier"), EF_W("friendlier"), EF_W("easier"), EF_W("faster"),
                      EF_W("quicker"), EF_W("smoother"), EF_W("finer"), EF_W("cleaner"),
                      EF_W("ruder"), EF_W("slower"), EF_W("poorer"), EF_W("tastier"),
                      EF_W("sweeter"), EF_W("smarter"), EF_W("lovelier"), EF_W("simpler"),
                      EF_W("uglier"), EF_W("superior"), EF_W("inferior"), EF_W("stronger"),
                      EF_W("safer"), EF_W("sharper"), EF_W("clearer"), EF_W("cheaper"),
                      EF_W("quieter"));
}

bool ef_is_like_this(const ef_judge *j, const ef_item *item)
{
    const ef_word *words = j->words->items;
    size_t end = item->last + 1 + LIKE_THIS_WORDS;
    for (size_t i = item->last + 1; i + 1 < j->words->count && i < end; i++)
        if (EF_WORD_IS(&words[i], EF_W("like"), EF_W("as"), EF_W("than")) &&
            EF_WORD_IS(&words[i + 1], EF_W("this"), EF_W("that"), EF_W("these"),
                       EF_W("here"), EF_W("them"), EF_W("him"), EF_W("her"),
                       EF_W("theirs")))
            return true;
    return false;
}

/* "No better" is a comparative only before "than this". */
bool ef_is_comparative(const ef_judge *j, const ef_item *item)
{
    const ef_word *words = j->words->items;
    size_t at = item->first, end = (size_t)item->last + 1;
    bool is = false;
    if (at > 0 && EF_WORD_IS(&words[at - 1], EF_W("more"), EF_W("less")))
        is = at-- > 0;
    for (size_t i = item->first; i < end && !is; i++)
        is = is_comparative(&words[i]);
    if (!is || at == 0)
        return is;
    return !EF_WORD_IS(&words[at - 1], EF_W("get"), EF_W("gets"), EF_W("got"),
                       EF_W("gotten"), EF_W("getting"), EF_W("become"), EF_W("becomes"),
                       EF_W("became"), EF_W("no"), EF_W("any"), EF_W("feel")) ||
           (EF_WORD_IS(&words[at - 1], EF_W("no")) && ef_is_like_this(j, item));
}

/* A rival is the subject if a thought begins with it: "than the old one" is none. */
void ef_comparison_meet_rival(ef_judge *j, size_t first, size_t last)
{
    if (first <= j->clause_word ||
        EF_WORD_IS(&j->words->items[first - 1], EF_W("but"), EF_W("and"), EF_W("that"),
                   EF_W("because"), EF_W("since"), EF_W("as"), EF_W("think"),
                   EF_W("thought"), EF_W("find"), EF_W("found"), EF_W("although"),
                   EF_W("honestly"), EF_W("so"), EF_W("though")))
        j->rival_end = (uint32_t)last + 1;
    j->findings->has_rival |= j->rival_end == last + 1;
}

void ef_comparison_weigh(ef_judge *j, ef_item *item)
{
    const ef_word *words = j->words->items;
    if (item->first > 0 && EF_WORD_IS(&words[item->first - 1], EF_W("less")) &&
        (item->first < 2 || !EF_WORD_IS(&words[item->first - 2], EF_W("no")))) {
        ef_item_change(item, LESS, "less", item->first - 1);
        ef_words_set_aside(j->words, item->first - 1, (size_t)item->last + 1);
    }
    if (item->first > 0 && EF_WORD_IS(&words[item->first - 1], EF_W("than"))) {
        ef_item_change(item, THAN, "comparison", item->first - 1);
        ef_words_set_aside(j->words, item->first, (size_t)item->last + 1);
    }
    if (j->rival_end == 0 || item->first < j->rival_end || !ef_is_comparative(j, item))
        return;
    ef_item_change(item, RIVAL_IS, "rival", j->rival_end - 1);
    ef_words_set_aside(j->words, j->rival_end - 1, (size_t)item->last + 1);
}
