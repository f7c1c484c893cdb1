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
    REPROACH_WORDS = 10,
    QUIP_WORDS = 20, /* irony is short; a story has good and bad sides */
    TOLD_WORDS = 4,  /* "great, bad, …" lists; "great, the battery died" tells */
    LINK_WORDS = 2   /* "love it when", "thanks ever so much for": so near */
};

static bool is_filler(const ef_word *word)
{
    return EF_WORD_IS(word, EF_W("oh"), EF_W("ah"), EF_W("well"), EF_W("wow"), EF_W("yeah"),
                      EF_W("how"), EF_W("absolutely"), EF_W("really"), EF_W("simply"),
                      EF_W("just"), EF_W("that's"), EF_W("thats"), EF_W("a"), EF_W("an"),
                      EF_W("what"), EF_W("and"), EF_W("very"), EF_W("truly"), EF_W("ever"),
                      EF_W("much"), EF_W("yes"), EF_W("ok"), EF_W("all"), EF_W("job"),
                      EF_W("work"), EF_W("service"), EF_W("support"), EF_W("start"),
                      EF_W("timing"), EF_W("company"), EF_W("stuff"), EF_W("idea"),
                      EF_W("plan"), EF_W("news"), EF_W("so"));
}

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
            if (!is_filler(&words->items[at]))
                return false;
        at = (size_t)item->last + 1;
        has_praise |= item->weight != 0;
    }
    for (; at < end; at++)
        if (!is_filler(&words->items[at]))
            return false;
    return has_praise;
}

bool ef_is_bare_praise(const ef_items *items, const ef_words *words)
{
    return words->count > 0 && words->count <= PRAISE_WORDS && !words->is_question &&
           !EF_WORD_IS(&words->items[0], EF_W("thanks"), EF_W("thank"), EF_W("thx"),
                       EF_W("cheers")) &&
           is_bare(items, words, words->count);
}

/* Somebody is told of it, or it is not the first time. */
static bool has_cue(const ef_words *words, size_t first)
{
    for (size_t i = first; i < words->count; i++)
        if (words->items[i].is_number ||
            EF_WORD_IS(&words->items[i], EF_W("you"), EF_W("your"), EF_W("you've"),
                       EF_W("they"), EF_W("again"), EF_W("another"), EF_W("still"),
                       EF_W("yet"), EF_W("my"), EF_W("our"), EF_W("us"), EF_W("me"),
                       EF_W("now")))
            return true;
    return false;
}

/* The same, of a sentence of its own. Most praise that stands before a story is meant; a
 * few words to somebody, or of one more time, turn it. */
static bool is_reproach(const ef_words *words)
{
    bool is_told = false;
    for (size_t i = 0; i < words->count; i++)
        is_told |= EF_WORD_IS(&words->items[i], EF_W("you"), EF_W("you've"), EF_W("your"),
                              EF_W("again"), EF_W("another"));
    return is_told && words->count <= REPROACH_WORDS;
}

bool ef_is_mishap(const ef_impression *findings, const ef_words *words)
{
    return !findings->has_rival && findings->positive == 0 &&
           findings->polarity <= -MISHAP && is_reproach(words);
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
    if (EF_WORD_IS(word, EF_W("another"), EF_W("yet")))
        return true;
    return at + 1 < words->count &&
           EF_WORD_IS(word, EF_W("one"), EF_W("the"), EF_W("a"), EF_W("my")) &&
           EF_WORD_IS(word + 1, EF_W("more"), EF_W("second"), EF_W("third"), EF_W("fourth"),
                      EF_W("fifth"), EF_W("sixth"), EF_W("seventh"), EF_W("tenth"));
}

static void turn(ef_items *items, ef_words *words, ef_impression *findings, size_t end,
                 size_t word)
{
    for (size_t i = 0; i < items->count && items->list[i].first < end; i++)
        if (items->list[i].kind == EF_ITEM_VALENCE && items->list[i].weight > 0)
            ef_item_renew(&items->list[i], IRONIC, "irony", word);
    ef_words_set_aside(words, 0, end);
    findings->has_positive_clause = false; /* there was no other praise */
    findings->signals |= EF_SIGNAL_SARCASM;
}

