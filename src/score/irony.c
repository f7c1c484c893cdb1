/* SPDX-License-Identifier: MIT
 * score/irony.c - praise that is none. */
#include "score/irony.h"

#include "score/word_is.h"

enum {
    IRONIC = -75,     /* percent */
    PRAISES = 80,     /* 1/100: what is praise at all */
    MISHAP = 80,      /* 1/100: what is a mishap */
    BLAME = 100,      /* 1/100: a mishap that somebody is thanked for */
    PRAISE_WORDS = 5, /* bare praise has no more */
    QUIP_WORDS = 20,  /* irony is short; a story has good and bad sides */
    LINK_WORDS = 2    /* "love it when", "thanks ever so much for": so near */
};

static const char fillers[] =
    "oh ah well wow yeah so how absolutely really simply just that's "
    "thats this is a an what and very truly ever much it i yes ok "
    "another time all job work one a i'm so as";

static bool is_praise(const ef_item *item)
{
    return item->kind == EF_ITEM_VALENCE && item->weight >= PRAISES && !item->is_turned;
}

/* The end of what is bare praise from the first word to end, 0 if anything else is said. */
static bool is_bare(const ef_items *items, const ef_words *words, size_t end)
{
    size_t at = 0;
    bool has_praise = false;
    if (end == 0 || end > PRAISE_WORDS)
        return false;
    for (size_t i = 0; i < items->count && items->list[i].first < end; i++) {
        const ef_item *item = &items->list[i];
        if (item->kind != EF_ITEM_VALENCE)
            continue;
        if (!is_praise(item) && item->weight != 0)
            return false;
        for (; at < item->first; at++)
            if (!ef_word_is_one_of(&words->items[at], fillers))
                return false;
        at = (size_t)item->last + 1;
        has_praise |= item->weight != 0;
    }
    for (; at < end; at++)
        if (!ef_word_is_one_of(&words->items[at], fillers))
            return false;
    return has_praise;
}

bool ef_is_bare_praise(const ef_items *items, const ef_words *words)
{
    return words->count <= PRAISE_WORDS && !words->is_question &&
           is_bare(items, words, words->count);
}

/* Somebody is told of it, or it is not the first time. */
static bool has_cue(const ef_words *words, size_t first)
{
    for (size_t i = first; i < words->count; i++)
        if (words->items[i].is_number ||
            ef_word_is_one_of(&words->items[i],
                              "you your you've they again another still yet my "
                              "our us now more"))
            return true;
    return false;
}

bool ef_is_mishap(const ef_findings *findings, const ef_words *words)
{
    return findings->positive == 0 && findings->polarity <= -MISHAP && has_cue(words, 0);
}

/* What the items from a word on add up to; MISHAP if one of them is good. */
static int32_t mood_from(const ef_items *items, size_t first)
{
    int32_t sum = 0;
    for (size_t i = 0; i < items->count; i++) {
        const ef_item *item = &items->list[i];
        if (item->kind != EF_ITEM_VALENCE || item->first < first)
            continue;
        if (item->weight > 0)
            return MISHAP;
        sum += item->weight;
    }
    return sum;
}

/* "Another …", "one more …", "the third …". */
static bool is_once_more(const ef_words *words, size_t at)
{
    const ef_word *word = &words->items[at];
    if (ef_word_is_one_of(word, "another yet"))
        return true;
    return at + 1 < words->count && ef_word_is_one_of(word, "one the a my") &&
           ef_word_is_one_of(word + 1,
                             "more second third fourth fifth sixth seventh tenth");
}

static void turn(ef_items *items, ef_words *words, ef_findings *findings, size_t end,
                 size_t word)
{
    for (size_t i = 0; i < items->count && items->list[i].first < end; i++)
        if (is_praise(&items->list[i]))
            ef_item_renew(&items->list[i], IRONIC, "irony", word);
    ef_words_set_aside(words, 0, end);
    findings->has_positive_clause = false; /* there was no other praise */
    findings->signals |= EF_SIGNAL_SARCASM;
}

void ef_irony_turn(ef_items *items, ef_words *words, ef_findings *findings)
{
    turn(items, words, findings, words->count, 0);
}

/* "Great, you lost it again", "Lovely, another delay". */
static bool has_ironic_opening(const ef_judge *j, size_t *end)
{
    const ef_words *words = j->words;
    *end = 0;
    while (*end < words->count && !words->items[*end].ends_clause && *end < PRAISE_WORDS)
        ++*end;
    if (++*end + 1 >= words->count || *end == j->but_word ||
        !is_bare(j->items, words, *end))
        return false;
    int32_t mood = mood_from(j->items, *end);
    return mood < MISHAP &&
           ((mood <= -MISHAP && has_cue(words, *end)) || is_once_more(words, *end));
}

/* "Thanks for wasting my day", "I love how you ignore me", "so glad I paid to be ignored".
 */
static bool is_ironic_praise(const ef_judge *j, const ef_item *item)
{
    const ef_word *words = j->words->items;
    size_t link = (size_t)item->last + 1, end = link + LINK_WORDS;
    if (!ef_word_is_one_of(
            &words[item->first],
            "love loved enjoy glad happy delighted pleased thrilled thanks thank "
            "cheers kudos congratulations congrats bravo nice good great "
            "brilliant fantastic wonderful excellent lovely well"))
        return false;
    while (link < end && link < j->words->count &&
           !ef_word_is_one_of(&words[link], "how when for being waiting having that on"))
        link++;
    if (link >= end || link + 1 >= j->words->count)
        return false;
    for (size_t i = link; i < j->words->count; i++)
        if (ef_word_is_one_of(&words[i],
                              "fix fixed fixing solve solved solving help helped helping "
                              "replacing repairing sorting resolving remove removing but "
                              "removes and"))
            return false;
    return has_cue(j->words, link);
}

void ef_irony_weigh(ef_judge *j)
{
    const ef_item *praise = NULL;
    size_t end;
    if (j->words->is_question || j->words->count > QUIP_WORDS)
        return;
    for (size_t i = 0; i < j->items->count && praise == NULL; i++)
        if (j->items->list[i].kind == EF_ITEM_VALENCE && j->items->list[i].weight != 0)
            praise = &j->items->list[i];
    if (praise == NULL || !is_praise(praise) || praise->first >= PRAISE_WORDS)
        return;
    int32_t mood = mood_from(j->items, (size_t)praise->last + 1);
    if (mood < MISHAP && has_ironic_opening(j, &end))
        turn(j->items, j->words, j->findings, end, end);
    else if (mood <= -BLAME && is_ironic_praise(j, praise))
        turn(j->items, j->words, j->findings, (size_t)praise->last + 1, praise->first);
}