void ef_irony_turn(ef_items *items, ef_words *words, ef_impression *findings)
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

static bool opens_irony(const ef_word *word)
{
    return EF_WORD_IS(
        word, EF_W("love"), EF_W("loved"), EF_W("enjoy"), EF_W("glad"), EF_W("happy"),
        EF_W("delighted"), EF_W("pleased"), EF_W("thrilled"), EF_W("thanks"), EF_W("thank"),
        EF_W("cheers"), EF_W("kudos"), EF_W("congratulations"), EF_W("congrats"),
        EF_W("bravo"), EF_W("nice"), EF_W("good"), EF_W("great"), EF_W("brilliant"),
        EF_W("fantastic"), EF_W("wonderful"), EF_W("excellent"), EF_W("lovely"),
        EF_W("well"), EF_W("impressed"), EF_W("grateful"), EF_W("proud"), EF_W("lucky"),
        EF_W("helpful"), EF_W("kind"), EF_W("thoughtful"), EF_W("considerate"),
        EF_W("pleasure"), EF_W("joy"), EF_W("treat"), EF_W("honour"), EF_W("privilege"));
}

/* What ties praise to what it is for. */
static bool links(const ef_word *word)
{
    return EF_WORD_IS(word, EF_W("how"), EF_W("when"), EF_W("for"), EF_W("to"), EF_W("of"),
                      EF_W("being"), EF_W("waiting"), EF_W("having"), EF_W("talking"),
                      EF_W("paying"), EF_W("standing"), EF_W("sitting"), EF_W("calling"),
                      EF_W("getting"), EF_W("losing"), EF_W("that"), EF_W("on"));
}

/* Who mends something is thanked in earnest. */
static bool mends(const ef_word *word)
{
    return EF_WORD_IS(word, EF_W("fix"), EF_W("fixed"), EF_W("fixing"), EF_W("solve"),
                      EF_W("solved"), EF_W("solving"), EF_W("help"), EF_W("helped"),
                      EF_W("helping"), EF_W("replacing"), EF_W("repairing"),
                      EF_W("sorting"), EF_W("resolving"), EF_W("remove"), EF_W("removing"),
                      EF_W("removes"), EF_W("but"), EF_W("and"));
}

/* "Thanks for wasting my day", "I love how you ignore me", "so glad I paid to be ignored".
 */
static bool is_ironic_praise(const ef_judge *j, const ef_item *item)
{
    const ef_words *words = j->words;
    size_t link = (size_t)item->last + 1, end = link + LINK_WORDS;
    if (!opens_irony(&words->items[item->first]) && !opens_irony(&words->items[item->last]))
        return false;
    while (link < end && link < words->count && !links(&words->items[link]))
        link++;
    if (link >= end || link + 1 >= words->count)
        return false;
    for (size_t i = link; i < words->count; i++)
        if (mends(&words->items[i]))
            return false;
    return has_cue(words, link) ||
           !EF_WORD_IS(&words->items[link], EF_W("of"), EF_W("that"), EF_W("on"),
                       EF_W("when"), EF_W("how"));
}

static bool is_thanks(const ef_judge *j, const ef_item *item)
{
    return item->weight > 0 &&
           EF_WORD_IS(&j->words->items[item->first], EF_W("thanks"), EF_W("thank"));
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
    if (praise == NULL || !(is_praise(praise) || is_thanks(j, praise)) ||
        praise->first >= PRAISE_WORDS)
        return;
    int32_t mood = mood_from(j->items, (size_t)praise->last + 1);
    if (mood < MISHAP && has_ironic_opening(j, &end))
        turn(j->items, j->words, j->findings, end, end);
    else if (mood <= -BLAME && is_ironic_praise(j, praise))
        turn(j->items, j->words, j->findings, (size_t)praise->last + 1, praise->first);
}
